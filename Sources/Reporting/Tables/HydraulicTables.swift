import Heating
import NetworkFiles
import NetworkModel
import Quantities

/// `links.csv` and `nodes.csv`: flows, pressures and temperatures of a simulated network.
struct HydraulicTables: Sendable {
    private let network: Network
    private let outcome: Outcome

    /// Tables of a network and its simulation.
    init(_ network: Network, _ outcome: Outcome) {
        self.network = network
        self.outcome = outcome
    }

    /// Columns of `links.csv`.
    static let linkColumns = [
        "id", "kind", "from", "to", "status", "mass_flow_kg_s", "volume_flow_m3_h", "velocity_m_s", "pressure_loss_kpa",
        "head_loss_m", "setting",
    ]

    /// Columns of `nodes.csv`.
    static let nodeColumns = [
        "id", "kind", "elevation_m", "head_m", "pressure_kpa", "temperature_c", "demand_kg_s", "demand_m3_h", "reachable",
    ]

    /// Standard gravity, m/s².
    private static let gravity = 9.80665

    /// `links.csv`.
    var links: LongTable {
        LongTable(header: Self.linkColumns, rowCount: network.links.count) { rows, table in addLinks(rows, to: &table) }
    }

    private func addLinks(_ rows: Range<Int>, to table: inout ResultTable) {
        for position in rows {
            let link = network.links[LinkIndex(position)]
            let flow = outcome.massFlow[position]
            let density = outcome.density[position]
            let loss = outcome.pressureLoss[position]
            table.add(link.id)
            table.add(link.element.kind)
            table.add(network.nodes[link.from].id)
            table.add(network.nodes[link.to].id)
            table.add(status(of: link, position, flow: flow))
            table.add(flow)
            table.add(flow / density * 3600)
            table.add(velocity(in: link, volumeFlow: flow / density))
            table.add(loss / 1000)
            table.add(loss / (density * Self.gravity))
            table.add(setting(of: link))
        }
    }

    /// `nodes.csv`.
    var nodes: LongTable {
        let density = nodeDensity
        return LongTable(header: Self.nodeColumns, rowCount: network.nodes.count) { rows, table in addNodes(rows, density, to: &table) }
    }

    private func addNodes(_ rows: Range<Int>, _ density: [Double], to table: inout ResultTable) {
        for position in rows {
            let node = network.nodes[NodeIndex(position)]
            let pressure = outcome.pressure[position]
            table.add(node.id)
            table.add(node.line.kind)
            table.add(node.elevation.metres)
            table.add(pressure / (density[position] * Self.gravity) + node.elevation.metres)
            table.add(pressure / 1000)
            table.add(outcome.temperature[position])
            table.add(node.demand.kilogramsPerSecond)
            table.add(node.demand.value == 0 ? 0 : node.demand.value / density[position] * 3600)
            table.add(outcome.isReachable[position])
        }
    }

    /// Density at every node, kg/m³: of its water's temperature, or of a link that ends there where nothing moves.
    private var nodeDensity: [Double] {
        var density = outcome.temperature.map { temperature in
            temperature.isFinite ? network.conditions.fluid.density(at: Temperature(celsius: temperature)).value : .nan
        }
        for (position, link) in network.links.enumerated() {
            for node in [link.from.position, link.to.position] where density[node].isNaN { density[node] = outcome.density[position] }
        }
        return density
    }

    /// `open`, `closed`, or `active` where a device throttles to hold a set value.
    private func status(of link: Link, _ position: Int, flow: Double) -> String {
        guard link.isOpen, outcome.isReachable[link.from.position] || outcome.isReachable[link.to.position] else { return "closed" }
        switch link.element {
        case .exchangerPrimary(let substation):
            return outcome.substations[substation.position].state == .held ? "active" : "open"
        case .valve(let valve):
            switch network.valves[valve].function {
            case .throttling, .headLossCurve, .outlet: return "open"
            case .check: return flow > 0 ? "open" : "closed"
            case .flowLimiting(let limit), .pressureIndependent(let limit): return flow >= limit.value * (1 - 1e-6) ? "active" : "open"
            case .pressureBreaking: return "active"
            case .pressureReducing, .pressureSustaining, .differentialPressure, .overflow:
                return outcome.status[position] == .regulating ? "active" : flow > 0 ? "open" : "closed"
            }
        case .pump: return outcome.status[position] == .regulating ? "active" : flow > 0 ? "open" : "closed"
        case .pipe(let pipe): return network.pipes[pipe].hasCheckValve && flow <= 0 ? "closed" : "open"
        case .source, .exchangerSecondary, .terminal: return "open"
        }
    }

    /// Mean velocity in a pipe, m/s, with the sign of the flow; nil for what has no bore.
    private func velocity(in link: Link, volumeFlow: Double) -> Double? {
        guard case .pipe(let pipe) = link.element else { return nil }
        let diameter = network.pipes[pipe].innerDiameter.metres
        return volumeFlow / (.pi / 4 * diameter * diameter)
    }

    /// The setting in the maker's own notation, what a controller is set to (kPa, kg/s), a pump's speed; nil for what has none.
    private func setting(of link: Link) -> String? {
        switch link.element {
        case .valve(let index):
            let valve = network.valves[index]
            guard let setting = valve.setting else { return valve.function.setValue.map(NumberText.shortest) }
            return valve.model.map { network.valveModels[$0].label(for: setting) } ?? NumberText.shortest(setting)
        case .pump(let pump): return NumberText.shortest(outcome.pumpSpeed[pump.position])
        case .pipe, .source, .exchangerPrimary, .exchangerSecondary, .terminal: return nil
        }
    }
}

extension ValveFunction {
    /// What a controller is set to, kPa or kg/s.
    fileprivate var setValue: Double? {
        switch self {
        case .flowLimiting(let flow), .pressureIndependent(let flow): flow.kilogramsPerSecond
        case .pressureReducing(let pressure), .pressureSustaining(let pressure): pressure.kilopascals
        case .pressureBreaking(let difference), .differentialPressure(let difference, _, _), .overflow(let difference, _, _):
            difference.kilopascals
        case .throttling, .check, .headLossCurve, .outlet: nil
        }
    }
}

extension LinkElement {
    /// The kind of a link in `links.csv`.
    var kind: String {
        switch self {
        case .pipe: "pipe"
        case .valve: "valve"
        case .pump: "pump"
        case .source: "source"
        case .exchangerPrimary: "exchanger-primary"
        case .exchangerSecondary: "exchanger-secondary"
        case .terminal: "terminal"
        }
    }
}

extension Line {
    /// The kind of a node in `nodes.csv`.
    var kind: String {
        switch self {
        case .supply: "supply"
        case .return: "return"
        case .single: "single"
        }
    }
}
