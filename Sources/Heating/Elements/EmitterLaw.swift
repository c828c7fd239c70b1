import NetworkModel
import Quantities

/// The law of one emitter as plain numbers, for inner loops: Q = K · LMTDⁿ and Q = ṁ cp (ts − tr).
///
/// LMTD is the logarithmic mean of supply − room and return − room; K = Q_N / LMTD_Nⁿ from the nominal point
/// (EN 442-2: 75/65/20 °C, n = 1.3 for radiators; EN 1264-2: n = 1.1 for floor heating). Supply, return and room
/// are in °C, powers in W, capacity flows ṁ cp in W/K.
///
/// With u = ln((ts − room)/(tr − room)) the two equations become one,
/// `ln u = ln(K/C) + (n − 1) ln(a (1 − e⁻ᵘ)/u)`, a = ts − room, C = ṁ cp, whose slope in ln u lies between 1 and n:
/// Newton converges from anywhere, for every flow from nought to infinity.
///
/// Emitters whose tables are written in the arithmetic mean follow `C x = K (a − x/2)ⁿ`, x = ts − tr, up to x = a: beyond, the formula
/// would cool the water below the room, and the emitter takes all the heat that the water has above it.
public struct EmitterLaw: Sendable {
    /// K, W/Kⁿ.
    public let coefficient: Double
    /// n.
    public let exponent: Double
    /// Whether the mean is the arithmetic one.
    public let isArithmetic: Bool

    /// The law of an emitter; one without nominal power or with an impossible nominal point gives no heat.
    public init(_ emitter: Emitter) {
        isArithmetic = emitter.mean == .arithmetic
        let (a, b) = (
            emitter.nominalSupply.celsius - emitter.nominalRoom.celsius, emitter.nominalReturn.celsius - emitter.nominalRoom.celsius)
        let mean = isArithmetic ? (b > 0 ? 0.5 * (a + b) : 0) : LogarithmicMean.value(a, b)
        let n = emitter.exponent
        exponent = n > 0.1 && n < 10 ? n : 1
        coefficient = mean > 0 && emitter.nominalPower.watts > 0 ? emitter.nominalPower.watts / power(mean, exponent) : 0
    }

    /// Heat, return temperature and sensitivities at one state.
    public struct Response: Sendable {
        /// Heat given to the room, W; never negative.
        public var heat: Double
        /// Return temperature, °C; the supply temperature where no heat is given.
        public var returnTemperature: Double
        /// ∂heat/∂supply = −∂heat/∂room, W/K.
        public var heatPerKelvin: Double
        /// ∂heat/∂(ṁ cp), K.
        public var heatPerCapacityFlow: Double
    }

    /// The state at a capacity flow ṁ cp (W/K, either direction counts the same).
    ///
    /// No heat where the supply is not warmer than the room or no water flows.
    public func response(capacityFlow: Double, supply: Double, room: Double) -> Response {
        var start = Double.nan
        return response(capacityFlow: capacityFlow, supply: supply, room: room, start: &start)
    }

    /// The state at a capacity flow, found sooner from a neighbouring state.
    ///
    /// - Parameter start: ln u of a neighbouring state on entry, NaN where none is known; that of this state on return.
    public func response(capacityFlow: Double, supply: Double, room: Double, start: inout Double) -> Response {
        let flow = capacityFlow.magnitude
        let a = supply - room
        guard coefficient > 0, a > 0, flow > 0 else {
            return Response(heat: 0, returnTemperature: supply, heatPerKelvin: 0, heatPerCapacityFlow: 0)
        }
        if flow == .infinity {
            let heat = greatestHeat(supply: supply, room: room)
            return Response(
                heat: heat, returnTemperature: supply, heatPerKelvin: exponent * heat / a, heatPerCapacityFlow: 0)
        }
        if isArithmetic { return arithmeticResponse(flow: flow, excess: a, supply: supply) }
        let drop = Drop(logarithmicDrop(flow: flow, excess: a, start: &start))
        let slope = 1 + (exponent - 1) * (1 - drop.u * drop.left / drop.cooled)
        return Response(
            heat: flow * a * drop.cooled,
            returnTemperature: drop.left < 0.5 ? room + a * drop.left : supply - a * drop.cooled,
            heatPerKelvin: flow * (drop.cooled + drop.left * (exponent - 1) * drop.u / slope),
            heatPerCapacityFlow: max(0, a * (drop.cooled - drop.left * drop.u / slope)))
    }

    /// e⁻ᵘ and 1 − e⁻ᵘ, both with all their digits, by one exponential.
    private struct Drop {
        let u: Double
        let left: Double
        let cooled: Double

        @inline(__always)
        init(_ u: Double) {
            self.u = u
            if u < 0.5 {
                cooled = -exponentialMinusOne(-u)
                left = 1 - cooled
            } else {
                left = exponential(-u)
                cooled = 1 - left
            }
        }
    }

    /// Heat at a capacity flow, W.
    public func heat(capacityFlow: Double, supply: Double, room: Double) -> Double {
        let a = supply - room
        guard coefficient > 0, a > 0, capacityFlow.magnitude > 0 else { return 0 }
        if capacityFlow.magnitude == .infinity { return greatestHeat(supply: supply, room: room) }
        if isArithmetic { return arithmeticResponse(flow: capacityFlow.magnitude, excess: a, supply: supply).heat }
        var start = Double.nan
        let u = logarithmicDrop(flow: capacityFlow.magnitude, excess: a, start: &start)
        return capacityFlow.magnitude * a * -exponentialMinusOne(-u)
    }

