import Foundation
import NetworkModel

/// The features of a GeoJSON file: what each is, and where, in metres of a plane.
struct GeoFeatures {
    /// One feature.
    struct Feature {
        /// The table it becomes a row of.
        var table: TableName
        /// The feature, and its properties where it has any.
        var node: JSONTree.Node
        var properties: JSONTree.Node?
        /// Its points in ``GeoFeatures/x`` and ``GeoFeatures/y``; one for what is no line; empty without a place.
        var points: Range<Int> {
            get { Int(firstPoint)..<Int(endPoint) }
            set { (firstPoint, endPoint) = (UInt32(truncatingIfNeeded: newValue.lowerBound), UInt32(truncatingIfNeeded: newValue.upperBound)) }
        }
        private var firstPoint: UInt32 = 0
        private var endPoint: UInt32 = 0
        /// Whether it is a line.
        var isLine: Bool
        /// Its id: an attribute's, the feature's own, or one made of its number.
        var id: String
        /// Whether the id was made.
        var isNamed = true

        fileprivate init(table: TableName, node: JSONTree.Node, properties: JSONTree.Node?, points: Range<Int>, isLine: Bool, id: String) {
            (self.table, self.node, self.properties, self.isLine, self.id) = (table, node, properties, isLine, id)
            self.points = points
        }
    }

    private(set) var list: [Feature] = []
    /// East and north, m.
    private(set) var x: [Double] = []
    private(set) var y: [Double] = []
    /// Whether coordinates were metres already.
    private(set) var isPlane = true
    /// Where the plane touches the earth, degrees, for coordinates in degrees.
    private(set) var origin = (longitude: 0.0, latitude: 0.0)
    /// What was not used.
    private(set) var unused: [String] = []
    private let tree: JSONTree
    private let names = KnownNames()

    /// The origin as a remark shows it.
    var originTexts: [String] { [Self.text(origin.latitude), Self.text(origin.longitude)] }

    /// Reads the features; nil where the file is no collection of them.
    init?(_ tree: JSONTree, state: inout ReadingState) {
        self.tree = tree
        guard let features = tree.member("features", of: tree.root), tree.kind(features) == .array else {
            state.report(.geoNoFeatures, at: 0)
            return nil
        }
        var returnLines = 0
        for (number, node) in tree.children(of: features).enumerated() {
            guard tree.kind(node) == .object else {
                state.report(.geoGeometry, at: tree.start(node), String(number + 1))
                continue
            }
            var properties = tree.member("properties", of: node).flatMap { tree.kind($0) == .object ? $0 : nil }
            // Attributes are looked up by name, so that a feature with a million of them would take minutes.
            if let given = properties, tree.children(of: given).dropFirst(TextLimits.columns).contains(where: { _ in true }) {
                state.report(.tooManyColumns, at: tree.start(given), String(TextLimits.columns))
                properties = nil
            }
            if isReturnLine(properties) {
                returnLines += 1
                continue
            }
            add(node, properties, number: number + 1, &state)
        }
        if returnLines > 0 { unused.append("\(returnLines) × line=return") }
        if list.isEmpty { state.report(.geoNoFeatures, at: 0) }
        project()
    }

    /// The first byte of a node.
    func start(of node: JSONTree.Node) -> Int { tree.start(node) }

    /// A coordinate as messages show it.
    static func text(_ value: Double) -> String { NumberText.shortest((value * 1e6).rounded() / 1e6) }

    /// A place in the coordinates of the file.
    func place(x: Double, y: Double) -> String {
        if isPlane { return "\(NumberText.shortest((x * 1000).rounded() / 1000)), \(NumberText.shortest((y * 1000).rounded() / 1000))" }
        let latitude = origin.latitude + y / Self.metresPerDegree
        let longitude = origin.longitude + x / (Self.metresPerDegree * cos(origin.latitude * .pi / 180))
        return "\(Self.text(longitude)), \(Self.text(latitude))"
    }

    // MARK: Features

