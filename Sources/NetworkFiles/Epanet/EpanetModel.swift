#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import NetworkModel
import Quantities

/// An EPANET network at time 0 as a ``Network``, with the way back to the elements of the file.
///
/// Nodes and links of the network are those of the file in the file's order; after them come openings, each with a node of given
/// pressure behind it: `ID/emitter`, for demands that fall with pressure `ID/demand`, for leaking pipes `ID/leak` and
/// `ID/growing-leak`, at the nodes that open links join to a reservoir or tank. Statuses, speeds and settings are those in force at
/// time 0. Links at a full tank pass water out of it only, at an empty tank into it only.
public struct EpanetModel: Sendable {
    /// The network; its fluid is water of the file's density and viscosity.
    public let network: Network
    /// The file's units under the physics asked for.
    public let units: EpanetUnits
    /// What holds at time 0.
    public let timeZero: EpanetTimeZero
    /// The openings that water leaves by, with the node of the file each is at.
    public let outlets: [Outflow]

    /// An opening at a node.
    public struct Outflow: Sendable {
        /// Node of the file.
        public var node: Int
        /// Link of ``EpanetModel/network``.
        public var link: LinkIndex
        /// Demand it stands for, kg/s; nil for an emitter or a leak.
        public var demand: Double?
    }

    /// Describes a file's network to the solver.
    ///
    /// - Parameter timeZero: statuses and settings; by default those that patterns and controls give at time 0.
    /// - Complexity: O(nodes + links).
    public init(_ epanet: EpanetNetwork, physics: EpanetPhysics = .epanet, timeZero: EpanetTimeZero? = nil) {
        var work = ModelWork(epanet, physics, timeZero ?? EpanetTimeZero(epanet))
        work.addNodes()
        work.addLinks()
        work.addOutlets()
        network = work.builder.build()
        units = work.units
        self.timeZero = work.timeZero
        outlets = work.outlets
    }
}

/// The state of describing one network.
struct ModelWork {
    let epanet: EpanetNetwork
    let units: EpanetUnits
    let convention: HydraulicConvention
    let timeZero: EpanetTimeZero
    var builder: NetworkBuilder
    var outlets: [EpanetModel.Outflow] = []
    /// Whether open links join a node to a reservoir or tank.
    var isFed: [Bool] = []

    init(_ epanet: EpanetNetwork, _ physics: EpanetPhysics, _ timeZero: EpanetTimeZero) {
        self.epanet = epanet
        self.timeZero = timeZero
        units = EpanetUnits(epanet.options, physics: physics)
        convention = units.convention
        var conditions = DesignConditions(
            fluid: .constant(
                Density(units.density), Viscosity(units.viscosity(epanet.options)), Fluid.waterHeatCapacity))
        conditions.convention = convention
        builder = NetworkBuilder(title: epanet.title.first ?? "", conditions: conditions)
        builder.reserve(nodes: epanet.nodes.count, links: epanet.links.count, dwellings: 0)
        isFed = fedNodes()
    }

    mutating func addNodes() {
        for (position, node) in epanet.nodes.enumerated() {
            let asked = timeZero.demand[position] * units.flow * units.density
            let demand = MassFlow(kilogramsPerSecond: dependsOnPressure(position) ? 0 : asked)
            let over = timeZero.head[position].map { ($0 - node.elevation) * units.length }
            builder.add(
                Node(
                    id: node.id, elevation: Length(metres: node.elevation * units.length), position: node.position,
                    fixedPressure: over.map { Pressure(pascals: units.pascals(head: $0)) }, demand: demand))
        }
    }

    mutating func addLinks() {
        let isAtTank = epanet.nodes.map { if case .tank = $0.kind { true } else { false } }
        // By position: a copy of a whole link, with its bends, would be counted in and out.
        for position in epanet.links.indices {
            let (first, last) = (epanet.links[position].from, epanet.links[position].to)
            let (id, from, to) = (epanet.links[position].id, NodeIndex(first), NodeIndex(last))
            let directions = isAtTank[first] || isAtTank[last] ? directions(first, last) : .both
            let element = epanet.links[position].element
            let isOpen = timeZero.status[position] != .closed && directions != nil && !isShut(element, position)
            switch element {
            case .pipe(let pipe): builder.add(self.pipe(pipe), id: id, from: from, to: to, isOpen: isOpen)
            case .pump(let pump): builder.add(self.pump(pump, position), id: id, from: from, to: to, isOpen: isOpen && directions != .backward)
            case .valve(let valve): builder.add(self.valve(valve, position), id: id, from: from, to: to, isOpen: isOpen)
            }
            if let directions, directions != .both { builder.setDirections(LinkIndex(position), directions) }
        }
    }

    /// Whether a setting closes a link: a pump at rest, a positional valve at 0 %.
    private func isShut(_ element: EpanetLink.Element, _ position: Int) -> Bool {
        switch element {
        case .pipe: false
        case .pump: timeZero.setting[position] <= 0
        case .valve(let valve):
            valve.kind == .positionControl && timeZero.status[position] == .active && timeZero.setting[position] <= 0
        }
    }

    /// The directions that full and empty tanks leave to a link; nil = none.
    private func directions(_ from: Int, _ to: Int) -> FlowDirections? {
        var (forward, backward) = (true, true)
        for end in [from, to] {
            guard case .tank(let tank) = epanet.nodes[end].kind, tank.diameter > 0 else { continue }
            if tank.initialLevel >= tank.maximumLevel && !tank.canOverflow {
                if end == to { forward = false } else { backward = false }
            } else if tank.initialLevel <= tank.minimumLevel {
                if end == to { backward = false } else { forward = false }
            }
        }
        return forward ? (backward ? .both : .forward) : (backward ? .backward : nil)
    }

