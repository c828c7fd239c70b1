import Heating
import NetworkModel
import Quantities
import Testing

@testable import Balancing

@Suite struct AllocationTests {
    /// One floor of three dwellings, the last closed; no pipe loses heat.
    private var row: District {
        var district = District([.init(houses: [.init(floors: 1, units: 1, doors: 3, oversize: 3, closed: [2])])])
        district.pipeLoss = 0
        return district
    }

    @Test func limitedSourceIsSharedAtOneTemperatureByHand() throws {
        // He 105 W/K, K 60 W/K, gains 180 W where open, outdoors −10 °C. The closed room has (105·(−10) + 60 x)/165, so
        // the two loads are 105 (x + 10) − 180 and that plus 60 (x − closed) = 60·105/165 (x + 10).
        var district = row
        district.heatLimit = 5000
        let shared = try Shared(district)
        let slope: Double = 210 + 60.0 * 105 / 165
        let x: Double = 5360 / slope - 10
        let rooms = shared.allocation.dwellings.room
        // Levels are found to 1e-12 of the limit, temperatures follow within rounding.
        #expect(abs(rooms[0] - x) < 1e-9)
        #expect(abs(rooms[1] - x) < 1e-9)
        let closed: Double = (60 * x - 1050) / 165
        #expect(abs(rooms[2] - closed) < 1e-9)
        let heat: Double = 105 * (x + 10) - 180
        #expect(abs(shared.allocation.dwellings.heat[0] - heat) < 1e-6)
        #expect(abs(shared.allocation.sources[0].heat.watts - 5000) < 5e-6)
        #expect(shared.allocation.dwellings.limit[0] == LimitSite(.sourceHeat, at: .source(SourceIndex(0))))
        #expect(shared.allocation.bottlenecks.map(\.limit) == [.sourceHeat])
        #expect(shared.allocation.bottlenecks[0].dwellings == 2)
        #expect(abs(shared.allocation.bottlenecks[0].degreeDwellings - 2 * (18 - x)) < 1e-6)
        // What is lacking is the need at 18 °C less the limit.
        let need: Double = slope * 28 - 360
        guard case .moreHeat(let lack)? = shared.allocation.bottlenecks[0].remedy else { Issue.record("no remedy"); return }
        #expect(abs(lack.watts - (need - 5000)) < 1e-6)
    }

    @Test func enoughHeatBringsEveryoneToTheTarget() throws {
        let shared = try Shared(row)
        #expect(shared.allocation.dwellings.room[0] == 18)
        #expect(shared.allocation.dwellings.room[1] == 18)
        #expect(shared.allocation.dwellings.limit.allSatisfy { $0.limit == .none })
        #expect(shared.allocation.bottlenecks.isEmpty)
        #expect(shared.latticeError < 1e-8)
        // Both sides solve the same equation; the flow's condition number is below 20 at this oversize.
        #expect(shared.emitterError < 1e-9)
        for position in 0..<2 {
            #expect(abs(shared.allocation.dwellings.heat[position] - shared.demand.requiredHeat[position]) < 1e-8)
        }
    }

    @Test func saturatedEmitterGivesItsShareAndNoMore() throws {
        var district = row
        district.substations[0].houses[0].weakEmitters = [0: 0.2]
        let shared = try Shared(district)
        let shares = shared.allocation.dwellings
        #expect(shares.room[0] < 17.9)
        #expect(shares.room[1] == 18)
        #expect(shares.limit[0] == LimitSite(.emitter, at: .building(BuildingIndex(0))))
        let law = EmitterLaw(shared.network.dwellings[0].emitter)
        let share = shares.heat[0] / law.greatestHeat(supply: shares.supply[0], room: shares.room[0])
        #expect(abs(share - 0.9) < 1e-9)
        #expect(shared.latticeError < 1e-8)
        #expect(shared.emitterError < 1e-8)
        // The remedy at the same supply and water gives exactly the heat that is needed.
        let bottleneck = try #require(shared.allocation.bottlenecks.first)
        guard case .moreEmitter(let more)? = bottleneck.remedy, bottleneck.alternatives.count == 2,
            case .hotterSupply(let supply) = bottleneck.alternatives[0].remedy, case .lessLoss(let saved) = bottleneck.alternatives[1].remedy
        else { Issue.record("no remedy"); return }
        let flow = shares.massFlow[0] * shared.network.conditions.fluid.heatCapacity.value
        var larger = shared.network.dwellings[0].emitter
        larger.nominalPower = Power(watts: larger.nominalPower.watts + more.watts)
        let needed = shared.demand.requiredHeat[0]
        #expect(abs(EmitterLaw(larger).heat(capacityFlow: flow, supply: shares.supply[0], room: 18) - needed) < 1e-6 * needed)
        // And each of the other two cures by itself.
        #expect(abs(law.heat(capacityFlow: flow, supply: supply.celsius, room: 18) - needed) < 1e-6 * needed)
        #expect(abs(law.heat(capacityFlow: flow, supply: shares.supply[0], room: 18) - (1 - saved) * needed) < 1e-6 * needed)
    }

