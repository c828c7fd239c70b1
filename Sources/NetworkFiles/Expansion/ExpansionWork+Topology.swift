import NetworkModel

/// Which pairs belong together, what heats them, and what each trench must carry.
extension ExpansionWork {
    /// Joins pairs by trenches and by explicit links between their nodes; finds what heats each group.
    mutating func findCircuits() {
        groups = DisjointSets(count: pairs.count)
        let trenches = document[.trenches]
        let (from, to) = (trenches.texts("from"), trenches.texts("to"))
        for row in 0..<trenches.rowCount {
            if let a = pairs[from[row]], let b = pairs[to[row]] { groups.join(a, b) }
        }
        for name in [TableName.pipes, .valves, .pumps] { joinPairs(of: name, "from", "to") }
        joinPairs(of: .terminals, "from", "to")
        joinPairs(of: .sources, "from", "to")
        let sources = document[.sources]
        let sourceAt = sources.texts("at")
        for row in 0..<sources.rowCount {
            guard let pair = pairs[sourceAt[row]] else { continue }
            let root = groups.root(pair)
            if circuits[root].source == nil { circuits[root].source = row }
            if circuits[root].root == nil { circuits[root].root = pair }
        }
        planSubstations()
        markHeldPressures()
    }

    /// Pairs whose nodes an explicit link names.
    private mutating func joinPairs(of name: TableName, _ fromField: String, _ toField: String) {
        let table = document[name]
        if pairs.count == 0 || table.rowCount == 0 { return }
        let (from, to) = (table.texts(fromField), table.texts(toField))
        for row in 0..<table.rowCount {
            let (a, b) = (pair(ofNode: from[row]), pair(ofNode: to[row]))
            if let a { pairs.uses[a] += 1 }
            if let b { pairs.uses[b] += 1 }
            if let a, let b { groups.join(a, b) }
        }
    }

    /// The pair that a name such as `P1/supply` belongs to.
    func pair(ofNode symbol: Symbol) -> Int? {
        if symbol.isAbsent || singleNodes[symbol] != nil { return nil }
        guard let (name, _) = Self.splitNode(document.text(symbol)), let pairSymbol = document.symbol(for: name) else { return nil }
        return pairs[pairSymbol]
    }

    /// Splits `P1/supply` into `P1` and whether it is the supply.
    static func splitNode(_ text: String) -> (pair: String, isSupply: Bool)? {
        if text.hasSuffix("/supply") { return (String(text.dropLast(7)), true) }
        if text.hasSuffix("/return") { return (String(text.dropLast(7)), false) }
        return nil
    }

    private mutating func planSubstations() {
        let table = document[.substations]
        let (ids, at) = (table.texts("id"), table.texts("at"))
        for row in uniqueRows(.substations) {
            let plan = SubstationPlan(row: row, primary: pairs[at[row]], secondary: at[row].isAbsent ? nil : pairs[ids[row]])
            _ = substations.insert(ids[row], substationPlans.count)
            if let secondary = plan.secondary {
                let root = groups.root(secondary)
                if circuits[root].substation == nil { circuits[root].substation = substationPlans.count }
                if circuits[root].root == nil { circuits[root].root = secondary }
            }
            substationPlans.append(plan)
        }
    }

    /// Reports substations whose heat comes, by others, from themselves: nothing that follows can be sized.
    mutating func judgeHeatWays() -> Bool {
        let feeder = substationPlans.map { plan in plan.primary.flatMap { circuits[groups.root($0)].substation } }
        let cycles = SubstationCycles.find(feeder)
        let ids = document[.substations].texts("id")
        for cycle in cycles {
            let names = cycle.map { ElementID(document.text(ids[substationPlans[$0].row])) }
            report(.cyclicSubstations, .error, .substations, substationPlans[cycle[0]].row, "at", [SubstationCycles.text(names)])
        }
        return cycles.isEmpty
    }

