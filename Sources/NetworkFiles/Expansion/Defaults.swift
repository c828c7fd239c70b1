import NetworkModel

/// The one table of everything that is assumed where a document says nothing.
///
/// A name that is a field of `defaults`, `zones`, `buildings` or `dwellings` can be set there; the narrowest place wins:
/// dwelling, building, zone, `defaults`, this table.
public enum Defaults {
    /// All defaults in the order of the documentation.
    public static let all: [DefaultValue] = DefaultKey.allCases.map(\.value)
}

/// The defaults by name in code; the number of each is in the unit of its field.
enum DefaultKey: Int, CaseIterable {
    case outdoor, room, ground
    case gains, envelope, emitter, emitterOversize, area, units, dwellingsPerFloor
    case storeyHeight, depth, windowShare, jointTransmittance
    case shopRoom, stairWidth, stairDepth, stairAir, stairWall, stairMixing
    case cellarHeight, cellarGround, cellarAir, atticRoof, atticAir
    case north, eastWest, southEast, south, frostLimit, degreeLow, degreeHigh, valveNoise, leastFlow, leastSetting
    case pipeVelocity, pipeFriction
    case terminalLoss, roughness, insulation
    case riserBypass, riserLoss
    case inletValve, unitValve, dwellingValve, substationValve, valveLoss
    case mainFriction, secondaryFriction, riserFriction, riserMinorLoss, riserHeatLoss
    case exchangerLoss, exchangerSize, exchangerApproach, secondarySupply, secondaryReturn, secondaryHead
    case pumpEfficiency, pressureHolding, elevation
    case roster, restrictedShare, valveSetting, zone

    /// The number of a default that is one.
    var number: Double { Double(value.value) ?? .nan }

