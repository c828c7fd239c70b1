import NetworkModel

/// Turns the features of a GeoJSON file into rows of tables.
struct GeoRows {
    private let tree: JSONTree
    private let features: GeoFeatures
    private let topology: GeoTopology
    private let document: Document
    private var fillers: [TableName: TableFiller] = [:]
    private var matchers: [TableName: HeadingMatcher] = [:]
    /// The field of each attribute met, by table; −1 for one that is not used.
    private var fields: [TableName: [String: (number: Int, field: Int)]] = [:]
    private var words: [TableName: [String]] = [:]
    private(set) var remarks: [Problem] = []
    private var drawnLengths = 0
    private var named: (count: Int, first: String) = (0, "")

    /// Attributes that say what a feature is, and are no field.
    private static let kinds: Set<String> = ["table", "类别", "类型", "要素类型", "type", "kind", "layer", "图层"]

    init(_ tree: JSONTree, _ features: GeoFeatures, _ topology: GeoTopology, document: Document) {
        self.tree = tree
        self.features = features
        self.topology = topology
        self.document = document
    }

    /// What attributes were taken for.
    var mappings: [ImportMapping] {
        Schema.equitherm1.names.compactMap { table in
            guard let matcher = matchers[table], matcher.isForeign || !matcher.mapping.unused.isEmpty else { return nil }
            var mapping = matcher.mapping
            mapping.rows = fillers[table]?.rowCount ?? 0
            mapping.words = words[table] ?? []
            return mapping
        }
    }

    /// Fills the rows.
    mutating func run(_ state: inout ReadingState) {
        // Pieces stand in the order of their features.
        var next = topology.pieces.startIndex
        for (position, feature) in features.list.enumerated() {
            let first = next
            while next < topology.pieces.endIndex, topology.pieces[next].feature == position { next += 1 }
            if next > first {
                for piece in first..<next { addRow(feature, topology.pieces[piece], &state) }
            } else if !feature.isLine || features.attribute("from", of: feature) != nil {
                addRow(feature, nil, &state)
            }
        }
        addNodes(&state)
        if drawnLengths > 0 { remarks.append(Problem(.geoDrawnLengths, severity: .warning, arguments: [String(drawnLengths)])) }
        if named.count > 0 { remarks.append(Problem(.geoNamed, severity: .warning, arguments: [String(named.count), named.first])) }
    }

    /// The tables, finished.
    mutating func finished(source: Int, _ state: inout ReadingState) -> [(TableName, Table)] {
        Schema.equitherm1.names.compactMap { table in
            guard var filler = fillers.removeValue(forKey: table) else { return nil }
            return (table, filler.finish(source: source, &state))
        }
    }

    // MARK: Rows

    private mutating func addRow(_ feature: GeoFeatures.Feature, _ piece: GeoTopology.Piece?, _ state: inout ReadingState) {
        let table = feature.table
        var filler = fillers.removeValue(forKey: table) ?? TableFiller(document.schema[table], in: &state)
        var matcher = matchers.removeValue(forKey: table) ?? HeadingMatcher(document.schema[table], file: state.sources.last?.path ?? "", isByRow: true)
        let offset = features.start(of: feature.node)
        filler.beginRow(at: offset, &state)
        var given: Set<String> = []
        var givenLength: Double?
        if let properties = feature.properties {
            for child in tree.children(of: properties) {
                guard let field = field(child, table, &matcher, &state), tree.kind(child) != .null else { continue }
                let name = document.schema[table].fields[field.field].name
                if piece != nil, name == "id" || name == "from" || name == "to" { continue }
                if name == "length_m", let piece, piece.part > 0 {
                    givenLength = length(child, matcher.columns[field.number]?.factor ?? 1)
                    continue
                }
                if name == "length_m" { givenLength = length(child, matcher.columns[field.number]?.factor ?? 1) }
                keep(child, field, &filler, matcher, &state)
                given.insert(name)
                if let door = matcher.columns[field.number]?.door { given.insert(document.schema[table].fields[door].name) }
            }
        }
        addPlace(feature, piece, given, givenLength, offset, &filler, &state)
        filler.endRow(isWhole: true, &state)
        fillers[table] = filler
        matchers[table] = matcher
    }

