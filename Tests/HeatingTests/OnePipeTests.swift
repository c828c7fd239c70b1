import Heating
import NetworkModel
import Quantities
import Testing

/// A one-pipe riser, element by element: radiators in series along one pipe, each beside a bypass that takes part of the water.
@Suite struct OnePipeTests {
    private static let outdoor = -10.0
    private static let capacity = 4187.0

    /// Five floors from the top down, fed at 80 °C; the flow through a radiator and its bypass go by their Kv.
    private func riser(closed: Int? = nil, seed: UInt64 = 1) -> Network {
        var generator = SplitMix64(seed: seed)
        var builder = NetworkBuilder(conditions: DesignConditions(outdoor: Temperature(celsius: Self.outdoor)))
        let zone = builder.add(Zone(id: "z"))
        let back = builder.add(Node(id: "back", line: .return, fixedPressure: Pressure(kilopascals: 300)))
        let inlet = builder.add(Node(id: "inlet", line: .return))
        let foot = builder.add(Node(id: "foot", line: .supply))
        builder.add(
            Pump(characteristic: .constantHead(PressureDifference(pascals: 30_000))), id: "pump", from: back, to: inlet)
        builder.add(Source(id: "plant", supplyTemperature: Temperature(celsius: 80)), from: inlet, to: foot)
        let floors = 5
        func node(_ name: String, _ floor: Int) -> NodeIndex {
            builder.add(Node(id: ElementID(name), line: .supply, elevation: Length(metres: 2.8 * Double(floor))))
        }
        let pipe = Pipe.of(14, 25, roughness: 0.2, loss: 0)
        var above = node("top", floors)
        builder.add(pipe, id: "express", from: foot, to: above)
        for floor in (0..<floors).reversed() {
            let below = node("f\(floor)", floor)
            builder.add(
                Valve(kv: FlowCoefficient(cubicMetresPerHour: generator.uniform(0.8...2.5))), id: ElementID("bypass\(floor)"), from: above,
                to: below)
            let dwelling = DwellingIndex(builder.current.dwellings.count)
            let terminal = builder.add(
                Terminal(load: .emitter(dwelling), kv: FlowCoefficient(cubicMetresPerHour: generator.uniform(0.8...2))),
                id: ElementID("radiator\(floor)"), from: above, to: below, isOpen: floor != closed)
            builder.add(Dwelling(
                id: ElementID("d\(floor)"), building: BuildingIndex(0), unit: 1, floor: Int32(floor + 1), door: 1,
                area: Area(squareMetres: 90), exteriorConductance: ThermalConductance(wattsPerKelvin: 120), gains: .zero,
                state: floor == closed ? .closed : .open, emitter: .radiator(watts: 4000), terminal: terminal))
            above = below
        }
        builder.add(pipe, id: "return", from: above, to: back)
        builder.add(Building(
            id: "b", zone: zone, dwellings: 0..<floors, couplings: 0..<0, floors: floors, units: 1, dwellingsPerFloor: 1))
        return builder.build()
    }

    private func run(_ network: Network) throws -> Outcome {
        var simulation = Simulation(network)
        return try simulation.run(network.designWeather)
    }

    @Test(arguments: 1...12) func everyRadiatorGetsWhatTheOnesBeforeItLeave(seed: Int) throws {
        let network = riser(seed: UInt64(seed))
        let outcome = try run(network)
        #expect(outcome.energy.relativeResidual < 1e-6)
        let flow = outcome.sources[0].massFlow
        var arriving = 80.0
        for dwelling in network.dwellings.indices {
            // All floors above have taken their heat from the whole flow of the riser: mixing after each bypass.
            #expect(abs(outcome.dwellingSupply[dwelling] - arriving) < 1e-5)
            #expect(outcome.dwellingFlow[dwelling] < flow)
            let law = network.dwellings[dwelling].emitter.heat(
                massFlow: MassFlow(outcome.dwellingFlow[dwelling]), supply: Temperature(celsius: arriving),
                room: Temperature(celsius: outcome.room[dwelling]), heatCapacity: network.conditions.fluid.heatCapacity)
            // Rooms to 1e-6 K, times some 100 W/K of emitter.
            #expect(abs(law.watts - outcome.delivered[dwelling]) < 1e-3)
            #expect(abs(outcome.delivered[dwelling] - 120 * (outcome.room[dwelling] - Self.outdoor)) < 1e-3)
            arriving -= outcome.delivered[dwelling] / (flow * Self.capacity)
        }
        #expect(abs(outcome.sources[0].return - arriving) < 1e-5)
    }

    @Test(arguments: 0..<5) func aClosedRadiatorLeavesTheFloorsBelowWarmer(closed: Int) throws {
        let (all, without) = (try run(riser()), try run(riser(closed: closed)))
        // Dwellings stand from the top down, as the water goes.
        let place = 4 - closed
        #expect(without.delivered[place] == 0)
        for below in place + 1..<max(5, place + 1) { #expect(without.dwellingSupply[below] > all.dwellingSupply[below]) }
        // With one way less the riser passes less water, which is colder when it reaches the radiators behind the first.
        #expect(without.sources[0].massFlow < all.sources[0].massFlow)
        for above in 0..<place { #expect(without.dwellingSupply[above] <= all.dwellingSupply[above] + 1e-6) }
    }
}