    /// Its row of the table.
    var value: DefaultValue {
        switch self {
        case .outdoor:
            row(
                "outdoor_c", "-10", "°C", .judgement,
                "design outdoor temperature; enter that of your town",
                "室外设计温度，请按当地取值")
        case .room:
            row(
                "room_c", "18", "°C", .standard,
                "room temperature promised (GB 50736: 18 to 24)",
                "室内设计温度（GB 50736：18~24）")
        case .ground:
            row(
                "ground_c", "5", "°C", .judgement,
                "ground around buried pipes in winter",
                "冬季管道埋深处土壤温度")
        case .gains:
            row(
                "gains_w_m2", "3.8", "W/m²", .standard,
                "internal gains of a lived-in dwelling (JGJ 26)",
                "室内得热（JGJ 26）")
        case .envelope:
            row(
                "envelope", "65-percent", "", .judgement,
                "envelope class of buildings that give none",
                "未注明楼栋的围护结构类别")
        case .emitter:
            row(
                "emitter", "radiator-75-50", "", .judgement,
                "emitter class of buildings that give none",
                "未注明楼栋的散热设备类别")
        case .emitterOversize:
            row(
                "emitter_oversize", "1.15", "", .judgement, "emitter size over the dwelling's design load with all neighbours heated",
                "散热设备相对设计负荷（邻户均供热）的富余系数")
        case .area:
            row(
                "dwelling_area_m2", "90", "m²", .judgement,
                "heated floor area of a dwelling",
                "每户供热面积")
        case .units:
            row(
                "units", "1", "", .judgement,
                "units (risers) of a building",
                "单元数")
        case .dwellingsPerFloor:
            row(
                "dwellings_per_floor", "2", "", .judgement,
                "dwellings on a floor of a unit",
                "每层每单元户数")
        case .storeyHeight:
            row(
                "storey_height_m", "2.8", "m", .judgement,
                "storey height",
                "层高")
        case .depth:
            row(
                "dwelling_depth_m", "9", "m", .judgement,
                "depth of a dwelling from front to back",
                "住户进深")
        case .windowShare:
            row(
                "window_share", "0.3", "", .judgement,
                "windows as a share of the two long faces",
                "窗墙比")
        case .jointTransmittance:
            row(
                "u_joint_w_m2_k", "0.8", "W/(m² K)", .judgement,
                "wall between two units",
                "单元之间墙体传热系数")
        case .shopRoom:
            row(
                "shop_room_c", "18", "°C", .judgement,
                "temperature of shops with their own heating",
                "自行采暖商铺的室温")
        case .stairWidth:
            row(
                "stair_width_m", "2.6", "m", .judgement,
                "width of an unheated stairwell",
                "不采暖楼梯间开间")
        case .stairDepth:
            row(
                "stair_depth_m", "6", "m", .judgement,
                "depth of an unheated stairwell: the wall that it shares with the dwellings beside it",
                "不采暖楼梯间进深（与邻户共用墙长）")
        case .stairAir:
            row(
                "stair_air_changes_1_h", "1", "1/h", .judgement,
                "air changes of an unheated stairwell",
                "不采暖楼梯间换气次数")
        case .stairWall:
            row(
                "u_stair_w_m2_k", "1.5", "W/(m² K)", .judgement,
                "walls and doors between dwellings and an unheated stairwell",
                "住户与不采暖楼梯间之间的隔墙传热系数")
        case .stairMixing:
            row(
                "stair_mixing_w_k", "60", "W/K", .judgement,
                "heat that air carries from a storey of a stairwell to the next",
                "楼梯间上下层空气换热")
        case .cellarHeight:
            row(
                "cellar_height_m", "2.4", "m", .judgement,
                "height of an unheated cellar",
                "不采暖地下室层高")
        case .cellarGround:
            row(
                "u_cellar_ground_w_m2_k", "0.4", "W/(m² K)", .judgement,
                "cellar floor and walls to the ground",
                "地下室地面及侧墙与土壤的传热系数")
        case .cellarAir:
            row(
                "cellar_air_changes_1_h", "0.5", "1/h", .judgement,
                "air changes of an unheated cellar",
                "不采暖地下室换气次数")
        case .atticRoof:
            row(
                "u_attic_roof_w_m2_k", "2.5", "W/(m² K)", .judgement,
                "pitched roof over an attic; the insulation lies on the floor",
                "坡屋顶传热系数（保温层在顶棚）")
        case .atticAir:
            row(
                "attic_air_changes_1_h", "1", "1/h", .judgement,
                "air changes of an attic",
                "阁楼换气次数")
        case .north:
            row(
                "orientation_factor.north", "0.05", "", .standard,
                "addition for facades facing N, NE and NW (GB 50736 §5.2.6: 0 to 10 %), where a facing is given",
                "北、东北、西北朝向修正（GB 50736 §5.2.6：0~10 %）")
        case .eastWest:
            row(
                "orientation_factor.east_west", "-0.05", "", .standard,
                "addition for facades facing E and W (GB 50736 §5.2.6: −5 %)",
                "东、西朝向修正（GB 50736 §5.2.6：−5 %）")
        case .southEast:
            row(
                "orientation_factor.south_east_west", "-0.12", "", .standard,
                "addition for facades facing SE and SW (GB 50736 §5.2.6: −10 to −15 %)",
                "东南、西南朝向修正（GB 50736 §5.2.6：−10~−15 %）")
        case .south:
            row(
                "orientation_factor.south", "-0.2", "", .standard,
                "addition for facades facing S (GB 50736 §5.2.6: −15 to −30 %)",
                "南向修正（GB 50736 §5.2.6：−15~−30 %）")
        case .frostLimit:
            row(
                "frost_limit_c", "5", "°C", .judgement,
                "closed dwellings and unheated spaces colder than this are told as in danger of frost",
                "低于此温度的停热住户和不采暖空间提示防冻")
        case .valveNoise:
            row(
                "valve_noise_kpa", "0", "kPa", .judgement,
                "largest loss of a dwelling's fully open valve (radiator valves are heard above 20 to 30 kPa); 0 = any",
                "户阀全开时允许的最大压损（散热器阀 20~30 kPa 以上有噪声）；0 = 不限")
        case .leastFlow:
            row("least_flow_kg_s", "0", "kg/s", .judgement, "least flow of every open dwelling", "供热户最小流量")
        case .leastSetting:
            row(
                "least_setting", "false", "", .judgement,
                "whether a dwelling gets at least what the least setting of its valve lets through at 3 kPa",
                "供热户流量是否不小于户阀最小开度在 3 kPa 下的流量")
        case .pipeVelocity:
            row(
                "pipe_velocity_m_s", "0", "m/s", .judgement,
                "greatest velocity in pipes and risers that give none of their own; 0 = any",
                "管道和立管最大流速；0 = 不限")
        case .pipeFriction:
            row(
                "pipe_friction_pa_m", "0", "Pa/m", .judgement,
                "greatest friction a metre in pipes and risers that give none of their own; 0 = any",
                "管道和立管最大比摩阻；0 = 不限")
        case .degreeLow:
            row(
                "flow_degree_low", "0.9", "", .standard,
                "least flow over required flow that counts as balanced (JGJ/T 132)",
                "水力平衡度下限（JGJ/T 132）")
        case .degreeHigh:
            row(
                "flow_degree_high", "1.2", "", .standard,
                "greatest flow over required flow that counts as balanced (JGJ/T 132)",
                "水力平衡度上限（JGJ/T 132）")
        case .terminalLoss:
            row(
                "terminal_loss_kpa", "10", "kPa", .judgement,
                "loss of a dwelling's pipes and emitters at design flow",
                "户内系统设计流量下的压力损失")
        case .roughness:
            row(
                "roughness_mm", "0.5", "mm", .judgement,
                "roughness of old steel pipe",
                "旧钢管当量粗糙度")
        case .insulation:
            row(
                "pipe_u_w_m_k", "2πλ/ln(D/d), λ = 0.033 W/(m K)", "W/(m K)", .judgement,
                "aged polyurethane between pipe and casing of the catalogue", "按管材目录的保温厚度和老化聚氨酯计算")
        case .riserBypass:
            row(
                "riser.bypass_share", "0.7", "", .judgement,
                "one-pipe risers: share of the water that goes past the emitters of a floor",
                "单管立管：跨越管流量占比")
        case .riserLoss:
            row(
                "riser.loss_kpa", "0.5", "kPa", .judgement,
                "one-pipe risers: loss of a floor's emitters and bypass",
                "单管立管：每层散热设备与跨越管压降")
        case .inletValve:
            row(
                "valves.inlet", "static", "", .judgement,
                "valve family at building inlets, sized by flow",
                "楼栋入口阀门系列，按流量选型")
        case .unitValve:
            row(
                "valves.unit", "static", "", .judgement,
                "valve family of risers, sized by flow",
                "立管阀门系列，按流量选型")
        case .dwellingValve:
            row(
                "valves.dwelling", "preset", "", .judgement,
                "valve family of dwellings, sized by flow",
                "户用阀门系列，按流量选型")
        case .substationValve:
            row(
                "primary.valve", "static", "", .judgement,
                "valve family on the primary side of substations, sized by flow",
                "换热站一次侧阀门系列，按流量选型")
        case .valveLoss:
            row(
                "valve_loss_kpa", "3", "kPa", .standard,
                "largest loss of an open balancing valve at design flow, when it is sized",
                "平衡阀全开时的设计压损（选型用）")
        case .mainFriction:
            row(
                "main_friction_pa_m", "60", "Pa/m", .standard,
                "friction by which primary pipes are sized",
                "一次网主干线比摩阻")
        case .secondaryFriction:
            row(
                "secondary_friction_pa_m", "80", "Pa/m", .standard,
                "friction by which secondary pipes are sized",
                "二次网比摩阻")
        case .riserFriction:
            row(
                "riser_friction_pa_m", "100", "Pa/m", .standard,
                "friction by which risers and cellar mains are sized, with at most 1 m/s",
                "立管和楼内干管比摩阻，流速不超过1 m/s")
        case .riserMinorLoss:
            row(
                "riser_minor_loss", "1", "", .judgement,
                "local losses of a storey of riser and of a cellar main",
                "每层立管及楼内干管局部阻力系数")
        case .riserHeatLoss:
            row(
                "riser_u_w_m_k", "0", "W/(m K)", .rule,
                "heat of risers and cellar mains stays in the building",
                "楼内立管散热计入室内")
        case .exchangerLoss:
            row(
                "exchanger_loss_kpa", "30", "kPa", .judgement,
                "loss of each side of an exchanger at design flow",
                "换热器每侧设计压损")
        case .exchangerSize:
            row(
                "exchanger_ua_kw_k", "1.15 × design load / mean temperature difference", "kW/K", .judgement,
                "exchanger size",
                "换热器传热能力，富余15 %")
        case .exchangerApproach:
            row(
                "exchanger_approach_k", "5", "K", .judgement,
                "primary return above secondary return, for sizing",
                "一次回水高于二次回水的温差（选型用）")
        case .secondarySupply:
            row(
                "secondary.supply_c", "nominal supply of the first building's emitters", "°C", .rule,
                "secondary supply set point",
                "二次供水温度取首栋楼散热设备标准值")
        case .secondaryReturn:
            row(
                "secondary.return_c", "nominal return of the first building's emitters", "°C", .rule,
                "secondary return at design weather",
                "二次回水温度取首栋楼散热设备标准值")
        case .secondaryHead:
            row(
                "secondary_head_kpa", "120", "kPa", .judgement,
                "head of secondary pumps",
                "二次循环泵扬程")
        case .pumpEfficiency:
            row(
                "pump_efficiency", "0.6", "", .judgement,
                "hydraulic over electric power of pumps",
                "水泵总效率")
        case .pressureHolding:
            row(
                "static_pressure_kpa", "water column to the highest point + boiling pressure above 100 °C + 50 kPa, in steps of 50", "kPa", .rule,
                "pressure held at the return of a source or substation", "定压值：最高点静水柱加汽化压力（高于100 °C时）加50 kPa，按50 kPa取整")
        case .elevation:
            row(
                "elevation_m", "0", "m", .rule,
                "height of node pairs that give none",
                "未给出高程的节点取0")
        case .roster:
            row(
                "state", "open", "", .rule,
                "dwellings that no roster mentions",
                "清单未列出的住户视为开栓")
        case .restrictedShare:
            row(
                "restricted_share", "0.5", "", .judgement,
                "share of heat of a restricted dwelling",
                "限热住户的供热比例")
        case .valveSetting:
            row(
                "setting", "fully open", "", .rule,
                "setting of valves that give none",
                "未给出开度的阀门视为全开")
        case .zone:
            row(
                "zone", "the network", "", .rule,
                "zone of buildings that give none",
                "未注明区域的楼栋归入全网")
        }
    }

