/// Short spellings for the declarations of a schema.
extension Field {
    /// A number with a unit.
    static func number(
        _ name: String, _ unit: String, _ range: NumberRange, required: Bool = false, en: String, zh: String
    ) -> Field {
        Field(name, .number(unit: unit, range), required: required, Documentation(en: en, zh: zh))
    }

    /// A whole number.
    static func integer(
        _ name: String, _ valid: ClosedRange<Double>, plausible: ClosedRange<Double>? = nil, required: Bool = false,
        en: String, zh: String
    ) -> Field {
        Field(name, .integer(NumberRange(valid, plausible: plausible)), required: required, Documentation(en: en, zh: zh))
    }

    /// Free text.
    static func text(_ name: String, required: Bool = false, en: String, zh: String) -> Field {
        Field(name, .text, required: required, Documentation(en: en, zh: zh))
    }

    /// The id of the row.
    static func id(required: Bool = true, en: String, zh: String) -> Field {
        Field("id", .id, required: required, Documentation(en: en, zh: zh))
    }

    /// The id of a row of other tables.
    static func reference(_ name: String, _ tables: TableName..., required: Bool = false, en: String, zh: String) -> Field {
        Field(name, .reference(tables), required: required, Documentation(en: en, zh: zh))
    }

    /// One of some words.
    static func choice(_ name: String, _ words: [String], required: Bool = false, en: String, zh: String) -> Field {
        Field(name, .choice(words), required: required, Documentation(en: en, zh: zh))
    }

    /// Yes or no.
    static func flag(_ name: String, en: String, zh: String) -> Field {
        Field(name, .flag, Documentation(en: en, zh: zh))
    }

    /// A remark that every row may carry.
    static let note = text("note", en: "A remark for people; the engine does not read it.", zh: "备注，计算时不使用。")

    /// Nominal size of a pipe or valve.
    static func nominalSize(required: Bool = false) -> Field {
        integer(
            "dn", 1...5000, plausible: 8...1600, required: required, en: "Nominal size DN.", zh: "公称直径 DN。")
    }

    /// Head or curve, speed and efficiency of a pump, under a prefix.
    static func pump(prefix: String) -> [Field] {
        [
            number(
                prefix + "head_kpa", "kPa", .positive(upTo: 1e5, plausible: 5...3000),
                en: "Head that a controlled pump holds at any flow.", zh: "恒压控制水泵的扬程。"),
            Field(
                prefix + "curve", .points(first: "m³/h", second: "kPa"),
                Documentation(
                    en: "Points of the pump curve at nominal speed: flow rising, head falling.",
                    zh: "额定转速下的水泵性能曲线：流量递增，扬程递减。")),
            number(
                prefix + "speed", "1", .nonNegative(upTo: 10, plausible: 0.2...1.3),
                en: "Speed as a ratio of the nominal one; 1 where not given.", zh: "相对额定转速之比，缺省为 1。"),
            number(
                prefix + "efficiency", "1", .positive(upTo: 1, plausible: 0.1...0.9),
                en: "Hydraulic power over electric power.", zh: "水泵总效率（水力功率与电功率之比）。"),
        ]
    }

    /// Place on the map.
    static let position = [
        number("x_m", "m", NumberRange(-1e8...1e8), en: "Place on the map, east.", zh: "平面坐标，向东。"),
        number("y_m", "m", NumberRange(-1e8...1e8), en: "Place on the map, north.", zh: "平面坐标，向北。"),
    ]

    /// Height above the common datum.
    static let elevation = number(
        "elevation_m", "m", NumberRange(-500...9000, plausible: -200...5000),
        en: "Height above the common datum.", zh: "高程。")
}
