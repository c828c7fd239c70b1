import Quantities

/// What the whole network is designed for.
public struct DesignConditions: Sendable {
    /// Design outdoor temperature.
    public var outdoor: Temperature
    /// Room temperature promised.
    public var room: Temperature
    /// Ground around buried pipes.
    public var ground: Temperature
    /// What flows.
    public var fluid: Fluid
    /// Formulas and constants of head loss.
    public var convention = HydraulicConvention.exact
    /// Rooms without heat that are colder are in danger of frost.
    public var frostLimit = Temperature(celsius: 5)
    /// Flow over required flow that counts as balanced (JGJ/T 132).
    public var balanced = 0.9...1.2
    /// What operation keeps to beside what machines and pipes can do.
    public var limits = OperatingLimits()

    /// Describes design conditions.
    public init(
        outdoor: Temperature = Temperature(celsius: -10), room: Temperature = Temperature(celsius: 18),
        ground: Temperature = Temperature(celsius: 5), fluid: Fluid = .water
    ) {
        self.outdoor = outdoor
        self.room = room
        self.ground = ground
        self.fluid = fluid
    }
}

/// Limits that are kept on purpose; each can be switched off.
public struct OperatingLimits: Hashable, Sendable {
    /// Largest loss across a dwelling's fully open valve, or what its model names; nil = any, whatever models name.
    public var valveNoise: PressureDifference?
    /// Least flow of every open dwelling; zero = none.
    public var leastFlow = MassFlow(0)
    /// Whether a dwelling gets at least what the least setting of its valve lets through.
    public var heedsLeastSetting = false
    /// Velocity and friction of pipes that give no limit of their own; documents are expanded with it, ``Pipe/limits`` is what counts.
    public var pipes = PipeLimits()

    /// The defaults: none of them.
    public init() {}
}

/// The weather of one steady state.
public struct Weather: Hashable, Sendable {
    /// Outdoor air.
    public var outdoor: Temperature
    /// Undisturbed ground.
    public var ground: Temperature
    /// Describes the weather.
    public init(outdoor: Temperature, ground: Temperature) { (self.outdoor, self.ground) = (outdoor, ground) }
}

/// What flows in the pipes.
public enum Fluid: Hashable, Sendable {
    /// Water whose density and viscosity follow its temperature; its heat capacity is ``Fluid/waterHeatCapacity``.
    case water
    /// Constant properties, for comparison with published cases and cold-water engines.
    case constant(Density, Viscosity, HeatCapacity)

    /// Heat capacity of water used throughout: 4187 J/(kg K), within 0.7 % from 20 to 110 °C.
    public static var waterHeatCapacity: HeatCapacity { HeatCapacity(joulesPerKilogramKelvin: 4187) }

    /// Specific heat capacity; constant, so that energy balances are linear in temperature.
    public var heatCapacity: HeatCapacity {
        switch self {
        case .water: Self.waterHeatCapacity
        case .constant(_, _, let heatCapacity): heatCapacity
        }
    }

    /// Density at a temperature: 1000 [1 − (T+288.9414)(T−3.9863)² / (508929.2 (T+68.12963))], T in °C
    /// (McCutcheon, Martin & Barnwell 1993, Handbook of Hydrology), 0…150 °C.
    ///
    /// Temperatures outside −50…374 °C take the value at the end of that range: the formula has a pole at −68 °C, which provisional
    /// states of an iteration may come near.
    public func density(at temperature: Temperature) -> Density {
        switch self {
        case .constant(let density, _, _): return density
        case .water:
            let t = min(max(temperature.celsius, -50), 374)
            let d = t - 3.9863
            return Density(1000 * (1 - (t + 288.9414) * d * d / (508_929.2 * (t + 68.12963))))
        }
    }
}
