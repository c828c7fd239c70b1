/// Tables of buildings, dwellings and their states.
extension Schema {
    static let buildings = TableSchema(
        .buildings,
        Documentation(
            en: "Buildings; with `floors` the reader makes inlet, risers, branches, dwellings and their lattice.",
            zh: "楼栋；给出层数时自动生成入口、立管、户内支路和住户。"),
        [
            .id(en: "Id of the building, also of its node pair.", zh: "楼栋编号。"),
            .reference("at", .nodes, .substations, .sources, en: "Node pair it hangs on; its own id where not given.", zh: "所接节点对，缺省为自身编号。"),
            .reference("zone", .zones, en: "Zone it belongs to.", zh: "所属区域。"),
            .reference("substation", .substations, en: "Substation that feeds it; otherwise found by the pipes.", zh: "所属换热站。"),
            .integer("floors", 1...500, plausible: 1...80, en: "Number of floors.", zh: "层数。"),
            .integer("units", 1...1000, plausible: 1...30, en: "Number of units (risers).", zh: "单元数。"),
            .integer("dwellings_per_floor", 1...1000, plausible: 1...20, en: "Dwellings on a floor of one unit.", zh: "每层每单元户数。"),
            .number("dwelling_area_m2", "m²", .positive(upTo: 1e5, plausible: 15...500), en: "Heated floor area of a dwelling.", zh: "每户供热面积。"),
        ], Field.position, [
            .elevation,
            .reference("valves.inlet", .catalogueValves, en: "Inlet valve, FAMILY-DNxx.", zh: "入口阀门型号。"),
            .reference("valves.unit", .catalogueValves, en: "Valve of each riser, FAMILY-DNxx.", zh: "立管阀门型号。"),
            .reference("valves.dwelling", .catalogueValves, en: "Valve of each dwelling, FAMILY-DNxx.", zh: "户用阀门型号。"),
            .integer("riser_dn", 1...1000, plausible: 15...150, en: "Nominal size of its risers; otherwise sized by load.", zh: "立管公称直径，缺省按负荷选取。"),
            .integer("inlet_dn", 1...2000, plausible: 15...300, en: "Nominal size of its inlet and cellar mains; otherwise sized by load.", zh: "入口公称直径，缺省按负荷选取。"),
        ], parameters, [.note])

    static let dwellings = TableSchema(
        .dwellings, Documentation(en: "Dwellings: explicit ones, or overrides of those a building makes.", zh: "住户。"),
        [
            .id(required: false, en: "Id; otherwise BUILDING/uU/fFF/dD from the place.", zh: "住户编号，缺省由位置生成。"),
            .reference("building", .buildings, en: "Its building.", zh: "所属楼栋。"),
            .integer("unit", 1...10_000, plausible: 1...50, en: "Unit (riser), from 1.", zh: "单元号。"),
            .integer("floor", 1...1000, plausible: 1...80, en: "Floor, from 1 at the bottom.", zh: "楼层。"),
            .integer("door", 1...10_000, plausible: 1...50, en: "Door on the floor of the unit, from 1.", zh: "门号。"),
            .number("area_m2", "m²", .positive(upTo: 1e5, plausible: 15...500), en: "Heated floor area.", zh: "供热面积。"),
            .number("exterior_w_k", "W/K", .nonNegative(upTo: 1e6, plausible: 1...3000), en: "Conductance to outdoors through envelope and ventilation.", zh: "对室外总热导。"),
            .number("gains_w", "W", .nonNegative(upTo: 1e6, plausible: 0...5000), en: "Internal gains while lived in.", zh: "室内得热。"),
            .choice("state", ["open", "closed", "restricted"], en: "Whether its valve is open.", zh: "用热状态。"),
            .number("share", "1", NumberRange(0...1), en: "Share of the heat that a restricted dwelling gets.", zh: "限热比例。"),
            .number("target_c", "°C", NumberRange(0...40, plausible: 14...26), en: "Room temperature promised to this dwelling.", zh: "室内目标温度。"),
            .number("emitter_nominal.power_w", "W", .positive(upTo: 1e7, plausible: 200...50_000), en: "Heat of its emitters at the nominal temperatures.", zh: "散热设备标准散热量。"),
            .number("emitter_nominal.supply_c", "°C", NumberRange(0...250, plausible: 30...110), en: "Nominal supply temperature.", zh: "标准供水温度。"),
            .number("emitter_nominal.return_c", "°C", NumberRange(0...250, plausible: 20...90), en: "Nominal return temperature.", zh: "标准回水温度。"),
            .number("emitter_nominal.room_c", "°C", NumberRange(0...60, plausible: 14...26), en: "Nominal room temperature.", zh: "标准室温。"),
            .number("emitter_nominal.exponent", "1", NumberRange(0.5...3, plausible: 1...1.6), en: "Exponent of the emitter law.", zh: "散热指数。"),
        ], parameters, [.note])

    static let roster = TableSchema(
        .roster, Documentation(en: "Which dwellings are open, closed or restricted, from the billing system.", zh: "用热状态清单。"),
        [
            .reference("dwelling", .dwellings, en: "Dwelling by id; otherwise by its place.", zh: "住户编号，或按位置给出。"),
            .reference("building", .buildings, en: "Building of the dwelling.", zh: "楼栋。"),
            .integer("unit", 1...10_000, plausible: 1...50, en: "Unit, from 1; without it all units.", zh: "单元号。"),
            .integer("floor", 1...1000, plausible: 1...80, en: "Floor, from 1; without it all floors.", zh: "楼层。"),
            .integer("door", 1...10_000, plausible: 1...50, en: "Door, from 1; without it all doors.", zh: "门号。"),
            .choice("state", ["open", "closed", "restricted"], required: true, en: "Whether its valve is open.", zh: "用热状态。"),
            .number("share", "1", NumberRange(0...1), en: "Share of the heat that a restricted dwelling gets.", zh: "限热比例。"),
            .note,
        ])
}
