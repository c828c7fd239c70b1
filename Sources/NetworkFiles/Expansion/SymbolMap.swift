import NetworkModel

/// Positions by symbol of a document: a reference resolves by one array look-up.
struct SymbolMap {
    private var positions: [Int32]

    init(symbolCount: Int) { positions = [Int32](repeating: -1, count: symbolCount) }

    /// The position of a symbol, nil where it has none.
    subscript(symbol: Symbol) -> Int? {
        guard !symbol.isAbsent, symbol.position < positions.count, positions[symbol.position] >= 0 else { return nil }
        return Int(positions[symbol.position])
    }

    /// Gives a symbol a position; false where it has one already, which it keeps.
    mutating func insert(_ symbol: Symbol, _ position: Int) -> Bool {
        guard !symbol.isAbsent, symbol.position < positions.count else { return true }
        if positions[symbol.position] >= 0 { return false }
        positions[symbol.position] = Int32(truncatingIfNeeded: position)
        return true
    }
}

/// Which node pairs are joined by trenches and pipes (union–find with path halving).
struct PairGroups {
    private var parent: [Int32]

    init(count: Int) { parent = (0..<Int32(truncatingIfNeeded: count)).map { $0 } }

    /// The representative of a pair's group.
    mutating func root(_ pair: Int) -> Int {
        var walk = Int32(truncatingIfNeeded: pair)
        while parent[Int(walk)] != walk {
            parent[Int(walk)] = parent[Int(parent[Int(walk)])]
            walk = parent[Int(walk)]
        }
        return Int(walk)
    }

    /// Joins the groups of two pairs.
    mutating func join(_ first: Int, _ second: Int) {
        let (a, b) = (root(first), root(second))
        if a != b { parent[max(a, b)] = Int32(truncatingIfNeeded: min(a, b)) }
    }
}
