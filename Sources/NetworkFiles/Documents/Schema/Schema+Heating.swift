/// Tables of sources, substations and what takes the heat.
extension Schema {
    static let sources = TableSchema(
        .sources, Documentation(en: "Heat sources.", zh: "热源。"),
        [
            .id(en: "Id of the source.", zh: "热源编号。"),
            .reference("at", .nodes, en: "Node pair it stands at (compact form, with pump and pressure holding).", zh: "所在节点对（紧凑形式）。"),
            .reference("from", .nodes, en: "Node of its return (explicit form).", zh: "回水节点（显式形式）。"),
            .reference("to", .nodes, en: "Node of its supply (explicit form).", zh: "供水节点（显式形式）。"),
            .reference("pump_id", .pumps, en: "Its circulation pump in the table of pumps (explicit form).", zh: "循环泵编号（显式形式）。"),
            .number("supply_c", "°C", NumberRange(0...250, plausible: 30...180), required: true, en: "Supply temperature set point.", zh: "供水温度设定值。"),
            .number("heat_limit_kw", "kW", .positive(upTo: 1e9, plausible: 1...5e6), en: "Most heat it can give.", zh: "最大供热功率。"),
            .number("flow_limit_kg_s", "kg/s", .positive(upTo: 1e6, plausible: 0.01...20_000), en: "Most water it can pass.", zh: "最大流量。"),
            .number("heat_kw", "kW", .nonNegative(upTo: 1e9, plausible: 0...5e6), en: "Heat it gives whatever the network asks.", zh: "固定供热功率。"),
            .number("static_pressure_kpa", "kPa", NumberRange(-100...1e5, plausible: 0...2500), en: "Gauge pressure held at its return.", zh: "回水定压值（表压）。"),
            .number("kv_m3_h", "m³/h", .positive(upTo: 1e6, plausible: 0.05...50_000), en: "Resistance of boiler and fittings as Kv.", zh: "热源内部阻力（Kv）。"),
            .number("loss_kpa", "kPa", .nonNegative(upTo: 1e4, plausible: 0...500), en: "Resistance of boiler and fittings as the loss at its flow limit.", zh: "热源内部阻力（最大流量下的压损）。"),
        ], Field.pump(prefix: "pump."), Field.position, [.note])

    static let substations = TableSchema(
        .substations, Documentation(en: "Substations: an exchanger between the primary and a secondary circuit of its own.", zh: "换热站。"),
        [
            .id(en: "Id of the substation.", zh: "换热站编号。"),
            .reference("at", .nodes, en: "Primary node pair it stands at (compact form).", zh: "所在一次网节点对（紧凑形式）。"),
            .reference("primary_from", .nodes, en: "Primary supply node (explicit form).", zh: "一次侧供水节点（显式形式）。"),
            .reference("primary_to", .nodes, en: "Primary return node (explicit form).", zh: "一次侧回水节点（显式形式）。"),
            .reference("secondary_from", .nodes, en: "Secondary return node (explicit form).", zh: "二次侧回水节点（显式形式）。"),
            .reference("secondary_to", .nodes, en: "Secondary supply node (explicit form).", zh: "二次侧供水节点（显式形式）。"),
            .reference("secondary_pump_id", .pumps, en: "Secondary circulation pump in the table of pumps (explicit form).", zh: "二次循环泵编号（显式形式）。"),
            .reference("zone", .zones, en: "Zone of its buildings that give none.", zh: "所属区域。"),
            .number("exchanger_ua_kw_k", "kW/K", .positive(upTo: 1e6, plausible: 0.1...5000), en: "Exchanger size UA at design flows; otherwise sized by load.", zh: "换热器传热能力 UA；缺省按负荷选取。"),
            .number("heat_limit_kw", "kW", .positive(upTo: 1e9, plausible: 1...1e6), en: "Most heat it may take.", zh: "最大换热功率。"),
            .number("primary.flow_limit_kg_s", "kg/s", .positive(upTo: 1e6, plausible: 0.01...5000), en: "Most primary water it may take.", zh: "一次侧最大流量。"),
            .number("primary.kv_m3_h", "m³/h", .positive(upTo: 1e6, plausible: 0.05...20_000), en: "Resistance of the exchanger's primary side as Kv.", zh: "一次侧阻力（Kv）。"),
            .reference("primary.valve", .catalogueValves, en: "Primary balancing valve, FAMILY-DNxx.", zh: "一次侧平衡阀型号。"),
            .number("secondary.supply_c", "°C", NumberRange(0...250, plausible: 25...110), en: "Secondary supply set point at design weather.", zh: "二次供水设定温度。"),
            .number("secondary.return_c", "°C", NumberRange(0...250, plausible: 20...90), en: "Secondary return expected at design weather.", zh: "二次回水设计温度。"),
            .number("secondary.static_pressure_kpa", "kPa", NumberRange(-100...1e5, plausible: 0...2500), en: "Gauge pressure held at its secondary return.", zh: "二次网定压值（表压）。"),
            .number("secondary.kv_m3_h", "m³/h", .positive(upTo: 1e6, plausible: 0.05...20_000), en: "Resistance of the exchanger's secondary side as Kv.", zh: "二次侧阻力（Kv）。"),
        ], Field.pump(prefix: "secondary.pump."), Field.position, [.elevation, .note])

