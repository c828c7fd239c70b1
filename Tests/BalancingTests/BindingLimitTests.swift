import Heating
import Hydraulics
import NetworkModel
import Quantities
import Testing

@testable import Balancing

/// What is shared adds up to the limit that stops it: to 1e-9 of it, where levels are found to 1e-12.
@Suite struct BindingLimitTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6])
    func sourceFlow(_ seed: Int) throws {
        var district = District.random(UInt64(seed))
        let limit = 0.75 * (try Shared(district)).allocation.sources[0].massFlow.value
        district.sourceFlowLimit = limit
        for policy in [AllocationPolicy.equalTemperature, .openArea, .tilt(1), .priority] {
            let share = try Shared(district, policy).allocation.sources[0]
            #expect(share.limit == .sourceFlow, "\(policy)")
            #expect(abs(share.massFlow.value / limit - 1) < 1e-9, "\(policy)")
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6])
    func primaryFlowAndHeatOfSubstations(_ seed: Int) throws {
        var district = District.random(UInt64(seed))
        let free = try Shared(district).allocation
        for station in district.substations.indices {
            if station % 2 == 0 {
                district.substations[station].primaryFlowLimit = 0.7 * free.substations[station].primaryFlow.value
            } else {
                district.substations[station].heatLimit = 0.8 * free.substations[station].heat.watts
            }
        }
        let shared = try Shared(district)
        for (station, share) in shared.allocation.substations.enumerated() {
            if let limit = district.substations[station].primaryFlowLimit, limit > 0 {
                #expect(share.limit == .primaryFlow)
                #expect(abs(share.primaryFlow.value / limit - 1) < 1e-9, "\(station)")
            }
            if let limit = district.substations[station].heatLimit, limit > 0 {
                #expect(share.limit == .substationHeat)
                #expect(abs(share.heat.watts / limit - 1) < 1e-9, "\(station)")
            }
        }
    }

    @Test(arguments: [1, 2, 4, 5, 6])
    func exchangers(_ seed: Int) throws {
        var district = District.random(UInt64(seed))
        for station in district.substations.indices { district.substations[station].conductance *= 0.008 }
        let shared = try Shared(district)
        for (position, share) in shared.allocation.substations.enumerated() where share.limit == .exchanger {
            let exchanger = HeatExchanger(conductance: shared.network.substations[SubstationIndex(position)].exchangerConductance)
            let greatest = exchanger.heat(
                hotFlow: .infinity, coldFlow: share.secondaryFlow.value * shared.network.conditions.fluid.heatCapacity.value,
                hotInlet: share.primarySupply.celsius, coldInlet: share.secondaryReturn.celsius)
            #expect(abs(share.heat.watts / (AllocationOptions().exchangerShare * greatest) - 1) < 1e-9)
        }
        #expect(shared.allocation.substations.contains { $0.limit == .exchanger })
    }

    /// The tightest path takes all the head there is, pipes, valves fully open and gravity counted again.
    @Test(arguments: [21, 28, 43])
    func pumpHead(_ seed: Int) throws {
        var district = District.random(UInt64(seed))
        for station in district.substations.indices { district.substations[station].head = 20e3 }
        district.mainDiameter = 0.04
        let shared = try Shared(district)
        let distribution = Distribution(of: shared.network, threads: 1)
        var found = 0
        for (position, share) in shared.allocation.substations.enumerated() where share.limit == .pumpHead {
            let index = try #require(distribution.secondaryCircuit[position])
            let circuit = distribution.circuits[index]
            var state = distribution.designState(of: index, supply: 60, return: 45, isothermal: true)
            for (local, link) in circuit.compiled.links.enumerated() { state.linkTemperature[local] = shared.allocation.linkTemperature[link.position] }
            let flow = circuit.compiled.links.map { shared.allocation.massFlow[$0.position] }
            let spare = try #require(circuit.index(flow, state)).spare
            #expect(abs(spare) < 1e-9 * 20e3, "\(spare) Pa")
            found += 1
        }
        #expect(found > 0)
    }
}
