import Quantities

/// Set points of a self-acting controller, in the unit that people set them in: kPa of a Δp controller, l/h of a
/// pressure-independent valve.
public struct SetPointScale: Hashable, Sendable {
    /// Least and greatest set point.
    public var range: ClosedRange<Double>
    /// Distance of two neighbouring marks.
    public var step: Double

    /// A scale from its least mark on.
    public init(_ range: ClosedRange<Double>, step: Double) { (self.range, self.step) = (range, step) }

    /// The marks next below and above a wish; equal on a mark and beyond the ends.
    public func marks(around wish: Double) -> (below: Double, above: Double) {
        if !(wish > range.lowerBound) { return (range.lowerBound, range.lowerBound) }
        if wish >= range.upperBound { return (range.upperBound, range.upperBound) }
        let whole = ((wish - range.lowerBound) / step + 1e-9).rounded(.down)
        let below = min(Self.rounded(range.lowerBound + whole * step), range.upperBound)
        if (wish - below).magnitude < 1e-9 * step { return (below, below) }
        return (below, min(Self.rounded(below + step), range.upperBound))
    }

    /// Without the dust of its arithmetic.
    private static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}

extension Valve {
    /// Whether it holds a pressure difference or a flow by itself, so that a person sets what it holds and not how far it opens.
    public var isController: Bool {
        switch function {
        case .differentialPressure, .pressureIndependent: true
        default: false
        }
    }

    /// Whether it holds a pressure difference.
    public var holdsDifference: Bool { if case .differentialPressure = function { true } else { false } }
}

extension ValveModel {
    /// What a controller of this model does at a set point; the function unchanged for anything else.
    ///
    /// Scales of flow are in litres of water of 60 °C; the density hardly changes in heating water.
    public func holding(_ setting: Double, _ function: ValveFunction, of fluid: Fluid) -> ValveFunction {
        switch function {
        case .differentialPressure(_, let high, let low):
            .differentialPressure(PressureDifference(kilopascals: setting), high: high, low: low)
        case .pressureIndependent:
            .pressureIndependent(MassFlow(kilogramsPerSecond: setting / Self.litresPerHour * fluid.density(at: Self.scaleTemperature).value))
        default: function
        }
    }

    /// The place on the scale of a flow, l/h.
    public static func scaleFlow(_ flow: MassFlow, of fluid: Fluid) -> Double {
        flow.kilogramsPerSecond / fluid.density(at: scaleTemperature).value * litresPerHour
    }

    /// The settings a person may make: those of the scale or of the table.
    public var settingRange: ClosedRange<Double> {
        if let setPoints { return setPoints.range }
        return points[0].setting...max(points[0].setting, points[points.count - 1].setting)
    }

    private static var litresPerHour: Double { 3_600_000 }
    private static var scaleTemperature: Temperature { Temperature(celsius: 60) }
}

extension ValveFunction {
    /// What a controller holds, with its unit: `25 kPa`, `0.05 kg/s`; nil for anything else.
    public var setPointLabel: String? {
        func text(_ value: Double) -> String {
            let rounded = (value * 1e4).rounded() / 1e4
            return rounded == rounded.rounded() && rounded.magnitude < 1e9 ? String(Int(rounded)) : String(rounded)
        }
        return switch self {
        case .differentialPressure(let held, _, _): "\(text(held.kilopascals)) kPa"
        case .pressureIndependent(let held): "\(text(held.kilogramsPerSecond)) kg/s"
        default: nil
        }
    }
}