    @Test func restrictedDwellingGetsItsShareOfTheHeat() throws {
        var district = row
        district.substations[0].houses[0].restricted = [0: 0.6]
        let shared = try Shared(district)
        let open = try Shared(row)
        #expect(abs(shared.allocation.dwellings.heat[0] - 0.6 * open.allocation.dwellings.heat[0]) < 1e-8)
        #expect(shared.allocation.dwellings.limit[0].limit == .restricted)
        #expect(shared.allocation.dwellings.room[1] == 18)
        #expect(shared.latticeError < 1e-8)
    }

    @Test(arguments: [Limit.substationHeat, .primaryFlow, .exchanger, .sourceFlow, .pumpHead])
    func bindingLimitIsNamedAndUsedUp(_ limit: Limit) throws {
        let free = try Shared(row)
        let station = free.allocation.substations[0]
        var district = row
        switch limit {
        case .substationHeat: district.substations[0].heatLimit = 0.8 * station.heat.watts
        case .primaryFlow: district.substations[0].primaryFlowLimit = 0.7 * station.primaryFlow.value
        case .exchanger: district.substations[0].conductance = 60
        case .sourceFlow: district.sourceFlowLimit = 0.7 * station.primaryFlow.value
        default:
            // A thin main takes 15 kPa at the free flow, the branches about 1 kPa.
            district.mainDiameter = 0.015
            district.substations[0].houses[0].pipe = 200
            district.substations[0].head = 10_000
        }
        let shared = try Shared(district)
        let now = shared.allocation.substations[0]
        #expect(shared.coldest < 17.9)
        #expect(shared.allocation.dwellings.limit[0].limit == limit)
        #expect(shared.allocation.dwellings.room[0] == shared.allocation.dwellings.room[1])
        switch limit {
        case .substationHeat: #expect(abs(now.heat.watts / (0.8 * station.heat.watts) - 1) < 1e-9)
        case .primaryFlow: #expect(abs(now.primaryFlow.value / (0.7 * station.primaryFlow.value) - 1) < 1e-6)
        case .exchanger:
            // 98 % of what endless primary flow would give: ε = 1 − e^(−UA/C₂) of the secondary's capacity flow.
            let capacity = now.secondaryFlow.value * 4187
            let effectiveness = 1 - power(2.718281828459045, -60 / capacity)
            let greatest = effectiveness * capacity * (now.primarySupply.celsius - now.secondaryReturn.celsius)
            #expect(abs(now.heat.watts / (0.98 * greatest) - 1) < 1e-9)
        case .sourceFlow:
            #expect(abs(shared.allocation.sources[0].massFlow.value / (0.7 * station.primaryFlow.value) - 1) < 1e-9)
        default: #expect(shared.allocation.bottlenecks.first?.element.id == "S1/pump")
        }
        #expect(shared.allocation.bottlenecks.first?.remedy != nil)
    }

