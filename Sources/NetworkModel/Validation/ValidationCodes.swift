/// Problems of a network as a whole, in the order in which ``Network/problems()`` looks for them.
extension ProblemCode {
    /// `{0}` more problems of the kind `{1}` were found than are listed.
    public static let moreProblems = ProblemCode(
        "more-problems",
        en: ("{0} more problems of the kind {1} are not listed", "Mend those listed and check again."),
        zh: ("另有 {0} 个 {1} 类问题未列出", "请先修正已列出的问题，再重新检查。"))
    /// Two elements of one kind have the same id. Arguments: the id.
    public static let duplicateID = ProblemCode(
        "duplicate-id",
        en: ("the id “{0}” is used twice", "Give one of the two another id."),
        zh: ("编号“{0}”重复", "为其中一个改用其他编号。"))
    /// Two ids differ only in case or in Unicode form. Arguments: the ids.
    public static let lookalikeID = ProblemCode(
        "lookalike-id",
        en: ("the ids “{0}” and “{1}” differ only in case or Unicode form", "Check that two elements are meant, and give one a clearer id."),
        zh: ("编号“{0}”与“{1}”仅大小写或Unicode形式不同", "请确认是两个元件，并改用易于区分的编号。"))
    /// An element has an empty id.
    public static let emptyID = ProblemCode(
        "empty-id", en: ("an element has no id", "Give it one."), zh: ("元件没有编号", "请补充编号。"))
    /// A link starts and ends at one node. Arguments: the node.
    public static let selfLoop = ProblemCode(
        "self-loop",
        en: ("it starts and ends at the same node “{0}”", "Correct “from” or “to”."),
        zh: ("起点和终点是同一节点“{0}”", "请更正“from”或“to”。"))
    /// Substations that heat one another. Arguments: their ids in the order of the heat.
    public static let cyclicSubstations = ProblemCode(
        "cyclic-substations",
        en: ("heat would go round in a circle: {0}", "Connect the primary side of one of them to a circuit with a source."),
        zh: ("热量形成循环：{0}", "请将其中一座换热站的一次侧接入有热源的管网。"))
    /// A number must be positive. Arguments: the number with its unit.
    public static let notPositive = ProblemCode(
        "not-positive",
        en: ("{0} must be greater than zero", "Enter the real value, or leave the field out for its default."),
        zh: ("{0}必须大于零", "请填写实际值，或留空采用默认值。"))
    /// A number must not be negative. Arguments: the number with its unit.
    public static let negative = ProblemCode(
        "negative",
        en: ("{0} must not be negative", "Enter the real value, or leave the field out for its default."),
        zh: ("{0}不能为负", "请填写实际值，或留空采用默认值。"))
    /// A number is infinite or not a number.
    public static let notFinite = ProblemCode(
        "not-finite", en: ("the value is not a finite number", "Enter a finite number."), zh: ("该值不是有限数", "请填写有限数。"))
    /// A number is possible but unlikely. Arguments: the number with its unit, lower and upper end of the usual range.
    public static let implausible = ProblemCode(
        "implausible",
        en: ("{0} lies outside the usual {1} to {2}", "Check the unit (metres for millimetres, kW for W?)."),
        zh: ("{0}超出通常范围{1}至{2}", "请检查单位（是否把毫米写成米、把W写成kW）。"))
    /// A pipe is rougher than wide. Arguments: roughness, diameter.
    public static let roughnessAboveDiameter = ProblemCode(
        "roughness-above-diameter",
        en: ("roughness {0} is not far below the inner diameter {1}", "Roughness is in mm: 0.05 to 1 for steel."),
        zh: ("粗糙度{0}与内径{1}不相称", "粗糙度单位为mm：钢管取0.05至1。"))
    /// A pump curve is unusable. Arguments: none.
    public static let pumpWithoutHead = ProblemCode(
        "pump-without-head",
        en: ("the pump has no head at any flow", "Enter its head or its curve."),
        zh: ("水泵在任何流量下均无扬程", "请填写扬程或性能曲线。"))
    /// A pump curve rises or its flows do not rise. Arguments: the flow where it goes wrong.
    public static let pumpCurveRising = ProblemCode(
        "pump-curve-rising",
        en: ("the pump curve must have rising flows and falling heads, but does not at {0} m³/h", "Sort the points by flow and leave out the rising part of the curve."),
        zh: ("水泵曲线流量应递增、扬程应递减，但在{0} m³/h处不是", "按流量排序并去掉上升段。"))
    /// The flows of an efficiency curve do not rise. Arguments: the flow where it goes wrong.
    public static let efficiencyFlowNotRising = ProblemCode(
        "efficiency-flow-not-rising",
        en: ("the flows of an efficiency curve must rise, but do not at {0} m³/h", "Sort the points by flow."),
        zh: ("效率曲线的流量应递增，但在{0} m³/h处不是", "按流量排序。"))
    /// A connected part has no node of known pressure. Arguments: the number of its nodes.
    public static let noPressureReference = ProblemCode(
        "no-pressure-reference",
        en: ("a connected part of {0} nodes has no source, substation or pressure holding", "Connect it, or hold the pressure at one of its nodes."),
        zh: ("含{0}个节点的连通部分没有热源、热力站或定压点", "请将其连接，或在某一节点定压。"))
    /// A heating network without any source.
    public static let noSource = ProblemCode(
        "no-source", en: ("the network has no heat source", "Add one to “sources”."), zh: ("热网没有热源", "请在“sources”中添加热源。"))
    /// A part that takes heat has nothing that gives any. Arguments: the number of its terminals.
    public static let noHeat = ProblemCode(
        "no-heat",
        en: ("a connected part with {0} terminals has neither a source nor a substation", "Connect it to a source or a substation."),
        zh: ("含{0}个热用户的连通部分既无热源也无热力站", "请将其连接到热源或热力站。"))
    /// A closed circuit without a pump.
    public static let noPump = ProblemCode(
        "no-pump",
        en: ("nothing drives the water of this circuit: it has no pump", "Add a pump, for example to its source or substation."),
        zh: ("该环路没有水泵，水无法循环", "请在热源或热力站处添加水泵。"))
    /// Every dwelling is closed.
    public static let noOpenDwelling = ProblemCode(
        "no-open-dwelling",
        en: ("not one dwelling is open", "Check the roster."),
        zh: ("没有任何开栓住户", "请检查用户清单。"))
    /// Open dwellings of one building that no water can reach. Arguments: how many, and the first of them.
    public static let unreachableDwelling = ProblemCode(
        "unreachable-dwelling",
        en: (
            "no open path leads to {0} open dwelling(s) of one building, {1} first",
            "Open the closed valve or pipe before them, or close the dwellings in the roster."
        ),
        zh: ("同一楼栋有{0}户开栓住户没有通路可达，首户为{1}", "请打开其前的阀门或管道，或在清单中改为关栓。"))
    /// A dwelling that loses no heat. Arguments: none.
    public static let noHeatLoss = ProblemCode(
        "no-heat-loss",
        en: ("the dwelling has neither outside walls nor ventilation, so it has no temperature of its own", "Check area, envelope and air changes."),
        zh: ("住户既无外墙也无通风，无法确定其温度", "请检查面积、围护结构和换气次数。"))
    /// The room is to be no warmer than it is outdoors. Arguments: room, outdoors.
    public static let nothingToHeat = ProblemCode(
        "nothing-to-heat",
        en: ("the room temperature {0} must be above the outdoor temperature {1}", "Correct one of the two; on a day this warm nothing is heated."),
        zh: ("室内温度{0}必须高于室外温度{1}", "请更正其中之一；室外如此温暖时无需供热。"))
    /// Supply not above return or room. Arguments: supply, return.
    public static let temperaturesReversed = ProblemCode(
        "temperatures-reversed",
        en: ("supply {0} must be warmer than return {1}", "Exchange or correct the two temperatures."),
        zh: ("供水温度{0}必须高于回水温度{1}", "请调换或更正两个温度。"))
    /// A valve table is not usable. Arguments: family and size.
    public static let valveTable = ProblemCode(
        "valve-table",
        en: ("the Kv table of {0} must rise strictly in setting and Kv, with a positive step", "Correct the rows of this size in the catalogue."),
        zh: ("{0}的Kv表中开度与Kv必须严格递增，步长必须为正", "请更正目录中该规格的数据。"))
    /// A setting outside its table. Arguments: the setting, the ends of the table.
    public static let settingOutsideTable = ProblemCode(
        "setting-outside-table",
        en: ("the setting {0} lies outside the table ({1} to {2})", "Enter a setting of the table."),
        zh: ("开度{0}超出表的范围（{1}至{2}）", "请填写表内的开度。"))
    /// A controlled pump's least speed lies above its greatest. Arguments: both.
    public static let leastSpeedAboveSpeed = ProblemCode(
        "least-speed",
        en: ("the least speed {0} must lie between zero and the greatest, {1}", "Correct “least_speed” or “speed”."),
        zh: ("最低转速{0}必须在零与最高转速{1}之间", "请更正“least_speed”或“speed”。"))
    /// A controller without sensors.
    public static let sensorMissing = ProblemCode(
        "sensor-missing",
        en: ("the controller has no nodes to measure at", "Name at least one pair of nodes."),
        zh: ("控制装置没有取压点", "请至少给出一对节点。"))
    /// A controller that measures at one node twice. Arguments: the node.
    public static let sensorsEqual = ProblemCode(
        "sensors-equal",
        en: ("both sensors of the controller are at “{0}”, where no difference is", "Name two nodes."),
        zh: ("两个取压点均为“{0}”，没有压差", "请给出两个不同的节点。"))
    /// A controller that measures in another circuit. Arguments: the node.
    public static let sensorElsewhere = ProblemCode(
        "sensor-elsewhere",
        en: ("the sensor “{0}” is in another circuit, whose pressures the device cannot change", "Name a node of the device's own circuit."),
        zh: ("取压点“{0}”在另一环路，该装置无法改变其压力", "请改用装置所在环路的节点。"))
    /// A dwelling of a one-pipe riser that the water does not meet. Arguments: the pipe.
    public static let riserNotFollowed = ProblemCode(
        "riser-not-followed",
        en: ("its emitter is not met on the one-pipe riser behind the pipe “{0}”", "From that pipe on let emitters follow one another along the flow, those of a floor side by side between two nodes with a valve or a terminal of kind none as their bypass; other ways of building a riser are not understood."),
        zh: ("沿管道“{0}”之后的单管立管找不到该户散热设备", "请从该管道起沿水流方向依次连接散热设备，同层散热设备及跨越管（阀门或kind为none的末端）并联于两节点之间；不支持其他形式。"))
    /// A dwelling of a one-pipe riser with a valve of its own. Arguments: the pipe.
    public static let riserWithValve = ProblemCode(
        "riser-with-valve",
        en: ("it stands in the one-pipe riser behind the pipe “{0}” and has a valve of its own", "Remove the valve: what is set is the riser's valve, and the dwelling is shut off by its terminal."),
        zh: ("该户位于管道“{0}”之后的单管立管上，却设有户用阀门", "请删除该阀门：单管系统调节立管阀门，住户由末端关断。"))
    /// A floor of a one-pipe riser without bypass is closed. Arguments: the pipe.
    public static let riserBlocked = ProblemCode(
        "riser-blocked",
        en: ("all emitters of its floor are closed, and without a bypass nobody on the one-pipe riser behind “{0}” gets water", "A riser with emitters in series can only be shut as a whole: give it a bypass, or list the dwelling as open."),
        zh: ("该层散热设备全部关闭且无跨越管，管道“{0}”之后的单管立管全部断流", "顺流式单管只能整体关断：请设置跨越管，或将该户列为开启。"))
}
