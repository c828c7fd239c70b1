import NetworkModel
import Quantities

/// A valve or pump that follows a sensor.
///
/// One mechanism for all: the actuator takes away an extra pressure u ≥ 0 beside what its law loses fully open (a valve) or at
/// full speed (a pump, whose lower speed is head taken away), so that a reading s, a pressure or a difference of two, meets its
/// setting. A reducing device has s ≤ setting with u = 0 where the reading stays below; a sustaining one s ≥ setting with u = 0
/// where the reading stays above. Neither passes water backwards.
struct Regulator: Sendable {
    /// A pressure, or the difference of two.
    struct Sensor: Sendable {
        /// Local node.
        var high: Int
        /// Local node; −1 for the gauge pressure itself.
        var low: Int

        /// What it shows, Pa.
        @inline(__always)
        func reading(_ pressure: [Double]) -> Double { low < 0 ? pressure[high] : pressure[high] - pressure[low] }
    }

    /// Local link of the actuator.
    var link: Int
    /// What it measures; of several the least reading counts.
    var sensors: [Sensor]
    /// The reading it holds at rest, Pa.
    var setting: Double
    /// What the setting rises with the volume flow of the link, Pa s/m³.
    var rise = 0.0
    /// Whether it throttles while the reading is too high; a sustaining one throttles while it is too low.
    var isReducing: Bool
    /// Whether it holds the pressure of one of its own ends (PRV, PSV); such a valve may stand open without anything being missed.
    var holdsOwnEnd = false
    /// Whether the reading is the pump's own head, which counts without what its ends differ in height.
    var isOwnHead = false
    /// Place in the pumps; −1 for a valve.
    var pump = -1
    /// Least speed of a pump.
    var leastSpeed = 0.0

    /// The reading it holds at rest in a state, Pa.
    @inline(__always)
    func setting(in state: CircuitState) -> Double { state.setPoint[link].isNaN ? setting : state.setPoint[link] }

    /// All regulators of a circuit, in an order that does not depend on that of the file.
    static func all(_ network: Network, _ nodes: [NodeIndex], _ links: [LinkIndex], from: [Int32], to: [Int32]) -> [Regulator] {
        let numbering = Sensing(nodes)
        var pumps = 0
        var regulators: [Regulator] = []
        for local in links.indices {
            let ends = (from: Int(from[local]), to: Int(to[local]))
            switch network.links[links[local]].element {
            case .valve(let valve) where ends.from != ends.to:
                valveRegulator(network.valves[valve].function, local, ends, numbering).map { regulators.append($0) }
            case .pump(let pump):
                if ends.from != ends.to, var regulator = pumpRegulator(network.pumps[pump], local, ends, numbering) {
                    regulator.pump = pumps
                    regulator.leastSpeed = network.pumps[pump].leastSpeed
                    regulators.append(regulator)
                }
                pumps += 1
            default: continue
            }
        }
        return ordered(regulators, network, nodes, links, from: from, to: to)
    }

    private static func valveRegulator(
        _ function: ValveFunction, _ local: Int, _ ends: (from: Int, to: Int), _ numbering: Sensing
    ) -> Regulator? {
        switch function {
        case .pressureReducing(let setting):
            Regulator(
                link: local, sensors: [Sensor(high: ends.to, low: -1)], setting: setting.pascals, isReducing: true, holdsOwnEnd: true)
        case .pressureSustaining(let setting):
            Regulator(
                link: local, sensors: [Sensor(high: ends.from, low: -1)], setting: setting.pascals, isReducing: false, holdsOwnEnd: true)
        case .differentialPressure(let setting, let high, let low):
            Regulator(link: local, sensors: numbering.sensors([NodePair(high: high, low: low)]), setting: setting.pascals, isReducing: true)
        case .overflow(let setting, let high, let low):
            Regulator(link: local, sensors: numbering.sensors([NodePair(high: high, low: low)]), setting: setting.pascals, isReducing: false)
        case .throttling, .check, .flowLimiting, .pressureIndependent, .pressureBreaking, .headLossCurve, .outlet: nil
        }
    }

    private static func pumpRegulator(
        _ pump: Pump, _ local: Int, _ ends: (from: Int, to: Int), _ numbering: Sensing
    ) -> Regulator? {
        let own = [Sensor(high: ends.to, low: ends.from)]
        switch pump.control {
        case .fixedSpeed: return nil
        case .constantDifference(let head): return Regulator(link: local, sensors: own, setting: head.pascals, isReducing: true, isOwnHead: true)
        case .proportionalDifference(let head, let share, let flow):
            let law = PumpLaw(PumpLaw.Characteristic(pump.characteristic), speed: pump.speed, density: Density(1))
            let full = flow?.value ?? law.flow(atHead: head.pascals)
            guard full > 0 && full.isFinite else {
                return Regulator(link: local, sensors: own, setting: head.pascals, isReducing: true, isOwnHead: true)
            }
            return Regulator(
                link: local, sensors: own, setting: head.pascals * share, rise: head.pascals * (1 - share) / full, isReducing: true,
                isOwnHead: true)
        case .worstPoint(let difference, let pairs):
            return Regulator(link: local, sensors: numbering.sensors(pairs), setting: difference.pascals, isReducing: true)
        }
    }
}

/// Network nodes to local ones, for sensors: those of another circuit are none.
private struct Sensing {
    let nodes: [NodeIndex]

    init(_ nodes: [NodeIndex]) { self.nodes = nodes }

    func sensors(_ pairs: [NodePair]) -> [Regulator.Sensor] {
        pairs.compactMap { pair in
            guard let high = local(pair.high), let low = local(pair.low), high != low else { return nil }
            return Regulator.Sensor(high: high, low: low)
        }
    }

    private func local(_ node: NodeIndex) -> Int? {
        var (low, high) = (0, nodes.count)
        while low < high {
            let middle = (low + high) / 2
            if nodes[middle] < node { low = middle + 1 } else { high = middle }
        }
        return low < nodes.count && nodes[low] == node ? low : nil
    }
}