    @Test func branchThatTakesMuchOfTheHeadIsLimitedByItself() throws {
        var district = row
        // Kv 0.64 and 1.2 in series need about 2 kPa for what the second dwelling wants, the terminal alone 0.4 kPa.
        district.substations[0].head = 1500
        let shared = try Shared(district)
        let shares = shared.allocation.dwellings
        #expect(shares.limit[1].limit == .valve)
        // It stops nobody else, and gets no less than its share of the head (40 %) lets through at any density of hot water.
        #expect(shares.room[0] == 18)
        let density = Density(990)
        let valve = FlowCoefficient(district.preset[69].1).resistance(density: density)
        let loss = (valve + FlowCoefficient(1.2).resistance(density: density)) * shares.massFlow[1] * shares.massFlow[1]
        #expect(loss > 0.4 * 1500)
        guard case .largerValve(let kv)? = shared.allocation.bottlenecks.first?.remedy else { Issue.record("no remedy"); return }
        #expect(kv.value > district.preset[69].1)
        // What it is given can be set: a forward simulation finds the flow, half a step of the preset apart.
        let run = try BalanceRun(shared.network)
        for row in run.schedule.valves where run.network.valves[row.valve].level == .dwelling {
            if let ratio = row.flowRatio { #expect(abs(ratio - 1) < 0.05) }
        }
    }

    @Test func valveThatWouldBeHeardLimitsItsDwelling() throws {
        var district = row
        // 0.64 m³/h fully open: at 400 Pa 0.0405 m³/h, about half of what the second dwelling wants.
        district.limits.valveNoise = PressureDifference(pascals: 400)
        let shared = try Shared(district)
        let shares = shared.allocation.dwellings
        #expect(shares.limit[1].limit == .noise)
        #expect(shares.room[1] < 17.9)
        let valve = FlowCoefficient(district.preset[69].1).resistance(density: Density(985))
        // Density of the branch's water within a hundredth.
        #expect(abs(valve * shares.massFlow[1] * shares.massFlow[1] / 400 - 1) < 0.02)
        guard case .largerValve(let kv)? = shared.allocation.bottlenecks.first(where: { $0.limit == .noise })?.remedy else {
            Issue.record("no remedy")
            return
        }
        #expect(abs(kv.value / district.preset[69].1 - shares.requiredFlow[1] / shares.massFlow[1]) < 0.2)
        district.limits.valveNoise = nil
        #expect(try Shared(district).allocation.dwellings.room[1] == 18)
    }

    @Test func leastFlowIsGivenAndNamed() throws {
        var district = row
        let free = try Shared(district).allocation.dwellings
        district.limits.leastFlow = MassFlow(2 * free.massFlow[0])
        let shared = try Shared(district)
        let shares = shared.allocation.dwellings
        #expect(abs(shares.massFlow[0] / (2 * free.massFlow[0]) - 1) < 1e-12)
        #expect(shares.room[0] > 18.1)
        #expect(shares.limit[0].limit == .leastFlow || shares.limit[0].limit == .none)
        #expect(shares.massFlow[2] == 0)
        #expect(shared.latticeError < 1e-6 && shared.emitterError < 1e-8)
        #expect(!shared.allocation.dropsLeastFlow)
        // Where heat is short nobody at the least flow falls to the common level.
        district.heatLimit = 0.8 * shared.allocation.sources[0].heat.watts
        let short = try Shared(district)
        #expect(abs(short.allocation.sources[0].heat.watts / (district.heatLimit ?? 0) - 1) < 1e-9 || short.coldest > 17.99)
    }

    @Test func leastFlowsBeyondTheSourceGiveWay() throws {
        var district = row
        let free = try Shared(district).allocation.dwellings
        district.limits.leastFlow = MassFlow(free.massFlow[0])
        district.heatLimit = 1000
        let shared = try Shared(district)
        #expect(abs(shared.allocation.sources[0].heat.watts / 1000 - 1) < 1e-9)
        #expect(abs(shared.allocation.dwellings.room[0] - shared.allocation.dwellings.room[1]) < 1e-9)
        #expect(shared.allocation.dropsLeastFlow)
    }

    @Test func leastSettingOfAValveIsHeeded() throws {
        var district = row
        // Two settings, the lower already wide: 0.6 m³/h at 3 kPa are 0.104 m³/h.
        district.preset = [(1, 0.6), (2, 0.64)]
        let free = try Shared(district).allocation.dwellings
        district.limits.heedsLeastSetting = true
        let wide = try Shared(district).allocation.dwellings
        #expect(free.room[0] == 18)
        #expect(wide.massFlow[0] > 1.2 * free.massFlow[0])
        #expect(wide.room[0] > 18.05)
        // Kv √Δp with the water's density within a hundredth.
        #expect(abs(wide.massFlow[0] / (0.6 * 0.03.squareRoot() * 985 / 3600 * (1000 / 985.0).squareRoot()) - 1) < 0.02)
    }

    @Test func twoEqualZonesAtDifferentOpenRates() throws {
        // Twenty dwellings each; 2 closed in the first house, 12 in the second.
        var district = District([.init(houses: [
            .init(zone: 0, floors: 5, units: 1, doors: 4, oversize: 2.5, closed: [3, 14]),
            .init(zone: 1, floors: 5, units: 1, doors: 4, oversize: 2.5, closed: [0, 2, 3, 5, 6, 9, 10, 12, 13, 15, 16, 18]),
        ])])
        district.pipeLoss = 0.03
        let need = try Shared(district).allocation.sources[0].heat.watts
        district.heatLimit = 0.85 * need
        let zones = try Shared(district).allocation.zoneSummaries
        #expect(zones.map { $0.openRate ?? 0 } == [0.9, 0.4])
        let means = zones.compactMap { $0.meanRoom?.celsius }
        #expect(means.count == 2 && abs(means[0] - means[1]) < 0.2)
        #expect((zones[1].tilt ?? 0) > 1)
        #expect((zones[0].tilt ?? 2) < 1)
        #expect(zones.allSatisfy { $0.bottleneck == .sourceHeat })
    }

    @Test func closedBuildingsAndEmptyNetworksAreNoTrouble() throws {
        var district = row
        district.substations[0].houses[0].closed = [0, 1, 2]
        let shared = try Shared(district)
        #expect(shared.allocation.dwellings.heat == [0, 0, 0])
        #expect(shared.allocation.zoneSummaries[0].tilt == nil)
        let empty = NetworkBuilder().build()
        let demand = HeatDemand(of: empty, in: empty.designWeather)
        #expect(try Allocation(of: demand, in: empty).dwellings.room.isEmpty)
    }

    @Test func cutOffDwellingIsSaidToBeUnreachable() throws {
        var district = District([.init(houses: [.init(oversize: 2), .init(oversize: 2)])])
        district.pipeLoss = 0.03
        district.closedLinks = ["S1B2/main/supply"]
        let shared = try Shared(district)
        for position in shared.network.buildings[1].dwellings {
            #expect(shared.allocation.dwellings.limit[position].limit == .unreachable)
            #expect(shared.allocation.dwellings.massFlow[position] == 0)
        }
        for position in shared.network.buildings[0].dwellings { #expect(shared.allocation.dwellings.room[position] == 18) }
    }
}
