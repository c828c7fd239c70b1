import NetworkModel
import Quantities

extension ExpansionWork {
    /// Follows the one-pipe risers that listed dwellings name through the rows that will make them. Where a row names a node inside a
    /// compact form, nothing is said.
    mutating func judgeListedRisers(_ rules: inout ProblemReport) {
        let table = document[.dwellings]
        let risers = table.texts("riser")
        guard insideReferences.isEmpty, !risers.isEmpty, listedRow.contains(where: { !risers[$0].isAbsent }) else { return }
        let graph = RowRisers(self)
        var members: [LinkIndex: [DwellingIndex]] = [:]
        var order: [LinkIndex] = []
        for (offset, row) in listedRow.enumerated() where !risers[row].isAbsent {
            guard let link = graph.pipe(named: risers[row], document) else { continue }
            if members[link] == nil { order.append(link) }
            members[link, default: []].append(DwellingIndex(listedStart + offset))
        }
        let ids = table.texts("id")
        for link in order {
            let riser = graph.riser(behind: PipeIndex(link.position), link, members[link] ?? [])
            let name = members[link]?.first.map { document.text(risers[listedRow[$0.position - listedStart]]) } ?? ""
            rules.check(riser, pipe: ElementID(name)) { dwelling in
                (ElementID(document.text(ids[listedRow[dwelling.position - listedStart]])), graph.hasValve[dwelling.position - listedStart])
            }
        }
    }
}

/// The links that rows will make, as far as risers are concerned. Pipes are numbered as their links.
private struct RowRisers: RiserGraph {
    let incident: LinksAtNodes
    /// Ends and kinds, link by link: first the rows of `pipes`, then two for each row of `trenches`, then all others.
    private let from: [NodeIndex]
    private let to: [NodeIndex]
    private let parts: [Part]
    private let pipeRows: SymbolMap
    private let trenchRows: SymbolMap
    private let pipeCount: Int
    /// Whether a valve of its own serves a listed dwelling.
    let hasValve: [Bool]

    private enum Part {
        case pipe, other
        case bypass(Float)
        /// A terminal of a listed dwelling by its position among those, with the pipe it names.
        case emitter(dwelling: Int32, pipe: Int32, kv: Float, isOpen: Bool)
    }

