import Heating
import Hydraulics
import NetworkModel
import Quantities
import Testing

@Suite struct SimulationTests {
    private func run(_ district: TestDistrict, options: SimulationOptions = SimulationOptions()) throws -> (Network, Outcome) {
        let network = district.network()
        var simulation = Simulation(network, options: options)
        return (network, try simulation.run(network.designWeather))
    }

    /// Heat of the sources less that of the dwellings and pipes, W, by the flows and temperatures of single links: what the energy
    /// balance of the outcome claims, worked out another way.
    private func imbalance(_ network: Network, _ outcome: Outcome) -> Double {
        let capacity = network.conditions.fluid.heatCapacity.value
        var sum = 0.0
        for (position, link) in network.links.enumerated() {
            let flow = outcome.massFlow[position]
            let inlet = outcome.temperature[(flow > 0 ? link.from : link.to).position]
            let drop = inlet - outcome.linkOutletTemperature[position]
            guard drop.isFinite else { continue }
            switch link.element {
            case .source, .pipe, .terminal: sum -= flow.magnitude * capacity * drop
            case .valve, .pump: #expect(abs(drop) < 1e-9)
            case .exchangerPrimary, .exchangerSecondary: break
            }
        }
        return sum
    }

    /// What every outcome must satisfy, by sums of its own numbers.
    private func judge(_ network: Network, _ outcome: Outcome) {
        let capacity = network.conditions.fluid.heatCapacity.value
        #expect(outcome.energy.relativeResidual < 1e-6)
        #expect(abs(imbalance(network, outcome)) < 1e-6 * outcome.energy.sources)
        for (dwelling, data) in network.dwellings.enumerated() {
            #expect(outcome.room[dwelling].isFinite)
            guard let terminal = data.terminal else { continue }
            let flow = outcome.massFlow[network.terminals[terminal].link.position].magnitude
            let carried = flow * capacity * (outcome.dwellingSupply[dwelling] - outcome.dwellingReturn[dwelling])
            if outcome.dwellingSupply[dwelling].isNaN {
                #expect(outcome.delivered[dwelling] == 0)
            } else {
                // Newton's last step of 1e-9 K, twice.
                #expect(abs(carried - outcome.delivered[dwelling]) < 1e-3)
                let law = data.emitter.heat(
                    massFlow: MassFlow(flow), supply: Temperature(celsius: outcome.dwellingSupply[dwelling]),
                    room: Temperature(celsius: outcome.room[dwelling]), heatCapacity: network.conditions.fluid.heatCapacity)
                #expect(abs(law.watts - outcome.delivered[dwelling]) < 1e-3)
            }
        }
        for (position, side) in outcome.substations.enumerated() where side.state != .idle {
            let secondary = side.secondaryFlow * capacity * (side.secondarySupply - side.secondaryReturn)
            #expect(abs(secondary - side.heat) < 1e-5 * side.heat)
            let greatest = HeatExchanger(conductance: network.substations[position].exchangerConductance).heat(
                hotFlow: side.primaryFlow * capacity, coldFlow: side.secondaryFlow * capacity, hotInlet: side.primarySupply,
                coldInlet: side.secondaryReturn)
            // A held substation passes just what its set point needs, a starved one all it gets: both on the exchanger's law.
            #expect(abs(greatest - side.heat) < 1e-4 * side.heat)
        }
    }

    @Test(arguments: 0..<Seeds.count(12)) func randomDistrictsConserveEnergy(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        var district = TestDistrict()
        district.seed = UInt64(seed)
        district.substations = Int.random(in: 1...4, using: &generator)
        district.buildings = Int.random(in: 1...3, using: &generator)
        district.floors = Int.random(in: 1...7, using: &generator)
        district.units = Int.random(in: 1...2, using: &generator)
        district.openRate = generator.uniform(0.2...1)
        district.hasRing = seed % 2 == 0
        if seed % 3 == 1 { district.sourceShare = generator.uniform(0.3...0.7) }
        if seed % 4 == 2 { district.exchangerShare = generator.uniform(0.3...0.6) }
        if seed % 5 == 3 { district.primaryValveShare = generator.uniform(0.2...0.6) }
        let (network, outcome) = try run(district)
        judge(network, outcome)
    }