    /// What the geometry says and the attributes do not.
    private mutating func addPlace(
        _ feature: GeoFeatures.Feature, _ piece: GeoTopology.Piece?, _ given: Set<String>, _ givenLength: Double?, _ offset: Int,
        _ filler: inout TableFiller, _ state: inout ReadingState
    ) {
        func text(_ field: String, _ value: String) {
            guard !given.contains(field), let position = filler.schema.position(of: field), filler.claim(position, at: offset, &state) else { return }
            let bytes = Array(value.utf8)
            filler.add(bytes.span, to: position, at: offset..<offset, &state)
        }
        func number(_ field: String, _ value: Double) {
            guard !given.contains(field), let position = filler.schema.position(of: field), filler.claim(position, at: offset, &state) else { return }
            filler.add(value, to: position, at: offset..<offset + 1, &state)
        }
        let isOwn = feature.properties.flatMap { tree.member("table", of: $0) } != nil
        let canBeNamed = feature.isNamed || feature.isLine || feature.table == .nodes
        if canBeNamed && (piece != nil || !given.contains("id")) && !(isOwn && !feature.isNamed) {
            text("id", feature.id + (piece.map { $0.part > 0 ? ".\($0.part)" : "" } ?? ""))
            if !feature.isNamed, piece?.part ?? 0 < 2 { named = (named.count + 1, named.count == 0 ? feature.id : named.first) }
        }
        if let piece {
            text("from", topology.name(of: piece.from, for: piece))
            text("to", topology.name(of: piece.to, for: piece))
            if let length = length(of: feature, piece, givenLength, offset, &state) { number("length_m", length) }
        } else if !feature.isLine, !feature.points.isEmpty {
            number("x_m", features.x[feature.points.lowerBound])
            number("y_m", features.y[feature.points.lowerBound])
            switch feature.table {
            case .sources where !isOwn && feature.isNamed: text("at", feature.id)
            case .terminals where !isOwn && feature.isNamed: text("at", feature.id)
            case .substations where !isOwn && feature.isNamed: text("at", topology.primaryName(feature))
            case .nodes where !isOwn: text("line", "pair")
            default: break
            }
        }
    }

    /// The length of a piece where its attributes do not give it; judges the attribute against what is drawn.
    private mutating func length(
        of feature: GeoFeatures.Feature, _ piece: GeoTopology.Piece, _ given: Double?, _ offset: Int, _ state: inout ReadingState
    ) -> Double? {
        let drawn = features.length(of: feature)
        guard let given else {
            if piece.part < 2 { drawnLengths += 1 }
            // Centimetres are enough, and read well.
            return max((drawn * piece.share * 100).rounded() / 100, 0.01)
        }
        // A trench may be a little longer than drawn, by its bends; twice as long, or shorter, is another unit or another line.
        if piece.part < 2, drawn > 0, given < 0.8 * drawn || given > 2 * drawn {
            state.report(
                .geoLength, severity: .warning, at: offset, feature.id, NumberText.shortest((given * 100).rounded() / 100),
                NumberText.shortest((drawn * 100).rounded() / 100))
        }
        return piece.part > 0 ? given * piece.share : nil
    }

    /// Node pairs that line ends made, so that they have a place on the map.
    private mutating func addNodes(_ state: inout ReadingState) {
        func isMade(_ anchor: GeoTopology.Anchor) -> Bool { anchor.feature < 0 && anchor.uses > 0 }
        guard topology.anchors.contains(where: isMade) else { return }
        var filler = fillers.removeValue(forKey: .nodes) ?? TableFiller(document.schema[.nodes], in: &state)
        for anchor in topology.anchors where isMade(anchor) {
            filler.beginRow(at: 0, &state)
            for (name, value) in [("id", topology.name(of: anchor)), ("line", "pair")] {
                guard let field = filler.schema.position(of: name), filler.claim(field, at: 0, &state) else { continue }
                let bytes = Array(value.utf8)
                filler.add(bytes.span, to: field, at: 0..<0, &state)
            }
            for (name, value) in [("x_m", anchor.x), ("y_m", anchor.y)] {
                guard let field = filler.schema.position(of: name), filler.claim(field, at: 0, &state) else { continue }
                filler.add((value * 1000).rounded() / 1000, to: field, at: 0..<1, &state)
            }
            filler.endRow(isWhole: true, &state)
        }
        fillers[.nodes] = filler
    }

