import NetworkModel
import Quantities

/// What expanding a document has found out and built so far; the steps are in extensions, one file each.
struct ExpansionWork {
    let document: Document
    var builder: NetworkBuilder
    var log = ProblemLog()
    var used = AssumptionLog()
    /// Looks for the names that misspelled ones may stand for.
    var search = NameSearch()
    let numbers = DefaultKey.allCases.map(\.number)

    var valveCatalogue = ValveCatalogue.standard
    var pipeCatalogue = PipeCatalogue.standard
    var classes = BuildingCatalogue.standard
    /// Index in the network of a model of the catalogue, once it is used.
    var modelIndex: [ValveCatalogue.Key: ValveModelIndex] = [:]
    /// Families that are sized by flow, and their positions by name.
    var families: [SizedFamily] = []
    var familyPositions: [String: Int] = [:]

    /// Prepared choices of pipe sizes by their limits.
    var sizings: [PipeSizing.Limits: PipeSizing] = [:]

    var conditions = DesignConditions()
    /// Parameters of the whole network and of each zone.
    var networkParameters = Parameters()
    var zoneParameters: [Parameters] = []

    var zones: SymbolMap
    var defaultZone: ZoneIndex?
    /// Explicit single nodes by symbol.
    var singleNodes: SymbolMap
    var pairs: NodePairs
    /// Nodes that have a number so far, and the rows of `nodes` that make some, in the order of those numbers.
    var nodeCount = 0
    var declaredRows: [Int] = []
    var groups = DisjointSets(count: 0)
    /// By group root: what heats the group and what hangs on it.
    var circuits = PairCircuits()
    /// All nodes by id, made when an explicit element names a node that a compact form makes.
    var derivedNodes: [ElementID: NodeIndex]?
    /// Pumps whose worst points are looked up when all nodes are made.
    var pendingWorstPoints: [PendingWorstPoints] = []

    var substations: SymbolMap
    var substationPlans: [SubstationPlan] = []
    var buildings: SymbolMap
    var buildingPlans: [BuildingPlan] = []
    /// Walls between dwellings of different buildings.
    var partyWalls: [Coupling] = []
    /// Dwellings by the symbol of their own id, where the document gives one.
    var namedDwellings: SymbolMap
    /// Dwellings that may be made. A network's dense indices are 32 bit, and a dwelling makes about three links.
    var dwellingLimit = 300_000_000
    var isTooLarge = false
    /// Whether the document has been judged by its names alone.
    var hasForeseen = false
    /// What is known of nodes inside compact forms, on a copy that only judges and makes none.
    var foreseen: Foreseen?
    /// Rows that name nodes inside compact forms, met while judging.
    var insideReferences: [InsideReference] = []
    /// Which of the named nodes belong together, while the document is judged.
    var namedParts: NamedParts?
    /// State of every dwelling by position.
    var states: [DwellingState] = []
    /// Class of each dwelling for the policy that serves classes in order.
    var priorities: [Int32] = []
    /// Rows of `dwellings` that stand for dwellings of their own, in the order of their positions from `listedStart` on.
    var listedRow: [Int] = []
    var listedStart = 0
    /// Number of valves that compact forms made; those after it are listed one by one.
    var listedValveStart = 0
    /// Row of the `dwellings` table that overrides a dwelling, −1 = none; empty when none is.
    var overrideRow: [Int32] = []

    init(_ document: Document) {
        self.document = document
        let count = document.pool.count
        let title = document[.manifest].texts("title")[0]
        builder = NetworkBuilder(title: document.text(title))
        zones = SymbolMap(symbolCount: count)
        singleNodes = SymbolMap(symbolCount: count)
        pairs = NodePairs(symbolCount: count)
        substations = SymbolMap(symbolCount: count)
        buildings = SymbolMap(symbolCount: count)
        namedDwellings = SymbolMap(symbolCount: count)
    }

    /// The number of a default, noted as used.
    mutating func assume(_ key: DefaultKey, _ element: ElementReference?) -> Double {
        used.use(key, element)
        return numbers[key.rawValue]
    }

