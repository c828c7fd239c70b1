import Quantities

/// Chooses pipe sizes by flow for one kind of line.
///
/// The largest flow of each size is found once, by bisection on ``sizingFriction(massFlow:innerDiameter:roughness:density:viscosity:)``
/// under a limit of friction and one of velocity; a choice is then a look-up.
public struct PipeSizing: Sendable {
    private let sizes: [PipeSize]
    private let greatestFlow: [Double]

    /// What a line may be loaded with, and the water in it.
    public struct Limits: Hashable, Sendable {
        /// Largest friction, Pa/m.
        public var friction: Double
        /// Largest velocity, m/s.
        public var velocity: Double
        /// Roughness of the wall, m.
        public var roughness: Double
        /// Mean water temperature, °C.
        public var temperature: Double
        /// Limits of a line.
        public init(friction: Double, velocity: Double, roughness: Double, temperature: Double) {
            self.friction = friction
            self.velocity = velocity
            self.roughness = roughness
            self.temperature = temperature
        }
    }

    /// Prepares choices from a catalogue, from a smallest size on.
    public init(_ catalogue: PipeCatalogue, limits: Limits, smallest: Int = 15) {
        let usable = catalogue.sizes.filter { $0.nominal >= smallest && $0.innerDiameter.value > 0 }
        sizes = usable.isEmpty ? PipeCatalogue.standard.sizes : usable
        let density = 1000 - 0.0036 * limits.temperature * limits.temperature  // within 1 % from 0 to 110 °C, enough for a size
        let viscosity = sizingViscosity(limits.temperature)
        greatestFlow = sizes.map { size in
            let diameter = size.innerDiameter.metres
            var (low, high) = (0.0, limits.velocity * density * Double.pi / 4 * diameter * diameter)
            func friction(_ flow: Double) -> Double {
                sizingFriction(
                    massFlow: flow, innerDiameter: diameter, roughness: limits.roughness, density: density, viscosity: viscosity)
            }
            if friction(high) <= limits.friction { return high }
            for _ in 0..<40 {
                let middle = (low + high) / 2
                if friction(middle) <= limits.friction { low = middle } else { high = middle }
            }
            return low
        }
    }

    /// The smallest pipe that carries a flow in kg/s within the limits; the largest of the catalogue where none does.
    public func pipe(carrying massFlow: Double) -> PipeSize {
        for (size, greatest) in zip(sizes, greatestFlow) where massFlow <= greatest { return size }
        return sizes[sizes.count - 1]
    }
}