    // MARK: Attributes

    /// The field that an attribute stands for, judged when it is met first; nil for one that is not used.
    private mutating func field(
        _ child: JSONTree.Node, _ table: TableName, _ matcher: inout HeadingMatcher, _ state: inout ReadingState
    ) -> (number: Int, field: Int)? {
        let key = tree.key(child)
        if let known = fields[table]?[key] { return known.field >= 0 ? known : nil }
        let number = fields[table]?.count ?? 0
        let isKind = Self.kinds.contains(key) && matcher.schema.position(of: key) == nil
        let isCounted = number < TextLimits.columns
        let field = isKind || !isCounted ? -1 : matcher.match(key, column: number, at: Int(child.keyStart), &state)
        // Beyond the most columns a table may have nothing is remembered: files may give a million attributes a name each.
        if isCounted { fields[table, default: [:]][key] = (number, field) }
        if field < 0 && !isKind && isCounted { matcher.noteUnused(key) }
        return field >= 0 ? (number, field) : nil
    }

    private mutating func keep(
        _ child: JSONTree.Node, _ field: (number: Int, field: Int), _ filler: inout TableFiller, _ matcher: HeadingMatcher, _ state: inout ReadingState
    ) {
        let range = tree.range(child)
        if filler.storage(of: field.field) == .points || filler.storage(of: field.field) == .flags {
            return keepOther(child, field.field, &filler, &state)
        }
        guard let value = tree.plainText(child) else {
            let name = filler.schema.fields[field.field].name
            return state.report(.needsText, at: range.lowerBound, field: name, name, state.quote(range))
        }
        let foreign = matcher.columns[field.number]
        let isText = foreign == nil && filler.storage(of: field.field) == .texts
        if value.isEmpty || !isText && Substring(value).withoutBlanks.isEmpty { return }
        let column = foreign ?? ForeignColumn(field: field.field)
        if let word = ForeignCell.keep(value, column, at: range, &filler, &state), words[filler.schema.name, default: []].count < 40,
            !words[filler.schema.name, default: []].contains(word)
        {
            words[filler.schema.name, default: []].append(word)
        }
    }

    private func keepOther(_ child: JSONTree.Node, _ field: Int, _ filler: inout TableFiller, _ state: inout ReadingState) {
        let range = tree.range(child)
        let name = filler.schema.fields[field].name
        guard filler.claim(field, at: range.lowerBound, &state) else { return }
        if filler.storage(of: field) == .flags {
            guard let flag = tree.flag(child) else { return state.report(.needsFlag, at: range.lowerBound, field: name, name, state.quote(range)) }
            return filler.add(flag, to: field)
        }
        var points: [TablePoint] = []
        for pair in tree.children(of: child) {
            let numbers = tree.kind(pair) == .array ? tree.children(of: pair).compactMap { tree.number($0) } : []
            guard numbers.count == 2 else {
                return state.report(.badPoints, at: range.lowerBound, field: name, name, state.quote(range), "[[0, 400], [30, 320]]")
            }
            points.append(TablePoint(numbers[0], numbers[1]))
        }
        filler.add(points, to: field)
    }

    /// A length in metres, for what is cut and for the comparison with what is drawn.
    private func length(_ child: JSONTree.Node, _ factor: Double) -> Double? {
        (tree.number(child) ?? tree.string(child).flatMap { Double($0) }).map { ForeignCell.converted($0, factor) }
    }
}
