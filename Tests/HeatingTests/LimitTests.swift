import Heating
import NetworkModel
import Quantities
import Testing

/// Sources, exchangers and controllers at their limits, against answers worked out by hand.
@Suite struct LimitTests {
    private let capacity = 4000.0
    private let conditions = DesignConditions(
        outdoor: Temperature(celsius: -10), room: Temperature(celsius: 20), ground: Temperature(celsius: 5),
        fluid: .constant(
            Density(kilogramsPerCubicMetre: 1000), Viscosity(4e-4), HeatCapacity(joulesPerKilogramKelvin: 4000)))

    /// Adds a building of one flat of 150 W/K with a radiator of 6 kW at 75/50/20 °C; its Kv lets 1 kg/s through at 10 kPa.
    private func addFlat(_ builder: inout TwoPipeBuilder, at place: String, substation: SubstationIndex?) {
        let zone = builder.network.add(Zone(id: "z"))
        let terminal = builder.load("flat", at: place, .emitter(DwellingIndex(0)), kv: 3.6 * (1e5 / 1e4).squareRoot())
        builder.network.add(Dwelling(
            id: "flat", building: BuildingIndex(0), unit: 1, floor: 1, door: 1, area: Area(squareMetres: 90),
            exteriorConductance: ThermalConductance(wattsPerKelvin: 150), gains: .zero, emitter: .radiator(watts: 6000),
            terminal: terminal))
        builder.network.add(Building(
            id: "b", zone: zone, substation: substation, dwellings: 0..<1, couplings: 0..<0, floors: 1, units: 1,
            dwellingsPerFloor: 1))
    }