    /// The number of a default, noted as used for a row.
    mutating func assume(_ key: DefaultKey, _ table: TableName, _ row: Int) -> Double {
        note(key, table, row)
        return numbers[key.rawValue]
    }

    /// Notes that a default was used for a row.
    mutating func note(_ key: DefaultKey, _ table: TableName, _ row: Int) {
        let example = used.isUnused(key) ? reference(table, row) : nil
        used.use(key, example)
    }

    /// Reports a problem of a row.
    mutating func report(
        _ code: ProblemCode, _ severity: Severity = .error, _ table: TableName, _ row: Int, _ field: String? = nil,
        _ arguments: [String] = []
    ) {
        if log.isFull(code) { return log.count(code, severity) }
        log.report(document.problem(code, severity: severity, table: table, row: row, field: field, arguments: arguments))
    }

    /// Reports a reference to nothing, with the nearest name where there is one.
    mutating func reportDangling(
        _ symbol: Symbol, _ what: String, _ table: TableName, _ row: Int, _ field: String,
        among candidates: some Sequence<String>
    ) {
        if log.isFull(.danglingReference), search.isSpent || log.isFull(.danglingReferenceNear) { return log.count(.danglingReference) }
        let name = document.text(symbol)
        if !log.isFull(.danglingReferenceNear), let nearest = search.nearest(to: name, in: candidates) {
            report(.danglingReferenceNear, .error, table, row, field, [name, what, nearest])
        } else {
            report(.danglingReference, .error, table, row, field, [name, what])
        }
    }

    /// The element that a row is.
    func reference(_ table: TableName, _ row: Int) -> ElementReference? {
        document.id(table, row).map { ElementReference(kind: table.rawValue, id: $0) }
    }

    /// The ids of a table, for suggestions; made as they are looked at, since most are wanted for a message that is never told.
    func ids(_ table: TableName) -> some Sequence<String> {
        let column = document[table].texts("id")
        return (0..<document[table].rowCount).lazy.map { [document] in document.text(column[$0]) }
    }

    /// Rows whose id is new in their table; the others have been reported by the reader, or are where none read them.
    mutating func uniqueRows(_ table: TableName) -> [Int] {
        let ids = document[table].texts("id")
        var seen = SymbolMap(symbolCount: document.pool.count)
        var rows: [Int] = []
        rows.reserveCapacity(document[table].rowCount)
        for row in 0..<document[table].rowCount {
            if seen.insert(ids[row], row) {
                rows.append(row)
            } else if document.sources.isEmpty {
                report(.repeatedRow, .error, table, row, "id", [document.text(ids[row]), table.rawValue])
            }
        }
        return rows
    }

    /// Whether water may pass by the `status` of a row; open where nothing is said.
    func isOpen(_ status: SymbolColumn, _ row: Int) -> Bool {
        status[row].isAbsent || document.text(status[row]) != "closed"
    }
}

/// What groups of joined node pairs are fed by and must carry, by the root of each; sparse, since a document may be nothing but groups
/// that nothing feeds.
struct PairCircuits {
    private var positions: [Int: Int] = [:]
    private var list: [PairCircuit] = []

    /// The roots of groups of which something is said, in rising order.
    var roots: [Int] { positions.keys.sorted() }

    /// The group of a root, which is empty until something is said of it.
    subscript(root: Int) -> PairCircuit {
        get { positions[root].map { list[$0] } ?? PairCircuit() }
        set {
            if let position = positions[root] {
                list[position] = newValue
            } else {
                positions[root] = list.count
                list.append(newValue)
            }
        }
    }
}

/// What a group of joined node pairs is fed by and what it must carry.
struct PairCircuit {
    /// The substation whose secondary it is.
    var substation: Int?
    /// The row of the first source in it.
    var source: Int?
    /// The pair where the source or substation stands.
    var root: Int?
    /// Design heat and flow of everything that hangs on it.
    var heat = 0.0
    var massFlow = 0.0
    /// Highest point, m.
    var highest = -Double.infinity
    /// Whether the pressure is held somewhere already.
    var isHeld = false
}