    @Test func heldSetPointsAndRoomsOfAnAmpleDistrict() throws {
        let (network, outcome) = try run(TestDistrict())
        judge(network, outcome)
        for substation in outcome.substations {
            #expect(substation.state == .held)
            #expect(abs(substation.secondarySupply - 60) < 1e-9)
        }
        // Closed flats float between outdoors and their neighbours.
        for (dwelling, data) in network.dwellings.enumerated() where data.state == .closed {
            #expect(outcome.room[dwelling] > TestDistrict.outdoor && outcome.room[dwelling] < 25)
        }
        // Two flats under the roof are colder than 5 °C, which is said; nothing else is.
        #expect(outcome.findings.map(\.code.name) == ["frost-danger"])
    }

    @Test func gravityHeadFavoursUpperFloors() throws {
        var district = TestDistrict()
        (district.floors, district.openRate, district.buildings) = (12, 1, 1)
        let (network, with) = try run(district)
        let (_, without) = try run(district, options: SimulationOptions(isothermal: true))
        let top = network.dwellings.count - 1
        // Warm water rises: every floor gains, the top most.
        let gain = { (dwelling: Int) in with.dwellingFlow[dwelling] / without.dwellingFlow[dwelling] }
        #expect(gain(top) > gain(0) + 0.01)
    }

    @Test func theResultDoesNotDependOnThreads() throws {
        var district = TestDistrict()
        (district.substations, district.sourceShare) = (4, 0.5)
        let (_, one) = try run(district, options: SimulationOptions(threads: 1))
        let (_, two) = try run(district, options: SimulationOptions(threads: 2))
        #expect(one.massFlow == two.massFlow && one.room == two.room && one.delivered == two.delivered)
        #expect(one.pressure == two.pressure && one.history == two.history)
    }

