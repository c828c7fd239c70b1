import NetworkModel
import Quantities

/// What a fitter goes to.
public enum VisitedDevice: Hashable, Sendable {
    /// A balancing valve.
    case valve(ValveIndex)
    /// A pump whose head or speed is set on the spot.
    case pump(PumpIndex)
}

/// One visit: a valve or pump put to another setting.
public struct Visit: Sendable {
    /// Where to go.
    public var device: VisitedDevice
    /// What a valve is turned to; nil for pumps and for valves without a model.
    public var setting: Double?
    /// Kv of a valve there; zero for pumps.
    public var kv: FlowCoefficient
    /// Speed of a pump, as a ratio of its nominal one; a constant-head pump's set point is its head × speed². Zero for valves.
    public var speed: Double
    /// What the visit is worth when it is made in its turn, in dwellings (a dwelling far off its flow counts one).
    public var gain: Double
}

/// A few visits of one circuit that go together, and what visited before is turned once more for their sake.
struct VisitStep: Sendable {
    /// Devices not visited before, those that bring most first.
    var visits: [Visit]
    /// Devices of earlier steps with the settings that suit this one better: the same visit, another number.
    var retunes: [Visit]
    /// Fall of the circuit's cost by a forward solve, in dwellings.
    var gain: Double
}

/// How bad a consumer's flow is: 0 at its design flow, near 1 where it is far from it.
///
/// It counts dwellings rather than degrees, because that is what is promised: one that gets half its water is lost, one
/// that gets 99 % is not. Too much water loses nobody by itself, but takes heat from all others where the sources are at
/// their limit, and so counts much more there.
struct VisitCost: Sendable {
    /// What a large surplus counts, in dwellings.
    let surplusWeight: Double

    /// Shortfall at which half a dwelling is lost, as a logarithm: some 0.2 K.
    private static var shortfall: Double { 0.03 }
    /// Surplus that counts half of the most it can.
    private static var surplus: Double { 0.4 }

    /// - Parameter isHeatShort: whether a source gives all it can.
    init(isHeatShort: Bool) { surplusWeight = isHeatShort ? 0.6 : 0.1 }

    /// Surplus that is aimed at, so that what later visits take from a dwelling does not lose it.
    private static var margin: Double { 0.015 }

    /// Cost of ln(flow/design).
    func cost(_ flow: Double) -> Double {
        let miss = flow - Self.margin
        if miss < 0 { return miss * miss / (miss * miss + Self.shortfall * Self.shortfall) }
        return surplusWeight * miss * miss / (miss * miss + Self.surplus * Self.surplus)
    }

    /// Direction in which the cost falls, for screening: that of the plain square, which does not die out far away.
    func slope(_ miss: Double) -> Double { miss < 0 ? max(miss, -0.5) : surplusWeight * min(miss, 0.5) }
}