    private mutating func add(_ node: JSONTree.Node, _ properties: JSONTree.Node?, number: Int, _ state: inout ReadingState) {
        let geometry = tree.member("geometry", of: node)
        let offset = tree.start(geometry ?? node)
        let id = "#\(number)"
        let start = x.count
        var isLine = false
        if let geometry, tree.kind(geometry) == .object {
            guard let kind = tree.member("type", of: geometry).flatMap({ tree.string($0) }),
                let coordinates = tree.member("coordinates", of: geometry)
            else { return state.report(.geoGeometry, at: offset, id) }
            switch kind {
            case "Point": addPoint(coordinates)
            case "LineString":
                isLine = true
                for point in tree.children(of: coordinates) { addPoint(point) }
            case "MultiLineString":
                let parts = tree.children(of: coordinates).reduce(0) { count, _ in count + 1 }
                guard parts == 1, let part = tree.children(of: coordinates).first(where: { _ in true }) else {
                    return state.report(.geoParts, at: offset, id, String(parts))
                }
                isLine = true
                for point in tree.children(of: part) { addPoint(point) }
            case "Polygon": addCentre(of: tree.children(of: coordinates).first { _ in true })
            case "MultiPolygon":
                let first = tree.children(of: coordinates).first { _ in true }
                addCentre(of: first.flatMap { polygon in tree.children(of: polygon).first { _ in true } })
            default:
                unused.append("\(id): \(kind)")
                return
            }
            let count = x.count - start
            if count == 0 || isLine && count < 2 || x[start...].contains(where: \.isNaN) {
                x.removeSubrange(start...)
                y.removeSubrange(start...)
                return state.report(.geoGeometry, at: offset, id)
            }
        }
        guard let table = table(properties, isLine: isLine) else {
            x.removeSubrange(start...)
            y.removeSubrange(start...)
            unused.append(id)
            return
        }
        var feature = Feature(table: table, node: node, properties: properties, points: start..<x.count, isLine: isLine, id: id)
        if let own = attribute("id", of: feature) ?? tree.member("id", of: node).flatMap({ tree.plainText($0) }) {
            feature.id = own
        } else {
            feature.id = (isLine ? "L" : "P") + String(number)
            feature.isNamed = false
        }
        list.append(feature)
    }

    /// The text of the attribute that stands for a field; nil where the feature has none.
    func attribute(_ field: String, of feature: Feature) -> String? {
        guard let properties = feature.properties else { return nil }
        for child in tree.children(of: properties) where isName(tree.key(child), of: field, in: feature.table) {
            if let text = tree.plainText(child), !text.isEmpty { return text }
        }
        return nil
    }

    private func isName(_ key: String, of field: String, in table: TableName) -> Bool {
        key == field || names.isName(key, of: field, in: table)
    }

    private mutating func addPoint(_ node: JSONTree.Node) {
        guard tree.kind(node) == .array else { return append(.nan, .nan) }
        let numbers = tree.children(of: node).prefix(2).map { tree.number($0) ?? .nan }
        append(numbers.first ?? .nan, numbers.count > 1 ? numbers[1] : .nan)
    }

    private mutating func append(_ east: Double, _ north: Double) {
        let isPlace = east.isFinite && north.isFinite && east.magnitude <= 1e8 && north.magnitude <= 1e8
        x.append(isPlace ? east : .nan)
        y.append(isPlace ? north : .nan)
    }

    /// The centre of a ring: a building drawn as its outline stands at the mean of its corners.
    private mutating func addCentre(of ring: JSONTree.Node?) {
        guard let ring, tree.kind(ring) == .array else { return append(.nan, .nan) }
        let start = x.count
        for point in tree.children(of: ring) { addPoint(point) }
        // The last corner repeats the first.
        let count = x.count - start > 1 ? x.count - start - 1 : x.count - start
        let east = x[start..<start + count].reduce(0, +) / Double(count)
        let north = y[start..<start + count].reduce(0, +) / Double(count)
        x.removeSubrange(start...)
        y.removeSubrange(start...)
        append(east, north)
    }

    // MARK: What a feature is

    /// Attributes that may say what a feature is.
    private static let kindKeys = ["table", "类别", "类型", "要素类型", "type", "kind", "layer", "图层"]

