import NetworkModel
import Quantities

/// The node pairs of a document: a supply and a return node at one place.
struct NodePairs {
    private var positions: SymbolMap
    /// Name of each pair.
    private(set) var symbols: [Symbol] = []
    var elevation: [Double] = []
    var place: [MapPoint?] = []
    var supply: [NodeIndex] = []
    var back: [NodeIndex] = []
    /// How many elements connect to it.
    var uses: [Int32] = []
    /// Whether a row of `nodes` declares it.
    var isDeclared: [Bool] = []

    init(symbolCount: Int) { positions = SymbolMap(symbolCount: symbolCount) }

    /// Number of pairs.
    var count: Int { symbols.count }

    /// The pair of a name.
    subscript(symbol: Symbol) -> Int? { positions[symbol] }

    /// The pair of a name, made where it is new; `uses` are added to it.
    @discardableResult
    mutating func note(_ symbol: Symbol, uses count: Int32, elevation: Double? = nil, place: MapPoint? = nil) -> Int {
        if let pair = positions[symbol] {
            uses[pair] += count
            if self.elevation[pair].isNaN, let elevation { self.elevation[pair] = elevation }
            if self.place[pair] == nil { self.place[pair] = place }
            return pair
        }
        _ = positions.insert(symbol, symbols.count)
        symbols.append(symbol)
        self.elevation.append(elevation ?? .nan)
        self.place.append(place)
        uses.append(count)
        isDeclared.append(false)
        return symbols.count - 1
    }
}

/// The nodes of a document: declared ones in the order of their table, then the pairs that others imply.
extension ExpansionWork {
    /// Finds all node pairs and makes all nodes but those inside buildings, sources and substations.
    mutating func expandNodes() {
        declareNodes()
        noteSourcesAndTrenches()
        noteSubstations()
        noteBuildingsAndTerminals()
        inheritElevations()
        makeImpliedNodes()
    }

    private mutating func declareNodes() {
        let table = document[.nodes]
        let (ids, lines) = (table.texts("id"), table.texts("line"))
        let (x, y, elevation) = (table.numbers("x_m"), table.numbers("y_m"), table.numbers("elevation_m"))
        let (pressure, demand) = (table.numbers("fixed_pressure_kpa"), table.numbers("demand_kg_s"))
        let injection = table.numbers("injection_c")
        for row in uniqueRows(.nodes) {
            var node = Node(
                id: ElementID(document.text(ids[row])), elevation: Length(metres: elevation[row] ?? 0),
                position: Self.place(x[row], y[row]), fixedPressure: pressure[row].map { Pressure(kilopascals: $0) },
                demand: MassFlow(kilogramsPerSecond: demand[row] ?? 0),
                injectionTemperature: injection[row].map { Temperature(celsius: $0) })
            switch document.text(lines[row]) {
            case "pair":
                if let given = demand[row], given != 0 { report(.conflictingFields, .error, .nodes, row, "demand_kg_s", ["line", "demand_kg_s"]) }
                let pair = pairs.note(ids[row], uses: 0, elevation: elevation[row] ?? 0, place: node.position)
                pairs.isDeclared[pair] = true
                (node.demand, node.injectionTemperature) = (.zero, nil)
                addNodes(of: pair, like: node)
            case "supply": addSingle(node, .supply, ids[row])
            case "return": addSingle(node, .return, ids[row])
            default: addSingle(node, .single, ids[row])
            }
        }
    }

    private mutating func addSingle(_ template: Node, _ line: Line, _ symbol: Symbol) {
        var node = template
        node.line = line
        _ = singleNodes.insert(symbol, builder.add(node).position)
    }

    /// Makes the two nodes of the next pair; a held pressure is that of the return.
    private mutating func addNodes(of pair: Int, like template: Node) {
        let name = ElementID(document.text(pairs.symbols[pair]))
        var node = template
        node.id = name.part("supply")
        node.line = .supply
        node.fixedPressure = nil
        let supply = builder.add(node)
        node.id = name.part("return")
        node.line = .return
        node.fixedPressure = template.fixedPressure
        let back = builder.add(node)
        while pairs.supply.count <= pair {
            pairs.supply.append(supply)
            pairs.back.append(back)
        }
        (pairs.supply[pair], pairs.back[pair]) = (supply, back)
    }

