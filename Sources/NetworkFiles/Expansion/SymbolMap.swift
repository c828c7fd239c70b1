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
