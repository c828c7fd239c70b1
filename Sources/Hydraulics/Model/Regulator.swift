import NetworkModel

/// A valve that holds the pressure of one of its ends: reducing (behind it, at most) or sustaining (before it, at least).
struct Regulator: Sendable {
    /// Local link of the valve.
    var link: Int
    /// Local node whose pressure it holds.
    var held: Int
    /// Local node at its other end.
    var other: Int
    /// The pressure it holds, Pa.
    var setting: Double
    /// Whether it holds the pressure behind it.
    var isReducing: Bool

    /// All regulators of a circuit in the order of its links.
    static func all(_ network: Network, _ links: [LinkIndex], from: [Int32], to: [Int32]) -> [Regulator] {
        links.indices.compactMap { local in
            guard case .valve(let valve) = network.links[links[local]].element else { return nil }
            let (from, to) = (Int(from[local]), Int(to[local]))
            switch network.valves[valve].function {
            case .pressureReducing(let setting) where from != to:
                return Regulator(link: local, held: to, other: from, setting: setting.pascals, isReducing: true)
            case .pressureSustaining(let setting) where from != to:
                return Regulator(link: local, held: from, other: to, setting: setting.pascals, isReducing: false)
            default: return nil
            }
        }
    }
}
