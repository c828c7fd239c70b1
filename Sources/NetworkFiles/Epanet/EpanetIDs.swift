/// Positions of the elements of one kind by the symbols of their names in the parser's pool.
struct EpanetIDs {
    /// By symbol, the empty name first; −1 = none.
    private var positions: [Int32] = []
    /// The symbols that were entered, in order.
    private(set) var symbols: [Symbol] = []

    /// Number of names.
    var count: Int { symbols.count }

    /// The position that a name stands for; nil where it names none.
    func position(of name: Symbol) -> Int? {
        let place = Int(name.raw) + 1
        return place < positions.count && positions[place] >= 0 ? Int(positions[place]) : nil
    }

    /// Enters a name for a position, unless it names one already: that one.
    mutating func insert(_ name: Symbol, position: Int) -> Int? {
        if let known = self.position(of: name) { return known }
        let place = Int(name.raw) + 1
        while positions.count <= place { positions.append(-1) }
        positions[place] = Int32(truncatingIfNeeded: position)
        symbols.append(name)
        return nil
    }
}