    private func pipe(_ pipe: EpanetPipe) -> Pipe {
        let isDarcy = epanet.options.headLoss == .darcyWeisbach
        var result = Pipe(
            length: Length(metres: pipe.length * units.length),
            innerDiameter: Length(metres: pipe.diameter * units.diameter),
            roughness: Length(metres: isDarcy ? pipe.roughness * units.roughness : 0), minorLoss: pipe.minorLoss,
            hasCheckValve: pipe.hasCheckValve)
        switch epanet.options.headLoss {
        case .darcyWeisbach: result.friction = .darcyWeisbach
        case .hazenWilliams: result.friction = .hazenWilliams(pipe.roughness)
        case .chezyManning: result.friction = .chezyManning(pipe.roughness)
        }
        return result
    }

    private func pump(_ pump: EpanetPump, _ position: Int) -> Pump {
        Pump(characteristic: characteristic(pump), speed: timeZero.setting[position])
    }

    private func characteristic(_ pump: EpanetPump) -> PumpCharacteristic {
        let pascals = units.pascals(head: units.length)
        switch pump.curve.flatMap({ EpanetPumpCurve(epanet.curves[$0]) }) {
        case .powerFunction(let shutoff, let coefficient, let exponent):
            return .powerFunction(
                shutoff: PressureDifference(pascals: shutoff * pascals),
                coefficient: coefficient * pascals / pow(units.flow, exponent), exponent: exponent)
        case .points(let flow, let head):
            return .segments(
                zip(flow, head).map { flow, head in
                    PumpPoint(flow: VolumeFlow(flow * units.flow), head: PressureDifference(pascals: head * pascals))
                })
        case nil: return .constantPower(Power(watts: (pump.power ?? 0) * units.power))
        }
    }

    private func valve(_ valve: EpanetValve, _ position: Int) -> Valve {
        let setting = timeZero.setting[position]
        let open = Valve(kv: kv(valve.minorLoss, valve))
        if valve.kind == .generalPurpose {
            return Valve(kv: open.kv, function: valve.curve.map { .headLossCurve(lossCurve(epanet.curves[$0])) } ?? .throttling)
        }
        guard timeZero.status[position] == .active else { return open }
        let held = Pressure(pascals: units.pascals(head: setting * units.pressure))
        switch valve.kind {
        case .pressureReducing: return Valve(kv: open.kv, function: .pressureReducing(held))
        case .pressureSustaining: return Valve(kv: open.kv, function: .pressureSustaining(held))
        case .pressureBreaking: return setting == 0 ? open : Valve(kv: open.kv, function: .pressureBreaking(held))
        case .flowControl:
            let limit = MassFlow(kilogramsPerSecond: setting * units.flow * units.density)
            return Valve(kv: open.kv, function: .flowLimiting(limit))
        case .throttleControl: return Valve(kv: kv(setting, valve))
        case .positionControl: return Valve(kv: kv(positionLoss(valve, setting), valve))
        case .generalPurpose: return open
        }
    }

    private func lossCurve(_ curve: EpanetCurve) -> [LossCurvePoint] {
        let pascals = units.pascals(head: units.length)
        return zip(curve.x, curve.y).map { flow, loss in
            LossCurvePoint(flow: VolumeFlow(flow * units.flow), loss: PressureDifference(pascals: loss * pascals))
        }
    }

    /// Kv of a loss coefficient on the velocity in a valve; one of 1e8 m³/h for none, which loses a thousandth of a pascal a
    /// cubic metre a second and is as open as EPANET's own open valve.
    private func kv(_ loss: Double, _ valve: EpanetValve) -> FlowCoefficient {
        let d = valve.diameter * units.diameter
        let resistance = convention.localScale * 8 * loss / (Double.pi * Double.pi * d * d * d * d)
        // Δp = resistance ρ V̇², and 1e5 ρ/1000 (3600 V̇/Kv)² by the definition of Kv.
        return FlowCoefficient(cubicMetresPerHour: resistance > 0 ? min(36000 / resistance.squareRoot(), 1e8) : 1e8)
    }

    /// ζ of a positional valve at an opening in %: that of the open valve over the square of its share of the full Kv.
    private func positionLoss(_ valve: EpanetValve, _ opening: Double) -> Double {
        if opening >= 100 { return valve.minorLoss }
        let percent = valve.curve.map { share(epanet.curves[$0], opening) } ?? opening
        let ratio = min(max(percent / 100, 1e-6), 1)
        return valve.minorLoss / (ratio * ratio)
    }

    /// The share of the full Kv at an opening, both in %.
    private func share(_ curve: EpanetCurve, _ opening: Double) -> Double {
        guard let firstX = curve.x.first, let firstY = curve.y.first, let lastX = curve.x.last, let lastY = curve.y.last else {
            return opening
        }
        if opening < firstX { return opening / firstX * firstY }
        if opening > lastX {
            // EPANET 2.3 means to lead the curve on to fully open, but takes 1 for 100 %.
            let full: Double = units.physics == .epanet ? 1 : 100
            return (opening - lastX) / (full - lastX) * (full - lastY) + lastY
        }
        let high = max(curve.x.firstIndex { $0 >= opening } ?? 1, 1)
        guard high < curve.x.count else { return firstY }
        let slope = (curve.y[high] - curve.y[high - 1]) / (curve.x[high] - curve.x[high - 1])
        return curve.y[high - 1] + slope * (opening - curve.x[high - 1])
    }
}
