import NetworkModel
import Quantities

/// Devices that follow a sensor, and valves with three ports.
extension ExpansionWork {
    /// What a valve does beside throttling.
    mutating func function(
        _ row: Int, _ from: NodeIndex, _ to: NodeIndex, _ model: ValveModelIndex?, _ columns: ValveColumns
    ) -> ValveFunction {
        func flow() -> MassFlow { MassFlow(kilogramsPerSecond: needed(columns.flowLimit[row], "flow_limit_kg_s", row)) }
        func pressure() -> Pressure { Pressure(kilopascals: needed(columns.pressure[row], "pressure_kpa", row)) }
        if let known = controllerFunction(row, from, to, model, columns) { return known }
        switch document.text(columns.function[row]) {
        case "check": return .check
        case "flow_limiting": return .flowLimiting(flow())
        case "pressure_independent": return .pressureIndependent(flow())
        case "pressure_reducing": return .pressureReducing(pressure())
        case "pressure_sustaining": return .pressureSustaining(pressure())
        case "pressure_breaking": return .pressureBreaking(pressure())
        case "differential_pressure":
            let held = pressure()
            for (field, column) in [("high", columns.high), ("low", columns.low)] where column[row].isAbsent {
                report(.neededField, .error, .valves, row, field, [field])
            }
            guard let high = node(columns.high[row], .valves, row, "high"), let low = node(columns.low[row], .valves, row, "low")
            else { return .throttling }
            return .differentialPressure(held, high: high, low: low)
        case "overflow":
            let high = columns.high[row].isAbsent ? from : node(columns.high[row], .valves, row, "high")
            let low = columns.low[row].isAbsent ? to : node(columns.low[row], .valves, row, "low")
            return .overflow(pressure(), high: high ?? from, low: low ?? to)
        default: return .throttling
        }
    }

    /// What a controller of a catalogue does where the row gives its setting instead of flow or pressure, or neither; nil for
    /// anything else.
    private mutating func controllerFunction(
        _ row: Int, _ from: NodeIndex, _ to: NodeIndex, _ model: ValveModelIndex?, _ columns: ValveColumns
    ) -> ValveFunction? {
        guard let model, builder.current.valveModels[model].setPoints != nil else { return nil }
        let named = document.text(columns.function[row])
        let isFlow = builder.current.valveModels[model].kind == .pressureIndependent
        guard named.isEmpty || named == (isFlow ? "pressure_independent" : "differential_pressure") else { return nil }
        guard (isFlow ? columns.flowLimit[row] : columns.pressure[row]) == nil else { return nil }
        let setting = columns.setting[row] ?? builder.current.valveModels[model].settingRange.upperBound
        if isFlow { return function(of: model, at: setting, held: NodePair(high: from, low: to)) }
        for (field, column) in [("high", columns.high), ("low", columns.low)] where column[row].isAbsent {
            report(.neededField, .error, .valves, row, field, [field])
        }
        guard let high = node(columns.high[row], .valves, row, "high"), let low = node(columns.low[row], .valves, row, "low")
        else { return .throttling }
        return function(of: model, at: setting, held: NodePair(high: high, low: low))
    }

    private mutating func needed(_ value: Double?, _ field: String, _ row: Int) -> Double {
        if value == nil { report(.neededField, .error, .valves, row, field, [field]) }
        return value ?? 0
    }

    /// Temperature for whose density a least difference is turned into a Kv; its square root hardly depends on it.
    private static let usualTemperature = Temperature(celsius: 60)

    /// Kv in m³/h that loses the least difference of a pressure-independent valve at its set flow; nil where that is not given.
    func independentKv(_ row: Int, _ columns: ValveColumns) -> Double? {
        guard document.text(columns.function[row]) == "pressure_independent", let least = columns.least[row],
            let flow = columns.flowLimit[row], flow > 0
        else { return nil }
        let kv = FlowCoefficient(
            passing: MassFlow(kilogramsPerSecond: flow), atLoss: PressureDifference(kilopascals: least),
            density: conditions.fluid.density(at: Self.usualTemperature))
        return kv.cubicMetresPerHour
    }

    // MARK: Three ports

