import NetworkModel

/// What refuses a large document before anything is made of it.
///
/// The elements of a network take several times the memory of the rows that describe them, and compact buildings a thousand times.
/// So a large document is judged by its names first: references to nothing, and parts that nothing feeds, are by far the most frequent
/// faults, and its columns are enough to find them.
extension ExpansionWork {
    /// Rows that become elements.
    var elementRows: Int { Self.elementTables.reduce(0) { $0 + document[$1].rowCount } }

    private static let elementTables: [TableName] = [
        .nodes, .trenches, .pipes, .valves, .pumps, .sources, .substations, .buildings, .dwellings, .terminals,
    ]

    /// Whether no network will come of the document, told without making one; what was found is reported.
    ///
    /// - Parameter isPlanned: whether dwellings and their states are known.
    mutating func foreseesRefusal(_ isRefused: Bool, isPlanned: Bool) -> Bool {
        if !hasForeseen {
            hasForeseen = true
            let inside = Foreseen(document)
            var parts = NamedParts(nodeCount: nodeCount)
            joinCompactForms(&parts)
            joinListedElements(&parts, inside)
            let areNamesSound = !log.hasErrors
            if areNamesSound { judgeSupply(&parts) }
            judgeSources(areNamesSound)
            if !log.hasErrors { judgeRows(&parts, inside) }
            namedParts = parts
        }
        if isPlanned {
            judgeSources(!log.hasErrors)
            if !log.hasErrors, var parts = namedParts { judgePlans(&parts) }
            namedParts = nil
        }
        return isRefused || log.hasErrors
    }

    /// Trenches, and what stands at pairs.
    private func joinCompactForms(_ parts: inout NamedParts) {
        let trenches = document[.trenches]
        let (from, to) = (trenches.texts("from"), trenches.texts("to"))
        for row in 0..<trenches.rowCount {
            guard let a = pairs[from[row]], let b = pairs[to[row]] else { continue }
            parts.nodes.join(pairs.supply[a].position, pairs.supply[b].position)
            parts.nodes.join(pairs.back[a].position, pairs.back[b].position)
        }
        for (table, field) in [(TableName.sources, "at"), (.substations, "at"), (.substations, "id"), (.buildings, "at"), (.buildings, "id"), (.terminals, "at")] {
            let column = document[table].texts(field)
            for row in 0..<document[table].rowCount {
                guard let pair = pairs[column[row]] else { continue }
                parts.nodes.join(pairs.supply[pair].position, pairs.back[pair].position)
                // Sources hold the pressure at their pair, substations at that of their secondary side.
                if table == .sources || table == .substations && field == "id" { parts.held.append(pairs.back[pair]) }
            }
        }
        let nodes = document[.nodes]
        let (ids, pressure) = (nodes.texts("id"), nodes.numbers("fixed_pressure_kpa"))
        for row in 0..<(pressure.isEmpty ? 0 : nodes.rowCount) where pressure[row] != nil {
            if let single = singleNodes[ids[row]] {
                parts.held.append(NodeIndex(single))
            } else if let pair = pairs[ids[row]] {
                parts.held.append(pairs.back[pair])
            }
        }
    }

    /// Elements that name their nodes one by one; names of nothing are reported.
    private mutating func joinListedElements(_ parts: inout NamedParts, _ inside: Foreseen) {
        let listed: [(TableName, [String])] = [
            (.sources, ["from", "to"]), (.substations, ["primary_from", "primary_to"]), (.substations, ["secondary_from", "secondary_to"]),
            (.pipes, ["from", "to"]), (.valves, ["from", "to", "bypass"]), (.pumps, ["from", "to"]), (.terminals, ["from", "to"]),
        ]
        for (table, fields) in listed where document[table].rowCount > 0 {
            let columns = fields.map { document[table].texts($0) }
            let at = table == .pipes || table == .valves || table == .pumps ? nil : document[table].texts("at")
            for row in 0..<document[table].rowCount where at?[row].isAbsent != false {
                var first: NodeIndex?
                for (field, column) in zip(fields, columns) where !column[row].isAbsent {
                    if field == "to", column[row] == columns[0][row] { report(.selfLoop, .error, table, row, "to", [document.text(column[row])]) }
                    let named = namedNode(column[row], inside)
                    if case .inside = named {
                        insideReferences.append(InsideReference(table: table, row: row, field: field, name: document.text(column[row])))
                    }
                    switch named {
                    case .node(let node), .inside(let node?):
                        if let first { parts.nodes.join(first.position, node.position) }
                        first = first ?? node
                    case .inside(nil): parts.reachesInside = true
                    case .nothing where field != "bypass":
                        reportDangling(column[row], "node", table, row, field, among: likelyNames(for: column[row]))
                    case .nothing: parts.reachesInside = true
                    }
                }
            }
        }
    }