    static let terminals = TableSchema(
        .terminals, Documentation(en: "What takes heat out of a circuit.", zh: "末端。"),
        [
            .id(en: "Id of the terminal.", zh: "末端编号。"),
            .reference("at", .nodes, en: "Node pair it stands at (compact form).", zh: "所在节点对（紧凑形式）。"),
            .reference("from", .nodes, en: "Supply node (explicit form).", zh: "供水节点（显式形式）。"),
            .reference("to", .nodes, en: "Return node (explicit form).", zh: "回水节点（显式形式）。"),
            .choice("kind", ["emitter", "heat", "flow", "none"], en: "How its flow and heat follow.", zh: "末端类型。"),
            .reference("dwelling", .dwellings, en: "Dwelling whose emitter it is.", zh: "所属住户。"),
            .number("heat_kw", "kW", .nonNegative(upTo: 1e9, plausible: 0...1e5), en: "Heat taken.", zh: "用热功率。"),
            .number("return_c", "°C", NumberRange(0...250, plausible: 10...110), en: "Return temperature of a given heat.", zh: "回水温度。"),
            .number("mass_flow_kg_s", "kg/s", .nonNegative(upTo: 1e6, plausible: 0...5000), en: "Flow taken.", zh: "流量。"),
            .number("temperature_drop_k", "K", NumberRange(-200...200, plausible: 0...120), en: "Temperature drop of a given flow.", zh: "供回水温差。"),
            .number("kv_m3_h", "m³/h", .positive(upTo: 1e6, plausible: 0.005...5000), en: "Resistance fully open, without its valve, as Kv.", zh: "末端阻力（Kv）。"),
            .choice("status", ["open", "closed"], en: "Whether water may pass.", zh: "开闭状态。"),
            .note,
        ])

    static let couplings = TableSchema(
        .couplings, Documentation(en: "Walls and slabs that two dwellings of a building share.", zh: "户间传热。"),
        [
            .reference("building", .buildings, en: "Building of both dwellings.", zh: "所属楼栋。"),
            .reference("first", .dwellings, required: true, en: "One dwelling.", zh: "住户一。"),
            .reference("second", .dwellings, required: true, en: "The other.", zh: "住户二。"),
            .number("conductance_w_k", "W/K", .nonNegative(upTo: 1e6, plausible: 0...2000), required: true, en: "Conductance between them.", zh: "户间热导。"),
            .choice("kind", ["partition", "slab"], en: "Wall or slab.", zh: "隔墙或楼板。"),
            .note,
        ])
}
