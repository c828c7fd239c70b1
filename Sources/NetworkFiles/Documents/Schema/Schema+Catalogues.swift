import NetworkModel

/// Tables of products and classes; those of the project are extended by those of a document.
extension Schema {
    static let catalogueValves = TableSchema(
        .catalogueValves, Documentation(en: "Valves: one row a setting of a size.", zh: "阀门目录：每种规格每个整定值一行。"),
        [
            .text("family", required: true, en: "Product family; FAMILY-DNxx names one size.", zh: "产品系列。"),
            .nominalSize(required: true),
            .number("setting", "1", NumberRange(-1e4...1e6, plausible: 0...100_000), required: true, en: "Setting as a number on the valve's scale; of a controller the least and the greatest set point, kPa or l/h.", zh: "整定值；控制器为最小与最大设定值（kPa 或 l/h）。"),
            .text("label", en: "How the maker prints the setting.", zh: "厂家标注的整定值。"),
            .number("kv_m3_h", "m³/h", .nonNegative(upTo: 1e6, plausible: 0.005...20_000), required: true, en: "Kv at the setting.", zh: "该整定值下的 Kv。"),
            .number("step", "1", .positive(upTo: 100), en: "Smallest turn between two settings; none = only the settings listed.", zh: "最小可调步长。"),
            .choice("notation", ["turns", "preset", "percent"], en: "What the setting counts.", zh: "整定值含义。"),
            .number("tolerance", "1", NumberRange(0...1, plausible: 0...0.3), en: "Deviation of the flow from the table at mid travel and above, as a ratio.", zh: "中间开度及以上的流量偏差。"),
            .number("noise_limit_kpa", "kPa", .positive(upTo: 1e4, plausible: 5...1000), en: "Largest pressure loss without noise.", zh: "无噪声最大压差。"),
            .text("source", en: "Where the figures come from.", zh: "数据来源。"),
            .note,
            .number("tolerance_at_smallest", "1", NumberRange(0...1, plausible: 0...0.5), en: "The same at the smallest setting; twice as much where not given.", zh: "最小整定值处的流量偏差。"),
            .choice("kind", ValveKind.allCases.map(\.rawValue), en: "What the product is.", zh: "产品类型。"),
            .number("least_loss_kpa", "kPa", .nonNegative(upTo: 1e4, plausible: 0...200), en: "Least pressure loss at which it works as its table says.", zh: "最小工作压差。"),
            .number("greatest_loss_kpa", "kPa", .positive(upTo: 1e5, plausible: 20...3000), en: "Largest pressure loss it may be set against.", zh: "最大允许压差。"),
            .text("confidence", en: "How far the figures are to be trusted.", zh: "数据可信度。"),
        ])

    static let cataloguePipes = TableSchema(
        .cataloguePipes, Documentation(en: "Pipes by nominal size.", zh: "管材目录。"),
        [
            .text("series", en: "Product series; pipes take the first that has their size.", zh: "产品系列。"),
            .nominalSize(required: true),
            .number("inner_diameter_mm", "mm", .positive(upTo: 20_000, plausible: 5...2000), required: true, en: "Inner diameter.", zh: "内径。"),
            .number("roughness_mm", "mm", .nonNegative(upTo: 50, plausible: 0.0005...3), en: "Roughness of the wall.", zh: "管壁当量粗糙度。"),
            .number("u_w_m_k", "W/(m K)", .nonNegative(upTo: 100, plausible: 0...5), en: "Heat lost by a metre a kelvin above the surroundings.", zh: "单位长度传热系数。"),
            .number("velocity_limit_m_s", "m/s", .nonNegative(upTo: 100, plausible: 0.3...3.5), en: "Greatest velocity in pipes of this size; 0 for none.", zh: "该规格允许最大流速；0 表示不限。"),
            .number("friction_limit_pa_m", "Pa/m", .nonNegative(upTo: 1e5, plausible: 30...500), en: "Greatest friction a metre in pipes of this size; 0 for none.", zh: "该规格允许最大比摩阻；0 表示不限。"),
            .text("source", en: "Where the figures come from.", zh: "数据来源。"),
            .note,
        ])

    static let catalogueEmitters = TableSchema(
        .catalogueEmitters, Documentation(en: "Emitter classes.", zh: "散热设备目录。"),
        [
            .id(en: "Id of the class.", zh: "类别编号。"),
            .number("supply_c", "°C", NumberRange(0...250, plausible: 30...110), required: true, en: "Nominal supply temperature.", zh: "标准供水温度。"),
            .number("return_c", "°C", NumberRange(0...250, plausible: 20...90), required: true, en: "Nominal return temperature.", zh: "标准回水温度。"),
            .number("room_c", "°C", NumberRange(0...60, plausible: 14...26), required: true, en: "Nominal room temperature.", zh: "标准室温。"),
            .number("exponent", "1", NumberRange(0.5...3, plausible: 1...1.6), required: true, en: "Exponent of the emitter law.", zh: "散热指数。"),
            .number("terminal_loss_kpa", "kPa", .positive(upTo: 1000, plausible: 1...60), en: "Pressure loss of a dwelling's branch and emitters at design flow.", zh: "户内系统设计压损。"),
            .number("u_slab_w_m2_k", "W/(m² K)", .nonNegative(upTo: 20, plausible: 0.2...4), en: "Transmittance of slabs with this emitter (floor heating insulates them).", zh: "采用该设备时的楼板传热系数。"),
            .choice("mean", EmitterMean.allCases.map(\.rawValue), en: "Mean temperature difference that the law is written in; logarithmic where not given.", zh: "散热公式所用平均温差，缺省为对数平均。"),
            .text("source", en: "Where the figures come from.", zh: "数据来源。"),
            .note,
        ])

    static let catalogueEnvelopes = TableSchema(
        .catalogueEnvelopes, Documentation(en: "Envelope classes.", zh: "围护结构目录。"),
        [.id(en: "Id of the class.", zh: "类别编号。")], transmittances, [
                .number("air_changes_1_h", "1/h", .nonNegative(upTo: 20, plausible: 0.1...3), required: true, en: "Air changes an hour.", zh: "换气次数。"),
                .number("window_share", "1", NumberRange(0...1, plausible: 0.05...0.7), en: "Windows as a share of the facade.", zh: "窗墙比。"),
                .text("source", en: "Where the figures come from.", zh: "数据来源。"),
                .note,
            ])

    private static let transmittances: [Field] = [
        ("u_wall_w_m2_k", "Transmittance of outer walls.", "外墙传热系数。"),
        ("u_window_w_m2_k", "Transmittance of windows.", "外窗传热系数。"),
        ("u_roof_w_m2_k", "Transmittance of the roof.", "屋面传热系数。"),
        ("u_ground_w_m2_k", "Transmittance of the ground floor.", "地面传热系数。"),
        ("u_partition_w_m2_k", "Transmittance of walls between dwellings.", "户间隔墙传热系数。"),
        ("u_slab_w_m2_k", "Transmittance of slabs between dwellings.", "户间楼板传热系数。"),
    ].map { name, english, chinese in
        .number(name, "W/(m² K)", .nonNegative(upTo: 20, plausible: 0.1...7), required: true, en: english, zh: chinese)
    }
}
