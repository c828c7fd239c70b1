import NetworkModel

/// Problems and remarks of pandapipes files.
extension ProblemCode {
    static let pandapipesShape = ProblemCode(
        "pandapipes-shape",
        en: ("the file names pandapipes but holds no network", "Write it with pandapipes.to_json; pickled networks cannot be read."),
        zh: ("文件注明为 pandapipes，但不含管网", "请用 pandapipes.to_json 导出；无法读取 pickle 文件。"))
    static let pandapipesFrame = ProblemCode(
        "pandapipes-frame",
        en: ("{0} is no data frame in the form that pandapipes.to_json writes", "Load the network in pandapipes and write it again."),
        zh: ("{0} 不是 pandapipes.to_json 写出的数据表", "请在 pandapipes 中载入并重新导出。"))
    static let pandapipesFluid = ProblemCode(
        "pandapipes-fluid",
        en: ("the fluid is {0}; only water is computed here", "Networks of gas or other fluids cannot be read."),
        zh: ("流体为 {0}，本程序只计算水", "无法读取燃气或其他流体的管网。"))
    static let pandapipesElement = ProblemCode(
        "pandapipes-element",
        en: ("{0} of kind {1} has no counterpart here", "Take it out of the network, or out of service, before the export."),
        zh: ("{1} 类元件 {0} 在本程序中没有对应元件", "请在导出前将其移除或停用。"))
    static let pandapipesMissing = ProblemCode(
        "pandapipes-missing",
        en: ("{0} of {1} gives no {2}", "Complete the network in pandapipes and export it again."),
        zh: ("{1} 的 {0} 缺少 {2}", "请在 pandapipes 中补全后重新导出。"))
    static let pandapipesReference = ProblemCode(
        "pandapipes-reference",
        en: ("{0} of {1} names {2} {3}, which does not exist", "Complete the network in pandapipes and export it again."),
        zh: ("{1} 的 {0} 引用了不存在的 {2} {3}", "请在 pandapipes 中补全后重新导出。"))
    static let pandapipesMode = ProblemCode(
        "pandapipes-consumer",
        en: ("the heat consumer {0} is controlled by {1}, which cannot be said here", "Give heat and flow, heat and temperature drop, heat and return temperature, or flow and temperature drop."),
        zh: ("热用户 {0} 的控制方式 {1} 无法表达", "请给出热量与流量、热量与温差、热量与回水温度，或流量与温差。"))
    // Remarks
    static let pandapipesRead = ProblemCode(
        "pandapipes-read", en: ("{0} {1} → {2}", ""), zh: ("{1} {0} 项 → {2}", ""))
    static let pandapipesNames = ProblemCode(
        "pandapipes-names",
        en: ("names of {0} are missing or not distinct; they are called {1} and their index", ""),
        zh: ("{0} 的名称缺失或重复，以 {1} 加序号命名", ""))
    static let pandapipesWater = ProblemCode(
        "pandapipes-water",
        en: ("water has the properties of this program; friction follows Colebrook and White, whatever pandapipes was told", ""),
        zh: ("水的物性采用本程序数据；摩阻按 Colebrook–White 计算，与 pandapipes 的设定无关", ""))
    static let pandapipesWide = ProblemCode(
        "pandapipes-wide",
        en: ("{0} open valves or exchangers without a loss coefficient stand as valves of Kv 20000", ""),
        zh: ("{0} 个无阻力系数的开启阀门或换热器按 Kv 20000 的阀门处理", ""))
    static let pandapipesMass = ProblemCode(
        "pandapipes-mass-pump",
        en: ("{0} circulation pumps of given flow stand as a pressure held at their flow side and a demand at their return side", ""),
        zh: ("{0} 台定流量循环泵以供水侧定压、回水侧取水量表示", ""))
    static let pandapipesSections = ProblemCode(
        "pandapipes-sections",
        en: ("pandapipes cuts pipes into sections and counts a local loss once a section; here a pipe is computed exactly along its length and its loss counts once", ""),
        zh: ("pandapipes 将管道分段，局部阻力每段计一次；本程序沿管长精确计算，局部阻力只计一次", ""))
}
