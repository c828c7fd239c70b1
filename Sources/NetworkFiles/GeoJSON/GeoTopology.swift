import NetworkModel

/// Which line ends are one place: points of the file take what ends near them, other ends become nodes, ends in the middle of a
/// line cut it.
struct GeoTopology {
    /// A place where lines end.
    struct Anchor {
        var x: Double
        var y: Double
        /// The point feature that stands there; −1 for a node that the ends themselves make.
        fileprivate var place: Int32
        /// The number of such a node.
        fileprivate var number: Int32 = 0
        /// Ends that meet here.
        var uses: Int32 = 0

        /// The point feature that stands there; −1 for a node that the ends themselves make.
        var feature: Int { Int(place) }
    }

    /// A line between two anchors, the whole of a feature or a part of it.
    struct Piece {
        private var ofFeature: Int32
        private var start: Int32
        private var end: Int32
        private var number: Int32
        /// Its share of the length drawn.
        var share: Double
        /// Whether it lies on the side of the sources.
        var isPrimary = false

        /// Its feature, and the anchors at its ends.
        var feature: Int { Int(ofFeature) }
        var from: Int { Int(start) }
        var to: Int { Int(end) }
        /// Its number among the parts of a line that was cut, from 1; 0 for a whole line.
        var part: Int { Int(number) }

        fileprivate init(feature: Int, from: Int, to: Int, share: Double, part: Int) {
            (ofFeature, start) = (Int32(truncatingIfNeeded: feature), Int32(truncatingIfNeeded: from))
            (end, number) = (Int32(truncatingIfNeeded: to), Int32(truncatingIfNeeded: part))
            self.share = share
        }
    }

    private let features: GeoFeatures
    private let snap: Double
    private(set) var anchors: [Anchor] = []
    private(set) var pieces: [Piece] = []
    private(set) var remarks: [Problem] = []
    private var grid: PlaceGrid
    private var ends: [(feature: Int, from: Int, to: Int)] = []
    /// Cuts of lines: the distance along the line, and the anchor there.
    private var cuts: [Int: [(along: Double, anchor: Int)]] = [:]
    /// How far along its line each point is, m; made when the first line is cut.
    private var travelled: [Double] = []
    /// Places that have been compared. Ends of drawings have few neighbours; where they have all the others as theirs, reading stops.
    private var comparisons = 0
    private static let mostComparisons = 100_000_000
    /// Comparisons beyond which loose ends are told without what is nearest.
    private static let mostGuesses = 30_000_000

    init(_ features: GeoFeatures, snap: Double) {
        self.features = features
        self.snap = snap
        grid = PlaceGrid(size: max(snap, 1))
    }

    /// Joins the lines.
    mutating func run(_ state: inout ReadingState) {
        for (position, feature) in features.list.enumerated() where !feature.isLine && !feature.points.isEmpty && feature.table.isPlace {
            add(Anchor(x: features.x[feature.points.lowerBound], y: features.y[feature.points.lowerBound], place: Int32(truncatingIfNeeded: position)))
        }
        let pointCount = anchors.count
        for (position, feature) in features.list.enumerated() where feature.isLine && !hasNamedEnds(feature) {
            let from = end(of: position, at: feature.points.lowerBound, &state)
            let to = end(of: position, at: feature.points.upperBound - 1, &state)
            ends.append((position, from, to))
        }
        // What only the joining needs is given back before the rows are made.
        grid = PlaceGrid(size: 1)
        if ends.isEmpty { return }
        cutLines(&state)
        makePieces(&state)
        (ends, cuts, travelled) = ([], [:], [])
        markPrimary()
        let joined = anchors.reduce(0) { $0 + ($1.uses > 1 || $1.feature >= 0 ? Int($1.uses) : 0) }
        let toPoints = anchors[..<pointCount].reduce(0) { $0 + Int($1.uses) }
        let made = anchors[pointCount...].count { $0.uses > 0 }
        remarks.insert(
            Problem(
                .geoJoined, severity: .warning,
                arguments: [String(joined), NumberText.shortest(snap), String(toPoints), String(made)]), at: 0)
    }

