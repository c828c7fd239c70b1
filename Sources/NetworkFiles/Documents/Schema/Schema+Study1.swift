extension Schema {
    /// The format `equitherm-study/1`: what a study varies, and what it asks.
    public static let study1 = Schema(
        format: "equitherm-study/1",
        summary: "A balance study. Any table of rows may stand in a CSV file: give its name instead of the rows.",
        tables: [manifest, draws, factors, policies, remedies, outages, weather, breakEvens])

    private static let manifest = TableSchema(
        .manifest, Documentation(en: "What the study is.", zh: "研究说明。"), shape: .document,
        [
            .choice("format", ["equitherm-study/1"], required: true, en: "Format and version.", zh: "格式及版本。"),
            .text("title", en: "A title for reports.", zh: "报告标题。"),
            .text("description", en: "What the study is for.", zh: "研究目的。"),
            .choice("run", ["balance", "solve", "balance-once", "hydraulics"], en: "What each scenario runs: a balance of its own; the settings of the file solved forward; the settings of one balance of the base case solved forward; or flows alone with the settings of the file and water as warm as in the base case, for which only open_rate and clustering vary. balance where not given.", zh: "各方案的计算方式：逐一平衡调节；按文件设定正向求解；以基准方案平衡一次后的设定正向求解；或仅计算流量（按文件设定，水温同基准方案，只可改变 open_rate 与 clustering）。缺省为 balance。"),
            .choice("design", ["grid", "one-at-a-time", "latin-hypercube", "random"], en: "How factors are combined; grid where not given.", zh: "因素组合方式，缺省为 grid。"),
            .integer("samples", 1...10_000_000, en: "Points of a latin-hypercube or random design; 100 where not given.", zh: "拉丁超立方或随机设计的样本数，缺省 100。"),
            .integer("seed", 0...9_007_199_254_740_991, en: "Seed of all draws; the same seed gives the same draws. 1 where not given.", zh: "随机种子，缺省 1。"),
            .number("outdoor_c", "°C", NumberRange(-80...40, plausible: -50...15), en: "Outdoor temperature of the base case; the network's design temperature where not given.", zh: "基准方案室外温度，缺省为设计温度。"),
        ])

    private static let draws = TableSchema(
        .draws, Documentation(en: "Random draws, as many for each point of the design.", zh: "随机抽样，每个设计点重复相同次数。"), shape: .object,
        [
            .integer("count", 1...10_000_000, required: true, en: "Draws for each point of the design.", zh: "每个设计点的抽样数。"),
            .flag("rosters", en: "Whether each draw has its own roster of open dwellings, at the open rate of each zone; true where not given.", zh: "是否按各分区开阀率随机生成供热名单，缺省为 true。"),
            .number("clustering", "1", NumberRange(0...1), en: "How much of a dwelling's being open it shares with its unit, floor and building: 0 none, 1 all. 0.4 where not given.", zh: "同单元、同层、同楼开阀的聚集程度：0 无，1 完全。缺省 0.4。"),
            .number("envelope_deviation", "1", NumberRange(0...2, plausible: 0...0.5), en: "Relative standard deviation of each building's loss to outdoors (lognormal).", zh: "各楼围护结构热损失的相对标准差（对数正态）。"),
            .number("roughness_deviation", "1", NumberRange(0...3, plausible: 0...1), en: "Relative standard deviation of each pipe's roughness (lognormal).", zh: "各管段粗糙度的相对标准差（对数正态）。"),
        ])

    /// What a factor may vary.
    public static let studyParameters = [
        "outdoor_c", "ground_c", "target_c", "supply_c", "heat_limit_factor", "pump_speed_factor", "open_rate", "clustering",
        "envelope_factor", "neighbour_factor", "gains_factor", "roughness_factor", "emitter_factor", "remedy",
    ]

    private static let factors = TableSchema(
        .factors, Documentation(en: "What is varied, one row a factor.", zh: "变化因素，每行一个。"),
        [
            .id(en: "Id of the factor, a column of scenarios.csv.", zh: "因素编号，即 scenarios.csv 的列名。"),
            .choice("parameter", studyParameters, required: true, en: "What it varies. Temperatures are values; factors multiply what the network has; open_rate is open over heated area.", zh: "变化的参数。温度为数值；factor 为乘数；open_rate 为开阀率。"),
            .text("element", en: "Zone, building, source, pump or remedy it is about; the whole network where not given.", zh: "所涉及的分区、楼栋、热源、水泵或措施；缺省为全网。"),
            .number("from", "1", NumberRange(-1e9...1e9), en: "Lowest value.", zh: "最小值。"),
            .number("to", "1", NumberRange(-1e9...1e9), en: "Highest value.", zh: "最大值。"),
            .integer("steps", 2...10_000, en: "Number of values from lowest to highest in a grid; 5 where not given.", zh: "网格设计中的取值个数，缺省 5。"),
            Field("values", .values(unit: "1", NumberRange(-1e9...1e9)), Documentation(en: "The values themselves instead of a range; weights count in random designs.", zh: "直接列出取值；随机设计中权重有效。")),
            .choice("distribution", ["uniform", "normal", "triangular"], en: "How random designs draw from the range; uniform where not given.", zh: "随机设计的分布，缺省为 uniform。"),
            .number("mean", "1", NumberRange(-1e9...1e9), en: "Mean of a normal distribution, peak of a triangular one; the middle of the range where not given.", zh: "正态分布的均值或三角分布的峰值，缺省为范围中点。"),
            .number("deviation", "1", NumberRange(0...1e9), en: "Standard deviation of a normal distribution; a sixth of the range where not given.", zh: "正态分布的标准差，缺省为范围的六分之一。"),
            .number("base", "1", NumberRange(-1e9...1e9), en: "Value of the base case; what the network has where not given.", zh: "基准方案的取值，缺省为管网现值。"),
            .note,
        ])

    private static let policies = TableSchema(
        .policies, Documentation(en: "Allocation policies to compare; the first is the base case.", zh: "待比较的分配策略，首行为基准。"),
        [
            .choice("policy", ["equal-temperature", "tilt", "open-area", "area", "most-at-target", "priority"], required: true, en: "How heat is shared.", zh: "分配策略。"),
            .number("tilt", "1", NumberRange(0...10), en: "Strength of tilt; 1 where not given.", zh: "倾斜系数，缺省 1。"),
            .number("floor_c", "°C", NumberRange(-20...40, plausible: 8...18), en: "Room temperature below which most-at-target leaves nobody; 16 where not given.", zh: "most-at-target 保证的最低室温，缺省 16。"),
        ])

    private static let remedies = TableSchema(
        .remedies, Documentation(en: "Repairs and extensions to compare, one row a measure.", zh: "待比较的改造措施，每行一项。"),
        [
            .id(en: "Id of the measure.", zh: "措施编号。"),
            .choice("kind", ["pipe-size", "emitter", "insulation", "valve", "pump-step", "exchanger", "source"], required: true, en: "Next pipe size, more emitter, insulation, larger valve, pump step, larger exchanger, extra source.", zh: "放大管径、增加散热器、加保温、更换阀门、提高水泵、增大换热器、增设热源。"),
            .text("element", en: "Pipe, trench, dwelling, building, zone, valve, pump or substation it changes; for a source the node where a new one is built, or the source that gives more.", zh: "措施对象；增设热源时为新热源所在节点或增容的热源。"),
            .number("factor", "1", .positive(upTo: 100, plausible: 0.3...3), en: "What the size is multiplied by: emitter 1.3, insulation 0.8 (of the loss), valve 1.6, pump speed 1.1, exchanger 1.3 where not given.", zh: "乘数：散热器 1.3，保温 0.8（热损失），阀门 1.6，水泵转速 1.1，换热器 1.3（缺省）。"),
            .integer("dn", 1...5000, plausible: 8...1600, en: "New nominal size of a pipe; the next one of the catalogue where not given.", zh: "新公称直径，缺省为目录中的下一规格。"),
            .number("heat_kw", "kW", .positive(upTo: 1e9), en: "Heat of an extra source.", zh: "增设热源的供热量。"),
            .number("supply_c", "°C", NumberRange(0...250, plausible: 40...150), en: "Supply temperature of a new source; that of the first source where not given.", zh: "新热源供水温度，缺省同首个热源。"),
            .number("head_kpa", "kPa", .positive(upTo: 1e5, plausible: 5...3000), en: "Pump head of a new source; needed where one is built.", zh: "新热源循环泵扬程（新建时必填）。"),
            .number("cost", "1", .positive(upTo: 1e15), en: "What it costs, in any one unit.", zh: "费用（任意统一单位）。"),
            .note,
        ])

    private static let outages = TableSchema(
        .outages, Documentation(en: "What is taken out, one at a time (N−1).", zh: "逐一停用的设备（N−1）。"), shape: .object,
        [
            .flag("pumps", en: "Each pump.", zh: "每台水泵。"),
            .flag("sources", en: "Each source.", zh: "每个热源。"),
            .flag("mains", en: "Each main pipe of the circuits with a source, supply and return of a trench together.", zh: "一次网每段主干管（供回水同时）。"),
        ])

    private static let weather = TableSchema(
        .weather, Documentation(en: "Hourly weather, each hour solved forward.", zh: "逐时气象，每小时正向求解。"), shape: .object,
        [
            .text("file", required: true, en: "An EPW file, or a CSV file with a column outdoor_c, relative to the study.", zh: "EPW 文件，或含 outdoor_c 列的 CSV 文件（相对于研究文件）。"),
            .text("from", en: "First day of the heating season, MM-DD; the whole file where not given.", zh: "供暖季首日 MM-DD，缺省为全部。"),
            .text("to", en: "Last day of the heating season, MM-DD.", zh: "供暖季末日 MM-DD。"),
            .number("heating_limit_c", "°C", NumberRange(-80...60, plausible: 5...20), en: "Hours warmer than this are not heated; 15 where not given.", zh: "高于此室外温度的小时不供热，缺省 15。"),
        ])

    /// What a break-even may be asked of.
    public static let studyOutputs = ["room_min_c", "room_p02_c", "room_mean_c", "share_at_target", "degree_dwellings", "source_heat_kw", "pump_kw", "source_return_c"]

    private static let breakEvens = TableSchema(
        .breakEvens, Documentation(en: "Values of a factor at which an output crosses a limit.", zh: "某输出达到限值时的因素取值。"),
        [
            .id(en: "Id of the question.", zh: "编号。"),
            .text("factor", required: true, en: "The factor that moves between its lowest and highest value.", zh: "变化的因素。"),
            .choice("output", studyOutputs, required: true, en: "What is watched.", zh: "所考察的输出。"),
            .text("zone", en: "Zone it is watched in; the whole network where not given.", zh: "考察的分区，缺省全网。"),
            .number("limit", "1", NumberRange(-1e12...1e12), required: true, en: "The limit.", zh: "限值。"),
            .number("tolerance", "1", .positive(upTo: 1e9), en: "Width at which the search ends; a thousandth of the range where not given.", zh: "搜索终止宽度，缺省为范围的千分之一。"),
            .integer("draws", 1...1000, en: "Draws whose mean is watched; one (today's roster, or draw 1 for an open rate) where not given.", zh: "取均值的抽样数，缺省 1。"),
            .note,
        ])
}