    /// Gives a three-way valve the Kv of its straight way, linear in the stroke; what its third port is.
    mutating func splitThreeWay(_ valve: inout Valve, _ row: Int, _ columns: ValveColumns) -> Bypass? {
        let function = document.text(columns.function[row])
        guard function == "three_way_mixing" || function == "three_way_diverting" else { return nil }
        if columns.bypass[row].isAbsent { report(.neededField, .error, .valves, row, "bypass", ["bypass"]) }
        if columns.position[row] == nil { report(.neededField, .error, .valves, row, "position", ["position"]) }
        guard let node = node(columns.bypass[row], .valves, row, "bypass"), let position = columns.position[row] else { return nil }
        if columns.bypass[row] == (function == "three_way_mixing" ? columns.to : columns.from)[row] {
            report(.selfLoop, .error, .valves, row, "bypass", [document.text(columns.bypass[row])])
        }
        let full = valve.kv
        func way(_ stroke: Double) -> FlowCoefficient { stroke > 0 ? FlowCoefficient(cubicMetresPerHour: full.cubicMetresPerHour * stroke) : full }
        valve.kv = way(position)
        return Bypass(
            node: node, kv: way(1 - position), isInlet: function == "three_way_mixing", isShut: position >= 1, shutsStraightWay: position <= 0)
    }

    /// Makes the second way of a three-way valve, ID/bypass.
    mutating func addBypass(
        of valve: Valve, _ bypass: Bypass, _ id: ElementID, _ ends: (from: NodeIndex, to: NodeIndex), isOpen: Bool
    ) {
        var second = valve
        (second.kv, second.level) = (bypass.kv, nil)
        builder.add(
            second, id: id.part("bypass"), from: bypass.isInlet ? bypass.node : ends.from, to: bypass.isInlet ? ends.to : bypass.node,
            isOpen: isOpen && !bypass.isShut)
    }

    // MARK: Pumps

    /// What a pump's drive follows; worst points are looked up later.
    mutating func setControl(of pump: inout Pump, _ columns: PumpColumns, _ table: TableName, _ row: Int) {
        let control = document.text(columns.control[row])
        guard !control.isEmpty && control != "fixed_speed" else { return }
        pump.leastSpeed = columns.leastSpeed[row] ?? min(Pump.usualLeastSpeed, pump.speed)
        guard let set = columns.set[row] ?? columns.head[row] else {
            return report(.neededField, .error, table, row, columns.prefix + "set_kpa", [columns.prefix + "set_kpa"])
        }
        let held = PressureDifference(kilopascals: set)
        switch control {
        case "constant_difference": pump.control = .constantDifference(held)
        case "proportional_difference":
            let flow = columns.setFlow[row].map { VolumeFlow(cubicMetresPerHour: $0) }
            if flow == nil, case .constantHead = pump.characteristic {
                report(.neededField, .error, table, row, columns.prefix + "set_flow_m3_h", [columns.prefix + "set_flow_m3_h"])
            }
            pump.control = .proportionalDifference(held, share: columns.restShare[row] ?? 0.5, flow: flow)
        default:
            if columns.worstPoints[row].isAbsent {
                report(.neededField, .error, table, row, columns.prefix + "worst_points", [columns.prefix + "worst_points"])
            }
            pump.control = .worstPoint(held, [])
            pendingWorstPoints.append(
                PendingWorstPoints(
                    pump: PumpIndex(builder.current.pumps.count), held: held, text: document.text(columns.worstPoints[row]),
                    table: table, row: row, field: columns.prefix + "worst_points"))
        }
    }

    /// Finds the nodes of worst points by name.
    mutating func resolveWorstPoints() {
        if pendingWorstPoints.isEmpty { return }
        var nodes: [ElementID: NodeIndex] = [:]
        for (position, node) in builder.current.nodes.enumerated() { nodes[node.id] = NodeIndex(position) }
        for pending in pendingWorstPoints {
            var found: [NodePair] = []
            for point in pending.points {
                let pair = point.names.compactMap { nodes[ElementID($0)] }
                if point.names.count == 2 && pair.count == 2 {
                    found.append(NodePair(high: pair[0], low: pair[1]))
                } else {
                    report(.danglingReference, .error, pending.table, pending.row, pending.field, [point.text, "node pair"])
                }
            }
            builder.update(pending.pump) { $0.control = .worstPoint(pending.held, found) }
        }
    }
}

/// The third port of a valve.
struct Bypass {
    var node: NodeIndex
    var kv: FlowCoefficient
    /// Whether water comes in by it (mixing) or goes out (diverting).
    var isInlet: Bool
    /// At either end of the stroke one way is shut; it keeps the Kv of the whole valve.
    var isShut: Bool
    var shutsStraightWay: Bool
}

/// A pump whose worst points are still names.
struct PendingWorstPoints: Sendable {
    var pump: PumpIndex
    var held: PressureDifference
    var text: String
    var table: TableName
    var row: Int
    var field: String

    /// The points one by one, each with the names of its two nodes.
    var points: [(text: String, names: [String])] {
        text.split(separator: ";").map { part in
            let names = part.split(separator: "|").map { String($0.trimmed) }
            return (String(part.trimmed), names.count == 1 ? [names[0] + "/supply", names[0] + "/return"] : names)
        }
    }
}

extension Substring {
    /// Without blanks at its ends.
    fileprivate var trimmed: Substring {
        var rest = self
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