    /// The root of a rising function.
    private func root(_ range: ClosedRange<Double>, _ function: (Double) -> Double) -> Double {
        var (low, high) = (range.lowerBound, range.upperBound)
        for _ in 0..<200 {
            let middle = 0.5 * (low + high)
            if function(middle) < 0 { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }

    @Test(arguments: [nil, 4000.0, 2000, 300]) func aSourceAtItsHeatLimit(limit: Double?) throws {
        var builder = TwoPipeBuilder(conditions: conditions)
        builder.source(
            Source(id: "plant", supplyTemperature: Temperature(celsius: 75), heatLimit: limit.map { Power(watts: $0) }),
            at: "A", head: 10_000)
        builder.holdPressure(at: "A")
        addFlat(&builder, at: "A", substation: nil)
        let network = builder.network.build()
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        // The head of 10 kPa is what the Kv loses at 1 kg/s.
        #expect(abs(outcome.dwellingFlow[0] - 1) < 1e-9)
        let law = EmitterLaw(.radiator(watts: 6000))
        let room: Double
        if let limit {
            // All heat goes into the room, which loses 150 W/K: the flow does not matter.
            room = -10 + limit / 150
            #expect(outcome.sources[0].isHeatLimited)
            #expect(abs(outcome.sources[0].heat - limit) < 1e-3)
            let supply = law.supply(delivering: limit, capacityFlow: capacity, room: room)
            #expect(abs(outcome.sources[0].supply - supply) < 1e-5)
        } else {
            room = root(-10...75) { 150 * ($0 + 10) - law.heat(capacityFlow: capacity, supply: 75, room: $0) }
            #expect(!outcome.sources[0].isHeatLimited && outcome.sources[0].supply == 75)
        }
        // Converged means changes below 1e-6 K.
        #expect(abs(outcome.room[0] - room) < 1e-5)
        #expect(outcome.energy.relativeResidual < 1e-6)
    }

    /// One substation; primary and secondary pass 1 kg/s each where nothing throttles.
    private func substationNetwork(conductance: Double, heatLimit: Double? = nil, flowLimit: Double? = nil) -> Network {
        var builder = TwoPipeBuilder(conditions: conditions)
        let kv = FlowCoefficient(cubicMetresPerHour: 3.6 * 10.0.squareRoot())
        builder.source(Source(id: "plant", supplyTemperature: Temperature(celsius: 100)), at: "P", head: 10_000)
        builder.holdPressure(at: "P")
        let (primary, secondary) = (builder.pair("P"), builder.pair("S"))
        let inlet = builder.network.add(Node(id: "S/inlet", line: .return))
        let index = builder.network.add(
            Substation(
                id: "S", exchangerConductance: ThermalConductance(wattsPerKelvin: conductance),
                secondarySupply: Temperature(celsius: 75), secondaryReturn: Temperature(celsius: 50),
                primaryFlowLimit: flowLimit.map { MassFlow(kilogramsPerSecond: $0) },
                heatLimit: heatLimit.map { Power(watts: $0) }, primaryKv: kv,
                secondaryKv: FlowCoefficient(cubicMetresPerHour: .infinity)),
            primary: (primary.supply, primary.back), secondary: (inlet, secondary.supply))
        builder.network.add(
            Pump(characteristic: .constantHead(PressureDifference(pascals: 10_000))), id: "S/pump", from: secondary.back, to: inlet)
        builder.holdPressure(at: "S")
        addFlat(&builder, at: "S", substation: index)
        return builder.network.build()
    }

    /// Room and secondary supply when the exchanger gives all it can at a primary capacity flow.
    private func starved(_ conductance: Double, primaryFlow: Double) -> (room: Double, supply: Double) {
        let law = EmitterLaw(.radiator(watts: 6000))
        let exchanger = HeatExchanger(conductance: ThermalConductance(wattsPerKelvin: conductance))
        func room(_ supply: Double) -> Double {
            root(-10...supply) { 150 * ($0 + 10) - law.heat(capacityFlow: capacity, supply: supply, room: $0) }
        }
        let supply = root(-9...100) { supply in
            let heat = law.heat(capacityFlow: capacity, supply: supply, room: room(supply))
            let given = exchanger.heat(
                hotFlow: primaryFlow, coldFlow: capacity, hotInlet: 100, coldInlet: supply - heat / capacity)
            return heat - given
        }
        return (room(supply), supply)
    }

    @Test(arguments: [20.0, 60, 130]) func anExchangerTooSmallForItsSetPoint(conductance: Double) throws {
        let network = substationNetwork(conductance: conductance)
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        let expected = starved(conductance, primaryFlow: capacity)
        #expect(outcome.substations[0].state == .exchanger)
        #expect(abs(outcome.substations[0].primaryFlow - 1) < 1e-9)
        #expect(abs(outcome.substations[0].secondarySupply - expected.supply) < 1e-5)
        #expect(abs(outcome.room[0] - expected.room) < 1e-5)
        #expect(outcome.findings.contains { $0.code.name == "substation-below-set-point" })
    }

    @Test func aControllerPassesJustWhatItsSetPointNeeds() throws {
        let network = substationNetwork(conductance: 2000)
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        let law = EmitterLaw(.radiator(watts: 6000))
        let room = root(-10...75) { 150 * ($0 + 10) - law.heat(capacityFlow: capacity, supply: 75, room: $0) }
        let heat = 150 * (room + 10)
        let needed = HeatExchanger(conductance: ThermalConductance(wattsPerKelvin: 2000)).hotFlow(
            holding: 75, coldFlow: capacity, hotInlet: 100, coldInlet: 75 - heat / capacity)
        #expect(outcome.substations[0].state == .held)
        #expect(abs(outcome.room[0] - room) < 1e-6)
        #expect(abs(outcome.substations[0].primaryFlow * capacity / needed - 1) < 1e-6)
    }

    @Test func aSubstationAtItsOwnLimits() throws {
        var byHeat = Simulation(substationNetwork(conductance: 2000, heatLimit: 3000))
        let heated = try byHeat.run(byHeat.network.designWeather)
        #expect(heated.substations[0].state == .heatLimit)
        #expect(abs(heated.room[0] - 10) < 1e-5)
        #expect(abs(heated.substations[0].heat - 3000) < 1e-2)

        // 0.02 kg/s of 100 °C carry little.
        var byFlow = Simulation(substationNetwork(conductance: 2000, flowLimit: 0.02))
        let throttled = try byFlow.run(byFlow.network.designWeather)
        let expected = starved(2000, primaryFlow: 0.02 * capacity)
        #expect(throttled.substations[0].state == .flowLimit)
        #expect(abs(throttled.substations[0].primaryFlow - 0.02) < 1e-9)
        #expect(abs(throttled.room[0] - expected.room) < 1e-5)
    }

    /// No pump: warm water rises to a radiator ten metres up and falls cold, as heating worked before 1920.
    @Test func gravityAloneDrivesTheWater() throws {
        var water = conditions
        water.fluid = .water
        var builder = TwoPipeBuilder(conditions: water)
        builder.source(Source(id: "boiler", supplyTemperature: Temperature(celsius: 90)), at: "A")
        builder.holdPressure(at: "A")
        _ = builder.pair("B", elevation: 10)
        builder.trench("riser", "A", "B", .of(10, 200, roughness: 0.1, loss: 0))
        addFlat(&builder, at: "B", substation: nil)
        let network = builder.network.build()
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)

        let law = EmitterLaw(.radiator(watts: 6000))
        let cp = water.fluid.heatCapacity.value
        func density(_ celsius: Double) -> Double { water.fluid.density(at: Temperature(celsius: celsius)).value }
        let kv = FlowCoefficient(cubicMetresPerHour: 3.6 * 10.0.squareRoot())
        func back(_ flow: Double) -> Double {
            let room = root(-10...90) { 150 * ($0 + 10) - law.heat(capacityFlow: flow * cp, supply: 90, room: $0) }
            return 90 - 150 * (room + 10) / (flow * cp)
        }
        let flow = root(1e-4...10) { flow in
            let cold = back(flow)
            let loss = kv.resistance(density: Density(density(0.5 * (90 + cold)))) * flow * flow
            return loss - 9.80665 * 10 * (density(cold) - density(90))
        }
        // The wide riser takes about 1e-4 of the head, and the flow half of that.
        #expect(abs(outcome.dwellingFlow[0] / flow - 1) < 1e-3)
        #expect(outcome.energy.relativeResidual < 1e-6)
    }

    @Test func aLoadThatNoWaterIsWarmEnoughForIsNamed() throws {
        var builder = TwoPipeBuilder(conditions: conditions)
        builder.source(Source(id: "plant", supplyTemperature: Temperature(celsius: 40)), at: "A", head: 10_000)
        builder.holdPressure(at: "A")
        builder.trench("t", "A", "B", .of(100, 50, roughness: 0.1, loss: 0.2))
        builder.load("cold", at: "B", .heat(Power(watts: 5000), returnTemperature: Temperature(celsius: 45)))
        builder.load("fine", at: "B", .heat(Power(watts: 5000), returnTemperature: Temperature(celsius: 25)))
        let network = builder.network.build()
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        // Only the load that can be met takes heat: to 1e-6 of it.
        #expect(abs(outcome.energy.loads - 5000) < 0.01)
        #expect(outcome.findings.contains { $0.code.name == "load-unmet" && $0.element?.id == "cold" })
        #expect(!outcome.findings.contains { $0.code.name == "load-unmet" && $0.element?.id == "fine" })
    }

    /// Provisional states of an iteration come near the pole of the density formula at −68 °C.
    @Test(arguments: [-1e300, -273, -133.15, -68.12963, -50, 0, 100, 374, 1e300])
    func waterHasPropertiesAtAnyTemperature(celsius: Double) {
        let temperature = Temperature(celsius: celsius)
        #expect((500...1001).contains(Fluid.water.density(at: temperature).value))
        let viscosity = Fluid.water.viscosity(at: temperature).value
        #expect(viscosity > 1e-5 && viscosity < 1)
    }
}
