import NetworkModel
import Quantities

/// Head of a pump over its volume flow at nominal speed: a curve through points that never rises.
///
/// Between points the cubic of Fritsch & Carlson (SIAM J. Numer. Anal. 17, 1980, 238) with the slopes of Fritsch &
/// Butland (SIAM J. Sci. Stat. Comput. 5, 1984, 300): continuously differentiable and falling wherever the points fall.
/// Outside the points it goes on as a straight line with the slope of the end (``isBeyond(_:)`` tells).
/// One point stands for the parabola of EPANET's manual (Rossman 2000): shut-off head 4/3 of it, no head at twice its flow.
/// Points out of order are a data error that validation reports; here they are sorted and a rise is cut off, so that no
/// input can break the law.
public struct PumpCurve: Hashable, Sendable {
    /// Volume flows, m³/s, strictly rising.
    public let flow: [Double]
    /// Heads, Pa, never rising.
    public let head: [Double]
    /// Derivatives of the head at the points, Pa s/m³.
    let slope: [Double]

    /// A curve through points of a pump's sheet.
    public init(_ points: [PumpPoint]) {
        var sorted = points.filter { $0.flow.isFinite && $0.head.isFinite && $0.flow.value >= 0 }
        sorted.sort { $0.flow < $1.flow }
        if sorted.count == 1, let only = sorted.first, only.flow.value > 0 {
            // H = h (4 − (V/v)²)/3 at nine points.
            sorted = (0...8).map { step in
                let ratio = Double(step) / 4
                return PumpPoint(flow: only.flow * ratio, head: only.head * ((4 - ratio * ratio) / 3))
            }
        }
        var flow: [Double] = []
        var head: [Double] = []
        for point in sorted where flow.last.map({ point.flow.value > $0 }) ?? true {
            flow.append(point.flow.value)
            head.append(min(point.head.value, head.last ?? .infinity))
        }
        if flow.isEmpty { (flow, head) = ([0], [0]) }
        self.flow = flow
        self.head = head
        slope = Self.monotoneSlopes(flow, head)
    }

    private static func monotoneSlopes(_ x: [Double], _ y: [Double]) -> [Double] {
        let count = x.count
        guard count > 1 else { return [0] }
        let chord = (0..<count - 1).map { left -> Double in
            let rise = y[left + 1] - y[left]
            return rise / (x[left + 1] - x[left])
        }
        var slope = [Double](repeating: 0, count: count)
        for point in 1..<max(count - 1, 1) where chord[point - 1] < 0 && chord[point] < 0 {
            // Harmonic mean weighted by the widths (Fritsch & Butland).
            let (left, right) = (x[point] - x[point - 1], x[point + 1] - x[point])
            let (first, second) = (2 * right + left, right + 2 * left)
            slope[point] = (first + second) / (first / chord[point - 1] + second / chord[point])
        }
        slope[0] = endSlope(chord, x, at: 0, next: min(1, count - 2))
        slope[count - 1] = endSlope(chord, x, at: count - 2, next: max(count - 3, 0))
        return slope
    }

    /// Three-point slope at an end, limited to keep the curve falling (Fritsch & Butland 1984).
    private static func endSlope(_ chord: [Double], _ x: [Double], at near: Int, next far: Int) -> Double {
        if near == far { return chord[near] }
        let (h0, h1) = (x[near + 1] - x[near], x[far + 1] - x[far])
        let slope = ((2 * h0 + h1) * chord[near] - h0 * chord[far]) / (h0 + h1)
        if slope >= 0 { return 0 }
        return max(slope, 3 * chord[near])
    }

    /// Head in Pa and its derivative in Pa s/m³ at a volume flow in m³/s.
    public func head(at volumeFlow: Double) -> (head: Double, slope: Double) {
        let last = flow.count - 1
        if volumeFlow <= flow[0] { return (head[0] + slope[0] * (volumeFlow - flow[0]), slope[0]) }
        if volumeFlow >= flow[last] { return (head[last] + slope[last] * (volumeFlow - flow[last]), slope[last]) }
        var (low, high) = (0, last)
        while high - low > 1 {
            let middle = (low + high) / 2
            if flow[middle] <= volumeFlow { low = middle } else { high = middle }
        }
        let width = flow[high] - flow[low]
        let t = (volumeFlow - flow[low]) / width
        let rise = head[high] - head[low]
        let (first, second) = (slope[low] * width, slope[high] * width)
        let a = 3 * rise - 2 * first - second
        let b = first + second - 2 * rise
        return (head[low] + t * (first + t * (a + t * b)), (first + t * (2 * a + t * 3 * b)) / width)
    }