    /// Heat at endless flow, where the return is as warm as the supply: K (ts − room)ⁿ, W.
    public func greatestHeat(supply: Double, room: Double) -> Double {
        let a = supply - room
        return a > 0 ? coefficient * power(a, exponent) : 0
    }

    /// The capacity flow ṁ cp, W/K, that gives `heat` W: 0 for no heat, +∞ where no flow is enough.
    public func capacityFlow(delivering heat: Double, supply: Double, room: Double) -> Double {
        guard heat > 0 else { return 0 }
        let a = supply - room
        guard coefficient > 0, a > 0 else { return .infinity }
        let ratio = power(heat / coefficient, 1 / exponent) / a
        guard ratio < 1 else { return .infinity }
        if isArithmetic { return heat / min(2 * a * (1 - ratio), a) }
        // A positive temperature drop is y < 0 in (eʸ − 1)/y.
        let cooled = -exponentialMinusOne(LogarithmicMean.logarithm(ofRatio: ratio))
        return cooled > 0 ? heat / (a * cooled) : .infinity
    }

    /// The capacity flow, W/K, that gives `heat` W, or the `share` of the greatest heat where that is less: near saturation more
    /// flow hardly warms the room, and what a dwelling requires must not jump where its emitter just suffices.
    public func requiredCapacityFlow(_ heat: Double, share: Double, supply: Double, room: Double) -> Double {
        capacityFlow(delivering: min(heat, share * greatestHeat(supply: supply, room: room)), supply: supply, room: room)
    }

    /// Supply temperature, °C, at which a capacity flow gives `heat` W to a room.
    public func supply(delivering heat: Double, capacityFlow: Double, room: Double) -> Double {
        guard heat > 0 else { return room }
        guard coefficient > 0, capacityFlow > 0 else { return .infinity }
        let mean = power(heat / coefficient, 1 / exponent)
        if capacityFlow == .infinity { return room + mean }
        if isArithmetic { return room + max(mean + 0.5 * heat / capacityFlow, heat / capacityFlow) }
        // a − b = Q/C and LMTD(a, b) = mean: u = (Q/C)/mean, a = mean · u/(1 − e⁻ᵘ).
        let u = heat / capacityFlow / mean
        return room + mean * (u > 0 ? u / -exponentialMinusOne(-u) : 1)
    }

    /// K, W/Kⁿ, at which a capacity flow gives `heat` W: what the emitter would have to be.
    ///
    /// Nil where the water itself does not carry so much heat.
    public func coefficient(delivering heat: Double, capacityFlow: Double, supply: Double, room: Double) -> Double? {
        let a = supply - room
        guard heat > 0 else { return 0 }
        guard a > 0, capacityFlow > 0 else { return nil }
        let b = a - heat / capacityFlow
        let mean = isArithmetic ? (b >= 0 ? 0.5 * (a + b) : 0) : LogarithmicMean.value(a, b)
        return mean > 0 ? heat / power(mean, exponent) : nil
    }

    /// The state by the arithmetic mean: Newton from x = 0, from one side because the equation is concave (n ≥ 1).
    private func arithmeticResponse(flow: Double, excess a: Double, supply: Double) -> Response {
        if flow * a <= coefficient * power(0.5 * a, exponent) {
            return Response(heat: flow * a, returnTemperature: supply - a, heatPerKelvin: flow, heatPerCapacityFlow: a)
        }
        var x = 0.0
        for _ in 0..<60 {
            let given = coefficient * power(a - 0.5 * x, exponent)
            let step = (given - flow * x) / (flow + 0.5 * exponent * given / (a - 0.5 * x))
            x = min(max(x + step, 0), a)
            if !(step.magnitude > 1e-13 * a) { break }
        }
        let steepness = exponent * coefficient * power(a - 0.5 * x, exponent - 1)
        return Response(
            heat: flow * x, returnTemperature: supply - x, heatPerKelvin: flow * steepness / (flow + 0.5 * steepness),
            heatPerCapacityFlow: x * 0.5 * steepness / (flow + 0.5 * steepness))
    }

    /// u = ln((ts − room)/(tr − room)) at a capacity flow and an excess a = ts − room, both positive.
    private func logarithmicDrop(flow: Double, excess: Double, start: inout Double) -> Double {
        let n1 = exponent - 1
        // Known part of ln u: ln(K/C) + (n − 1) ln a.
        let known = naturalLogarithm(coefficient / flow) + n1 * naturalLogarithm(excess)
        guard n1 != 0, known < 600, known > -300 else {
            start = min(max(known, -300), 600)
            return exponential(start)
        }
        var w = start.isFinite ? start : (known > 0 ? known / exponent : known)
        var u = exponential(w)
        for _ in 0..<40 {
            let drop = Drop(u)
            let slope = 1 + n1 * (1 - u * drop.left / drop.cooled)
            let step = (w - known - n1 * naturalLogarithm(drop.cooled / u)) / slope
            w -= step
            u = exponential(w)
            // Quadratic: what is left after a step of 1e-6 is below 1e-12.
            if !(step.magnitude > 1e-6) { break }
        }
        start = w
        return u
    }
}