    private mutating func noteSourcesAndTrenches() {
        let sources = document[.sources]
        let (at, x, y) = (sources.texts("at"), sources.numbers("x_m"), sources.numbers("y_m"))
        for row in 0..<sources.rowCount where !at[row].isAbsent { notePair(at[row], .sources, row, "at", place: Self.place(x[row], y[row])) }
        let trenches = document[.trenches]
        let (from, to) = (trenches.texts("from"), trenches.texts("to"))
        for row in 0..<trenches.rowCount {
            notePair(from[row], .trenches, row, "from")
            notePair(to[row], .trenches, row, "to")
        }
    }

    private mutating func noteSubstations() {
        let table = document[.substations]
        let (ids, at, elevation) = (table.texts("id"), table.texts("at"), table.numbers("elevation_m"))
        let (x, y) = (table.numbers("x_m"), table.numbers("y_m"))
        for row in 0..<table.rowCount where !at[row].isAbsent {
            let place = Self.place(x[row], y[row])
            notePair(at[row], .substations, row, "at", elevation: elevation[row], place: place)
            notePair(ids[row], .substations, row, "id", elevation: elevation[row], place: place)
        }
    }

    private mutating func noteBuildingsAndTerminals() {
        let table = document[.buildings]
        let (ids, at, elevation) = (table.texts("id"), table.texts("at"), table.numbers("elevation_m"))
        let (floors, x, y) = (table.numbers("floors"), table.numbers("x_m"), table.numbers("y_m"))
        for row in 0..<table.rowCount where floors[row] != nil {
            let ownPair = at[row].isAbsent
            notePair(
                ownPair ? ids[row] : at[row], .buildings, row, ownPair ? "id" : "at", elevation: ownPair ? elevation[row] : nil,
                place: Self.place(x[row], y[row]))
        }
        let terminals = document[.terminals]
        let terminalAt = terminals.texts("at")
        for row in 0..<terminals.rowCount where !terminalAt[row].isAbsent { notePair(terminalAt[row], .terminals, row, "at") }
    }

    /// Notes a pair that an element stands at; a single node of that name is a mistake.
    private mutating func notePair(
        _ symbol: Symbol, _ table: TableName, _ row: Int, _ field: String, elevation: Double? = nil, place: MapPoint? = nil
    ) {
        if symbol.isAbsent { return }
        if singleNodes[symbol] != nil {
            report(.notAPair, .error, table, row, field, [document.text(symbol)])
            return
        }
        pairs.note(symbol, uses: 1, elevation: elevation, place: place)
    }

    /// A substation's own pair and the primary pair it stands at are at one place.
    private mutating func inheritElevations() {
        let table = document[.substations]
        let (ids, at) = (table.texts("id"), table.texts("at"))
        for row in 0..<table.rowCount {
            guard let own = pairs[ids[row]], let primary = pairs[at[row]] else { continue }
            if pairs.elevation[own].isNaN { pairs.elevation[own] = pairs.elevation[primary] }
            if pairs.elevation[primary].isNaN { pairs.elevation[primary] = pairs.elevation[own] }
            pairs.place[own] = pairs.place[own] ?? pairs.place[primary]
            pairs.place[primary] = pairs.place[primary] ?? pairs.place[own]
        }
    }

    private mutating func makeImpliedNodes() {
        for pair in pairs.symbols.indices where !pairs.isDeclared[pair] {
            if pairs.elevation[pair].isNaN {
                let name = ElementID(document.text(pairs.symbols[pair]))
                pairs.elevation[pair] = assume(.elevation, ElementReference(kind: "nodes", id: name))
            }
            addNodes(
                of: pair, like: Node(id: "", elevation: Length(metres: pairs.elevation[pair]), position: pairs.place[pair]))
        }
    }

    static func place(_ x: Double?, _ y: Double?) -> MapPoint? {
        guard let x, let y else { return nil }
        return MapPoint(x: x, y: y)
    }
}
