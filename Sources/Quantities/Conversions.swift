// Named conversions between the units of files, of the trade and of the engine. Factors are exact by definition.

extension Quantity where Dimension == Dimensions.MassFlow {
    /// A mass flow in kg/s.
    @inlinable public init(kilogramsPerSecond: Double) { self.init(kilogramsPerSecond) }
    /// A mass flow in kg/h.
    @inlinable public init(kilogramsPerHour: Double) { self.init(kilogramsPerHour / 3600) }
    /// The mass flow that carries `heat` when it cools by `across`: Q / (cp ΔT).
    @inlinable public init(delivering heat: Power, across: TemperatureDifference, heatCapacity: HeatCapacity) {
        self.init(heat.value / (heatCapacity.value * across.value))
    }
    /// The mass of a volume flow at a density.
    @inlinable public init(_ flow: VolumeFlow, density: Density) { self.init(flow.value * density.value) }
    /// kg/s.
    @inlinable public var kilogramsPerSecond: Double { value }
}

extension Quantity where Dimension == Dimensions.VolumeFlow {
    /// A volume flow in m³/h.
    @inlinable public init(cubicMetresPerHour: Double) { self.init(cubicMetresPerHour / 3600) }
    /// The volume of a mass flow at a density.
    @inlinable public init(_ flow: MassFlow, density: Density) { self.init(flow.value / density.value) }
    /// m³/h.
    @inlinable public var cubicMetresPerHour: Double { value * 3600 }
}

extension Quantity where Dimension == Dimensions.Pressure {
    /// A pressure in Pa.
    @inlinable public init(pascals: Double) { self.init(pascals) }
    /// A pressure in kPa.
    @inlinable public init(kilopascals: Double) { self.init(kilopascals * 1000) }
    /// A pressure in bar.
    @inlinable public init(bar: Double) { self.init(bar * 1e5) }
    /// Pa.
    @inlinable public var pascals: Double { value }
    /// kPa.
    @inlinable public var kilopascals: Double { value / 1000 }
}

extension Quantity where Dimension == Dimensions.Temperature {
    /// A temperature in °C.
    @inlinable public init(celsius: Double) { self.init(celsius) }
    /// A temperature difference in K.
    @inlinable public init(kelvin: Double) { self.init(kelvin) }
    /// °C.
    @inlinable public var celsius: Double { value }
}

extension Quantity where Dimension == Dimensions.Power {
    /// A power in W.
    @inlinable public init(watts: Double) { self.init(watts) }
    /// A power in kW.
    @inlinable public init(kilowatts: Double) { self.init(kilowatts * 1000) }
    /// W.
    @inlinable public var watts: Double { value }
    /// kW.
    @inlinable public var kilowatts: Double { value / 1000 }
}

extension Quantity where Dimension == Dimensions.Length {
    /// A length in m.
    @inlinable public init(metres: Double) { self.init(metres) }
    /// A length in mm.
    @inlinable public init(millimetres: Double) { self.init(millimetres / 1000) }
    /// m.
    @inlinable public var metres: Double { value }
    /// mm.
    @inlinable public var millimetres: Double { value * 1000 }
}

extension Quantity where Dimension == Dimensions.FlowCoefficient {
    /// A Kv in m³/h at 1 bar.
    @inlinable public init(cubicMetresPerHour: Double) { self.init(cubicMetresPerHour) }
    /// m³/h at 1 bar.
    @inlinable public var cubicMetresPerHour: Double { value }

    /// Resistance r in Δp = r ṁ|ṁ| (Pa s²/kg²) of a Kv passing water of a density.
    ///
    /// From V̇[m³/h] = Kv √(Δp[bar] · 1000/ρ), the definition of Kv in IEC 60534-1 and VDI/VDE 2173.
    @inlinable public func resistance(density: Density) -> Double {
        // Δp = 1e5 (ρ/1000) (3600 ṁ/(ρ Kv))²
        let perKv = 3600 / value
        return 100 * perKv * perKv / density.value
    }

    /// The Kv that loses `loss` at a mass flow: the inverse of ``resistance(density:)``.
    @inlinable public init(passing flow: MassFlow, atLoss loss: PressureDifference, density: Density) {
        self.init(3600 * flow.value * (100 / (density.value * loss.value)).squareRoot())
    }
}

extension Quantity where Dimension == Dimensions.ThermalConductance {
    /// A conductance in W/K.
    @inlinable public init(wattsPerKelvin: Double) { self.init(wattsPerKelvin) }
    /// W/K.
    @inlinable public var wattsPerKelvin: Double { value }
}

extension Quantity where Dimension == Dimensions.Area {
    /// An area in m².
    @inlinable public init(squareMetres: Double) { self.init(squareMetres) }
    /// m².
    @inlinable public var squareMetres: Double { value }
}

extension Quantity where Dimension == Dimensions.Density {
    /// A density in kg/m³.
    @inlinable public init(kilogramsPerCubicMetre: Double) { self.init(kilogramsPerCubicMetre) }
}

extension Quantity where Dimension == Dimensions.HeatCapacity {
    /// A specific heat capacity in J/(kg K).
    @inlinable public init(joulesPerKilogramKelvin: Double) { self.init(joulesPerKilogramKelvin) }
}
