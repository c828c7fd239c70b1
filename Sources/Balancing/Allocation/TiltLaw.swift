import NetworkModel
import Quantities

/// A rule for a dispatcher without the engine: flow per open m² of a building as a function of its valve-open rate, by
/// envelope class, fitted to an allocation.
///
///     flow per open m² = base + slope · (1 − open rate)
///
/// Least squares over buildings, weighted by open area, with no base below zero; what it costs to use it is its error by zone.
public struct TiltLaw: Sendable {
    /// The rule of one envelope class.
    public struct Rule: Sendable, Hashable {
        /// Envelope class; empty where the file names none.
        public var envelope: String
        /// Flow per open m² with every valve open, kg/(s m²).
        public var base: Double
        /// What a fully closed neighbourhood would add, kg/(s m²).
        public var slope: Double
        /// Buildings it was fitted to.
        public var buildings: Int
    }

    /// Rules by envelope class, in the order of the file.
    public var rules: [Rule]
    /// Root mean square of the relative error of zone flows, weighted by their flow.
    public var zoneError: Double
    /// Greatest relative error of a zone's flow, with its sign.
    public var worstZoneError: Double
    /// The zone it belongs to.
    public var worstZone: ZoneIndex?

    /// A building as the fit sees it.
    struct Sample {
        var rule = 0
        var zone = 0
        /// Open heated area, m².
        var open: Double
        /// 1 − open rate.
        var closedShare: Double
        /// Allocated flow, kg/s.
        var flow: Double
    }

    /// Fits the rule; nil where nothing flows. - Complexity: O(dwellings).
    public init?(_ allocation: Allocation, in network: Network) {
        var place: [String: Int] = [:]
        var names: [String] = []
        var samples: [Sample] = []
        for building in network.buildings {
            var (open, heated, flow) = (0.0, 0.0, 0.0)
            for position in building.dwellings where network.dwellings[position].terminal != nil {
                let dwelling = network.dwellings[position]
                heated += dwelling.area.value
                if dwelling.state.isHeated { open += dwelling.area.value }
                flow += allocation.dwellings.massFlow[position]
            }
            guard open > 0, heated > 0 else { continue }
            let rule = place[building.envelope] ?? names.count
            if rule == names.count {
                place[building.envelope] = rule
                names.append(building.envelope)
            }
            samples.append(Sample(rule: rule, zone: building.zone.position, open: open, closedShare: 1 - open / heated, flow: flow))
        }
        guard samples.contains(where: { $0.flow > 0 }) else { return nil }
        let rules = names.indices.map { index in Self.rule(names[index], samples.filter { $0.rule == index }) }
        self.rules = rules
        (zoneError, worstZoneError, worstZone) = Self.error(rules, samples, zones: network.zones.count)
    }

    /// The best line of one envelope class.
    static func rule(_ name: String, _ samples: [Sample]) -> Rule {
        let area = samples.reduce(0) { $0 + $1.open }
        let meanX = samples.reduce(0) { $0 + $1.open * $1.closedShare } / area
        let meanY = samples.reduce(0) { $0 + $1.flow } / area
        var (spread, common) = (0.0, 0.0)
        for sample in samples {
            let x = sample.closedShare - meanX
            spread += sample.open * x * x
            common += x * (sample.flow - meanY * sample.open)
        }
        // Open rates that hardly differ say nothing about a slope.
        let slope = samples.count > 2 && spread > 1e-4 * area ? common / spread : 0
        let base = meanY - slope * meanX
        if base >= 0 { return Rule(envelope: name, base: base, slope: slope, buildings: samples.count) }
        // A full house takes no water back: the best line that starts at none.
        let squares = samples.reduce(0) { $0 + $1.open * $1.closedShare * $1.closedShare }
        let steep = samples.reduce(0) { $0 + $1.flow * $1.closedShare } / squares
        return Rule(envelope: name, base: 0, slope: steep, buildings: samples.count)
    }

    private static func error(_ rules: [Rule], _ samples: [Sample], zones: Int) -> (Double, Double, ZoneIndex?) {
        var (flow, guess) = ([Double](repeating: 0, count: zones), [Double](repeating: 0, count: zones))
        for sample in samples where flow.indices.contains(sample.zone) {
            flow[sample.zone] += sample.flow
            guess[sample.zone] += sample.open * max(0, rules[sample.rule].base + rules[sample.rule].slope * sample.closedShare)
        }
        var (sum, whole, worst, zone) = (0.0, 0.0, 0.0, ZoneIndex?.none)
        for position in flow.indices where flow[position] > 0 {
            let error = guess[position] / flow[position] - 1
            sum += flow[position] * error * error
            whole += flow[position]
            if zone == nil || abs(error) > abs(worst) { (worst, zone) = (error, ZoneIndex(position)) }
        }
        return (whole > 0 ? (sum / whole).squareRoot() : 0, worst, zone)
    }
}
