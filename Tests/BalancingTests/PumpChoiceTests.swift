import NetworkModel
import Quantities
import Testing

@testable import Balancing

/// The speed of a pump with an efficiency curve.
@Suite struct PumpChoiceTests {
    private static let flows = [[0.03, 0.04], [0.05, 0.02]]

    private func manifold(_ curve: [(share: Double, efficiency: Double)]) -> CircuitBalanceTests.Manifold {
        // Flow of the pump: 0.14 kg/s of 1000 kg/m³.
        let points = curve.map { EfficiencyPoint(flow: VolumeFlow(1.4e-4 * $0.share), efficiency: $0.efficiency) }
        return CircuitBalanceTests.Manifold(flows: Self.flows, head: 50e3, efficiency: points)
    }

    private func speed(_ balance: CircuitBalance) throws -> Double { balance.state.pumpSpeed[try #require(balance.circuit.mainPump)] }

    /// With a flat curve nothing is saved by running faster than the index circuit needs.
    @Test func leastHeadWhereEfficiencyIsAlike() throws {
        let plain = manifold([]).balance()
        let flat = manifold([(0, 0.6), (10, 0.6)]).balance()
        #expect(try speed(flat) == speed(plain))
        #expect(flat.head == plain.head)
    }

    /// Beyond the end of its curve a pump wastes more than the head it saves: the best speed is that of least power.
    @Test func fasterWhereTheLeastHeadIsFarFromTheBestEfficiency() throws {
        let curve = [(0.0, 0.0), (1.2, 0.7), (1.6, 0.4), (2.4, 0.05)]
        let manifold = manifold(curve)
        let (plain, chosen) = (self.manifold([]).balance(), manifold.balance())
        #expect(try speed(chosen) > speed(plain) * 1.1)
        #expect(chosen.head > plain.head)
        let pump = try #require(manifold.network.pumps.first)
        func power(_ speed: Double) -> Double {
            pump.electricPower(flow: VolumeFlow(1.4e-4), head: PressureDifference(50e3 * speed * speed), speed: speed).watts
        }
        let least = try speed(plain)
        let best = (0...1000).map { power(least + (1 - least) * Double($0) / 1000) }.min() ?? .nan
        // Sixty steps of the speed: near the least a step changes the power by less than a hundredth.
        #expect(power(try speed(chosen)) < best * 1.01)
        // What the pump gives too much, valves common to all take: no dwelling gets more for it.
        for (row, valve) in manifold.buildingValves.enumerated() {
            let more = manifold.loss(valve, chosen) - self.manifold([]).loss(self.manifold([]).buildingValves[row], plain)
            #expect(abs(more - (chosen.head - plain.head)) < 1e-6)
        }
    }

    @Test func efficiencyFollowsTheAffinityLaws() {
        var pump = Pump(characteristic: .constantHead(PressureDifference(5e4)), efficiency: 0.55)
        #expect(pump.efficiency(at: VolumeFlow(1e-3), speed: 1) == 0.55)
        pump.efficiencyCurve = [(1e-3, 0.4), (2e-3, 0.7), (4e-3, 0.5)].map { EfficiencyPoint(flow: VolumeFlow($0.0), efficiency: $0.1) }
        func efficiency(_ flow: Double, _ speed: Double) -> Double { pump.efficiency(at: VolumeFlow(flow), speed: speed) }
        // Rounding of a few operations on numbers near 1.
        #expect(abs(efficiency(0.5e-3, 1) - 0.2) < 1e-12)
        #expect(abs(efficiency(1.5e-3, 1) - 0.55) < 1e-12)
        #expect(abs(efficiency(3e-3, 1) - 0.6) < 1e-12)
        #expect(abs(efficiency(9e-3, 1) - 0.5) < 1e-12)
        for speed in [0.5, 0.8, 1.2] { #expect(abs(efficiency(1.7e-3 * speed, speed) - efficiency(1.7e-3, 1)) < 1e-12) }
        // 3 l/s against 40 kPa are 120 W of water.
        #expect(abs(pump.electricPower(flow: VolumeFlow(3e-3), head: PressureDifference(4e4), speed: 1).watts - 200) < 1e-9)
    }
}
