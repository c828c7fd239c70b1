import Heating
import NetworkModel

/// The consumers whose pressure diagrams a report has: substations of the primary, buildings of the secondaries, given loads.
struct PressureChoices {
    /// One diagram to choose.
    struct Choice {
        /// The circuit: its plant or substation.
        var circuit: String
        /// The consumer.
        var consumer: String
        /// The way of its water.
        var profile: PressureProfile
        /// Whether nobody in its circuit has less pressure to spare.
        var isIndex: Bool
    }

    /// The diagrams, circuit by circuit in the order of the network; the index consumer of each circuit is among them.
    private(set) var choices: [Choice] = []

    /// Most diagrams in a page; beyond, every circuit keeps its index consumer before any gets a second one.
    static let limit = 400
    /// Most dwellings that are followed one by one to find the worst of a building.
    private static let tracedDwellings = 200_000

    private struct Candidate {
        var consumer: String
        var way: CircuitPaths.Way
        var throttled: Double
    }

    /// Finds the ways of a simulated network.
    ///
    /// - Complexity: O(links + dwellings · length of a way).
    init(_ network: Network, _ outcome: Outcome) {
        let paths = CircuitPaths(network, outcome)
        var order: [LinkIndex] = []
        var byOrigin: [LinkIndex: [Candidate]] = [:]
        func take(_ name: String, _ links: [LinkIndex]) {
            var best: Candidate?
            for link in links {
                guard let way = paths.way(to: link) else { continue }
                let throttled = paths.throttled(on: way)
                if throttled < best?.throttled ?? .infinity { best = Candidate(consumer: name, way: way, throttled: throttled) }
            }
            guard let best else { return }
            if byOrigin[best.way.origin] == nil { order.append(best.way.origin) }
            byOrigin[best.way.origin, default: []].append(best)
        }
        for substation in network.substations { take(substation.id.text, [substation.primaryLink]) }
        // Of a building the dwelling counts whose valves take least: the others have pressure to spare.
        let stride = max(1, network.dwellings.count / Self.tracedDwellings)
        for building in network.buildings {
            let terminals = building.dwellings.lazy.filter { $0 % stride == 0 }.compactMap { network.dwellings[$0].terminal }
            take(building.id.text, terminals.map { network.terminals[$0].link })
        }
        for terminal in network.terminals {
            switch terminal.load {
            case .heat, .flow, .flowAndHeat: take(network.links[terminal.link].id.text, [terminal.link])
            case .emitter, .none: break
            }
        }
        fill(order.map { ($0, byOrigin[$0, default: []]) }, network, outcome)
    }

    private mutating func fill(_ circuits: [(origin: LinkIndex, candidates: [Candidate])], _ network: Network, _ outcome: Outcome) {
        let (circuitOf, heights) = CircuitHeights.all(of: network)
        let room = circuits.isEmpty ? 0 : max(1, Self.limit / circuits.count)
        for circuit in circuits.prefix(Self.limit) {
            // Those with least to spare first, so that a cut keeps them.
            let sorted = circuit.candidates.enumerated().sorted { ($0.element.throttled, $0.offset) < ($1.element.throttled, $1.offset) }
            let kept = sorted.prefix(room).map(\.offset)
            for position in kept.sorted() {
                let candidate = circuit.candidates[position]
                let at = Int(circuitOf[network.links[candidate.way.consumer].from.position])
                guard let profile = PressureProfile(candidate.way, in: heights[at], of: network, outcome) else { continue }
                choices.append(
                    Choice(
                        circuit: Self.name(of: circuit.origin, in: network), consumer: candidate.consumer, profile: profile,
                        isIndex: position == sorted.first?.offset))
            }
        }
    }

    private static func name(of origin: LinkIndex, in network: Network) -> String {
        switch network.links[origin].element {
        case .source(let source): network.sources[source].id.text
        case .exchangerSecondary(let substation): network.substations[substation].id.text
        case .pipe, .valve, .pump, .exchangerPrimary, .terminal: network.links[origin].id.text
        }
    }
}