    private mutating func markHeldPressures() {
        let table = document[.nodes]
        let (ids, pressure) = (table.texts("id"), table.numbers("fixed_pressure_kpa"))
        if pressure.isEmpty || pairs.count == 0 { return }
        for row in 0..<table.rowCount where pressure[row] != nil {
            if let pair = pairs[ids[row]] ?? pair(ofNode: ids[row]) { circuits[groups.root(pair)].isHeld = true }
        }
    }

    /// Reports pairs that only one element mentions.
    mutating func judgePairs() {
        var trenchEnd = [Int32](repeating: -1, count: pairs.count)
        let trenches = document[.trenches]
        let (from, to) = (trenches.texts("from"), trenches.texts("to"))
        for row in 0..<trenches.rowCount {
            if let pair = pairs[from[row]] { trenchEnd[pair] = Int32(truncatingIfNeeded: row) }
            if let pair = pairs[to[row]] { trenchEnd[pair] = Int32(truncatingIfNeeded: row) }
        }
        let owners = owners()
        for pair in 0..<pairs.count where pairs.uses[pair] == 1 {
            if trenchEnd[pair] >= 0 && pairs.isDeclared[pair] || trenchEnd[pair] < 0 && owners[pair].row < 0 { continue }
            let (code, severity) = trenchEnd[pair] >= 0 ? (ProblemCode.deadEnd, Severity.warning) : (.unconnected, .error)
            if search.isSpent && log.isFull(code) {
                log.count(code, severity)
                continue
            }
            let name = document.text(pairs.symbols[pair])
            let isSilent = log.isFull(.deadEndNear) || log.isFull(.unconnectedNear)
            let nearest = isSilent ? nil : search.nearest(to: name, in: otherNames(than: pair))
            if trenchEnd[pair] >= 0 {
                let row = Int(trenchEnd[pair])
                let field = pairs[to[row]] == pair ? "to" : "from"
                if let nearest {
                    report(.deadEndNear, .warning, .trenches, row, field, [name, nearest])
                } else {
                    report(.deadEnd, .warning, .trenches, row, field, [name])
                }
            } else {
                let (table, field) = Self.standing[Int(owners[pair].place)]
                let row = Int(owners[pair].row)
                if let nearest {
                    report(.unconnectedNear, .error, table, row, field, [name, nearest])
                } else {
                    report(.unconnected, .error, table, row, field, [name])
                }
            }
        }
    }

    private func otherNames(than pair: Int) -> some Sequence<String> {
        pairs.symbols.indices.lazy.filter { [pairs] in $0 != pair && pairs.uses[$0] > 0 }
            .map { [document, pairs] in document.text(pairs.symbols[$0]) }
    }

    /// The element that names a pair itself: its place in ``standing`` and its row.
    private struct PairOwner {
        var place: Int8 = -1
        var row: Int32 = -1
    }

    /// The first element that names each pair itself; not a substation whose secondary feeds nothing yet.
    private func owners() -> [PairOwner] {
        var owners = [PairOwner](repeating: PairOwner(), count: pairs.count)
        for (place, (name, field)) in Self.standing.enumerated() {
            let column = document[name].texts(field)
            for row in 0..<document[name].rowCount {
                guard let pair = pairs[column[row]], owners[pair].row < 0 else { continue }
                owners[pair] = PairOwner(place: Int8(place), row: Int32(truncatingIfNeeded: row))
            }
        }
        return owners
    }

    /// The fields by which elements stand at a pair.
    private static let standing: [(TableName, String)] = [
        (.buildings, "at"), (.terminals, "at"), (.substations, "at"), (.sources, "at"), (.buildings, "id"),
    ]
}

/// A substation with the pairs it stands between; nil pairs for one that names its nodes one by one.
struct SubstationPlan {
    var row: Int
    var primary: Int?
    var secondary: Int?
    /// Design heat and flows of what it feeds, W and kg/s.
    var heat = 0.0
    var secondaryFlow = 0.0
    var primaryFlow = 0.0
    /// Program for sizing, °C.
    var supply = Double.nan
    var back = Double.nan
}
