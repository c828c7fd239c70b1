import NetworkModel

/// Problems that only show when the rows of a document are put together.
extension ProblemCode {
    /// Rows of a roster that name whole buildings again and again.
    public static let repetitiveRoster = ProblemCode(
        "repetitive-roster",
        en: ("from here on the roster is not read: its rows name the same dwellings again and again", "Give each building, unit or dwelling once."),
        zh: ("名册自此处起不再读取：各行反复涉及相同的住户", "每栋楼、每个单元或每户只列一次。"))
    /// A large document was refused before all of it was judged.
    public static let judgedInPart = ProblemCode(
        "judged-in-part",
        en: ("the document is large and was judged by its names and single rows only", "Mend the errors and check again; others may show then."),
        zh: ("文档较大，仅检查了名称和各行内容", "请修正上述错误后重新检查，届时可能出现其他问题。"))
    /// A reference to nothing. Arguments: the name, what it should name.
    public static let danglingReference = ProblemCode(
        "dangling-reference",
        en: ("there is no {1} “{0}”", "Correct the name, or add the missing row."),
        zh: ("不存在{1}“{0}”", "请更正名称或补充缺失的行。"))
    /// A reference to nothing that looks like something. Arguments: the name, what it should name, the nearest name.
    public static let danglingReferenceNear = ProblemCode(
        "dangling-reference",
        en: ("there is no {1} “{0}”", "Did you mean “{2}”?"),
        zh: ("不存在{1}“{0}”", "是否指“{2}”？"))
    /// A row has the id of an earlier one. Arguments: the id, the table.
    public static let repeatedRow = ProblemCode(
        "duplicate-id",
        en: ("the id “{0}” stands in “{1}” twice", "Remove one of the rows or give it another id."),
        zh: ("编号“{0}”在“{1}”中重复", "删除其中一行或改用其他编号。"))
    /// Something needed is not given. Arguments: the field or fields.
    public static let neededField = ProblemCode(
        "missing-value", en: ("{0} is missing", "Enter it."), zh: ("缺少{0}", "请补充。"))
    /// Two fields of a row exclude each other. Arguments: the fields.
    public static let conflictingFields = ProblemCode(
        "conflicting-fields",
        en: ("{0} and {1} contradict each other", "Keep one of the two."),
        zh: ("{0}与{1}相互矛盾", "只保留其中之一。"))
    /// A single node where a pair is needed. Arguments: the node.
    public static let notAPair = ProblemCode(
        "not-a-pair",
        en: ("“{0}” is a single node, but a supply and a return are needed here", "Set its line to “pair”, or use explicit pipes."),
        zh: ("“{0}”是单个节点，此处需要供、回水节点对", "将其line设为“pair”，或改用单管道。"))
    /// A node pair that only one trench mentions. Arguments: the pair.
    public static let deadEnd = ProblemCode(
        "dead-end",
        en: ("nothing but this trench mentions “{0}”", "Check the name; a trench that really ends there carries no water."),
        zh: ("只有该管沟提到“{0}”", "请检查名称；末端无用户的管沟没有流量。"))
    /// As ``deadEnd`` with a name that may have been meant. Arguments: the pair, the nearest name.
    public static let deadEndNear = ProblemCode(
        "dead-end",
        en: ("nothing but this trench mentions “{0}”", "Did you mean “{1}”? a trench that really ends there carries no water."),
        zh: ("只有该管沟提到“{0}”", "是否指“{1}”？末端无用户的管沟没有流量。"))
    /// Something hangs on a pair that nothing else mentions. Arguments: the pair.
    public static let unconnected = ProblemCode(
        "unconnected",
        en: ("no trench or pipe leads to “{0}”", "Add the trench that connects it, or correct the name."),
        zh: ("没有管沟或管道通向“{0}”", "请补充连接管沟或更正名称。"))
    /// As ``unconnected`` with a name that may have been meant. Arguments: the pair, the nearest name.
    public static let unconnectedNear = ProblemCode(
        "unconnected",
        en: ("no trench or pipe leads to “{0}”", "Did you mean “{1}”? otherwise add the trench that connects it."),
        zh: ("没有管沟或管道通向“{0}”", "是否指“{1}”？否则请补充连接管沟。"))
    /// A nominal size that no catalogue has. Arguments: the size, the sizes there are.
    public static let unknownSize = ProblemCode(
        "unknown-size",
        en: ("no pipe of the catalogue is DN {0}", "Use one of {1}, give the inner diameter, or add the size to “catalogue_pipes”."),
        zh: ("管材目录中没有DN {0}", "可用{1}，或填写内径，或在“catalogue_pipes”中添加。"))
    /// A valve family that is not made in a size. Arguments: family, size, the sizes there are.
    public static let unknownValveSize = ProblemCode(
        "unknown-size",
        en: ("the valve “{0}” does not come in DN {1}", "Use one of {2}, or add the size to “catalogue_valves”."),
        zh: ("阀门“{0}”没有DN {1}规格", "可用{2}，或在“catalogue_valves”中添加。"))
    /// A dwelling of a building that has no such place. Arguments: place, what the building has.
    public static let noSuchPlace = ProblemCode(
        "no-such-place",
        en: ("the building has no {0}: it has {1}", "Correct unit, floor or door, or the size of the building."),
        zh: ("该楼栋没有{0}：共{1}", "请更正单元、楼层、门号或楼栋规模。"))
    /// Two rows of a roster contradict each other. Arguments: the dwelling, one state, the other.
    public static let contradictoryRoster = ProblemCode(
        "contradictory-roster",
        en: ("the roster says both {1} and {2} for “{0}”", "Remove one of the two entries."),
        zh: ("清单中“{0}”既为{1}又为{2}", "请删除其中一条。"))
    /// A share for a dwelling that is not restricted. Arguments: the state.
    public static let shareOfState = ProblemCode(
        "share-without-restriction",
        en: ("a share is given, but the state is “{0}”", "Set the state to “restricted” or remove the share."),
        zh: ("给出了比例，但状态为“{0}”", "将状态改为“restricted”或删除比例。"))
    /// Walls given for a building whose walls follow from its shape.
    public static let couplingOfCompact = ProblemCode(
        "coupling-of-compact-building",
        en: ("the walls of a building with floors follow from its shape", "Set u_partition_w_m2_k or u_slab_w_m2_k, or write the building out with convert --expand."),
        zh: ("给出层数的楼栋，其户间传热由几何形状推算", "请设置u_partition_w_m2_k或u_slab_w_m2_k，或用convert --expand展开。"))
    /// A valve of the schedule that has no table gets a setting.
    public static let settingWithoutTable = ProblemCode(
        "setting-without-table",
        en: ("the valve has no catalogue, so a setting means nothing", "Name its catalogue and size, or give kv_m3_h instead."),
        zh: ("该阀门没有目录，开度无意义", "请注明型号规格，或改填kv_m3_h。"))
    /// A temperature program that cannot heat. Arguments: supply, return, room.
    public static let emitterTooCold = ProblemCode(
        "emitter-too-cold",
        en: ("an emitter at {0}/{1} °C cannot heat a room to {2} °C", "Choose a warmer emitter class or a lower room temperature."),
        zh: ("{0}/{1} °C的散热设备无法将房间加热到{2} °C", "请选择更高温度的散热设备或降低室温。"))
    /// A field of one-pipe risers on a building with two-pipe ones. Arguments: the field.
    public static let riserFieldOfTwoPipe = ProblemCode(
        "riser-field-of-two-pipe",
        en: ("{0} says something about one-pipe risers, but the building's are two-pipe", "Set riser.kind to “one-pipe”, or remove the field."),
        zh: ("{0}仅用于单管立管，而该楼栋为双管", "将riser.kind设为“one-pipe”，或删除该字段。"))
    /// A dwelling valve on a one-pipe riser.
    public static let valveOnOnePipe = ProblemCode(
        "valve-on-one-pipe",
        en: ("dwellings on a one-pipe riser have no valves of their own here: what is set is the riser's valve", "Remove valves.dwelling, and name the riser's valve as valves.unit."),
        zh: ("单管立管上的住户没有户用调节阀，调节的是立管阀门", "请删除valves.dwelling，并用valves.unit给出立管阀门。"))
    /// Too little water through the emitters of a one-pipe riser. Arguments: floor, return temperature, room.
    public static let riserTooCold = ProblemCode(
        "riser-too-cold",
        en: ("on floor {0} of the one-pipe risers the water would have to leave the emitters at {1} °C to heat rooms to {2} °C", "Lower riser.bypass_share, or choose an emitter class with a smaller drop or a warmer supply."),
        zh: ("单管立管第{0}层散热设备的回水须降到{1} °C才能供热到{2} °C", "请减小riser.bypass_share，或选用温差较小、供水温度较高的散热设备。"))
    /// An unreadable valve table in the document. Arguments: family and size.
    public static let valveTableRows = ProblemCode(
        "valve-table",
        en: ("the rows of {0} must rise strictly in setting and Kv, and agree in step and notation", "Correct the rows of this size."),
        zh: ("{0}各行的整定值与Kv必须严格递增，步长与含义必须一致", "请更正该规格的各行。"))
    /// The network would be larger than the engine can index, or than its memory holds. Arguments: dwellings, their limit.
    public static let tooLarge = ProblemCode(
        "too-large",
        en: (
            "with this building there are {0} dwellings; memory and indices end at {1}",
            "Check floors, units and dwellings_per_floor; otherwise split the network or use a machine with more memory."
        ),
        zh: ("计入该楼栋共{0}户，超出内存与编号上限{1}", "请检查层数、单元数和每层户数；否则请拆分管网或使用内存更大的计算机。"))
}