    private func table(_ properties: JSONTree.Node?, isLine: Bool) -> TableName? {
        guard let properties else { return isLine ? .trenches : .nodes }
        for key in Self.kindKeys {
            guard let node = tree.member(key, of: properties), let word = tree.string(node),
                let table = HeadingCatalogue.equitherm1.table(named: word)
            else { continue }
            // A pipe in a drawing is a supply and a return, unless the file is one of ours.
            return table == .pipes && key != "table" ? .trenches : table
        }
        if isLine { return .trenches }
        var keys: Set<String> = []
        for child in tree.children(of: properties) { keys.insert(tree.key(child)) }
        for (table, fields) in Self.signs where fields.contains(where: { field in has(field, of: table, in: keys) }) { return table }
        return .nodes
    }

    /// Attributes that only one kind of point has.
    private static let signs: [(TableName, [String])] = [
        (.buildings, ["floors", "units", "dwellings_per_floor", "dwelling_area_m2"]),
        (.substations, ["exchanger_ua_kw_k", "secondary.supply_c", "secondary.pump.head_kpa"]),
        (.sources, ["supply_c", "heat_limit_kw"]), (.terminals, ["heat_kw", "mass_flow_kg_s"]),
    ]

    private func has(_ field: String, of table: TableName, in keys: Set<String>) -> Bool {
        keys.contains { isName($0, of: field, in: table) }
    }

    private func isReturnLine(_ properties: JSONTree.Node?) -> Bool {
        guard let properties, tree.member("table", of: properties) == nil else { return false }
        for key in ["line", "供回", "供回水", "线别"] {
            guard let node = tree.member(key, of: properties), let word = tree.string(node) else { continue }
            if word == "return" || HeadingCatalogue.equitherm1.words(of: "line", in: .nodes)[HeadingCatalogue.plain(word)] == "return" {
                return true
            }
        }
        return false
    }

    // MARK: Coordinates

    /// Length of a degree of latitude on the mean sphere (IUGG, R = 6371.0088 km), m.
    private static let metresPerDegree = 6_371_008.8 * .pi / 180

    /// Degrees become metres around the middle of the network: an equirectangular projection, whose error over a town of 20 km
    /// is a few decimetres (Snyder, Map Projections, USGS 1987, ch. 12).
    private mutating func project() {
        guard !x.isEmpty, areDegrees() else { return }
        isPlane = false
        let (west, east) = (x.min() ?? 0, x.max() ?? 0)
        let (south, north) = (y.min() ?? 0, y.max() ?? 0)
        origin = ((west + east) / 2, (south + north) / 2)
        let width = Self.metresPerDegree * cos(origin.latitude * .pi / 180)
        for position in x.indices {
            x[position] = (x[position] - origin.longitude) * width
            y[position] = (y[position] - origin.latitude) * Self.metresPerDegree
        }
    }

    /// RFC 7946 knows degrees only, but files of planes are common: a `crs` or our own member decides, else whether degrees are possible.
    private func areDegrees() -> Bool {
        if let unit = tree.member("coordinates_in", of: tree.root).flatMap({ tree.string($0) }) { return unit != "m" }
        if let crs = tree.member("crs", of: tree.root), let properties = tree.member("properties", of: crs),
            let name = tree.member("name", of: properties).flatMap({ tree.string($0) })
        {
            return name.hasSuffix("CRS84") || name.hasSuffix(":4326") || name.hasSuffix(":4490")
        }
        return x.allSatisfy { $0.magnitude <= 180 } && y.allSatisfy { $0.magnitude <= 90 }
    }
}

/// Which attributes stand for which fields: the same few are asked for of every feature.
private final class KnownNames {
    private struct Question: Hashable {
        var key: String
        var field: String
        var table: TableName
    }
    private var answers: [Question: Bool] = [:]
    /// More than this no drawing has; a file of a million names is not remembered.
    private static let limit = 10_000

    func isName(_ key: String, of field: String, in table: TableName) -> Bool {
        let question = Question(key: key, field: field, table: table)
        if let known = answers[question] { return known }
        let answer = HeadingCatalogue.equitherm1.meanings(of: HeadingCatalogue.plain(HeadingUnit.cut(key).name), in: table) == [.field(field)]
        if answers.count < Self.limit { answers[question] = answer }
        return answer
    }
}
