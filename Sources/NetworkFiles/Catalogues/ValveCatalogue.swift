import NetworkModel
import Quantities

/// Valve models by family and nominal size.
public struct ValveCatalogue: Sendable {
    /// A product of one size.
    public struct Key: Hashable, Sendable {
        /// Product family, for example `STAD PN20`.
        public var family: String
        /// Nominal size DN, mm.
        public var nominalSize: Int
        /// Names a product of one size.
        public init(family: String, nominalSize: Int) { (self.family, self.nominalSize) = (family, nominalSize) }
    }

    /// All models, in the order in which they were added.
    public private(set) var models: [ValveModel]
    private var positions: [Key: Int]

    /// A catalogue of given models; a later one of the same family and size replaces an earlier one.
    public init(_ models: [ValveModel] = []) {
        self.models = []
        positions = [:]
        for model in models { insert(model) }
    }

    /// What ships with the engine: makers' tables, the generic families `static` and `preset`, control valves, and controllers.
    public static let standard = ValveCatalogue(makers() + openOnly() + generic() + controls() + controllers())

    /// Adds a model or replaces the one of the same family and size.
    public mutating func insert(_ model: ValveModel) {
        let key = Key(family: model.family, nominalSize: model.nominalSize)
        if let position = positions[key] {
            models[position] = model
        } else {
            positions[key] = models.count
            models.append(model)
        }
    }

    /// The model of a family and size.
    public subscript(family: String, nominalSize: Int) -> ValveModel? {
        positions[Key(family: family, nominalSize: nominalSize)].map { models[$0] }
    }

    /// The model that a name such as `static-DN50` or `STAD PN20-DN25` means: family, hyphen or space, `DN`, size.
    public func model(named name: String) -> ValveModel? {
        guard let key = Self.key(of: name) else { return nil }
        return self[key.family, key.nominalSize]
    }

    /// Splits a name such as `static-DN50` into family and size; nil where it does not end in a size.
    public static func key(of name: String) -> Key? {
        guard let digits = name.lastIndex(where: { !$0.isASCII || !$0.isNumber }), digits != name.indices.last,
            let size = Int(name[name.index(after: digits)...]), size > 0
        else { return nil }
        var family = name[...digits]
        guard family.lowercased().hasSuffix("dn") else { return nil }
        family = family.dropLast(2)
        if let last = family.last, last == "-" || last == " " { family = family.dropLast() }
        return family.isEmpty ? nil : Key(family: String(family), nominalSize: size)
    }

    /// Families in order of first appearance.
    public var families: [String] {
        var seen: Set<String> = []
        return models.map(\.family).filter { seen.insert($0).inserted }
    }

    /// Sizes of a family, rising.
    public func sizes(of family: String) -> [Int] {
        models.filter { $0.family == family }.map(\.nominalSize).sorted()
    }

    /// The names of all models as ``model(named:)`` reads them.
    public var names: [String] { models.map { "\($0.family)-DN\($0.nominalSize)" } }

    /// The smallest size of a family that is at least `kv` fully open; the largest where none is.
    public func smallest(of family: String, passing kv: FlowCoefficient) -> ValveModel? {
        let candidates = models.filter { $0.family == family }.sorted { $0.fullyOpen < $1.fullyOpen }
        return candidates.first { $0.fullyOpen >= kv } ?? candidates.last
    }
}

/// Where the shipped models come from.
extension ValveCatalogue {
    /// Makers' tables.
    static func makers() -> [ValveModel] {
        CatalogueRows(ValveCatalogueText.csv).map { row in
            guard let size = row.number("dn").flatMap({ Int(exactly: $0) }),
                let notation = SettingNotation(rawValue: row.text("notation")),
                let points = points(row.text("points"))
            else { return nil }
            let note = row.text("note")
            var model = ValveModel(
                family: row.text("family"), nominalSize: size, points: points, step: row.number("step"), notation: notation,
                tolerance: row.number("tolerance") ?? 0.1,
                noiseLimit: row.number("noise_kpa").map { PressureDifference(kilopascals: $0) },
                source: "\(row.text("source")) (\(row.text("confidence"))\(note.isEmpty ? "" : "; " + note))")
            model.kind = notation == .preset ? .presetting : .balancing
            return model
        }
    }

    /// Points written as `1:0.04 2:0.08 … N:0.73`; a label that is no number counts one above the point before it.
    private static func points(_ text: String) -> [ValveSettingPoint]? {
        var points: [ValveSettingPoint] = []
        for pair in text.split(separator: " ") {
            let parts = pair.split(separator: ":")
            guard parts.count == 2, let kv = Double(parts[1]) else { return nil }
            let setting = Double(parts[0]) ?? (points.last?.setting ?? 0) + 1
            points.append(
                ValveSettingPoint(setting: setting, label: String(parts[0]), kv: FlowCoefficient(cubicMetresPerHour: kv)))
        }
        return points.isEmpty ? nil : points
    }

