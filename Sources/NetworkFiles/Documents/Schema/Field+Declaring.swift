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
            Field(
                prefix + "efficiency_curve", .points(first: "m³/h", second: "1"),
                Documentation(
                    en: "Points of efficiency by flow at nominal speed, flow rising; `efficiency` counts where there is none.",
                    zh: "额定转速下效率随流量变化的曲线，流量递增；没有时取 efficiency。")),
            choice(
                prefix + "control", ["fixed_speed", "constant_difference", "proportional_difference", "worst_point"],
                en: "What its drive follows; `speed` is then the greatest speed.", zh: "转速控制方式；此时 speed 为最高转速。"),
            number(
                prefix + "set_kpa", "kPa", .positive(upTo: 1e5, plausible: 2...3000),
                en: "Pressure difference its control holds; `head_kpa` where not given.", zh: "控制压差设定值，缺省取 head_kpa。"),
            number(
                prefix + "rest_share", "1", NumberRange(0...1, plausible: 0.2...1),
                en: "Proportional control: share of `set_kpa` held at no flow; 0.5 where not given.", zh: "比例压差控制：零流量时压差占设定值之比，缺省 0.5。"),
            number(
                prefix + "set_flow_m3_h", "m³/h", .positive(upTo: 1e6, plausible: 0.05...20_000),
                en: "Proportional control: flow at which `set_kpa` is held; otherwise where the curve at full speed gives it.",
                zh: "比例压差控制：达到设定压差的流量，缺省取全速曲线上的流量。"),
            text(
                prefix + "worst_points",
                en: "Worst-point control: node pairs, or HIGH|LOW nodes, separated by `;`, whose least difference is held.",
                zh: "最不利点控制：以“;”分隔的节点对，或“高压点|低压点”。"),
            number(
                prefix + "least_speed", "1", .nonNegative(upTo: 10, plausible: 0.1...0.6),
                en: "Least speed of a controlled pump; 0.2 where not given.", zh: "受控水泵最低转速，缺省 0.2。"),
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
