import NetworkModel
import Quantities

/// The node pairs of a document: a supply and a return node at one place.
struct NodePairs {
    private var positions: SymbolMap
    /// Name of each pair.
    private(set) var symbols: [Symbol] = []
    var elevation: [Double] = []
    /// Places on the map; empty while no pair has one.
    private var places: [MapPoint?] = []
    /// The supply node of each pair.
    var supply: [NodeIndex] = []
    /// The return node of each pair, the one behind its supply.
    var back: Returns { Returns(supply: supply) }
    /// How many elements connect to it.
    var uses: [Int32] = []
    /// Whether a row of `nodes` declares it.
    var isDeclared: [Bool] = []

    init(symbolCount: Int) { positions = SymbolMap(symbolCount: symbolCount) }

    /// Return nodes by pair.
    struct Returns {
        fileprivate let supply: [NodeIndex]
        subscript(pair: Int) -> NodeIndex { NodeIndex(supply[pair].position + 1) }
    }

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
            if let place, self.place(pair) == nil { setPlace(pair, place) }
            return pair
        }
        _ = positions.insert(symbol, symbols.count)
        symbols.append(symbol)
        self.elevation.append(elevation ?? .nan)
        uses.append(count)
        isDeclared.append(false)
        if let place { setPlace(symbols.count - 1, place) }
        return symbols.count - 1
    }

    /// The place of a pair on the map.
    func place(_ pair: Int) -> MapPoint? { pair < places.count ? places[pair] : nil }

    /// Gives a pair a place on the map.
    mutating func setPlace(_ pair: Int, _ place: MapPoint?) {
        guard let place else { return }
        while places.count <= pair { places.append(nil) }
        places[pair] = place
    }
}

/// The nodes of a document: declared ones in the order of their table, then the pairs that others imply.
extension ExpansionWork {
    /// Finds all node pairs and numbers all nodes but those inside buildings, sources and substations; none is made yet, since much of
    /// what is wrong with a document shows before.
    mutating func nameNodes() {
        declareNodes()
        noteSourcesAndTrenches()
        noteSubstations()
        noteBuildingsAndTerminals()
        inheritElevations()
        numberImpliedNodes()
    }

    /// Makes the nodes in the order of their numbers.
    mutating func makeNodes() {
        let columns = NodeColumns(document[.nodes])
        for row in declaredRows {
            var node = columns.node(row, id: ElementID(document.text(columns.ids[row])))
            switch document.text(columns.lines[row]) {
            case "pair":
                (node.demand, node.injectionTemperature) = (.zero, nil)
                addPair(node)
            case "supply": add(node, .supply)
            case "return": add(node, .return)
            default: add(node, .single)
            }
        }
        for pair in pairs.symbols.indices where !pairs.isDeclared[pair] {
            let name = ElementID(document.text(pairs.symbols[pair]))
            addPair(Node(id: name, elevation: Length(metres: pairs.elevation[pair]), position: pairs.place(pair)))
        }
        declaredRows = []
    }

    private mutating func declareNodes() {
        let columns = NodeColumns(document[.nodes])
        declaredRows = uniqueRows(.nodes)
        for row in declaredRows {
            if document.text(columns.lines[row]) == "pair" {
                if let given = columns.demand[row], given != 0 {
                    report(.conflictingFields, .error, .nodes, row, "demand_kg_s", ["line", "demand_kg_s"])
                }
                let pair = pairs.note(
                    columns.ids[row], uses: 0, elevation: columns.elevation[row] ?? 0, place: Self.place(columns.x[row], columns.y[row]))
                pairs.isDeclared[pair] = true
                number(pair)
            } else {
                _ = singleNodes.insert(columns.ids[row], nodeCount)
                nodeCount += 1
            }
        }
    }

    /// Gives the two nodes of a pair their numbers.
    private mutating func number(_ pair: Int) {
        while pairs.supply.count <= pair { pairs.supply.append(NodeIndex(nodeCount)) }
        pairs.supply[pair] = NodeIndex(nodeCount)
        nodeCount += 2
    }

    private mutating func add(_ template: Node, _ line: Line) {
        var node = template
        node.line = line
        builder.add(node)
    }

    /// Makes the two nodes of a pair; a held pressure is that of the return.
    private mutating func addPair(_ template: Node) {
        var node = template
        node.id = template.id.part("supply")
        node.line = .supply
        node.fixedPressure = nil
        builder.add(node)
        node.id = template.id.part("return")
        node.line = .return
        node.fixedPressure = template.fixedPressure
        builder.add(node)
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
            if pairs.place(own) == nil { pairs.setPlace(own, pairs.place(primary)) }
            if pairs.place(primary) == nil { pairs.setPlace(primary, pairs.place(own)) }
        }
    }

    private mutating func numberImpliedNodes() {
        for pair in pairs.symbols.indices where !pairs.isDeclared[pair] {
            if pairs.elevation[pair].isNaN {
                let name = ElementID(document.text(pairs.symbols[pair]))
                pairs.elevation[pair] = assume(.elevation, ElementReference(kind: "nodes", id: name))
            }
            number(pair)
        }
    }

    static func place(_ x: Double?, _ y: Double?) -> MapPoint? {
        guard let x, let y else { return nil }
        return MapPoint(x: x, y: y)
    }
}

/// The columns of the table of nodes.
private struct NodeColumns {
    let ids, lines: SymbolColumn
    let x, y, elevation, pressure, demand, injection: NumberColumn

    init(_ table: Table) {
        (ids, lines) = (table.texts("id"), table.texts("line"))
        (x, y, elevation) = (table.numbers("x_m"), table.numbers("y_m"), table.numbers("elevation_m"))
        (pressure, demand) = (table.numbers("fixed_pressure_kpa"), table.numbers("demand_kg_s"))
        injection = table.numbers("injection_c")
    }

    /// The node that a row describes.
    func node(_ row: Int, id: ElementID) -> Node {
        Node(
            id: id, elevation: Length(metres: elevation[row] ?? 0), position: ExpansionWork.place(x[row], y[row]),
            fixedPressure: pressure[row].map { Pressure(kilopascals: $0) }, demand: MassFlow(kilogramsPerSecond: demand[row] ?? 0),
            injectionTemperature: injection[row].map { Temperature(celsius: $0) })
    }
}
