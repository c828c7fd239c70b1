#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Hydraulics
import NetworkModel
import Quantities

extension EpanetWriting {
    /// What the head of a pump of constant head falls by over its curve, as a share of it: EPANET wants a curve that falls.
    static let fall = 1e-4
    /// Intervals into which a smooth curve is cut: their chords miss a parabola by 1/32768 of its fall.
    private static let intervals = 64

    mutating func addPump(_ pump: Pump, _ line: Line) {
        let isOff = !(pump.speed > 0) || !network.links[line.index].isOpen
        if isOff { section.status.append("\(line.name) Closed") }
        let speed = pump.speed > 0 && pump.speed != 1 ? " SPEED \(text(pump.speed))" : ""
        if case .constantPower(let power) = pump.characteristic {
            // EPANET takes the file's specific gravity for the water's; the head is to be that of the pump's own water.
            let share = water.meanDensity / water.density[line.node.position]
            section.pumps.append("\(line.start) POWER \(text(power.kilowatts * share))\(speed)\(line.comment)")
            return
        }
        section.pumps.append("\(line.start) HEAD \(line.name)\(speed)\(line.comment)")
        for point in curve(pump.characteristic, at: line.node) { section.curves.append("\(line.name) \(text(point.flow)) \(text(point.head))") }
    }

    /// Points in m³/h and m, flow rising, head falling; neither one nor three, through which EPANET would lay a power function,
    /// but for the law that is one.
    private mutating func curve(_ characteristic: PumpCharacteristic, at node: NodeIndex) -> [(flow: Double, head: Double)] {
        switch characteristic {
        case .constantPower: return []
        case .constantHead(let given): return level(given, at: node)
        case .powerFunction(let shutoff, let coefficient, let exponent):
            guard coefficient > 0, exponent > 0, shutoff.pascals > 0 else { return level(shutoff, at: node) }
            // The third point where no head is left.
            let last = pow(shutoff.pascals / coefficient, 1 / exponent) * 3600
            let top = head(shutoff, at: node)
            return [(0, top), (last / 2, top * (1 - pow(0.5, exponent))), (last, 0)]
        case .segments(let points):
            var points = points.map { ($0.flow.cubicMetresPerHour, head($0.head, at: node)) }
            if points.count == 3, points[0].0 == 0 {
                points.insert((0.5 * points[1].0, 0.5 * (points[0].1 + points[1].1)), at: 1)
            }
            return falling(points)
        case .curve(let points):
            let curve = PumpCurve(points)
            let (first, last) = (curve.firstFlow, max(curve.lastFlow, curve.firstFlow + 1e-6))
            let step = (last - first) / Double(Self.intervals)
            // One interval more at either end gives EPANET the slope with which the curve goes on.
            let flows = (first > step ? [first - step] : first > 0 ? [0] : []) + (0...Self.intervals + 1).map { first + Double($0) * step }
            return falling(flows.map { ($0 * 3600, head(Pressure(pascals: curve.head(at: $0).head), at: node)) })
        }
    }

    private mutating func level(_ given: PressureDifference, at node: NodeIndex) -> [(flow: Double, head: Double)] {
        levelPumps += 1
        let head = max(head(given, at: node), 0)
        return [(0, head + max(Self.fall * head, 1e-6)), (pumpRange, head)]
    }

    /// The points with every head a micrometre below the one before at least.
    private func falling(_ points: [(Double, Double)]) -> [(flow: Double, head: Double)] {
        var last = Double.infinity
        return points.map { flow, head in
            last = min(head, last - 1e-6)
            return (flow, last)
        }
    }
}
