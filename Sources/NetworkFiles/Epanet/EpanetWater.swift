import Hydraulics
import NetworkModel
import Quantities

/// The water of a file that ``EpanetWriter`` writes.
struct EpanetWater {
    /// kg/m³ by node.
    private(set) var density: [Double]
    /// Temperature to which the file's viscosity and specific gravity belong.
    let temperature: Temperature
    /// kg/m³ at ``temperature``.
    let meanDensity: Double
    /// m²/s at ``temperature``.
    let viscosity: Double

    /// Water of a temperature everywhere, or in every circuit that of its mean at design.
    init(_ network: Network, temperature given: Temperature?) {
        let fluid = network.conditions.fluid
        density = [Double](repeating: 0, count: network.nodes.count)
        var sum = 0.0
        var terminals = 0.0
        for circuit in network.circuits() {
            let temperature = given ?? Self.mean(of: circuit, network)
            let local = fluid.density(at: temperature).value
            for node in circuit.nodes { density[node.position] = local }
            let count = circuit.links.count { if case .terminal = network.links[$0].element { true } else { false } }
            // Circuits without any terminal count as little as one may.
            let weight = max(Double(count), 1e-3)
            sum += weight * temperature.celsius
            terminals += weight
        }
        temperature = given ?? Temperature(celsius: terminals > 0 ? sum / terminals : 50)
        meanDensity = fluid.density(at: temperature).value
        viscosity = fluid.viscosity(at: temperature).value / meanDensity
    }

    /// Mean of supply and return at design: the substation's for a secondary circuit; for a primary one the sources' hottest
    /// supply, with a return five kelvin above those of the secondary circuits, or, without any, twenty below the supply.
    private static func mean(of circuit: Circuit, _ network: Network) -> Temperature {
        if let substation = circuit.substation {
            let substation = network.substations[substation]
            return 0.5 * (substation.secondarySupply + substation.secondaryReturn)
        }
        guard let supply = network.sources.map(\.supplyTemperature).max() else { return Temperature(celsius: 50) }
        let returns = network.substations.map(\.secondaryReturn.celsius)
        let expected = returns.isEmpty ? supply.celsius - 20 : returns.reduce(0, +) / Double(returns.count) + 5
        return 0.5 * (supply + Temperature(celsius: min(expected, supply.celsius)))
    }
}
