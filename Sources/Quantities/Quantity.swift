/// A physical quantity of one dimension, held as one `Double` in the unit its dimension documents.
///
/// The dimension is a phantom type, so a mass flow cannot be passed where a pressure difference is expected,
/// and the value costs exactly one `Double`. Products across dimensions are not modelled: conversions that
/// matter in heating are named initialisers, for example ``MassFlow/init(delivering:across:heatCapacity:)``.
@frozen
public struct Quantity<Dimension>: Hashable, Comparable, Sendable {
    /// The number in the unit of the dimension (see ``Dimensions``).
    public var value: Double

    /// Makes a quantity from a number already in the unit of its dimension.
    @inlinable public init(_ value: Double) { self.value = value }

    /// Zero of this dimension.
    @inlinable public static var zero: Self { Self(0) }

    /// Whether the number is neither infinite nor NaN.
    @inlinable public var isFinite: Bool { value.isFinite }

    /// The quantity without its sign.
    @inlinable public var magnitude: Self { Self(value.magnitude) }

    /// By value.
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    /// Sum of two quantities of one dimension.
    @inlinable public static func + (left: Self, right: Self) -> Self { Self(left.value + right.value) }
    /// Difference of two quantities of one dimension.
    @inlinable public static func - (left: Self, right: Self) -> Self { Self(left.value - right.value) }
    /// The quantity with its sign turned.
    @inlinable public static prefix func - (operand: Self) -> Self { Self(-operand.value) }
    /// A multiple.
    @inlinable public static func * (left: Self, right: Double) -> Self { Self(left.value * right) }
    /// A multiple.
    @inlinable public static func * (left: Double, right: Self) -> Self { Self(left * right.value) }
    /// A fraction.
    @inlinable public static func / (left: Self, right: Double) -> Self { Self(left.value / right) }
    /// The ratio of two quantities of one dimension, a plain number.
    @inlinable public static func / (left: Self, right: Self) -> Double { left.value / right.value }
    /// Adds in place.
    @inlinable public static func += (left: inout Self, right: Self) { left.value += right.value }
    /// Subtracts in place.
    @inlinable public static func -= (left: inout Self, right: Self) { left.value -= right.value }
}

/// The dimensions of the quantities in this package and the unit each is held in.
public enum Dimensions {
    /// kg/s.
    public enum MassFlow {}
    /// m³/s.
    public enum VolumeFlow {}
    /// Pa; gauge pressure where it is a level, a loss or gain where it is a difference.
    public enum Pressure {}
    /// °C, because every correlation of this field is written in °C; a difference is in K.
    public enum Temperature {}
    /// W.
    public enum Power {}
    /// m.
    public enum Length {}
    /// m².
    public enum Area {}
    /// W/K.
    public enum ThermalConductance {}
    /// W/(m K): heat lost by a metre of pipe a kelvin above its surroundings.
    public enum LinearTransmittance {}
    /// W/(m² K).
    public enum Transmittance {}
    /// Kv: m³/h of water of 1000 kg/m³ at 1 bar.
    public enum FlowCoefficient {}
    /// kg/m³.
    public enum Density {}
    /// Pa s.
    public enum Viscosity {}
    /// J/(kg K).
    public enum HeatCapacity {}
    /// m/s.
    public enum Velocity {}
}

/// Mass flow, kg/s.
public typealias MassFlow = Quantity<Dimensions.MassFlow>
/// Volume flow, m³/s.
public typealias VolumeFlow = Quantity<Dimensions.VolumeFlow>
/// Gauge pressure, Pa.
public typealias Pressure = Quantity<Dimensions.Pressure>
/// A pressure loss, a pump head or a gravity head: the same unit as ``Pressure``.
public typealias PressureDifference = Quantity<Dimensions.Pressure>
/// Temperature, °C.
public typealias Temperature = Quantity<Dimensions.Temperature>
/// A difference of temperatures in K: the same scale as ``Temperature``.
public typealias TemperatureDifference = Quantity<Dimensions.Temperature>
/// Heat or work a second, W.
public typealias Power = Quantity<Dimensions.Power>
/// Length, height or diameter, m.
public typealias Length = Quantity<Dimensions.Length>
/// Area, m².
public typealias Area = Quantity<Dimensions.Area>
/// Heat a kelvin, W/K.
public typealias ThermalConductance = Quantity<Dimensions.ThermalConductance>
/// Heat a metre and kelvin, W/(m K).
public typealias LinearTransmittance = Quantity<Dimensions.LinearTransmittance>
/// Heat a square metre and kelvin, W/(m² K).
public typealias Transmittance = Quantity<Dimensions.Transmittance>
/// Kv, m³/h at 1 bar.
public typealias FlowCoefficient = Quantity<Dimensions.FlowCoefficient>
/// Density, kg/m³.
public typealias Density = Quantity<Dimensions.Density>
/// Dynamic viscosity, Pa s.
public typealias Viscosity = Quantity<Dimensions.Viscosity>
/// Specific heat capacity, J/(kg K).
public typealias HeatCapacity = Quantity<Dimensions.HeatCapacity>
/// Velocity, m/s.
public typealias Velocity = Quantity<Dimensions.Velocity>
