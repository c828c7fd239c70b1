/// Headings and words that utilities use in their own tables, for what the format calls by its own names. The one place to add to.
///
/// `TABLE.FIELD: heading, heading` gives headings of a field, `*.FIELD` in every table that has it; two fields with `|` between
/// them make a heading that could mean either, which is an error until it is said more clearly. `=TABLE.FIELD.WORD: word, word` gives
/// words of a choice, `TABLE: name` names of sheets and files. Case, spaces, underscores, punctuation and a unit in brackets do not
/// count.
enum HeadingText {
    static let lines = """
        nodes: 节点, 节点表, 节点信息, node, junctions
        pipes: 单管, 管道明细, pipe
        trenches: 管段, 管段表, 管线, 管线表, 管网, 管沟, 管道, 管道表, trench, routes, pipe sections, lines
        valves: 阀门, 阀门表, valve
        pumps: 水泵, 循环泵, 水泵表, pump
        sources: 热源, 热源表, 热源厂, source, plants, heat sources
        substations: 换热站, 热力站, 换热站表, 热力站表, substation, heat substations
        terminals: 末端, 热负荷, 负荷, terminal, loads, consumers
        buildings: 楼栋, 楼栋表, 建筑, 建筑物, 楼宇, building
        dwellings: 住户, 住户表, 热用户, 户表, 用户, 用户表, dwelling, flats, apartments
        roster: 名册, 用户名册, 供热名册, 开关名册, 用热状态, 开栓名册, 开停名册, rosters, customers
        zones: 区域, 分区, 小区, zone, areas
        settings: 设定, 阀门设定, 整定值, setting, valve settings
        design: 设计, 设计参数, design data
        defaults: 缺省, 缺省参数, 默认参数, default
        manifest: 项目, 项目信息, project
        catalogue_valves: 阀门目录, valve catalogue
        catalogue_pipes: 管材目录, pipe catalogue
        catalogue_emitters: 散热器目录, emitter catalogue
        catalogue_envelopes: 围护结构目录, envelope catalogue

        *.id: 编号, 编码, 代码, ID号, number, no, code, identifier
        *.note: 备注, 说明, 注, remark, remarks, comment, comments, notes
        *.x_m: X, X坐标, 横坐标, 东坐标, 东向坐标, easting, x coordinate, x coord
        *.y_m: Y, Y坐标, 纵坐标, 北坐标, 北向坐标, northing, y coordinate, y coord
        *.elevation_m: 高程, 标高, 地面高程, 地面标高, 海拔, elevation, altitude, ground level, z
        *.zone: 区域, 分区, 小区, 小区名称, 片区, 供热分区, district, area name, estate
        *.building: 楼栋, 楼号, 楼栋号, 楼栋编号, 楼栋名称, 栋号, 幢号, 楼座, 楼, 楼宇, 建筑, 建筑编号, building id, building no, building number, block, bldg
        *.unit: 单元, 单元号, 单元编号, riser, staircase, stairwell, entrance, unit no, unit number
        *.floor: 楼层, 层, 层号, 楼层号, 所在楼层, 所在层, storey, story, level, floor no, floor number
        *.door: 门, 户门, 门户号, 户序号, 层内户号, door no, door number, position on floor
        *.area_m2: 面积, 建筑面积, 供热面积, 供暖面积, 采暖面积, 收费面积, 用热面积, heated area, floor area, area, dwelling area
        *.state: 状态, 供热状态, 供暖状态, 用热状态, 用暖状态, 开关状态, 开停状态, 开栓状态, 阀门开关, heating state, heating status, status, supply status
        *.share: 限热比例, 供热比例, restricted share, heat share
        *.room_c: 室温, 室内温度, 室内设计温度, 设计室温, room temperature, indoor temperature
        *.target_c: 目标温度, 目标室温, target temperature
        *.dn: 管径, 公称直径, 公称管径, 公称通径, 口径, 规格, DN, 管道规格, nominal size, nominal diameter, size
        *.dn|inner_diameter_mm: 直径, 管道直径, diameter, dia, pipe diameter, d
        *.inner_diameter_mm: 内径, 管内径, 管道内径, inner diameter, inside diameter, internal diameter, bore, id mm
        *.length_m: 长度, 管长, 管段长度, 管道长度, 沟长, length, pipe length, len, l
        *.roughness_mm: 粗糙度, 当量粗糙度, 绝对粗糙度, 管壁粗糙度, roughness, wall roughness
        *.minor_loss: 局部阻力系数, 局阻系数, 局部阻力, minor loss coefficient, local loss, zeta
        *.from: 起点, 起点编号, 起始节点, 起点节点, 上游节点, 上游, 首节点, start, start node, from node, node 1, upstream, upstream node
        *.to: 终点, 终点编号, 终止节点, 终点节点, 下游节点, 下游, 末节点, end, end node, to node, node 2, downstream, downstream node
        *.at: 所在节点, 接入点, 接入节点, 连接点, 连接节点, 节点, node, connection, connected to
        *.status: 开闭状态, 通断, 启闭, 启闭状态, 状态, state
        *.supply_c: 供水温度, 供温, 设计供水温度, supply temperature, flow temperature
        *.heat_limit_kw: 热功率上限, 最大供热能力, 供热能力, 额定热负荷, 额定功率, 额定热功率, 装机容量, heat limit, capacity, rated heat, rated power, maximum heat
        *.flow_limit_kg_s: 最大流量, 流量上限, flow limit, maximum flow
        *.heat_kw: 热负荷, 设计热负荷, 负荷, 用热功率, 供热功率, heat load, load, heat demand, heat
        *.return_c: 回水温度, 回温, return temperature
        *.mass_flow_kg_s: 流量, 设计流量, 质量流量, flow, mass flow, design flow
        *.temperature_drop_k: 温差, 供回水温差, temperature drop, temperature difference
        *.kv_m3_h: Kv, Kv值, 流通能力, flow coefficient
        *.static_pressure_kpa: 定压, 静压, 定压值, static pressure, holding pressure
        *.fixed_pressure_kpa: 定压压力, fixed pressure
        *.exchanger_ua_kw_k: UA, 换热器UA, 传热能力, exchanger ua
        *.secondary.supply_c: 二次供水温度, 二次供温, 二次侧供水温度, secondary supply temperature
        *.secondary.return_c: 二次回水温度, 二次回温, 二次侧回水温度, secondary return temperature
        *.pump.head_kpa: 泵扬程, 水泵扬程, 循环泵扬程, pump head
        *.secondary.pump.head_kpa: 二次泵扬程, 二次循环泵扬程, secondary pump head
        *.head_kpa: 扬程, 设定扬程, head
        *.speed: 转速比, 相对转速, relative speed
        *.efficiency: 效率, 水泵效率, pump efficiency
        *.setting: 整定值, 设定值, 开度, 圈数, 阀门开度, 档位, valve setting, opening, turns, preset
        *.catalogue: 阀门型号, 型号, 产品系列, valve type, model
        *.envelope: 围护结构, 围护结构类别, 节能等级, 节能标准, envelope class, insulation class
        *.emitter: 散热设备, 散热器, 散热方式, 采暖方式, 散热设备类别, emitter class, heating system
        *.outdoor_c: 室外温度, 室外设计温度, 室外计算温度, outdoor temperature, design outdoor temperature
        *.ground_c: 土壤温度, 地温, ground temperature
        nodes.id: 节点, 节点编号, 节点号, 节点名称, node, node id, junction
        nodes.demand_kg_s: 节点流量, 用水量, demand
        pipes.id: 管道编号, 管段编号, 管段号, 管线编号, pipe, pipe id, line id
        trenches.id: 管段编号, 管段号, 管段, 管沟编号, 管线编号, 管道编号, trench, trench id, section, pipe, pipe id, line id, line
        valves.id: 阀门编号, 阀门, valve, valve id, tag
        pumps.id: 水泵编号, 水泵, 泵号, pump, pump id, tag
        sources.id: 热源编号, 热源, 热源名称, source, source id, plant, plant id
        substations.id: 换热站编号, 换热站, 换热站名称, 热力站, 热力站编号, 热力站名称, 站号, substation, substation id
        terminals.id: 末端编号, 用户编号, terminal, terminal id, consumer, consumer id
        buildings.id: 楼栋, 楼号, 楼栋号, 楼栋编号, 楼栋名称, 栋号, 幢号, 楼座, 建筑, 建筑编号, building, building id, building no, building number, block
        buildings.substation: 换热站, 所属换热站, 热力站, 所属热力站, 换热站编号, substation id, fed by
        buildings.floors: 层数, 楼层数, 总层数, 楼层, 地上层数, storeys, stories, number of floors, levels
        buildings.units: 单元数, 单元个数, number of units, staircases, risers
        buildings.dwellings_per_floor: 每层户数, 每单元每层户数, 一梯几户, 梯户, dwellings per floor, flats per floor
        buildings.dwelling_area_m2: 户均面积, 户均建筑面积, 每户面积, 户面积, area per dwelling, mean dwelling area
        dwellings.id: 户号, 户编号, 住户编号, 用户编号, 用户号, dwelling, dwelling id, flat id, apartment id
        roster.dwelling: 户号, 户编号, 住户编号, 用户编号, 用户号, 住户, dwelling id, flat id, apartment id, customer id, customer no
        zones.id: 区域, 区域编号, 分区, 分区编号, zone, zone id
        zones.name: 名称, 区域名称, 分区名称, zone name
        settings.id: 阀门编号, 水泵编号, 设备编号, valve id, pump id, tag

        @room: 房号, 房间号, 门牌, 门牌号, 室号, 户室号, room, room no, room number, flat no, apartment no

        =*.state.open: 开, 开通, 开启, 供, 供热, 供暖, 用热, 用暖, 正常, 正常供热, 在用, 已开栓, 开栓, 已供, on, yes, active, heated, connected
        =*.state.closed: 关, 关闭, 停, 停供, 停热, 停暖, 报停, 已报停, 停用, 未供, 不供, 不供热, 关栓, 已关栓, off, no, stopped, inactive, disconnected, shut
        =*.state.restricted: 限, 限热, 限供, 限流, 欠费, 欠费限热, arrears, limited, throttled
        =*.status.open: 开, 开启, 通, 运行, on, running
        =*.status.closed: 关, 关闭, 断, 停, 停运, 停用, off, shut, stopped
        =*.line.supply: 供, 供水, 供水管, flow
        =*.line.return: 回, 回水, 回水管
        =*.line.pair: 供回, 供回水, 双管, both, two-pipe
        =*.line.single: 单, 单管
        =*.surroundings.ground: 地埋, 直埋, 埋地, 土壤, buried, underground, soil
        =*.surroundings.air: 架空, 室外, overhead, outdoor, outdoors
        =*.surroundings.indoor: 室内, 管廊, 地下室, cellar, basement, inside
        =*.level.substation: 站, 换热站
        =*.level.building: 楼, 楼栋
        =*.level.unit: 单元, 立管, riser
        =*.level.dwelling: 户, 入户, flat
        """
}
