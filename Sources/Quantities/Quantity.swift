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

    @inlinable public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    @inlinable public static func + (left: Self, right: Self) -> Self { Self(left.value + right.value) }
    @inlinable public static func - (left: Self, right: Self) -> Self { Self(left.value - right.value) }
    @inlinable public static prefix func - (operand: Self) -> Self { Self(-operand.value) }
    @inlinable public static func * (left: Self, right: Double) -> Self { Self(left.value * right) }
    @inlinable public static func * (left: Double, right: Self) -> Self { Self(left * right.value) }
    @inlinable public static func / (left: Self, right: Double) -> Self { Self(left.value / right) }
    /// The ratio of two quantities of one dimension, a plain number.
    @inlinable public static func / (left: Self, right: Self) -> Double { left.value / right.value }
    @inlinable public static func += (left: inout Self, right: Self) { left.value += right.value }
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

public typealias MassFlow = Quantity<Dimensions.MassFlow>
public typealias VolumeFlow = Quantity<Dimensions.VolumeFlow>
public typealias Pressure = Quantity<Dimensions.Pressure>
/// A pressure loss, a pump head or a gravity head: the same unit as ``Pressure``.
public typealias PressureDifference = Quantity<Dimensions.Pressure>
public typealias Temperature = Quantity<Dimensions.Temperature>
/// A difference of temperatures in K: the same scale as ``Temperature``.
public typealias TemperatureDifference = Quantity<Dimensions.Temperature>
public typealias Power = Quantity<Dimensions.Power>
public typealias Length = Quantity<Dimensions.Length>
public typealias Area = Quantity<Dimensions.Area>
public typealias ThermalConductance = Quantity<Dimensions.ThermalConductance>
public typealias LinearTransmittance = Quantity<Dimensions.LinearTransmittance>
public typealias Transmittance = Quantity<Dimensions.Transmittance>
public typealias FlowCoefficient = Quantity<Dimensions.FlowCoefficient>
public typealias Density = Quantity<Dimensions.Density>
public typealias Viscosity = Quantity<Dimensions.Viscosity>
public typealias HeatCapacity = Quantity<Dimensions.HeatCapacity>
public typealias Velocity = Quantity<Dimensions.Velocity>
