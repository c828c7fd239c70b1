import Heating
import NetworkModel
import Quantities
import Testing

@Suite struct EmitterLawTests {
    private let cp = 4187.0

    /// Capacity flow at the nominal point of an emitter, W/K.
    private func nominalFlow(_ emitter: Emitter) -> Double {
        emitter.nominalPower.watts / (emitter.nominalSupply.celsius - emitter.nominalReturn.celsius)
    }

    @Test func nominalPointIsReproduced() {
        for emitter in [Emitter.radiator(watts: 1500), .radiator(watts: 900, supply: 45, return: 35, exponent: 1.1)] {
            let response = EmitterLaw(emitter).response(
                capacityFlow: nominalFlow(emitter), supply: emitter.nominalSupply.celsius, room: 20)
            // Rounding of a few exponentials.
            #expect(abs(response.heat / emitter.nominalPower.watts - 1) < 1e-12)
            #expect(abs(response.returnTemperature - emitter.nominalReturn.celsius) < 1e-10)
        }
    }

    /// Flow multiplier for a load multiplier without oversizing, and the load that no flow reaches.
    @Test(arguments: [
        (75.0, 50.0, 1.3, [(1.1, 1.39, 0.005), (1.2, 2.09, 0.005), (1.3, 3.69, 0.005)], 1.45),
        (60.0, 45.0, 1.3, [(1.1, 1.53, 0.005), (1.2, 2.82, 0.005), (1.3, 10.4, 0.05)], 1.34),
        (45.0, 35.0, 1.1, [(1.1, 1.59, 0.005), (1.2, 3.25, 0.005), (1.3, 43, 0.5)], 1.31),
    ]) func flowMultipliers(supply: Double, back: Double, n: Double, table: [(Double, Double, Double)], limit: Double) {
        let emitter = Emitter.radiator(watts: 1000, supply: supply, return: back, exponent: n)
        let law = EmitterLaw(emitter)
        for (load, multiplier, printed) in table {
            let flow = law.capacityFlow(delivering: 1000 * load, supply: supply, room: 20)
            // The table's last digit.
            #expect(abs(flow / nominalFlow(emitter) - multiplier) <= printed)
        }
        #expect(abs(law.greatestHeat(supply: supply, room: 20) / 1000 - limit) <= 0.005)
        #expect(law.capacityFlow(delivering: 1000 * (limit + 0.01), supply: supply, room: 20) == .infinity)
    }

    /// Room temperature against x = actual/design flow for a room that needs the nominal heat at −7.6 °C.
    @Test(arguments: [
        (75.0, 50.0, 1.3, [(0.5, 15.1), (0.7, 17.7), (0.8, 18.6), (1, 20), (1.5, 22), (2, 23)]),
        (45.0, 35.0, 1.1, [(0.5, 17.0), (0.7, 18.7), (0.8, 19.2), (1, 20), (1.5, 21.1), (2, 21.6)]),
    ]) func roomAgainstFlow(supply: Double, back: Double, n: Double, table: [(Double, Double)]) {
        let emitter = Emitter.radiator(watts: 1000, supply: supply, return: back, exponent: n)
        let law = EmitterLaw(emitter)
        let loss = 1000 / 27.6
        for (x, expected) in table {
            var (low, high) = (-7.6, supply)
            for _ in 0..<80 {
                let room = 0.5 * (low + high)
                let heat = law.heat(capacityFlow: x * nominalFlow(emitter), supply: supply, room: room)
                if heat > loss * (room + 7.6) { low = room } else { high = room }
            }
            // The table's last digit; two whole numbers there stand for the nearest tenth.
            #expect(abs(low - expected) <= 0.06)
        }
    }

    @Test(arguments: 0..<Seeds.count(200)) func forwardAndInverseAgreeEverywhere(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let emitter = Emitter.radiator(watts: generator.uniform(100...5000), exponent: generator.uniform(1...1.5))
        let law = EmitterLaw(emitter)
        let (supply, room) = (generator.uniform(25...95), generator.uniform(-20...24))
        let flow = nominalFlow(emitter) * [1e-9, 1e-4, 0.03, 0.3, 1, 4, 60, 1e3][seed % 8]
        let response = law.response(capacityFlow: flow, supply: supply, room: room)
        let greatest = law.greatestHeat(supply: supply, room: room)
        #expect(response.heat > 0)
        #expect(response.heat < greatest)
        #expect(response.returnTemperature >= room && response.returnTemperature < supply)
        // The law itself.
        let far = response.returnTemperature - room
        // The return is known to 1e-14 of some 100 °C, the drop it is computed from likewise.
        let known = 1e-12 * 100 / min(max(far, 1e-300), supply - response.returnTemperature) + 1e-11
        let mean = logarithmicMean(supply - room, far)
        #expect(known > 1 || abs(law.coefficient * power(mean, law.exponent) / response.heat - 1) < known)
        // Near saturation heat hardly says what the flow was: its share below the greatest heat is what is known.
        let inverse = law.capacityFlow(delivering: response.heat, supply: supply, room: room)
        #expect(abs(inverse / flow - 1) < 1e-13 * greatest / (greatest - response.heat) * 100 + 1e-11)
        let needed = law.supply(delivering: response.heat, capacityFlow: flow, room: room)
        #expect(abs(needed - supply) < 1e-9)
    }

