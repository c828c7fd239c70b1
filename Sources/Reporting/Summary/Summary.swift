import Heating
import Hydraulics
import NetworkModel

/// The figures of a finished run that programs and people read first: what `summary.json` holds.
public struct Summary: Sendable {
    /// Figures with today's settings; nil after `solve`.
    public let before: StateFigures?
    /// Figures of the simulated network: with the recommended settings after `balance`.
    public let after: StateFigures
    /// How large the network is.
    public let counts: Counts
    /// What is left of the balances.
    public let residuals: Residuals

    /// Numbers of elements.
    public struct Counts: Sendable {
        /// Hydraulic elements by the table of the format.
        public var nodes, links, pipes, valves, pumps, sources, substations, terminals: Int
        /// What is heated; open dwellings are those neither closed nor restricted.
        public var zones, buildings, dwellings, openDwellings: Int
        /// Stairwells, cellars and other spaces without heat that are part of buildings.
        public var unheatedSpaces: Int
    }

    /// What is left of the balances of mass, pressure and heat.
    public struct Residuals: Sendable {
        /// Worst mass imbalance of a node, kg/s.
        public var mass: Double
        /// Worst pressure error round a loop, Pa.
        public var loop: Double
        /// Error of the energy balance of the whole network, W.
        public var energy: Double
    }

    /// Sums a run up.
    public init(_ result: RunResult) {
        let required = result.requiredFlow
        let distance = result.network.dwellings.isEmpty ? nil : NetworkDistance(of: result.network)
        before = result.recommendation.flatMap { recommendation in
            recommendation.before.map { StateFigures($0, of: recommendation.network, requiredFlow: required, distance: distance) }
        }
        after = StateFigures(result.outcome, of: result.network, requiredFlow: required, distance: distance)
        counts = Counts(of: result.network)
        residuals = Residuals(of: result.outcome)
    }
}

extension Summary.Residuals {
    /// The worst of all circuits.
    init(of outcome: Outcome) {
        mass = outcome.checks.reduce(0) { Swift.max($0, $1.mass.error) }
        loop = outcome.checks.reduce(0) { Swift.max($0, $1.loop.error) }
        energy = outcome.energy.residual.magnitude
    }
}

extension Summary.Counts {
    /// Counts the elements of a network.
    public init(of network: Network) {
        nodes = network.nodes.count
        links = network.links.count
        pipes = network.pipes.count
        valves = network.valves.count
        pumps = network.pumps.count
        sources = network.sources.count
        substations = network.substations.count
        terminals = network.terminals.count
        zones = network.zones.count
        buildings = network.buildings.count
        dwellings = network.dwellings.count { $0.use == .dwelling }
        unheatedSpaces = network.dwellings.count - dwellings
        openDwellings = network.dwellings.count { $0.state == .open }
    }
}
