import NetworkModel

/// What is known of the nodes that compact forms will make, while a document is judged before any is made.
struct Foreseen {
    /// Rows by id.
    private var rows: [(table: TableName, of: SymbolMap)] = []
    /// Sensors of controllers and drives met so far.
    var sensors: [ForeseenSensors] = []

    /// Stands for a node of which not even the circuit is known.
    static let somewhere = NodeIndex(-1)

    init(_ document: Document) {
        for table in [TableName.buildings, .substations, .sources, .dwellings] {
            let ids = document[table].texts("id")
            var map = SymbolMap(symbolCount: document.pool.count)
            for row in 0..<document[table].rowCount { _ = map.insert(ids[row], row) }
            rows.append((table, map))
        }
    }

    /// Whether a name may be that of something that a compact form will make.
    func isInside(_ text: String, _ document: Document) -> Bool { maker(of: text, document) != nil }

    /// The longest beginning of a name, up to a slash, that is the id of a compact form.
    private func maker(of text: String, _ document: Document) -> Symbol? {
        var rest = Substring(text)
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            if let maker = document.symbol(for: String(rest)), rows.contains(where: { $0.of[maker] != nil }) { return maker }
        }
        return nil
    }

    /// A named node of the circuit that a node inside a compact form will belong to; nil where that is not known.
    func neighbour(of text: String, _ work: ExpansionWork) -> NodeIndex? {
        guard let maker = maker(of: text, work.document) else { return nil }
        for (table, map) in rows {
            guard let row = map[maker] else { continue }
            if let pair = pair(table, row, isPrimary: text.hasSuffix("/primary-outlet"), work) { return work.pairs.supply[pair] }
        }
        return nil
    }

    /// The pair whose water a compact form holds.
    private func pair(_ table: TableName, _ row: Int, isPrimary: Bool, _ work: ExpansionWork) -> Int? {
        let rowsOf = work.document[table]
        switch table {
        case .dwellings:
            let building = rowsOf.texts("building")[row]
            return rows[0].of[building].flatMap { pair(.buildings, $0, isPrimary: false, work) }
        case .substations: return work.pairs[rowsOf.texts(isPrimary ? "at" : "id")[row]]
        default:
            let at = rowsOf.texts("at")[row]
            return work.pairs[at.isAbsent ? rowsOf.texts("id")[row] : at]
        }
    }
}

extension ElementID {
    /// What stands before the last slash, and behind it.
    var owner: (name: String, part: Substring)? {
        guard let slash = text.lastIndex(of: "/") else { return nil }
        return (String(text[..<slash]), text[text.index(after: slash)...])
    }
}

/// Two nodes whose difference a row's device will measure.
struct ForeseenSensors {
    var table: TableName
    var row: Int
    /// An end of the device itself.
    var at: NodeIndex
    /// The nodes, or named ones of their circuits.
    var pair: NodePair
    /// Their names.
    var names: (high: String, low: String)
}
