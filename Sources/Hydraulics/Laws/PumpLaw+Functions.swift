import Quantities

/// Pump curves of straight lines between points, of constant slope beyond them.
public struct SegmentCurve: Hashable, Sendable {
    /// Volume flows, m³/s, strictly rising; at least two.
    let flow: [Double]
    /// Heads or losses at them, Pa.
    let value: [Double]

    /// A curve through points; fewer than two are taken for a constant.
    public init(flow: [Double], value: [Double]) {
        if flow.count > 1, flow.count == value.count {
            (self.flow, self.value) = (flow, value)
        } else {
            let constant = value.first ?? 0
            (self.flow, self.value) = ([0, 1], [constant, constant])
        }
    }

    /// Value and derivative at a flow: of the segment around it, or of the nearest.
    public func point(at volumeFlow: Double) -> (value: Double, slope: Double) {
        var (low, high) = (0, flow.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            // A point belongs to the segment before it.
            if flow[middle] < volumeFlow { low = middle } else { high = middle }
        }
        let slope = (value[high] - value[low]) / (flow[high] - flow[low])
        return (value[low] + slope * (volumeFlow - flow[low]), slope)
    }
}

/// Head = shutoff − coefficient · q^exponent, in Pa and m³/s; continued oddly below zero flow, so that it falls everywhere.
public struct PowerFunctionCurve: Hashable, Sendable {
    /// Head without flow, Pa.
    public var shutoff: Double
    /// Pa/(m³/s)^exponent.
    public var coefficient: Double
    /// Exponent, positive.
    public var exponent: Double

    /// Describes a curve.
    public init(shutoff: Double, coefficient: Double, exponent: Double) {
        (self.shutoff, self.coefficient, self.exponent) = (shutoff, coefficient, exponent)
    }

    /// Loss and slope at a speed and a mass flow, by the affinity laws: −h₀ s² + r s^(2−n) q^n.
    func loss(_ massFlow: Double, speed: Double, density: Double) -> LossPoint {
        let volumeFlow = massFlow / density
        let magnitude = volumeFlow.magnitude
        let scale = coefficient * power(speed, 2 - exponent)
        let fall = magnitude > 0 ? scale * power(magnitude, exponent) : 0
        // Below exponent 1 the slope at rest is infinite; a bound keeps Newton's matrix finite.
        let slope = magnitude > 0 ? exponent * fall / magnitude / density : exponent < 1 ? 1e12 : 0
        let signed = volumeFlow < 0 ? -fall : fall
        return LossPoint(loss: signed - shutoff * speed * speed, slope: min(slope, 1e12))
    }
}

/// Head = power / V̇.
public struct ConstantPowerCurve: Hashable, Sendable {
    /// Power given to the water, W.
    public var power: Double
    /// Head at which the hyperbola goes over into its tangent, Pa: a kilometre of water, beyond any pump.
    static let greatestHead = 1e7

    /// Describes a curve.
    public init(power: Double) { self.power = power }

    /// Loss and slope at a speed and a mass flow; by the affinity laws power follows the cube of the speed.
    func loss(_ massFlow: Double, speed: Double, density: Double) -> LossPoint {
        let power = power * speed * speed * speed
        let least = power / Self.greatestHead
        let volumeFlow = massFlow / density
        if volumeFlow > least {
            let head = power / volumeFlow
            return LossPoint(loss: -head, slope: head / volumeFlow / density)
        }
        let slope = Self.greatestHead / least
        return LossPoint(loss: slope * (volumeFlow - least) - Self.greatestHead, slope: slope / density)
    }
}
