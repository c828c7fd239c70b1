import Quantities
import Testing

/// Conversions are products and quotients of exact factors: a few units in the last place are the only error there can be.
private func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 4 * max(a.magnitude, b.magnitude).ulp }

@Test func conversionsAndBack() {
    #expect(close(MassFlow(kilogramsPerHour: 553).kilogramsPerSecond, 553.0 / 3600))
    #expect(close(VolumeFlow(cubicMetresPerHour: 12.5).cubicMetresPerHour, 12.5))
    #expect(Pressure(bar: 1) == Pressure(kilopascals: 100))
    #expect(close(Length(millimetres: 40.8).millimetres, 40.8))
    #expect(Power(kilowatts: 1.5).watts == 1500)
}

@Test func massFlowThatDeliversHeat() {
    let flow = MassFlow(
        delivering: Power(kilowatts: 41.87), across: TemperatureDifference(kelvin: 10),
        heatCapacity: HeatCapacity(joulesPerKilogramKelvin: 4187))
    #expect(close(flow.kilogramsPerSecond, 1))
}

@Test func flowCoefficientIsOneCubicMetreAtOneBar() {
    // The definition: Kv 1 passes 1 m³/h of water of 1000 kg/m³ at 1 bar.
    let water = Density(kilogramsPerCubicMetre: 1000)
    let kv = FlowCoefficient(cubicMetresPerHour: 1)
    let flow = MassFlow(VolumeFlow(cubicMetresPerHour: 1), density: water)
    let loss = kv.resistance(density: water) * flow.value * flow.value
    #expect(close(loss, 1e5))
}

@Test(arguments: [0.1, 2.5, 400], [958.4, 977.75, 1000])
func flowCoefficientInverts(kv: Double, density: Double) {
    let water = Density(kilogramsPerCubicMetre: density)
    let flow = MassFlow(kilogramsPerSecond: 0.37)
    let loss = PressureDifference(FlowCoefficient(kv).resistance(density: water) * flow.value * flow.value)
    // Two square roots and six products: well inside 16 units in the last place.
    #expect(abs(FlowCoefficient(passing: flow, atLoss: loss, density: water).value - kv) <= 16 * kv.ulp)
}

@Test func lighterWaterPassesMoreVolumeAtTheSameLoss() {
    // V̇ = Kv √(Δp · 1000/ρ): at a given Δp the volume flow grows as 1/√ρ, the mass flow falls as √ρ.
    let kv = FlowCoefficient(cubicMetresPerHour: 4)
    let cold = (1e4 / kv.resistance(density: Density(1000))).squareRoot()
    let hot = (1e4 / kv.resistance(density: Density(960))).squareRoot()
    #expect(close(hot / cold, 0.96.squareRoot()))
}