    @Test func aSecondRunStartsFromTheFirst() throws {
        let network = TestDistrict().network()
        var simulation = Simulation(network)
        let first = try simulation.run(network.designWeather)
        let second = try simulation.run(network.designWeather)
        for (a, b) in zip(first.room, second.room) { #expect(abs(a - b) < 1e-5) }
        // From the answer itself there is next to nothing left to do.
        #expect(second.iterations <= 2)
    }

    @Test func changedSettingsGiveTheSameAsAFreshSimulation() throws {
        let network = TestDistrict().network()
        var simulation = Simulation(network)
        _ = try simulation.run(network.designWeather)
        var settings = Settings()
        for (position, valve) in network.valves.enumerated() where valve.level == .dwelling && position % 3 == 0 {
            settings.valves.append(Settings.ValveChange(valve: ValveIndex(position), setting: nil, kv: valve.kv * 0.4))
        }
        settings.pumps.append(Settings.PumpChange(
            pump: PumpIndex(1), characteristic: .constantHead(PressureDifference(pascals: 70_000)), speed: 1))
        settings.pumps.append(Settings.PumpChange(
            pump: PumpIndex(2),
            characteristic: .curve([
                PumpPoint(flow: .zero, head: PressureDifference(pascals: 80_000)),
                PumpPoint(flow: VolumeFlow(cubicMetresPerHour: 20), head: PressureDifference(pascals: 50_000)),
            ]), speed: 0.9))
        simulation.apply(settings)
        var states = network.dwellings.map(\.state)
        states[3] = .closed
        states[5] = .open
        simulation.setStates(states)
        let changed = try simulation.run(network.designWeather)
        var expected = network.applying(settings)
        expected.setState(.closed, of: DwellingIndex(3))
        expected.setState(.open, of: DwellingIndex(5))
        var fresh = Simulation(expected)
        let outcome = try fresh.run(network.designWeather)
        // Both stop at 1e-6 K, from different sides.
        for (a, b) in zip(changed.room, outcome.room) { #expect(abs(a - b) < 1e-5) }
        for (a, b) in zip(changed.massFlow, outcome.massFlow) { #expect(abs(a - b) < 1e-5) }
    }

    @Test func weatherMovesTheSetPoints() throws {
        let network = TestDistrict().network()
        var simulation = Simulation(network)
        let mild = try simulation.run(Weather(outdoor: Temperature(celsius: 4), ground: Temperature(celsius: 5)))
        judge(network, mild)
        let design = try simulation.run(network.designWeather)
        #expect(mild.substations[0].secondarySupply < 50 && mild.energy.sources < 0.7 * design.energy.sources)
        #expect(design.substations[0].secondarySupply == 60)
    }

    @Test func aCutOffBuildingFloatsAndIsNamed() throws {
        var network = TestDistrict().network()
        let last = network.buildings.count - 1
        for dwelling in network.buildings[last].dwellings { network.setState(.open, of: DwellingIndex(dwelling)) }
        var simulation = Simulation(network)
        let before = try simulation.run(network.designWeather)
        #expect(before.findings.map(\.code.name) == ["frost-danger"])
        // The building's inlet valve shut: Kv nought is closed.
        let valve = try #require(network.valves.indices.last { network.valves[$0].level == .building })
        simulation.apply(Settings(valves: [.init(valve: ValveIndex(valve), setting: nil, kv: .zero)]))
        let outcome = try simulation.run(network.designWeather)
        judge(network, outcome)
        for dwelling in network.buildings[last].dwellings {
            #expect(outcome.delivered[dwelling] == 0)
            #expect(outcome.dwellingSupply[dwelling].isNaN)
            // Gains alone, spread over the building's loss.
            #expect(outcome.room[dwelling] < 0)
        }
        let finding = try #require(outcome.findings.first { $0.code.name == "dwellings-without-water" })
        #expect(finding.element?.id == network.buildings[last].id)
    }

    /// The case that balancing aims at: a source whose limit just binds, with substations that just miss their set points.
    @Test(arguments: [1.00001, 0.99999, 0.9999, 0.999, 0.99, 0.97], [1.0, 0.35]) func aLimitThatJustBinds(
        share: Double, valves: Double
    ) throws {
        var district = TestDistrict()
        (district.substations, district.hasRing, district.primaryValveShare) = (5, true, valves)
        let (_, ample) = try run(district)
        let total = Double(district.count) * 4500
        district.sourceShare = share * ample.energy.sources / total
        let (network, outcome) = try run(district)
        judge(network, outcome)
        #expect(outcome.sources[0].heat <= share * ample.energy.sources * (1 + 1e-6))
        #expect(outcome.sources[0].isHeatLimited == (share < 1))
        #expect(outcome.iterations < 30)
    }

    @Test func givingUpSaysWhyAndWhere() throws {
        var district = TestDistrict()
        district.sourceShare = 0.4
        let network = district.network()
        var simulation = Simulation(network, options: SimulationOptions(iterationLimit: 2))
        do throws(SimulationFailure) {
            _ = try simulation.run(network.designWeather)
            Issue.record("two rounds cannot be enough for a district that is short of heat")
        } catch {
            guard case .notConverged = error.reason else { throw error }
            #expect(error.history.count == 2 && error.worst != nil)
        }
        // A failed run leaves nothing behind.
        simulation.options.iterationLimit = 200
        let outcome = try simulation.run(network.designWeather)
        var fresh = Simulation(network)
        let expected = try fresh.run(network.designWeather)
        for (a, b) in zip(outcome.room, expected.room) { #expect(abs(a - b) < 1e-5) }
    }

    @Test func aCircuitWithoutPressureIsNamed() {
        var builder = TwoPipeBuilder(conditions: DesignConditions())
        builder.source(Source(id: "plant", supplyTemperature: Temperature(celsius: 80)), at: "A", head: 10_000)
        builder.load("load", at: "A", .none, kv: 3)
        let network = builder.network.build()
        var simulation = Simulation(network)
        do throws(SimulationFailure) {
            _ = try simulation.run(network.designWeather)
            Issue.record("no pressure is held")
        } catch {
            guard case .hydraulics(let failure) = error.reason else {
                Issue.record("unexpected reason")
                return
            }
            #expect(failure.reason == .noFixedPressure)
        }
    }

    @Test func anEmptyNetworkAndABuildingWithoutWater() throws {
        var nothing = Simulation(NetworkBuilder().build())
        let empty = try nothing.run(nothing.network.designWeather)
        #expect(empty.room.isEmpty && empty.energy.sources == 0 && empty.findings.isEmpty)

        let network = TestBuilding.sixBySix.network()
        var dry = Simulation(network)
        let outcome = try dry.run(network.designWeather)
        // Gains of 25 flats over the loss of the whole building.
        let loss = network.dwellings.map(\.exteriorConductance.value).reduce(0, +)
        let mean = zip(network.dwellings, outcome.room).map { $0.exteriorConductance.value * $1 }.reduce(0, +) / loss
        #expect(abs(mean - (-7.6 + 25 * TestBuilding.gains / loss)) < 1e-9)
    }
}
