import NetworkModel
import Quantities

/// What may change between two solves of one circuit: arrays by local link or node of its ``CompiledNetwork``.
///
/// A link obeys the first of these that applies: closed (`isOpen` false, a Kv that is not positive, a pump at rest);
/// `prescribedFlow`; its law within zero (one-way links) and `flowLimit`.
public struct CircuitState: Sendable {
    /// Whether water may pass, by local link.
    public var isOpen: [Bool]
    /// Kv in m³/h, by local link; +∞ = no resistance, 0 or NaN = closed. Of no meaning for pipes and pumps.
    public var kv: [Double]
    /// Flow imposed whatever the pressures, kg/s, by local link; NaN = free.
    public var prescribedFlow: [Double]
    /// Most flow that a limiting device lets pass from→to, kg/s, by local link; +∞ = no limit.
    public var flowLimit: [Double]
    /// Difference that a Δp controller holds, Pa, by local link; +∞ = it stands open, NaN = any other link.
    public var setPoint: [Double]
    /// Water temperature, °C, by local link: gives density, viscosity and gravity head.
    public var linkTemperature: [Double]
    /// Speed over nominal speed, by place in ``CompiledNetwork/pumps``; 0 = off, and off is closed. Of a controlled pump the greatest.
    public var pumpSpeed: [Double]
    /// Head held at every flow and speed instead of the pump's own characteristic and control, Pa, by place in
    /// ``CompiledNetwork/pumps``; NaN = its own.
    public var pumpHead: [Double]
    /// Water taken out (positive) or fed in, kg/s, by local node.
    public var demand: [Double]
    /// Gauge pressure held, Pa, by local node; NaN = free.
    public var fixedPressure: [Double]

    /// The state as the network describes it, with water of one temperature everywhere.
    ///
    /// A terminal with a given flow prescribes it where it has no Kv, and otherwise limits itself to it; flow-limiting
    /// valves, sources and exchangers with a flow limit keep it. Loads given as heat are limits that ``Heating``
    /// sets, since their flow follows from temperatures.
    /// - Complexity: O(nodes + links).
    public init(_ compiled: CompiledNetwork, of network: Network, temperature: Temperature) {
        let count = compiled.links.count
        isOpen = []
        isOpen.reserveCapacity(count)
        kv = [Double](repeating: .infinity, count: count)
        prescribedFlow = [Double](repeating: .nan, count: count)
        flowLimit = [Double](repeating: .infinity, count: count)
        setPoint = [Double](repeating: .nan, count: count)
        linkTemperature = [Double](repeating: temperature.celsius, count: count)
        pumpSpeed = []
        pumpHead = [Double](repeating: .nan, count: compiled.pumps.count)
        demand = compiled.nodes.map { network.nodes[$0].demand.kilogramsPerSecond }
        fixedPressure = compiled.nodes.map { network.nodes[$0].fixedPressure?.pascals ?? .nan }
        for (local, index) in compiled.links.enumerated() {
            let link = network.links[index]
            isOpen.append(link.isOpen)
            switch link.element {
            case .pipe: break
            case .pump(let pump): pumpSpeed.append(network.pumps[pump].speed)
            default: setDevice(local, link.element, network)
            }
            if link.passes == .backward { flowLimit[local] = 0 }
        }
    }

    /// Kv, limit or given flow of a link that is neither pipe nor pump.
    private mutating func setDevice(_ local: Int, _ element: LinkElement, _ network: Network) {
        switch element {
        case .pipe, .pump: break
        case .valve(let valve):
            kv[local] = network.valves[valve].kv.cubicMetresPerHour
            switch network.valves[valve].function {
            case .flowLimiting(let limit), .pressureIndependent(let limit): flowLimit[local] = limit.kilogramsPerSecond
            case .differentialPressure(let held, _, _): setPoint[local] = held.pascals
            case .outlet(let outlet): flowLimit[local] = outlet.limit?.kilogramsPerSecond ?? .infinity
            default: break
            }
        case .source(let source):
            kv[local] = network.sources[source].kv?.cubicMetresPerHour ?? .infinity
            flowLimit[local] = network.sources[source].flowLimit?.kilogramsPerSecond ?? .infinity
        case .exchangerPrimary(let substation):
            kv[local] = network.substations[substation].primaryKv.cubicMetresPerHour
            flowLimit[local] = network.substations[substation].primaryFlowLimit?.kilogramsPerSecond ?? .infinity
        case .exchangerSecondary(let substation): kv[local] = network.substations[substation].secondaryKv.cubicMetresPerHour
        case .terminal(let terminal):
            let terminal = network.terminals[terminal]
            kv[local] = terminal.kv?.cubicMetresPerHour ?? .infinity
            switch terminal.load {
            case .emitter, .heat, .none: break
            case .flow(let flow, _), .flowAndHeat(let flow, _):
                if terminal.kv == nil {
                    prescribedFlow[local] = flow.kilogramsPerSecond
                } else {
                    flowLimit[local] = flow.kilogramsPerSecond
                }
            }
        }
    }
}
