import NetworkModel

/// Positions by symbol of a document: a reference resolves by one array look-up.
struct SymbolMap {
    /// As long as the last symbol that has a position asks for: most maps of a large document hold little.
    private var positions: [Int32] = []
    private let symbolCount: Int

    init(symbolCount: Int) { self.symbolCount = symbolCount }

    /// The position of a symbol, nil where it has none.
    subscript(symbol: Symbol) -> Int? {
        guard !symbol.isAbsent, symbol.position < positions.count, positions[symbol.position] >= 0 else { return nil }
        return Int(positions[symbol.position])
    }

    /// Gives a symbol a position; false where it has one already, which it keeps.
    mutating func insert(_ symbol: Symbol, _ position: Int) -> Bool {
        guard !symbol.isAbsent, symbol.position < symbolCount else { return true }
        if symbol.position >= positions.count { grow(toHold: symbol.position) }
        if positions[symbol.position] >= 0 { return false }
        positions[symbol.position] = Int32(truncatingIfNeeded: position)
        return true
    }

    private mutating func grow(toHold position: Int) {
        // By halves, so that adding symbols one by one costs O(1) each.
        let count = min(symbolCount, max(position + 1, positions.count + positions.count / 2 + 64))
        positions.reserveCapacity(count)
        positions.append(contentsOf: repeatElement(-1, count: count - positions.count))
    }
}