    private func row(
        _ name: String, _ value: String, _ unit: String, _ basis: DefaultValue.Basis, _ english: String, _ chinese: String
    ) -> DefaultValue {
        DefaultValue(name: name, value: value, unit: unit, documentation: Documentation(en: english, zh: chinese), basis: basis)
    }
}

/// Counts which defaults were used.
struct AssumptionLog {
    private var counts = [Int](repeating: 0, count: DefaultKey.allCases.count)
    private var examples = [ElementReference?](repeating: nil, count: DefaultKey.allCases.count)

    /// Notes that a default was used for `count` elements, the first of them as given.
    mutating func use(_ key: DefaultKey, count: Int = 1, _ example: ElementReference?) {
        guard count > 0 else { return }
        if counts[key.rawValue] == 0 { examples[key.rawValue] = example }
        counts[key.rawValue] += count
    }

    /// Whether a default has not been used yet.
    func isUnused(_ key: DefaultKey) -> Bool { counts[key.rawValue] == 0 }

    /// The defaults used, in the order of the table.
    var assumptions: [Assumption] {
        DefaultKey.allCases.filter { counts[$0.rawValue] > 0 }.map {
            Assumption(value: $0.value, count: counts[$0.rawValue], example: examples[$0.rawValue])
        }
    }
}