    /// The name of the node pair where a piece ends.
    func name(of anchor: Int, for piece: Piece) -> String {
        let place = anchors[anchor]
        guard place.feature >= 0, features.list[place.feature].table == .substations, piece.isPrimary else { return name(of: place) }
        return primaryName(features.list[place.feature])
    }

    /// The name of the node pair at an anchor; for a substation that of its secondary side.
    func name(of anchor: Anchor) -> String { anchor.feature >= 0 ? name(features.list[anchor.feature]) : "N\(anchor.number)" }

    /// The name of the primary node pair of a substation.
    func primaryName(_ feature: GeoFeatures.Feature) -> String { features.attribute("at", of: feature) ?? feature.id + ".primary" }

    // MARK: Ends

    private mutating func add(_ anchor: Anchor) {
        grid.insert(anchors.count, x: anchor.x...anchor.x, y: anchor.y...anchor.y)
        anchors.append(anchor)
    }

    private func name(_ feature: GeoFeatures.Feature) -> String {
        feature.table == .substations ? feature.id : features.attribute("at", of: feature) ?? feature.id
    }

    private func hasNamedEnds(_ feature: GeoFeatures.Feature) -> Bool {
        features.attribute("from", of: feature) != nil && features.attribute("to", of: feature) != nil
    }

    /// The anchor of an end of a line: the nearest within the tolerance, or a new one.
    private mutating func end(of feature: Int, at point: Int, _ state: inout ReadingState) -> Int {
        let (x, y) = (features.x[point], features.y[point])
        var nearest = (-1, Double.infinity)
        var second = (-1, Double.infinity)
        let near = comparisons > Self.mostComparisons ? [] : grid.near(x: x, y: y, within: snap)
        for anchor in near where !isTooDense(feature, 1, &state) {
            let distance = Self.distance(x - anchors[anchor].x, y - anchors[anchor].y)
            if distance > snap { continue }
            if distance < nearest.1 { (nearest, second) = ((anchor, distance), nearest) } else if distance < second.1 { second = (anchor, distance) }
        }
        if nearest.0 >= 0, second.0 >= 0, second.1 < 2 * nearest.1 {
            state.report(
                .geoDoubtful, severity: .warning, at: offset(feature), features.list[feature].id, features.place(x: x, y: y),
                doubtfulName(nearest.0), doubtfulName(second.0))
        }
        if nearest.0 < 0 {
            nearest.0 = anchors.count
            add(Anchor(x: x, y: y, place: -1))
        }
        anchors[nearest.0].uses += 1
        return nearest.0
    }

    /// The name of an anchor while nodes have no numbers yet.
    private func doubtfulName(_ anchor: Int) -> String {
        anchors[anchor].feature >= 0 ? name(of: anchors[anchor]) : features.place(x: anchors[anchor].x, y: anchors[anchor].y)
    }

    /// Whether so many places lie together that joining them would take minutes; told once, as an error.
    private mutating func isTooDense(_ feature: Int, _ more: Int, _ state: inout ReadingState) -> Bool {
        if comparisons > Self.mostComparisons { return true }
        comparisons += more
        if comparisons > Self.mostComparisons { state.report(.geoDense, at: offset(feature), features.list[feature].id) }
        return comparisons > Self.mostComparisons
    }

    private func offset(_ feature: Int) -> Int { features.offset(of: feature) }

    private static func distance(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }

    // MARK: Cuts