    @Test(arguments: 0..<Seeds.count(60)) func derivativesMatchFiniteDifferences(seed: Int) {
        var generator = SplitMix64(seed: 1000 + UInt64(seed))
        let emitter = Emitter.radiator(watts: 1000, exponent: generator.uniform(1...1.5))
        let law = EmitterLaw(emitter)
        let (supply, room) = (generator.uniform(40...90), generator.uniform(5...22))
        let flow = nominalFlow(emitter) * generator.uniform(0.02...8)
        let response = law.response(capacityFlow: flow, supply: supply, room: room)
        func heat(_ flow: Double, _ supply: Double, _ room: Double) -> Double {
            law.heat(capacityFlow: flow, supply: supply, room: room)
        }
        let h = 1e-4
        let byRoom = (heat(flow, supply, room + h) - heat(flow, supply, room - h)) / (2 * h)
        let bySupply = (heat(flow, supply + h, room) - heat(flow, supply - h, room)) / (2 * h)
        let byFlow = (heat(flow * (1 + h), supply, room) - heat(flow * (1 - h), supply, room)) / (2 * h * flow)
        // Central differences: rounding 1e-12/h of the heat and h² of the curvature.
        #expect(abs(byRoom + response.heatPerKelvin) < 1e-5 * response.heatPerKelvin)
        #expect(abs(bySupply - response.heatPerKelvin) < 1e-5 * response.heatPerKelvin)
        #expect(abs(byFlow - response.heatPerCapacityFlow) < 1e-5 * response.heat / flow)
    }

    @Test func requiredFlowDoesNotJumpWhereTheEmitterJustSuffices() {
        let law = EmitterLaw(.radiator(watts: 1500))
        let greatest = law.greatestHeat(supply: 60, room: 18)
        func flow(_ share: Double) -> Double { law.requiredCapacityFlow(share * greatest, share: 0.9, supply: 60, room: 18) }
        #expect(flow(0.5) == law.capacityFlow(delivering: 0.5 * greatest, supply: 60, room: 18))
        #expect(flow(0.9) == law.capacityFlow(delivering: 0.9 * greatest, supply: 60, room: 18))
        #expect(flow(0.999) == flow(0.9) && flow(1) == flow(0.9) && flow(3) == flow(0.9))
        #expect(law.requiredCapacityFlow(0, share: 0.9, supply: 60, room: 18) == 0)
    }

    @Test func limitsOfTheLaw() {
        let law = EmitterLaw(.radiator(watts: 1000))
        #expect(law.heat(capacityFlow: 0, supply: 75, room: 20) == 0)
        #expect(law.heat(capacityFlow: 40, supply: 20, room: 20) == 0)
        #expect(law.heat(capacityFlow: 40, supply: 15, room: 20) == 0)
        #expect(law.heat(capacityFlow: .infinity, supply: 75, room: 20) == law.greatestHeat(supply: 75, room: 20))
        // At 1e12 times the design flow water cools by 1e-11 K.
        #expect(abs(law.heat(capacityFlow: 4e13, supply: 75, room: 20) / law.greatestHeat(supply: 75, room: 20) - 1) < 1e-9)
        // A trickle cools to the room.
        #expect(abs(law.response(capacityFlow: 1e-6, supply: 75, room: 20).returnTemperature - 20) < 1e-9)
        #expect(law.capacityFlow(delivering: 0, supply: 75, room: 20) == 0)
        #expect(law.capacityFlow(delivering: 10, supply: 20, room: 20) == .infinity)
        let broken = Emitter.radiator(watts: 1000, supply: 20, return: 20)
        #expect(EmitterLaw(broken).heat(capacityFlow: 10, supply: 75, room: 20) == 0)
        #expect(EmitterLaw(.radiator(watts: .nan)).heat(capacityFlow: 10, supply: 75, room: 20) == 0)
    }