    /// What a name stands for before anything is made.
    private enum NamedNode {
        case node(NodeIndex)
        /// A node that a compact form will make, perhaps, and a named one of the same circuit where that is known.
        case inside(NodeIndex?)
        case nothing
    }

    private func namedNode(_ symbol: Symbol, _ inside: Foreseen) -> NamedNode {
        if let single = singleNodes[symbol] { return .node(NodeIndex(single)) }
        let text = document.text(symbol)
        if let (name, isSupply) = Self.splitNode(text), let pair = document.symbol(for: name).flatMap({ pairs[$0] }) {
            return .node(isSupply ? pairs.supply[pair] : pairs.back[pair])
        }
        guard inside.isInside(text, document) else { return .nothing }
        return .inside(inside.neighbour(of: text, self))
    }

    /// Names of nodes that a mistyped one may have meant, each made as it is looked at.
    func likelyNames(for symbol: Symbol) -> some Sequence<String> {
        let ids = document[.nodes].texts("id")
        let end = document.text(symbol).hasSuffix("/return") ? "/return" : "/supply"
        let declared = declaredRows.count
        return (0..<declared + pairs.count).lazy.map { [document, declaredRows, pairs, singleNodes] position in
            if position >= declared { return document.text(pairs.symbols[position - declared]) + end }
            let id = ids[declaredRows[position]]
            return singleNodes[id] == nil ? document.text(id) + end : document.text(id)
        }
    }

    /// Reports that nothing heats what takes heat. Before dwellings are planned nobody knows which buildings have some: those with
    /// floors are taken to, but only where the document is refused anyway.
    private mutating func judgeSources(_ areNamesSound: Bool) {
        guard areNamesSound, document[.sources].rowCount == 0 else { return }
        let floors = document[.buildings].numbers("floors")
        let takesHeat =
            !states.isEmpty || document[.dwellings].rowCount > 0 || document[.substations].rowCount > 0
            || log.hasErrors && (0..<document[.buildings].rowCount).contains { floors[$0] != nil }
        if takesHeat { log.report(Problem(.noSource)) }
    }

    /// Reports parts in which nothing holds a pressure. A name inside a compact form may join any two, so then nothing is said.
    private mutating func judgeSupply(_ parts: inout NamedParts) {
        if parts.reachesInside { return }
        var isHeld = [Bool](repeating: false, count: nodeCount)
        for node in parts.held { isHeld[parts.nodes.root(node.position)] = true }
        var size = [Int32](repeating: 0, count: nodeCount)
        for node in 0..<nodeCount { size[parts.nodes.root(node)] += 1 }
        let owners = ProblemOwners(document)
        // The first node of a part stands for it; its name is made only where it is told.
        func judge(_ node: Int, _ log: inout ProblemLog, _ name: () -> ElementID) {
            if size[node] == 0 || isHeld[node] { return }
            if log.isFull(.noPressureReference) { return log.count(.noPressureReference) }
            log.report(
                owners.placed(
                    Problem(.noPressureReference, element: ElementReference(kind: "nodes", id: name()), arguments: [String(size[node])])))
        }
        let ids = document[.nodes].texts("id")
        for row in declaredRows {
            let id = ids[row]
            if let single = singleNodes[id] {
                judge(single, &log) { ElementID(document.text(id)) }
            } else if let pair = pairs[id] {
                judge(pairs.supply[pair].position, &log) { ElementID(document.text(id)).part("supply") }
                judge(pairs.back[pair].position, &log) { ElementID(document.text(id)).part("return") }
            }
        }
        for pair in pairs.symbols.indices where !pairs.isDeclared[pair] {
            judge(pairs.supply[pair].position, &log) { ElementID(document.text(pairs.symbols[pair])).part("supply") }
            judge(pairs.back[pair].position, &log) { ElementID(document.text(pairs.symbols[pair])).part("return") }
        }
    }
}

/// Which named nodes belong together, and at which of them a pressure is held.
struct NamedParts {
    var nodes: DisjointSets
    var held: [NodeIndex] = []
    /// Whether an element names a node inside a compact form.
    var reachesInside = false

    init(nodeCount: Int) { nodes = DisjointSets(count: nodeCount) }
}
