/// Tables of nodes, pipes, valves and pumps.
extension Schema {
    static let nodes = TableSchema(
        .nodes, Documentation(en: "Points where links meet.", zh: "节点。"),
        [
            .id(en: "Id of the node.", zh: "节点编号。"),
            .choice(
                "line", ["supply", "return", "single", "pair"],
                en: "Line it belongs to; `pair` = a supply and a return node at one place, ID/supply and ID/return.",
                zh: "所属管线；pair 表示同一位置的供、回水节点。"),
        ], Field.position, [
            .elevation,
            .number("fixed_pressure_kpa", "kPa", NumberRange(-100...1e5, plausible: 0...2500), en: "Gauge pressure held here (pressure holding point).", zh: "定压点压力（表压）。"),
            .number("demand_kg_s", "kg/s", NumberRange(-1e6...1e6, plausible: -5000...5000), en: "Water taken out here; negative = fed in.", zh: "节点出流量，负值为补入。"),
            .number("injection_c", "°C", NumberRange(0...250, plausible: 5...180), en: "Temperature of water fed in here.", zh: "补入水温度。"),
            .note,
        ])

    /// Size, wall and surroundings of a pipe or a trench.
    private static let pipeFields: [Field] = [
        .number("length_m", "m", .positive(upTo: 1e6, plausible: 0.1...20_000), required: true, en: "Length along the pipe.", zh: "管长。"),
        .nominalSize(),
        .number("inner_diameter_mm", "mm", .positive(upTo: 20_000, plausible: 5...2000), en: "Inner diameter; otherwise from the pipe catalogue by DN.", zh: "内径；缺省按公称直径查管材目录。"),
        .number("roughness_mm", "mm", .nonNegative(upTo: 50, plausible: 0.0005...3), en: "Equivalent sand roughness of the wall.", zh: "管壁当量粗糙度。"),
        .number("minor_loss", "1", .nonNegative(upTo: 1e6, plausible: 0...500), en: "Sum of local loss coefficients on the velocity in the pipe.", zh: "局部阻力系数之和。"),
        .number("u_w_m_k", "W/(m K)", .nonNegative(upTo: 100, plausible: 0...5), en: "Heat lost by a metre a kelvin above the surroundings.", zh: "单位长度传热系数。"),
        .choice("surroundings", ["ground", "air", "indoor"], en: "What the pipe loses its heat to.", zh: "敷设环境。"),
        .number("surroundings_c", "°C", NumberRange(-80...120, plausible: -50...60), en: "Temperature of indoor surroundings.", zh: "室内敷设环境温度。"),
        .number("velocity_limit_m_s", "m/s", .nonNegative(upTo: 100, plausible: 0.3...3.5), en: "Greatest velocity that an allocation may ask of it; otherwise by its size in the pipe catalogue, then `pipe_velocity_m_s` of `defaults`; 0 for none.", zh: "允许最大流速；缺省依次取管材目录、defaults 的 pipe_velocity_m_s；0 表示不限。"),
        .number("friction_limit_pa_m", "Pa/m", .nonNegative(upTo: 1e5, plausible: 30...500), en: "Greatest friction a metre that an allocation may ask of it; otherwise by its size in the pipe catalogue, then `pipe_friction_pa_m` of `defaults`; 0 for none.", zh: "允许最大比摩阻；缺省依次取管材目录、defaults 的 pipe_friction_pa_m；0 表示不限。"),
    ]

    static let pipes = TableSchema(
        .pipes, Documentation(en: "Single pipes with Darcy–Weisbach friction.", zh: "管道。"),
        [
            .id(en: "Id of the pipe.", zh: "管道编号。"),
            .reference("from", .nodes, required: true, en: "Node that positive flow leaves.", zh: "起点节点。"),
            .reference("to", .nodes, required: true, en: "Node that positive flow enters.", zh: "终点节点。"),
        ], pipeFields, [
            .flag("check_valve", en: "Whether a check valve stops flow from `to` to `from`.", zh: "是否带止回阀。"),
            .choice("status", ["open", "closed"], en: "Whether water may pass.", zh: "开闭状态。"),
            .note,
        ])

