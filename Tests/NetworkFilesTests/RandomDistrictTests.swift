import Balancing
import Foundation
import Heating
import NetworkModel
import Quantities
import Testing

@testable import NetworkFiles

/// Promises that every answer keeps, on random districts. `EQUITHERM_SEEDS=3000 swift test --filter RandomDistrict` runs thousands.
@Suite struct RandomDistrictTests {
    private static let seeds = 1...(ProcessInfo.processInfo.environment["EQUITHERM_SEEDS"].flatMap(UInt64.init).map { max($0, 1) } ?? 16)

    /// A district of 15 to 90 dwellings, from ample to desperately short of heat, on a day of its own.
    private static func district(_ seed: UInt64) throws -> (network: Network, weather: Weather, policy: AllocationPolicy) {
        var random = SplitMix64(seed: seed)
        let options = GeneratorOptions(
            dwellings: Int.random(in: 15...90, using: &random), seed: seed, substations: Int.random(in: 1...4, using: &random), loops: Int.random(in: 0...2, using: &random), zones: 2,
            openRate: 0.1...1, sourceShare: 0.3 + 0.1 * Double(Int.random(in: 0...12, using: &random)))
        let network = try #require(Expander.expand(DistrictGenerator.document(options)).network)
        var weather = network.designWeather
        weather.outdoor = Temperature(celsius: Double(Int.random(in: -25...10, using: &random)))
        let policies: [AllocationPolicy] = [.equalTemperature, .openArea, .area, .tilt(1)]
        return (network, weather, policies[Int.random(in: 0...3, using: &random)])
    }

    @Test(arguments: seeds) func answersHoldTogether(seed: UInt64) throws {
        let (network, weather, policy) = try Self.district(seed)
        var options = BalanceOptions()
        options.policy = policy
        options.simulatesBefore = false
        options.simulation.threads = 1
        let run: BalanceRun
        do {
            run = try BalanceRun(network, weather: weather, options: options)
        } catch {
            // An answer that cannot be trusted is not given: exit code 2. It must say why.
            guard case .verification(let failure) = error else { throw error }
            #expect(!failure.history.isEmpty, "seed \(seed)")
            return
        }
        let outcome = run.after

        // Mass, summed here from the flows that are reported.
        var balance = network.nodes.map { -$0.demand.kilogramsPerSecond }
        var greatest = 0.0
        for (position, link) in network.links.enumerated() where outcome.massFlow[position].isFinite {
            let flow = outcome.massFlow[position]
            balance[link.from.position] -= flow
            balance[link.to.position] += flow
            greatest = max(greatest, abs(flow))
        }
        for (position, node) in network.nodes.enumerated() where node.fixedPressure == nil && outcome.isReachable[position] {
            // The solver's promise is 1e-9 of the largest flow.
            #expect(abs(balance[position]) <= 1e-9 * greatest + 1e-12, "seed \(seed): \(node.id.text)")
        }

        // Energy closes to 1e-6 of the source heat.
        #expect(outcome.energy.relativeResidual <= 1e-6)

        // No limit is broken: neither by the allocation nor by what its settings give.
        for (source, given) in zip(network.sources, outcome.sources) {
            guard let limit = source.heatLimit else { continue }
            #expect(given.heat <= limit.watts * (1 + 1e-6), "seed \(seed): \(given.heat) W of \(limit.watts) W")
        }
        for (source, share) in zip(network.sources, run.allocation.sources) {
            guard let limit = source.heatLimit else { continue }
            #expect(share.heat.watts <= limit.watts * (1 + 1e-9), "seed \(seed)")
        }

        // Rooms lie between outdoors and the water; equal temperature lifts nobody above his target.
        for (position, room) in outcome.room.enumerated() where room.isFinite {
            #expect(room >= weather.outdoor.celsius - 1e-6 && room < 130, "seed \(seed): dwelling \(position) at \(room) °C")
        }
        if case .equalTemperature = policy {
            for (position, dwelling) in network.dwellings.enumerated() where dwelling.state.isHeated {
                let target = dwelling.target?.celsius ?? network.conditions.room.celsius
                // What holds a room above its target without any heat (gains, warm neighbours) is not the allocation's doing.
                if run.allocation.dwellings.heat[position] > 1 {
                    #expect(run.allocation.dwellings.room[position] <= target + 1e-3, "seed \(seed): dwelling \(position)")
                }
            }
        }

        // The settings alone, simulated from a cold start, give what was predicted.
        let again = try Self.simulate(network.applying(run.schedule.settings), weather)
        for (position, flow) in outcome.massFlow.enumerated() where flow.isFinite {
            // Temperatures settle to 1e-6 K from either start; densities and so flows follow within 1e-6 of the largest.
            #expect(abs(again.massFlow[position] - flow) <= 1e-5 * greatest, "seed \(seed): \(network.links[position].id.text)")
        }
    }

    /// Districts with a small substation at the end of a long pipe: little water arrives too cold for it, much arrives so hot that
    /// little would do.
    @Test(arguments: [(62, UInt64(8), 3, 2, 0.9, -23.0), (62, 8, 3, 2, 0.9, -20), (34, 2, 3, 2, 0.6, 3)])
    func aSubstationAtTheEndOfALossyPipeSettles(
        dwellings: Int, seed: UInt64, substations: Int, loops: Int, share: Double, outdoor: Double
    ) throws {
        let generator = GeneratorOptions(
            dwellings: dwellings, seed: seed, substations: substations, loops: loops, zones: 2, openRate: 0.1...1, sourceShare: share)
        let network = try #require(Expander.expand(DistrictGenerator.document(generator)).network)
        var weather = network.designWeather
        weather.outdoor = Temperature(celsius: outdoor)
        var options = BalanceOptions()
        options.policy = .openArea
        options.simulation.threads = 1
        let run = try BalanceRun(network, weather: weather, options: options)
        #expect(run.after.energy.relativeResidual <= 1e-6)
    }

    private static func simulate(_ network: Network, _ weather: Weather) throws -> Outcome {
        var simulation = Simulation(network, options: SimulationOptions(threads: 1))
        return try simulation.run(weather)
    }
}