    /// Last flow of the curve, m³/s.
    public var lastFlow: Double { flow[flow.count - 1] }
    /// First flow of the curve, m³/s.
    public var firstFlow: Double { flow[0] }
}

/// Head of a pump as a loss law: −head, with the affinity laws head ∝ speed², flow ∝ speed.
public struct PumpLaw: Hashable, Sendable {
    /// What the pump does at nominal speed.
    public enum Characteristic: Hashable, Sendable {
        /// A head held at every flow, Pa.
        case constantHead(Double)
        /// A curve.
        case curve(PumpCurve)
        /// Straight lines between points.
        case segments(SegmentCurve)
        /// h₀ − r qⁿ.
        case powerFunction(PowerFunctionCurve)
        /// Head = power over flow.
        case constantPower(ConstantPowerCurve)

        /// Whether its head at rest exceeds any pressure against it, so that it needs no bound.
        var isNeverReversed: Bool {
            if case .constantPower = self { true } else { false }
        }
    }

    /// What the pump does at nominal speed.
    public var characteristic: Characteristic
    /// Speed over nominal speed; a pump at rest (0 or less) is a closed link.
    public var speed: Double
    /// Density of the water in the pump, kg/m³.
    public var density: Double

    /// A pump at a speed.
    public init(_ characteristic: Characteristic, speed: Double, density: Density) {
        self.characteristic = characteristic
        self.speed = speed
        self.density = density.value
    }

    /// Flow up to which the characteristic is known at this speed, kg/s: the last point of a curve, no head left by a
    /// power function, thirty metres of head at constant power; nil where there is no such flow.
    var lastFlow: Double? {
        switch characteristic {
        case .constantHead: nil
        case .curve(let curve): curve.lastFlow * density * speed
        case .segments(let curve): (curve.flow.last ?? 0) * density * speed
        case .powerFunction(let curve):
            power(curve.shutoff / curve.coefficient, 1 / curve.exponent) * density * speed
        case .constantPower(let curve): curve.power * speed * speed * speed / 3e5 * density
        }
    }

    /// Whether iterations begin at ``lastFlow``: at rest a pump of constant power would have any head.
    var startsAtLastFlow: Bool {
        if case .constantPower = characteristic { true } else { false }
    }

    /// How many times steeper or flatter than the tangent a chord may be.
    private static let farthestChord = 10.0

    /// Slope of the chord to about the flow that a drive would make, Pa s/kg; the tangent but for power functions of about the square and
    /// for constant power.
    func chord(_ point: LossPoint, _ drive: Double, _ massFlow: Double) -> Double {
        if case .constantPower = characteristic {
            guard drive < 0 && massFlow > 0 && point.loss < 0 else { return point.slope }
            // On the hyperbola head = P/q the chord from q to P/h has the slope h/q.
            return min(max(-drive / massFlow, point.slope / Self.farthestChord), point.slope * Self.farthestChord)
        }
        guard case .powerFunction(let curve) = characteristic, curve.exponent > 1.4 && curve.exponent < 2.6 else { return point.slope }
        let shutoff = curve.shutoff * speed * speed
        let (fall, asked) = (point.loss + shutoff, drive + shutoff)
        guard fall > 0 && asked > 0 else { return point.slope }
        return LossPoint(loss: fall, slope: point.slope).squareChord(asked)
    }

    /// −head in Pa at a mass flow in kg/s, with its derivative (≥ 0).
    public func loss(_ massFlow: Double) -> LossPoint {
        switch characteristic {
        case .constantHead(let head): return LossPoint(loss: -head * speed * speed, slope: 0)
        case .curve(let curve):
            let point = curve.head(at: massFlow / (density * speed))
            return LossPoint(loss: -point.head * speed * speed, slope: max(0, -point.slope * speed / density))
        case .segments(let curve):
            let point = curve.point(at: massFlow / (density * speed))
            return LossPoint(loss: -point.value * speed * speed, slope: max(0, -point.slope * speed / density))
        case .powerFunction(let curve): return curve.loss(massFlow, speed: speed, density: density)
        case .constantPower(let curve): return curve.loss(massFlow, speed: speed, density: density)
        }
    }
}
