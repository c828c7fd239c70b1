import NetworkModel

/// What an EPANET file does not say of a heating network, or says in its own way.
extension ProblemCode {
    /// One water a circuit. Arguments: temperature of the viscosity in °C.
    static let inpOutOneWater = ProblemCode(
        "inp-out-one-water",
        en: ("the file has one density a circuit and the viscosity of {0} °C everywhere: no gravity head, no heat, no temperatures", "compare with solve --isothermal"),
        zh: ("文件中每个回路取单一密度，全网粘度统一取 {0} °C 的值：不含重力作用压头、热量和温度", "请与 solve --isothermal 的结果比较"))
    /// EPANET's constants.
    static let inpOutConstants = ProblemCode(
        "inp-out-constants",
        en: (
            "EPANET's rounded constants take 0.08 % off pipe friction and 0.01 % off local losses; its friction formula differs by up to 1.6 % of a loss",
            "solve the file with --physics exact for agreement to the last digits"
        ),
        zh: ("EPANET 的取整常数使沿程阻力偏低 0.08%、局部阻力偏低 0.01%，其摩阻公式的压损最多相差 1.6%", "需要精确一致时请用 --physics exact 求解"))
    /// Exchangers. Arguments: how many.
    static let inpOutExchangers = ProblemCode(
        "inp-out-exchangers",
        en: ("{0} heat exchangers are written as two resistances each: no heat passes between the circuits", ""),
        zh: ("{0} 台换热器按一、二次侧各一个阻力写出，回路之间不传热", ""))
    /// Pumps of constant head. Arguments: how many.
    static let inpOutLevelPumps = ProblemCode(
        "inp-out-level-pumps",
        en: ("{0} pumps of constant head are written as curves that fall by 0.01 % of the head", ""),
        zh: ("{0} 台定扬程水泵写成扬程下降 0.01% 的曲线", ""))
    /// Given flows. Arguments: how many.
    static let inpOutGivenFlows = ProblemCode(
        "inp-out-given-flows",
        en: ("{0} loads and sources of given flow are written as demands: taken out at one end, fed in at the other", ""),
        zh: ("{0} 个给定流量的负荷或热源写成节点流量：一端取出，另一端注入", ""))
    /// A controlled flow that is not known.
    static let inpOutControlled = ProblemCode(
        "inp-out-controlled-flow",
        en: ("its flow follows temperatures; it is written without a limit, or without flow where it has no resistance", "give a flow limit, or make a simulation possible"),
        zh: ("其流量取决于温度，文件中不设上限写出；无阻力的按零流量写出", "请给定流量上限，或使仿真可行"))
    /// A law that EPANET lacks.
    static let inpOutLaw = ProblemCode(
        "inp-out-law", en: ("EPANET has no such device; it is written as a plain resistance", "expect other flows around it"),
        zh: ("EPANET 没有此类元件，按普通阻力写出", "其附近流量会有差异"))
    /// A direction that EPANET lacks.
    static let inpOutDirections = ProblemCode(
        "inp-out-direction", en: ("that it passes water one way only is not said in the file", ""), zh: ("文件未表示其单向流动", ""))
    /// A shortened id. Arguments: the id in the file.
    static let inpOutShortened = ProblemCode(
        "inp-out-shortened-id", en: ("EPANET cannot read this id; in the file it is “{0}”", ""), zh: ("EPANET 无法读取该编号，文件中为“{0}”", ""))
    /// A link from a node to itself.
    static let inpOutLoop = ProblemCode(
        "inp-out-loop", en: ("it starts and ends at one node and is left out", ""), zh: ("起止于同一节点，未写出", ""))
    /// A node without links.
    static let inpOutUnlinkedNode = ProblemCode(
        "inp-out-unlinked-node", en: ("no link leads to it; it is left out", ""), zh: ("没有管段与其相连，未写出", ""))
}
