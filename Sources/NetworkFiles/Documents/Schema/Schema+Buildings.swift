import NetworkModel

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
        ], shapes, parameters, shapeParameters, risers, [
            .integer("priority", 1...9, en: "Class of the policy `priority`: 1 is served first, 9 last; 5 where not given.", zh: "优先级策略的等级：1 最先供热，9 最后；缺省 5。"),
            .note,
        ])

    static let dwellings = TableSchema(
        .dwellings, Documentation(en: "Dwellings: explicit ones, or overrides of those a building makes.", zh: "住户。"),
        [
            .id(required: false, en: "Id; otherwise BUILDING/uU/fFF/dD from the place.", zh: "住户编号，缺省由位置生成。"),
            .reference("building", .buildings, en: "Its building.", zh: "所属楼栋。"),
            .integer("unit", 1...10_000, plausible: 1...50, en: "Unit (riser), from 1.", zh: "单元号。"),
            .integer("floor", 0...1000, plausible: 0...80, en: "Floor, from 1 at the bottom; 0 is a cellar.", zh: "楼层，地下室为 0。"),
            .integer("door", 1...10_000, plausible: 1...50, en: "Door on the floor of the unit, from 1.", zh: "门号。"),
            .choice("use", SpaceUse.allCases.map(\.rawValue), en: "What it is; all but a dwelling are spaces without heat that belong to the building's lattice.", zh: "用途；非住户为不采暖空间。"),
            .number("area_m2", "m²", .positive(upTo: 1e5, plausible: 15...500), en: "Heated floor area.", zh: "供热面积。"),
            .number("exterior_w_k", "W/K", .nonNegative(upTo: 1e6, plausible: 1...3000), en: "Conductance to outdoors through envelope and ventilation.", zh: "对室外总热导。"),
            .number("ground_w_k", "W/K", .nonNegative(upTo: 1e6, plausible: 0...3000), en: "Conductance to the ground.", zh: "对土壤热导。"),
            .number("held_w_k", "W/K", .nonNegative(upTo: 1e6, plausible: 0...3000), en: "Conductance to what others keep warm: shops, neighbouring buildings.", zh: "对恒温邻室（商铺、邻楼）的热导。"),
            .number("held_c", "°C", NumberRange(-40...60, plausible: 0...26), en: "Temperature of that.", zh: "该邻室温度。"),
            .number("gains_w", "W", .nonNegative(upTo: 1e6, plausible: 0...5000), en: "Internal gains while lived in.", zh: "室内得热。"),
            .choice("state", ["open", "closed", "restricted"], en: "Whether its valve is open.", zh: "用热状态。"),
            .number("share", "1", NumberRange(0...1), en: "Share of the heat that a restricted dwelling gets.", zh: "限热比例。"),
            .number("target_c", "°C", NumberRange(0...40, plausible: 14...26), en: "Room temperature promised to this dwelling.", zh: "室内目标温度。"),
            .number("emitter_nominal.power_w", "W", .positive(upTo: 1e7, plausible: 200...50_000), en: "Heat of its emitters at the nominal temperatures.", zh: "散热设备标准散热量。"),
            .number("emitter_nominal.supply_c", "°C", NumberRange(0...250, plausible: 30...110), en: "Nominal supply temperature.", zh: "标准供水温度。"),
            .number("emitter_nominal.return_c", "°C", NumberRange(0...250, plausible: 20...90), en: "Nominal return temperature.", zh: "标准回水温度。"),
            .number("emitter_nominal.room_c", "°C", NumberRange(0...60, plausible: 14...26), en: "Nominal room temperature.", zh: "标准室温。"),
            .number("emitter_nominal.exponent", "1", NumberRange(0.5...3, plausible: 1...1.6), en: "Exponent of the emitter law.", zh: "散热指数。"),
            .choice("emitter_nominal.mean", EmitterMean.allCases.map(\.rawValue), en: "Mean temperature difference that the law is written in.", zh: "散热公式所用平均温差。"),
        ], parameters, [
            .reference("riser", .pipes, en: "The pipe that brings all the water of the one-pipe riser its emitter stands in.", zh: "所在单管立管的总进水管。"),
            .integer("priority", 1...9, en: "Class of the policy `priority`: 1 is served first, 9 last; 5 where not given.", zh: "优先级策略的等级：1 最先供热，9 最后；缺省 5。"),
            .note,
        ])

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
            .integer("priority", 1...9, en: "Class of the policy `priority`: 1 is served first, 9 last; 5 where not given.", zh: "优先级策略的等级：1 最先供热，9 最后；缺省 5。"),
            .note,
        ])

    static let floorPlans = TableSchema(
        .floorPlans,
        Documentation(
            en: "Floors and units of a building that differ from the rest: other dwellings, shops, setbacks. Later rows lie over earlier ones.",
            zh: "与标准层不同的楼层或单元：户型、商铺、退台。后行覆盖前行。"),
        [
            .reference("building", .buildings, required: true, en: "The building.", zh: "楼栋。"),
            .integer("from_floor", 1...1000, plausible: 1...80, en: "First floor it holds for; 1 where not given.", zh: "起始层，缺省为 1。"),
            .integer("to_floor", 1...1000, plausible: 1...80, en: "Last floor it holds for; the top where not given.", zh: "终止层，缺省为顶层。"),
            .integer("unit", 1...10_000, plausible: 1...50, en: "Unit; all where not given.", zh: "单元，缺省为全部。"),
            .integer("door", 1...10_000, plausible: 1...50, en: "Door; all where not given.", zh: "门号，缺省为全部。"),
            .integer("dwellings", 0...1000, plausible: 0...20, en: "Dwellings on each of these floors of a unit; 0 is a setback.", zh: "每层户数，0 为退台。"),
            .number("area_m2", "m²", .positive(upTo: 1e5, plausible: 15...500), en: "Floor area of each of these dwellings.", zh: "每户面积。"),
            .choice("faces", ["both", "front", "back"], en: "Whether a dwelling goes through from front to back or lies on one side of a corridor.", zh: "朝向：南北通透或单侧。"),
            .choice("use", ["dwelling", "shop", "unheated", "none"], en: "What is there: dwellings, a shop (see `shops`), a room without heat, or nothing.", zh: "用途：住户、商铺、不采暖房间或无。"),
            .note,
        ])

    /// What makes a building more than a row of equal dwellings.
    static let shapes: [Field] = [
        .choice("facing", Facing.words, en: "The way its front faces; with it the orientation factors count.", zh: "正面朝向；给出时计入朝向修正。"),
        .integer("shop_floors", 0...500, plausible: 0...5, en: "Floors at the bottom that are shops.", zh: "底部商铺层数。"),
        .choice("shops", ["heated", "unheated"], en: "Whether shops have their own heating; they have where not given.", zh: "商铺是否自行采暖，缺省为是。"),
        .choice("stairwells", ["none", "unheated"], en: "Whether unheated stairwells between the dwellings are counted; not where not given.", zh: "是否计入不采暖楼梯间，缺省不计。"),
        .choice("below", ["ground", "cellar", "open"], en: "What is under it: the ground (half of the loss of its floor counts), an unheated cellar, or outdoor air.", zh: "底层之下：土壤、不采暖地下室或室外。"),
        .choice("above", ["roof", "attic"], en: "What is over it: a flat roof or an unheated attic.", zh: "顶层之上：平屋顶或不采暖阁楼。"),
        .reference("adjoins.left", .buildings, en: "The building that stands against its left end, seen from the front.", zh: "左侧（面向正面）毗邻楼栋。"),
        .reference("adjoins.right", .buildings, en: "The building that stands against its right end.", zh: "右侧毗邻楼栋。"),
        .number("adjoins.left_c", "°C", NumberRange(-40...40, plausible: 0...26), en: "Temperature behind its left end, where that is no building of this network.", zh: "左侧毗邻建筑温度（不在本管网时）。"),
        .number("adjoins.right_c", "°C", NumberRange(-40...40, plausible: 0...26), en: "Temperature behind its right end.", zh: "右侧毗邻建筑温度。"),
    ]

    /// One-pipe risers.
    static let risers: [Field] = [
        .choice("riser.kind", ["two-pipe", "one-pipe"], en: "Risers: emitters between a supply and a return pipe (where not given), or one after the other along one pipe.", zh: "立管形式：双管（缺省）或单管。"),
        .choice("riser.feed", ["top", "bottom"], en: "One-pipe risers: the floor that the water meets first; top where not given.", zh: "单管立管：上供或下供，缺省上供。"),
        .number("riser.bypass_share", "1", NumberRange(0...0.95, plausible: 0...0.8), en: "One-pipe risers: share of the design flow that goes past the emitters of a floor; 0 for emitters in series without a bypass.", zh: "单管立管：跨越管流量占立管设计流量之比；0 为顺流式。"),
        .number("riser.loss_kpa", "kPa", .positive(upTo: 1e3, plausible: 0.05...10), en: "One-pipe risers: pressure loss of a floor's emitters and bypass at design flow.", zh: "单管立管：每层散热设备与跨越管的设计压降。"),
        .choice("riser.emitters", ["graded", "equal"], en: "One-pipe risers: emitters sized for the water that reaches each floor (where not given), or all as the first.", zh: "单管立管：散热设备按各层水温选型（缺省）或各层相同。"),
    ]

    /// Numbers of stairwells, cellars, attics, shops and orientation that the network, a zone and a building can set.
    static let shapeParameters: [Field] = [
        .number("shop_room_c", "°C", NumberRange(-40...40, plausible: 5...26), en: "Temperature of shops with their own heating.", zh: "自行采暖商铺的室温。"),
        .number("stair_width_m", "m", .positive(upTo: 100, plausible: 1.5...10), en: "Width of stairwells.", zh: "楼梯间开间。"),
        .number("stair_depth_m", "m", .positive(upTo: 100, plausible: 2...15), en: "Depth of stairwells.", zh: "楼梯间进深。"),
        .number("stair_air_changes_1_h", "1/h", .nonNegative(upTo: 50, plausible: 0.1...5), en: "Air changes of stairwells.", zh: "楼梯间换气次数。"),
        .number("u_stair_w_m2_k", "W/(m² K)", .nonNegative(upTo: 20, plausible: 0.2...4), en: "Transmittance of walls to stairwells.", zh: "楼梯间隔墙传热系数。"),
        .number("stair_mixing_w_k", "W/K", .nonNegative(upTo: 1e4, plausible: 0...500), en: "Heat carried from a storey of a stairwell to the next.", zh: "楼梯间上下层空气换热。"),
        .number("cellar_height_m", "m", .positive(upTo: 50, plausible: 1.5...5), en: "Height of a cellar.", zh: "地下室层高。"),
        .number("u_cellar_ground_w_m2_k", "W/(m² K)", .nonNegative(upTo: 20, plausible: 0.1...3), en: "Transmittance of a cellar to the ground.", zh: "地下室与土壤传热系数。"),
        .number("cellar_air_changes_1_h", "1/h", .nonNegative(upTo: 50, plausible: 0...3), en: "Air changes of a cellar.", zh: "地下室换气次数。"),
        .number("u_attic_roof_w_m2_k", "W/(m² K)", .nonNegative(upTo: 20, plausible: 0.1...6), en: "Transmittance of the roof over an attic.", zh: "坡屋顶传热系数。"),
        .number("attic_air_changes_1_h", "1/h", .nonNegative(upTo: 50, plausible: 0...10), en: "Air changes of an attic.", zh: "阁楼换气次数。"),
        .number("orientation_factor.north", "1", NumberRange(-0.9...2, plausible: 0...0.1), en: "Addition for facades facing N, NE and NW.", zh: "北、东北、西北朝向修正。"),
        .number("orientation_factor.east_west", "1", NumberRange(-0.9...2, plausible: -0.1...0.05), en: "Addition for facades facing E and W.", zh: "东、西朝向修正。"),
        .number("orientation_factor.south_east_west", "1", NumberRange(-0.9...2, plausible: -0.15 ... -0.05), en: "Addition for facades facing SE and SW.", zh: "东南、西南朝向修正。"),
        .number("orientation_factor.south", "1", NumberRange(-0.9...2, plausible: -0.3 ... -0.1), en: "Addition for facades facing S.", zh: "南向修正。"),
    ]
}