    /// Generic valves for networks whose products are not known, each with the Kvs usual for its size.
    ///
    /// `static`: balancing valve with a handwheel of 4 turns up to DN 50 and 8 above, 0.1 turn to be read.
    /// `preset`: radiator or dwelling valve with presets 1 to 8 in tenths.
    /// Both equal percentage, Kv = Kvs R^(h−1) with R = 30, from an eighth of the travel on: makers' tables lie round it.
    static func generic() -> [ValveModel] {
        let staticKvs: [(Int, Double)] = [
            (10, 1.4), (15, 2.5), (20, 5.5), (25, 8.7), (32, 14.2), (40, 19.2), (50, 33), (65, 85), (80, 120), (100, 190),
            (125, 300), (150, 420), (200, 765), (250, 1185), (300, 1450), (350, 2200), (400, 2780), (500, 4300),
            (600, 6200), (700, 8500), (800, 11000), (900, 14000), (1000, 17000),
        ]
        let presetKvs: [(Int, Double)] = [(10, 0.6), (15, 0.9), (20, 1.4), (25, 2.2), (32, 3.6)]
        return staticKvs.map { size, kvs in
            equalPercentage(
                family: "static", size: size, kvs: kvs, travel: size <= 50 ? 4 : 8, step: 0.1, notation: .turns, noise: nil)
        }
            + presetKvs.map { size, kvs in
                equalPercentage(family: "preset", size: size, kvs: kvs, travel: 8, step: 0.1, notation: .preset, noise: 30)
            }
    }

    /// Control valves of makers by Kvs, as their sheets give them: `VM 2-1.6-DN15` is the one of Kvs 1.6.
    ///
    /// The sheets print no table by opening; between a fiftieth of Kvs (their control ratio) and fully open they are taken
    /// as equal percentage, in tenths of the travel.
    static func controls() -> [ValveModel] {
        let kvs: [(Int, Double)] = [
            (15, 0.25), (15, 0.4), (15, 0.63), (15, 1), (15, 1.6), (15, 2.5), (20, 4), (25, 6.3), (32, 10), (40, 16), (50, 25),
        ]
        return kvs.map { size, kvs in
            let points = (0...10).map { tenth in
                let setting = Double(10 * tenth)
                let kv = kvs * power(50, setting / 100 - 1)
                return ValveSettingPoint(setting: setting, label: trimmed(setting), kv: FlowCoefficient(cubicMetresPerHour: kv))
            }
            var model = ValveModel(
                family: "VM 2-\(trimmed(kvs))", nominalSize: size, points: points, step: 1, notation: .percent,
                source: "Danfoss data sheet VM 2, VB 2 (Kvs and control ratio: data sheet; characteristic: our judgement)")
            model.kind = .control
            return model
        }
    }

    /// Balancing valves of which the maker's sheet was read for Kvs only.
    ///
    /// MSV-F2: taken as equal percentage between a thirtieth of Kvs and fully open, in per cent of the travel. STAF in grey iron has the
    /// handwheel and the shape of STAF-SG of its size: its table by turns is that of STAF-SG times the ratio of the two Kvs.
    static func openOnly() -> [ValveModel] {
        let leno: [(Int, Double)] = [
            (15, 3.1), (20, 6.3), (25, 9), (32, 15.5), (40, 32.3), (50, 53.8), (65, 93.4), (80, 122.3), (100, 200), (125, 304.4), (150, 400.8),
            (200, 685.6), (250, 952.3), (300, 1380.2), (350, 2046.1), (400, 2584.6),
        ]
        let staf: [(Int, Double)] = [(65, 85), (80, 120), (125, 300), (150, 420)]
        let shapes = makers().filter { $0.family == "STAF-SG" }
        return leno.map { size, kvs in
            let points = (1...10).map { tenth in
                let ratio = equalPercentageRatio(0.1 * Double(tenth))
                return ValveSettingPoint(setting: Double(10 * tenth), label: String(10 * tenth), kv: FlowCoefficient(cubicMetresPerHour: kvs * ratio))
            }
            return ValveModel(
                family: "MSV-F2", nominalSize: size, points: points, step: 1, notation: .percent,
                source: "Danfoss data sheet MSV-F2, VD.B1.G8.26, 04/2009 (Kvs: data sheet; characteristic: our judgement)")
        }
            + staf.compactMap { size, kvs in
                guard var model = shapes.first(where: { $0.nominalSize == size }) else { return nil }
                let ratio = kvs / model.fullyOpen.cubicMetresPerHour
                model.family = "STAF"
                for place in model.points.indices {
                    let kv = (model.points[place].kv.cubicMetresPerHour * ratio * 1000).rounded() / 1000
                    model.points[place].kv = FlowCoefficient(cubicMetresPerHour: kv)
                }
                model.source = "IMI TA data sheet STAF 5-5-15, 2002.08 (Kvs: data sheet; by turns: table of STAF-SG times the ratio of Kvs, our judgement)"
                return model
            }
    }

    private static func equalPercentage(
        family: String, size: Int, kvs: Double, travel: Int, step: Double, notation: SettingNotation, noise: Double?
    ) -> ValveModel {
        let halves = travel == 4 ? 2 : 1
        let points = (1...(travel * halves)).map { position in
            let setting = Double(position) / Double(halves)
            let kv = FlowCoefficient(cubicMetresPerHour: kvs * equalPercentageRatio(setting / Double(travel)))
            return ValveSettingPoint(setting: setting, label: trimmed(setting), kv: kv)
        }
        return ValveModel(
            family: family, nominalSize: size, points: points, step: step, notation: notation,
            noiseLimit: noise.map { PressureDifference(kilopascals: $0) },
            source: "generic equal-percentage valve, R = 30, usual Kvs of its size (our judgement)")
    }

    private static func trimmed(_ setting: Double) -> String {
        setting == setting.rounded() ? String(Int(setting)) : String(setting)
    }
}