    init(_ work: ExpansionWork) {
        let document = work.document
        var (from, to): ([NodeIndex], [NodeIndex]) = ([], [])
        var parts: [Part] = []
        func end(_ symbol: Symbol) -> NodeIndex? {
            if let single = work.singleNodes[symbol] { return NodeIndex(single) }
            guard let (name, isSupply) = ExpansionWork.splitNode(document.text(symbol)), let pair = document.symbol(for: name).flatMap({ work.pairs[$0] })
            else { return nil }
            return isSupply ? work.pairs.supply[pair] : work.pairs.back[pair]
        }
        func add(_ a: NodeIndex?, _ b: NodeIndex?, _ part: Part) {
            // What has no ends, which is an error of its own, keeps its number.
            from.append(a ?? NodeIndex(0))
            to.append(a == nil ? NodeIndex(0) : b ?? NodeIndex(0))
            parts.append(part)
        }
        func addPair(_ symbol: Symbol, _ part: Part) {
            if let pair = work.pairs[symbol] { add(work.pairs.supply[pair], work.pairs.back[pair], part) }
        }
        (pipeRows, trenchRows) = (Self.rows(.pipes, document), Self.rows(.trenches, document))
        pipeCount = document[.pipes].rowCount
        let pipes = (from: document[.pipes].texts("from"), to: document[.pipes].texts("to"))
        for row in 0..<pipeCount { add(end(pipes.from[row]), end(pipes.to[row]), .pipe) }
        let trenches = (from: document[.trenches].texts("from"), to: document[.trenches].texts("to"))
        for row in 0..<document[.trenches].rowCount {
            let (a, b) = (work.pairs[trenches.from[row]], work.pairs[trenches.to[row]])
            add(a.map { work.pairs.supply[$0] }, b.map { work.pairs.supply[$0] }, .pipe)
            add(b.map { work.pairs.back[$0] }, a.map { work.pairs.back[$0] }, .pipe)
        }
        var hasValve = [Bool](repeating: false, count: work.listedRow.count)
        var judge = work
        let valves = ValveColumns(document[.valves])
        for row in 0..<document[.valves].rowCount {
            let kind = document.text(valves.function[row])
            let isOpen = work.isOpen(valves.status, row)
            let kv = kind.isEmpty || kind == "throttling" ? judge.valve(row, valves).map { Float($0.kv.value) } : nil
            add(end(valves.from[row]), end(valves.to[row]), kv.map { .bypass(isOpen ? max($0, 0) : 0) } ?? .other)
            if !valves.bypass[row].isAbsent { add(end(valves.bypass[row]), end(valves.to[row]), .other) }
            if document.text(valves.level[row]) == "dwelling", let dwelling = judge.dwelling(valves.dwelling[row], .valves, row, "dwelling"),
                dwelling.position >= work.listedStart { hasValve[dwelling.position - work.listedStart] = true }
        }
        for table in [TableName.pumps, .sources] {
            let ends = (from: document[table].texts("from"), to: document[table].texts("to"))
            for row in 0..<document[table].rowCount { add(end(ends.from[row]), end(ends.to[row]), .other) }
        }
        let (sources, buildings) = (document[.sources].texts("at"), (id: document[.buildings].texts("id"), at: document[.buildings].texts("at")))
        for row in 0..<document[.sources].rowCount { addPair(sources[row], .other) }
        for row in 0..<document[.buildings].rowCount { addPair(buildings.at[row].isAbsent ? buildings.id[row] : buildings.at[row], .other) }
        let substations = SubstationColumns(document[.substations])
        let at = document[.substations].texts("at")
        for row in 0..<document[.substations].rowCount {
            add(end(substations.primaryFrom[row]), end(substations.primaryTo[row]), .other)
            add(end(substations.secondaryFrom[row]), end(substations.secondaryTo[row]), .other)
            addPair(at[row], .other)
            addPair(document[.substations].texts("id")[row], .other)
        }
        // Terminals last: whether an emitter belongs to a riser depends on the valves.
        let terminals = TerminalColumns(document[.terminals])
        let risers = document[.dwellings].texts("riser")
        for row in 0..<document[.terminals].rowCount {
            var part = Part.other
            let isOpen = work.isOpen(terminals.status, row)
            if let kv = terminals.kv[row], kv > 0 {
                if document.text(terminals.kind[row]) == "none" {
                    part = .bypass(isOpen ? Float(kv) : 0)
                } else if work.isEmitter(row, terminals), let dwelling = judge.dwelling(terminals.dwelling[row], .terminals, row, "dwelling"),
                    case let listed = dwelling.position - work.listedStart, listed >= 0, !hasValve[listed],
                    let pipe = Self.pipe(named: risers[work.listedRow[listed]], document, pipeRows, trenchRows, pipeCount) {
                    part = .emitter(dwelling: Int32(truncatingIfNeeded: dwelling.position), pipe: Int32(truncatingIfNeeded: pipe.position), kv: Float(kv), isOpen: isOpen)
                }
            }
            if let pair = work.pairs[terminals.at[row]] {
                add(work.pairs.supply[pair], work.pairs.back[pair], part)
            } else {
                add(end(terminals.from[row]), end(terminals.to[row]), part)
            }
        }
        (self.from, self.to, self.parts, self.hasValve) = (from, to, parts, hasValve)
        let (starts, ends) = (from, to)
        incident = LinksAtNodes(nodeCount: work.nodeCount, parts.count) { (starts[$0], ends[$0]) }
    }

    private static func rows(_ table: TableName, _ document: Document) -> SymbolMap {
        let ids = document[table].texts("id")
        var rows = SymbolMap(symbolCount: document.pool.count)
        for row in 0..<document[table].rowCount { _ = rows.insert(ids[row], row) }
        return rows
    }

    /// The link of the pipe that a dwelling names.
    func pipe(named symbol: Symbol, _ document: Document) -> LinkIndex? { Self.pipe(named: symbol, document, pipeRows, trenchRows, pipeCount) }

    private static func pipe(named symbol: Symbol, _ document: Document, _ pipes: SymbolMap, _ trenches: SymbolMap, _ pipeCount: Int) -> LinkIndex? {
        if symbol.isAbsent { return nil }
        if let row = pipes[symbol] { return LinkIndex(row) }
        guard let (name, isSupply) = ExpansionWork.splitNode(document.text(symbol)), let row = document.symbol(for: name).flatMap({ trenches[$0] }) else { return nil }
        return LinkIndex(pipeCount + 2 * row + (isSupply ? 0 : 1))
    }

    func ends(of link: LinkIndex) -> (from: NodeIndex, to: NodeIndex) { (from[link.position], to[link.position]) }

    func part(_ link: LinkIndex, of pipe: PipeIndex) -> RiserPart {
        switch parts[link.position] {
        case .pipe: .pipe
        case .other: .other
        case .bypass(let kv): .bypass(Double(kv))
        case .emitter(let dwelling, let own, let kv, let isOpen):
            Int(own) == pipe.position
                ? .emitter(OnePipeRiser.Branch(dwelling: DwellingIndex(Int(dwelling)), terminal: TerminalIndex(0), kv: Double(kv), isOpen: isOpen)) : .other
        }
    }
}