    /// Cuts lines where another ends on them, and where a point that no line ends at stands on them; names what is left loose.
    private mutating func cutLines(_ state: inout ReadingState) {
        var stretches: [Stretch] = []
        var grid = PlaceGrid(size: max(snap, 50))
        for (line, end) in ends.enumerated() {
            let points = features.list[end.feature].points
            for point in points.dropLast() {
                let (x, y) = ((features.x[point], features.x[point + 1]), (features.y[point], features.y[point + 1]))
                grid.insert(stretches.count, x: min(x.0, x.1)...max(x.0, x.1), y: min(y.0, y.1)...max(y.0, y.1))
                stretches.append(Stretch(line: Int32(truncatingIfNeeded: line), point: Int32(truncatingIfNeeded: point)))
            }
        }
        var lineOf = [Int32](repeating: -1, count: anchors.count)
        for (line, end) in ends.enumerated() {
            for anchor in [end.from, end.to] { lineOf[anchor] = Int32(truncatingIfNeeded: line) }
        }
        for anchor in anchors.indices where anchors[anchor].uses < 2 && (anchors[anchor].feature < 0 || anchors[anchor].uses == 0) {
            let own = anchors[anchor].uses == 1 ? Int(lineOf[anchor]) : -1
            var best = (line: -1, along: 0.0, distance: Double.infinity)
            let near = grid.near(x: anchors[anchor].x, y: anchors[anchor].y, within: snap)
            if isTooDense(ends[max(own, 0)].feature, near.count, &state) { return }
            for stretch in near where Int(stretches[stretch].line) != own {
                let found = nearest(anchor, Int(stretches[stretch].point))
                if found.distance < best.distance && found.distance <= snap {
                    best = (Int(stretches[stretch].line), along(stretches[stretch]) + found.along, found.distance)
                }
            }
            if best.distance <= snap, best.line >= 0 {
                cuts[best.line, default: []].append((best.along, anchor))
                anchors[anchor].uses += 2
                let ender = own >= 0 ? features.list[ends[own].feature].id : name(of: anchors[anchor])
                remark(.geoCut, [features.list[ends[best.line].feature].id, features.place(x: anchors[anchor].x, y: anchors[anchor].y), ender])
            } else {
                reportLoose(anchor, own, stretches, &state)
            }
        }
    }

    private mutating func remark(_ code: ProblemCode, _ arguments: [String]) {
        if remarks.count < 100 { remarks.append(Problem(code, severity: .warning, arguments: arguments)) }
    }

    /// The distance of an anchor from a stretch between two points of a line, and how far along the stretch that is.
    private func nearest(_ anchor: Int, _ point: Int) -> (distance: Double, along: Double) {
        let (x, y) = (features.x[point], features.y[point])
        let (dx, dy) = (features.x[point + 1] - x, features.y[point + 1] - y)
        let length = Self.distance(dx, dy)
        guard length > 0 else { return (Self.distance(anchors[anchor].x - x, anchors[anchor].y - y), 0) }
        let along = min(max(((anchors[anchor].x - x) * dx + (anchors[anchor].y - y) * dy) / length, 0), length)
        return (Self.distance(anchors[anchor].x - x - dx * along / length, anchors[anchor].y - y - dy * along / length), along)
    }

    /// A stretch of a line from a point to the next.
    private struct Stretch {
        var line: Int32
        var point: Int32
    }

    /// How far along its line a stretch begins.
    private mutating func along(_ stretch: Stretch) -> Double {
        if travelled.isEmpty {
            travelled = [Double](repeating: 0, count: features.x.count)
            for feature in features.list where feature.isLine {
                for point in feature.points.dropLast() { travelled[point + 1] = travelled[point] + features.length(from: point) }
            }
        }
        return travelled[Int(stretch.point)]
    }

    private mutating func reportLoose(_ anchor: Int, _ own: Int, _ stretches: [Stretch], _ state: inout ReadingState) {
        let place = features.place(x: anchors[anchor].x, y: anchors[anchor].y)
        if anchors[anchor].feature >= 0 {
            // A node that is only declared harms nobody; a building without a pipe stays cold.
            guard features.list[anchors[anchor].feature].table != .nodes else { return }
            return state.report(
                .geoLoosePoint, severity: .warning, at: offset(anchors[anchor].feature), name(of: anchors[anchor]), place)
        }
        guard own >= 0 else { return }
        if state.log.isFull(.geoDangling) { return state.log.count(.geoDangling, .warning) }
        let best = comparisons > Self.mostGuesses ? (name: "–", distance: Double.infinity) : nearestOther(anchor, own, stretches)
        let distance = best.distance.isFinite ? NumberText.shortest((best.distance * 100).rounded() / 100) : "–"
        state.report(
            .geoDangling, severity: .warning, at: offset(ends[own].feature), features.list[ends[own].feature].id, place, best.name, distance)
    }