    static let trenches = TableSchema(
        .trenches,
        Documentation(
            en: "A supply and a return pipe laid together between two node pairs: ID/supply and ID/return.",
            zh: "同沟敷设的供、回水管道。"),
        [
            .id(en: "Id of the trench.", zh: "管沟编号。"),
            .reference("from", .nodes, .sources, .substations, .buildings, required: true, en: "Node pair nearer to the source.", zh: "靠近热源一侧的节点对。"),
            .reference("to", .nodes, .substations, .buildings, required: true, en: "Node pair farther from the source.", zh: "远离热源一侧的节点对。"),
        ], pipeFields, [
            .choice("status", ["open", "closed"], en: "Whether water may pass.", zh: "开闭状态。"),
            .note,
        ])

    static let valves = TableSchema(
        .valves, Documentation(en: "Valves: what a person or a device sets.", zh: "阀门。"),
        [
            .id(en: "Id of the valve.", zh: "阀门编号。"),
            .reference("from", .nodes, required: true, en: "Node that positive flow leaves.", zh: "起点节点。"),
            .reference("to", .nodes, required: true, en: "Node that positive flow enters.", zh: "终点节点。"),
            .reference("catalogue", .catalogueValves, en: "Product family, or FAMILY-DNxx.", zh: "阀门产品系列。"),
            .nominalSize(),
            .number("kv_m3_h", "m³/h", .nonNegative(upTo: 1e6, plausible: 0.005...20_000), en: "Kv as it stands now.", zh: "当前 Kv。"),
            .number("setting", "1", NumberRange(-1e4...1e6, plausible: 0...100_000), en: "Present setting in the catalogue's notation.", zh: "当前整定值。"),
            .choice("status", ["open", "closed"], en: "Whether water may pass.", zh: "开闭状态。"),
            .choice(
                "function",
                [
                    "throttling", "check", "flow_limiting", "pressure_independent", "pressure_reducing", "pressure_sustaining",
                    "pressure_breaking", "differential_pressure", "overflow", "three_way_mixing", "three_way_diverting",
                ],
                en: "What it does beside throttling.", zh: "阀门功能。"),
            .number("flow_limit_kg_s", "kg/s", .nonNegative(upTo: 1e6, plausible: 0.001...5000), en: "Set flow of a flow-limiting or pressure-independent valve.", zh: "限流阀设定流量。"),
            .number("least_kpa", "kPa", .positive(upTo: 1e5, plausible: 2...100), en: "Pressure difference a pressure-independent valve needs at its set flow; gives its Kv.", zh: "动态平衡阀在设定流量下的最小压差（据此得 Kv）。"),
            .number("pressure_kpa", "kPa", NumberRange(-100...1e5, plausible: 0...2500), en: "Set pressure of a pressure-controlling valve.", zh: "压力控制阀设定压力。"),
            .reference("high", .nodes, en: "Node of higher pressure of the difference held; an overflow valve's own inlet where not given.", zh: "压差控制高压取压点。"),
            .reference("low", .nodes, en: "Node of lower pressure of the difference held; an overflow valve's own outlet where not given.", zh: "压差控制低压取压点。"),
            .reference("bypass", .nodes, en: "Third port of a three-way valve: second inlet of a mixing, second outlet of a diverting one.", zh: "三通阀的旁通口节点。"),
            .number("position", "1", NumberRange(0...1), en: "Stroke of a three-way valve: 1 = all through the straight way, 0 = all through the bypass.", zh: "三通阀开度：1 为直通全开，0 为旁通全开。"),
            .choice("level", ["substation", "building", "unit", "dwelling"], en: "Level in the hierarchy of balancing valves.", zh: "平衡阀层级。"),
            .reference("substation", .substations, en: "Substation behind it, or that feeds it.", zh: "所属换热站。"),
            .reference("building", .buildings, en: "Building behind it.", zh: "所属楼栋。"),
            .integer("unit", 1...10_000, plausible: 1...50, en: "Unit (riser) of the building behind it.", zh: "所属单元。"),
            .reference("dwelling", .dwellings, en: "Dwelling behind it.", zh: "所属住户。"),
            .note,
        ])

    static let pumps = TableSchema(
        .pumps, Documentation(en: "Pumps: head added from `from` to `to`.", zh: "水泵。"),
        [
            .id(en: "Id of the pump.", zh: "水泵编号。"),
            .reference("from", .nodes, required: true, en: "Suction node.", zh: "吸入侧节点。"),
            .reference("to", .nodes, required: true, en: "Delivery node.", zh: "压出侧节点。"),
        ], Field.pump(prefix: ""), [
            .choice("status", ["open", "closed"], en: "Whether it runs.", zh: "运行状态。"),
            .note,
        ])
}
