import Balancing
import Heating
import Hydraulics
import NetworkFiles
import NetworkModel
import Quantities

/// A district of 15 to 90 dwellings from ample to desperately short of heat, on a day of its own, and what every answer to it must keep:
/// the promises of `RandomDistrictTests` on as many districts as there is time for.
struct GeneratedDistrict {
    private let options: GeneratorOptions
    private let outdoor: Double
    private let policy: AllocationPolicy

    /// The first eight bytes are the seed, each of the others chooses one thing.
    init(_ bytes: [UInt8]) {
        func choice(_ position: Int, of count: Int) -> Int { position < bytes.count ? Int(bytes[position]) % count : 0 }
        let seed = bytes.prefix(8).reduce(UInt64(1)) { $0 << 8 | UInt64($1) }
        options = GeneratorOptions(
            dwellings: 15 + choice(8, of: 76), seed: seed, substations: 1 + choice(9, of: 4), loops: choice(10, of: 3), zones: 2,
            openRate: 0.1...1, sourceShare: 0.3 + 0.1 * Double(choice(11, of: 13)))
        outdoor = Double(choice(12, of: 36) - 25)
        policy = [.equalTemperature, .openArea, .area, .tilt(1)][choice(13, of: 4)]
    }

    /// Balances it and judges the answer; no answer is allowed, a wrong one is not.
    func run() {
        guard let network = Expander.expand(DistrictGenerator.document(options)).network else { return expect(false, "a generated district is refused") }
        var weather = network.designWeather
        weather.outdoor = Temperature(celsius: outdoor)
        var balance = BalanceOptions()
        balance.policy = policy
        balance.simulatesBefore = false
        balance.simulation.threads = 1
        guard let run = try? BalanceRun(network, weather: weather, options: balance) else { return }
        judgeMass(run.after, network)
        judgeLimits(run, network)
        // The simulation's promise: 1e-6 of the source heat, and a milliwatt where there is none.
        expect(run.after.energy.relativeResidual <= 1e-6 || run.after.energy.residual.magnitude <= 1e-3, "energy is not kept")
        for room in run.after.room where room.isFinite { expect(room >= outdoor - 1e-6 && room < 130, "a room at \(room) °C") }
        judgeSettings(run, network, weather)
    }

    /// Mass at every node, summed here from the flows that are reported; the solver promises 1e-9 of the largest.
    private func judgeMass(_ outcome: Outcome, _ network: Network) {
        var balance = network.nodes.map { -$0.demand.kilogramsPerSecond }
        var greatest = 0.0
        for (position, link) in network.links.enumerated() where outcome.massFlow[position].isFinite {
            let flow = outcome.massFlow[position]
            balance[link.from.position] -= flow
            balance[link.to.position] += flow
            greatest = max(greatest, abs(flow))
        }
        for (position, node) in network.nodes.enumerated() where node.fixedPressure == nil && outcome.isReachable[position] {
            expect(abs(balance[position]) <= 1e-9 * greatest + 1e-12, "mass is not kept at \(node.id.text)")
        }
    }

    /// Neither the allocation nor what its settings give breaks a source's limit.
    private func judgeLimits(_ run: BalanceRun, _ network: Network) {
        for (source, given) in zip(network.sources, run.after.sources) {
            guard let limit = source.heatLimit?.watts else { continue }
            expect(given.heat <= limit * (1 + 1e-6), "a source gives \(given.heat) W of \(limit) W")
        }
        for (source, share) in zip(network.sources, run.allocation.sources) {
            guard let limit = source.heatLimit?.watts else { continue }
            expect(share.heat.watts <= limit * (1 + 1e-9), "a source is to give \(share.heat.watts) W of \(limit) W")
        }
    }

    /// The settings alone, simulated from a cold start, give what was predicted: temperatures settle to 1e-6 K from either start, flows
    /// follow within 1e-6 of the largest.
    private func judgeSettings(_ run: BalanceRun, _ network: Network, _ weather: Weather) {
        var simulation = Simulation(network.applying(run.schedule.settings), options: SimulationOptions(threads: 1))
        guard let again = try? simulation.run(weather) else { return expect(false, "the settings of an answer have none") }
        let greatest = run.after.massFlow.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
        for (position, flow) in run.after.massFlow.enumerated() where flow.isFinite {
            expect(abs(again.massFlow[position] - flow) <= 1e-5 * greatest, "settings do not reproduce the flow of \(network.links[position].id.text)")
        }
    }
}