    @Test func cureOfASaturatedEmitter() throws {
        let emitter = Emitter.radiator(watts: 1000)
        let (supply, room) = (Temperature(celsius: 60), Temperature(celsius: 20))
        let capacity = HeatCapacity(joulesPerKilogramKelvin: cp)
        let wanted = Power(watts: 1500)
        #expect(emitter.massFlow(delivering: wanted, supply: supply, room: room, heatCapacity: capacity)
            == .saturated(greatest: emitter.greatestHeat(supply: supply, room: room)))
        let flow = MassFlow(kilogramsPerSecond: 0.05)
        let cure = try #require(emitter.cure(delivering: wanted, massFlow: flow, supply: supply, room: room, heatCapacity: capacity))
        var larger = emitter
        larger.nominalPower = try #require(cure.nominalPower)
        let byPower = larger.heat(massFlow: flow, supply: supply, room: room, heatCapacity: capacity)
        let bySupply = emitter.heat(massFlow: flow, supply: try #require(cure.supply), room: room, heatCapacity: capacity)
        // Inverse and forward law agree to rounding.
        #expect(abs(byPower.watts - 1500) < 1e-8)
        #expect(abs(bySupply.watts - 1500) < 1e-8)
        #expect(emitter.cure(delivering: Power(watts: 10), massFlow: flow, supply: supply, room: room, heatCapacity: capacity) == nil)
    }

    /// The arithmetic mean of published tables: the same law at the nominal point, inverses of each other, derivatives by differences.
    @Test(arguments: 0..<Seeds.count(40)) func arithmeticMean(seed: Int) {
        var generator = SplitMix64(seed: 70 + UInt64(seed))
        var emitter = Emitter.radiator(watts: 3000, exponent: generator.uniform(1...1.4))
        emitter.mean = .arithmetic
        let law = EmitterLaw(emitter)
        let nominal = law.response(capacityFlow: 3000 / 25, supply: 75, room: 20)
        // The definition of the nominal point, to Newton's rounding.
        #expect(abs(nominal.heat - 3000) < 1e-8 && abs(nominal.returnTemperature - 50) < 1e-9)
        let (flow, supply, room) = (generator.uniform(2...800), generator.uniform(30...95), generator.uniform(5...24))
        let state = law.response(capacityFlow: flow, supply: supply, room: room)
        #expect(state.returnTemperature >= room - 1e-9 && state.heat <= law.greatestHeat(supply: supply, room: room))
        let back = law.capacityFlow(delivering: state.heat, supply: supply, room: room)
        #expect(abs(back - flow) < 1e-6 * flow)
        #expect(abs(law.supply(delivering: state.heat, capacityFlow: flow, room: room) - supply) < 1e-8)
        let step = 1e-5
        let warmer = law.heat(capacityFlow: flow, supply: supply + step, room: room)
        let faster = law.heat(capacityFlow: flow * (1 + step), supply: supply, room: room)
        // One-sided differences: second derivatives of some 1 W/K², and the kink where the return meets the room.
        let isAtKink = state.returnTemperature < room + 0.01
        if !isAtKink {
            #expect(abs((warmer - state.heat) / step - state.heatPerKelvin) < 1e-3 * state.heatPerKelvin + 1e-3)
            #expect(abs((faster - state.heat) / (step * flow) - state.heatPerCapacityFlow) < 1e-3 * state.heatPerCapacityFlow + 1e-3)
        }
        #expect(law.heat(capacityFlow: 2 * flow, supply: supply, room: room) >= state.heat)
    }

    @Test func aCureOfEachKindIsEnough() throws {
        let emitter = Emitter.radiator(watts: 3000)
        let (flow, capacity) = (MassFlow(0.05), HeatCapacity(joulesPerKilogramKelvin: 4187))
        let (supply, room) = (Temperature(celsius: 65), Temperature(celsius: 20))
        let given = emitter.heat(massFlow: flow, supply: supply, room: room, heatCapacity: capacity)
        let cure = try #require(emitter.cure(
            delivering: Power(watts: 1.3 * given.watts), massFlow: flow, supply: supply, room: room, heatCapacity: capacity))
        var larger = emitter
        larger.nominalPower = try #require(cure.nominalPower)
        let warmer = try #require(cure.supply)
        // Closed forms of the same law.
        #expect(abs(larger.heat(massFlow: flow, supply: supply, room: room, heatCapacity: capacity).watts - 1.3 * given.watts) < 1e-6)
        #expect(abs(emitter.heat(massFlow: flow, supply: warmer, room: room, heatCapacity: capacity).watts - 1.3 * given.watts) < 1e-6)
        #expect(abs(1.3 * given.watts * (1 - cure.lossReduction) - given.watts) < 1e-9)
    }
}