    /// What lies nearest to a loose end, beside its own line.
    private mutating func nearestOther(_ anchor: Int, _ own: Int, _ stretches: [Stretch]) -> (name: String, distance: Double) {
        comparisons += anchors.count + stretches.count
        var best = (feature: -1, isPoint: true, distance: Double.infinity)
        for (other, candidate) in anchors.enumerated() where other != anchor && candidate.feature >= 0 {
            let distance = Self.distance(anchors[anchor].x - candidate.x, anchors[anchor].y - candidate.y)
            if distance < best.distance { best = (candidate.feature, true, distance) }
        }
        for stretch in stretches where Int(stretch.line) != own {
            let distance = nearest(anchor, Int(stretch.point)).distance
            if distance < best.distance { best = (ends[Int(stretch.line)].feature, false, distance) }
        }
        guard best.feature >= 0 else { return ("–", best.distance) }
        let feature = features.list[best.feature]
        return (best.isPoint ? name(feature) : feature.id, best.distance)
    }

    // MARK: Pieces

    private mutating func makePieces(_ state: inout ReadingState) {
        var number: Int32 = 0
        for anchor in anchors.indices where anchors[anchor].feature < 0 {
            number += 1
            anchors[anchor].number = number
        }
        for (line, end) in ends.enumerated() {
            let feature = features.list[end.feature]
            let length = features.length(of: feature)
            let cut = (cuts[line] ?? []).sorted { $0.along < $1.along }
            if cut.isEmpty && end.from == end.to {
                let place = features.place(x: anchors[end.from].x, y: anchors[end.from].y)
                state.report(.geoShort, at: offset(end.feature), feature.id, NumberText.shortest(snap), place)
                continue
            }
            var (from, start) = (end.from, 0.0)
            for (part, stop) in (cut + [(length, end.to)]).enumerated() where stop.anchor != from {
                let share = length > 0 ? (stop.along - start) / length : 1
                pieces.append(Piece(feature: end.feature, from: from, to: stop.anchor, share: share, part: cut.isEmpty ? 0 : part + 1))
                (from, start) = (stop.anchor, stop.along)
            }
        }
    }

    /// Finds which pieces lie between the sources and the substations.
    private mutating func markPrimary() {
        // Pieces by the anchors they end at, one anchor's after the other's.
        var first = [Int32](repeating: 0, count: anchors.count + 1)
        for piece in pieces { for anchor in [piece.from, piece.to] { first[anchor + 1] += 1 } }
        for anchor in anchors.indices { first[anchor + 1] += first[anchor] }
        var (next, at) = (first, [Int32](repeating: 0, count: 2 * pieces.count))
        for (position, piece) in pieces.enumerated() {
            for anchor in [piece.from, piece.to] {
                at[Int(next[anchor])] = Int32(truncatingIfNeeded: position)
                next[anchor] += 1
            }
        }
        func table(_ anchor: Int) -> TableName? { anchors[anchor].feature >= 0 ? features.list[anchors[anchor].feature].table : nil }
        var open = anchors.indices.filter { table($0) == .sources }
        var isSeen = [Bool](repeating: false, count: anchors.count)
        for anchor in open { isSeen[anchor] = true }
        while let anchor = open.popLast() {
            for piece in at[Int(first[anchor])..<Int(first[anchor + 1])].lazy.map({ Int($0) }) {
                pieces[piece].isPrimary = true
                for next in [pieces[piece].from, pieces[piece].to] where !isSeen[next] {
                    isSeen[next] = true
                    if table(next) != .substations { open.append(next) }
                }
            }
        }
    }
}

extension TableName {
    /// Whether its rows are places where lines may end.
    fileprivate var isPlace: Bool {
        switch self {
        case .nodes, .sources, .substations, .buildings, .terminals: true
        default: false
        }
    }
}

extension GeoFeatures {
    /// The length of the stretch from a point to the next, m.
    func length(from point: Int) -> Double {
        let (dx, dy) = (x[point + 1] - x[point], y[point + 1] - y[point])
        return (dx * dx + dy * dy).squareRoot()
    }

    /// The length of a line as drawn, m.
    func length(of feature: Feature) -> Double { feature.points.dropLast().reduce(0) { $0 + length(from: $1) } }

    /// Where a feature stands in the file.
    func offset(of feature: Int) -> Int { start(of: list[feature].node) }
}
