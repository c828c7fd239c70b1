extension Schema {
    /// The format `equitherm/1`.
    public static let equitherm1 = Schema(
        format: "equitherm/1",
        summary: "A heating network. Any table may stand in a CSV file: give its name instead of the rows.",
        tables: [
            manifest, design, defaults, zones, nodes, pipes, trenches, valves, pumps, sources, substations, terminals,
            buildings, floorPlans, dwellings, couplings, roster, settings, catalogueValves, cataloguePipes, catalogueEmitters,
            catalogueEnvelopes,
        ])

    private static let manifest = TableSchema(
        .manifest, Documentation(en: "What the document is.", zh: "文件说明。"), shape: .document,
        [
            .choice("format", ["equitherm/1"], required: true, en: "Format and version.", zh: "格式及版本。"),
            .text("title", en: "A title for reports.", zh: "报告标题。"),
            .text("description", en: "What the network is and what it is for.", zh: "管网说明。"),
            .text("source", en: "Where the data come from.", zh: "数据来源。"),
            .text("citation", en: "Publication to cite.", zh: "引用文献。"),
            .text("licence", en: "Terms of use of the data.", zh: "数据使用许可。"),
        ])

    private static let design = TableSchema(
        .design, Documentation(en: "What the whole network is designed for.", zh: "设计条件。"), shape: .object,
        [
            .number("outdoor_c", "°C", NumberRange(-80...40, plausible: -50...15), en: "Design outdoor temperature.", zh: "室外设计温度。"),
            .number("room_c", "°C", NumberRange(0...40, plausible: 14...26), en: "Room temperature promised.", zh: "室内设计温度。"),
            .number("ground_c", "°C", NumberRange(-40...60, plausible: -10...25), en: "Undisturbed ground around buried pipes.", zh: "土壤温度。"),
            .number("fluid.density_kg_m3", "kg/m³", .positive(upTo: 5000, plausible: 850...1200), en: "Constant density instead of that of water.", zh: "流体密度（给定时取常数）。"),
            .number("fluid.viscosity_pa_s", "Pa s", .positive(upTo: 10, plausible: 1e-4...5e-2), en: "Constant dynamic viscosity instead of that of water.", zh: "流体动力黏度（给定时取常数）。"),
            .number("fluid.heat_capacity_j_kg_k", "J/(kg K)", .positive(upTo: 20_000, plausible: 3000...4400), en: "Constant heat capacity instead of that of water.", zh: "流体比热容（给定时取常数）。"),
        ])

    private static let defaults = TableSchema(
        .defaults,
        Documentation(
            en: "Parameters of the whole network; a zone, a building or a dwelling may override each.",
            zh: "全网缺省参数，可在区域、楼栋或住户中覆盖。"),
        shape: .object,
        parameters, shapeParameters, [
            .number("frost_limit_c", "°C", NumberRange(-40...40, plausible: 0...15), en: "Rooms without heat that are colder are told as in danger of frost.", zh: "停热房间的防冻温度。"),
            .number("flow_degree_low", "1", .nonNegative(upTo: 10, plausible: 0.5...1), en: "Least flow over required flow that counts as balanced.", zh: "水力平衡度下限。"),
            .number("flow_degree_high", "1", .positive(upTo: 100, plausible: 1...2), en: "Greatest flow over required flow that counts as balanced.", zh: "水力平衡度上限。"),
            .number("valve_noise_kpa", "kPa", .nonNegative(upTo: 1000, plausible: 10...100), en: "Largest loss of a dwelling's fully open valve, where its model names no other; 0 for no such limit at all.", zh: "户阀全开时允许的最大压损（型号另有注明者从型号）；0 表示不限。"),
            .number("least_flow_kg_s", "kg/s", .nonNegative(upTo: 100, plausible: 0...0.05), en: "Least flow of every open dwelling; 0 for none.", zh: "供热户最小流量；0 表示无。"),
            .flag("least_setting", en: "Whether a dwelling gets at least what the least setting of its valve lets through.", zh: "供热户流量是否不小于户阀最小开度的流量。"),
            .number("pipe_velocity_m_s", "m/s", .nonNegative(upTo: 100, plausible: 0.3...3.5), en: "Greatest velocity in pipes and risers that give none of their own; an allocation keeps to it. 0 for none.", zh: "管道和立管最大流速（管道另有规定者除外），分配流量时不得超过；0 表示不限。"),
            .number("pipe_friction_pa_m", "Pa/m", .nonNegative(upTo: 1e5, plausible: 30...500), en: "Greatest friction a metre in pipes and risers that give none of their own; an allocation keeps to it. 0 for none.", zh: "管道和立管最大比摩阻（管道另有规定者除外），分配流量时不得超过；0 表示不限。"),
            .reference("valves.inlet", .catalogueValves, en: "Valve at building inlets, FAMILY-DNxx.", zh: "楼栋入口阀门型号。"),
            .reference("valves.unit", .catalogueValves, en: "Valve at the foot of risers, FAMILY-DNxx.", zh: "单元立管阀门型号。"),
            .reference("valves.dwelling", .catalogueValves, en: "Valve of dwellings, FAMILY-DNxx.", zh: "户用阀门型号。"),
            .number("pump_efficiency", "1", .positive(upTo: 1, plausible: 0.1...0.9), en: "Efficiency of pumps that give none.", zh: "水泵缺省效率。"),
            .number("valve_loss_kpa", "kPa", .positive(upTo: 1000, plausible: 1...30), en: "Largest loss of an open balancing valve at design flow, when it is sized.", zh: "平衡阀全开时的设计压损（选型用）。"),
            .number("main_friction_pa_m", "Pa/m", .positive(upTo: 1e4, plausible: 5...300), en: "Friction by which primary pipes without a size are chosen.", zh: "一次网比摩阻（选管径用）。"),
            .number("secondary_friction_pa_m", "Pa/m", .positive(upTo: 1e4, plausible: 20...300), en: "Friction by which secondary pipes without a size are chosen.", zh: "二次网比摩阻（选管径用）。"),
            .number("riser_friction_pa_m", "Pa/m", .positive(upTo: 1e4, plausible: 20...300), en: "Friction by which risers and cellar mains without a size are chosen.", zh: "立管和楼内干管比摩阻（选管径用）。"),
            .number("riser_minor_loss", "1", .nonNegative(upTo: 1000, plausible: 0...20), en: "Local losses of a storey of riser and of a cellar main.", zh: "每层立管及楼内干管局部阻力系数。"),
            .number("exchanger_loss_kpa", "kPa", .positive(upTo: 1000, plausible: 5...100), en: "Loss of each side of an exchanger at design flow, where its Kv is not given.", zh: "换热器每侧设计压损。"),
            .number("exchanger_approach_k", "K", .positive(upTo: 100, plausible: 1...20), en: "Primary return above secondary return, when an exchanger is sized.", zh: "一次回水高于二次回水的温差（选型用）。"),
            .number("secondary_head_kpa", "kPa", .positive(upTo: 1e4, plausible: 20...500), en: "Head of secondary pumps that give none.", zh: "二次循环泵缺省扬程。"),
            .number("restricted_share", "1", NumberRange(0...1), en: "Share of heat of a restricted dwelling that gives none.", zh: "限热住户的缺省供热比例。"),
        ])

    /// Parameters that the network, a zone, a building and a dwelling can set: one mechanism for every default.
    static let parameters: [Field] = [
        .number("room_c", "°C", NumberRange(0...40, plausible: 14...26), en: "Room temperature promised here.", zh: "室内设计温度。"),
        .number("gains_w_m2", "W/m²", .nonNegative(upTo: 200, plausible: 0...15), en: "Internal gains of a lived-in dwelling.", zh: "室内得热。"),
        .reference("envelope", .catalogueEnvelopes, en: "Envelope class.", zh: "围护结构类别。"),
        .reference("emitter", .catalogueEmitters, en: "Emitter class.", zh: "散热设备类别。"),
        .number("emitter_oversize", "1", .positive(upTo: 20, plausible: 0.5...3), en: "Emitter size as a ratio of the design load.", zh: "散热设备富余系数。"),
        .number("air_changes_1_h", "1/h", .nonNegative(upTo: 20, plausible: 0.1...3), en: "Air changes an hour.", zh: "换气次数。"),
        .number("storey_height_m", "m", .positive(upTo: 50, plausible: 2.2...6), en: "Storey height.", zh: "层高。"),
        .number("dwelling_depth_m", "m", .positive(upTo: 200, plausible: 4...25), en: "Depth of a dwelling from front to back.", zh: "住户进深。"),
        .number("window_share", "1", NumberRange(0...1, plausible: 0.05...0.7), en: "Windows as a share of the facade.", zh: "窗墙比。"),
        .number("u_partition_w_m2_k", "W/(m² K)", .nonNegative(upTo: 20, plausible: 0.2...4), en: "Transmittance of walls between dwellings.", zh: "户间隔墙传热系数。"),
        .number("u_slab_w_m2_k", "W/(m² K)", .nonNegative(upTo: 20, plausible: 0.2...4), en: "Transmittance of slabs between dwellings.", zh: "户间楼板传热系数。"),
        .number("u_joint_w_m2_k", "W/(m² K)", .nonNegative(upTo: 20, plausible: 0.2...4), en: "Transmittance of walls between units.", zh: "单元之间墙体传热系数。"),
        .number("terminal_loss_kpa", "kPa", .positive(upTo: 1000, plausible: 1...60), en: "Pressure loss of a dwelling's branch and emitters at design flow.", zh: "户内系统设计流量下的压力损失。"),
        .number("roughness_mm", "mm", .nonNegative(upTo: 50, plausible: 0.0005...3), en: "Roughness of pipe walls.", zh: "管壁当量粗糙度。"),
        .number("pipe_u_w_m_k", "W/(m K)", .nonNegative(upTo: 100, plausible: 0.02...5), en: "Heat lost by a metre of pipe a kelvin above its surroundings.", zh: "管道单位长度传热系数。"),
    ]

    private static let zones = TableSchema(
        .zones, Documentation(en: "Areas that operators tilt flow toward or away from.", zh: "供热区域。"),
        [
            .id(en: "Id of the zone.", zh: "区域编号。"),
            .text("name", en: "A name for people.", zh: "区域名称。"),
        ], parameters, shapeParameters, [.note])

    private static let settings = TableSchema(
        .settings, Documentation(en: "Settings of valves and pumps by id: today's, or those recommended.", zh: "阀门与水泵的整定值。"),
        [
            .id(en: "Id of the valve or pump, also of one that a compact form makes (`B7/u1/valve`).", zh: "阀门或水泵编号。"),
            .number("setting", "1", NumberRange(-1e4...1e6, plausible: 0...100_000), en: "Setting in the catalogue's notation (turns, preset, %; kPa of a Δp controller, l/h of a pressure-independent valve).", zh: "阀门整定值（圈数、预设号或开度；压差控制器为 kPa，动态平衡阀为 l/h）。"),
            .number("kv_m3_h", "m³/h", .nonNegative(upTo: 1e6, plausible: 0.005...20_000), en: "Kv at that setting.", zh: "该整定值下的 Kv。"),
            .number("head_kpa", "kPa", .positive(upTo: 1e5, plausible: 5...3000), en: "Head a controlled pump holds.", zh: "水泵设定扬程。"),
            .number("speed", "1", .nonNegative(upTo: 10, plausible: 0.2...1.3), en: "Pump speed as a ratio of the nominal one.", zh: "水泵转速比。"),
            .choice("status", ["open", "closed"], en: "Whether water may pass.", zh: "开闭状态。"),
            .note,
            .number("pressure_kpa", "kPa", NumberRange(0...1e5, plausible: 1...300), en: "Difference that a Δp controller without a catalogue holds.", zh: "无产品样本的压差控制器设定压差。"),
            .number("flow_limit_kg_s", "kg/s", .nonNegative(upTo: 1e6, plausible: 0.001...5000), en: "Flow that a pressure-independent valve without a catalogue holds.", zh: "无产品样本的动态平衡阀设定流量。"),
        ])
}
