import NetworkModel
import Quantities

extension EpanetWriting {
    /// A link on its way into the file.
    struct Line {
        var index: LinkIndex
        var name: String
        var from: String
        var to: String
        /// The original id as a comment, where it had to be shortened.
        var comment: String
        /// A node of its circuit, whose water it has.
        var node: NodeIndex
        /// The three words every link begins with.
        var start: String { "\(name) \(from) \(to)" }
    }

    mutating func addLinks() {
        for (position, link) in network.links.enumerated() {
            let index = LinkIndex(position)
            if link.from == link.to {
                note(.inpOutLoop, reference(index))
                continue
            }
            if addGivenFlow(index) { continue }
            isLinked[link.from.position] = true
            isLinked[link.to.position] = true
            let line = line(index)
            if link.passes != .both { note(.inpOutDirections, reference(index)) }
            switch link.element {
            case .pipe(let pipe): addPipe(network.pipes[pipe], line)
            case .pump(let pump):
                var pumping = network.pumps[pump]
                // EPANET has no speed that follows a sensor: the one it came to.
                if pumping.control != .fixedSpeed {
                    if let speeds = options.pumpSpeed { pumping.speed = speeds[pump.position] } else { note(.inpOutControlled, reference(index)) }
                }
                addPump(pumping, line)
            case .valve(let valve): addValve(network.valves[valve], line)
            case .source(let source):
                let source = network.sources[source]
                addLimited(line, kv: source.kv, limit: source.flowLimit)
            case .exchangerPrimary(let substation):
                let substation = network.substations[substation]
                addLimited(line, kv: substation.primaryKv, limit: controlled(index, substation.primaryFlowLimit))
            case .exchangerSecondary(let substation): addThrottle(line, kv: network.substations[substation].secondaryKv)
            case .terminal(let terminal): addTerminal(network.terminals[terminal], line)
            }
        }
    }

    private func reference(_ link: LinkIndex) -> ElementReference {
        let kind =
            switch network.links[link].element {
            case .pipe: "pipes"
            case .valve: "valves"
            case .pump: "pumps"
            case .source: "sources"
            case .exchangerPrimary, .exchangerSecondary: "substations"
            case .terminal(let terminal):
                if case .emitter = network.terminals[terminal].load { "dwellings" } else { "loads" }
            }
        return ElementReference(kind: kind, id: network.links[link].id)
    }

    private mutating func line(_ index: LinkIndex) -> Line {
        let link = network.links[index]
        let name = linkNames.name(for: link.id)
        if name != link.id { note(.inpOutShortened, reference(index), [name.text]) }
        links[index.position] = name
        let visible = String(link.id.text.unicodeScalars.filter { $0.value >= 32 }.map(Character.init))
        return Line(
            index: index, name: name.text, from: self.name(of: link.from), to: self.name(of: link.to),
            comment: name == link.id ? "" : " ;\(visible)", node: link.from)
    }

    private func isOpen(_ line: Line) -> Bool { network.links[line.index].isOpen }

    /// Least length EPANET is given, m, and least roughness, mm: it wants both above zero.
    private static let leastLength = 1e-4
    private static let leastRoughness = 1e-6

    private mutating func addPipe(_ pipe: Pipe, _ line: Line) {
        if pipe.friction != .darcyWeisbach { note(.inpOutLaw, reference(line.index)) }
        let length = max(pipe.length.metres, Self.leastLength)
        let roughness = max(pipe.roughness.millimetres, Self.leastRoughness)
        let status = isOpen(line) ? (pipe.hasCheckValve ? "CV" : "Open") : "Closed"
        section.pipes.append(
            "\(line.start) \(text(length)) \(text(pipe.innerDiameter.millimetres)) \(text(roughness)) \(text(pipe.minorLoss)) \(status)"
                + line.comment)
    }

    // MARK: Given flows

    /// Writes what imposes its flow as a demand at both of its ends; false for any other link.
    private mutating func addGivenFlow(_ index: LinkIndex) -> Bool {
        let link = network.links[index]
        guard let imposed = imposedFlow(index) else { return false }
        guard link.isOpen else { return true }
        demand[link.from.position] += flow(imposed, at: link.from)
        demand[link.to.position] -= flow(imposed, at: link.from)
        givenFlows += 1
        return true
    }

    /// The flow of a load without resistance or of a source that gives heat whatever the network asks; nil for any other link.
    private mutating func imposedFlow(_ index: LinkIndex) -> MassFlow? {
        switch network.links[index].element {
        case .terminal(let terminal) where network.terminals[terminal].kv == nil:
            switch network.terminals[terminal].load {
            case .flow(let flow, _), .flowAndHeat(let flow, _): flow
            case .heat: controlled(index, nil) ?? .zero
            case .emitter, .none: nil
            }
        case .source(let source) where network.sources[source].givenHeat != nil && options.massFlow != nil: controlled(index, nil)
        default: nil
        }
    }

    /// The flow that a heat controller leaves to a link: that of the simulation, or the link's own limit.
    private mutating func controlled(_ link: LinkIndex, _ limit: MassFlow?) -> MassFlow? {
        guard let flow = options.massFlow?[link.position], flow.isFinite else {
            note(.inpOutControlled, reference(link))
            return limit
        }
        return MassFlow(kilogramsPerSecond: max(flow, 0))
    }

    private mutating func addTerminal(_ terminal: Terminal, _ line: Line) {
        switch terminal.load {
        case .emitter, .none: addThrottle(line, kv: terminal.kv)
        case .flow(let flow, _), .flowAndHeat(let flow, _): addLimited(line, kv: terminal.kv, limit: flow)
        case .heat: addLimited(line, kv: terminal.kv, limit: controlled(line.index, nil))
        }
    }

    // MARK: Resistances

    /// Diameter in mm and the loss coefficient on the velocity in it that is worth a Kv.
    ///
    /// Kv says Δp = ρ (36000/Kv)² V̇² in Pa and m³/s, ζ says 8 ζ ρ V̇²/(π² d⁴). The diameter is the least of the usual ones in which
    /// ζ reaches 4, so that velocities in EPANET's reports are those of a valve of that Kv.
    static func coefficient(of kv: FlowCoefficient?) -> (diameter: Double, loss: Double) {
        let usual: [Double] = [10, 15, 20, 25, 32, 40, 50, 65, 80, 100, 125, 150, 200, 250, 300, 400, 500, 600, 800, 1000]
        guard let kv, kv.isFinite, kv.value > 0 else { return (1000, 0) }
        let root = 36000 / kv.cubicMetresPerHour
        func loss(_ diameter: Double) -> Double {
            let metres = diameter / 1000
            let square = metres * metres * Double.pi * root
            return square * square / 8
        }
        let diameter = usual.first { loss($0) >= 4 } ?? 1000
        return (diameter, loss(diameter))
    }

    private mutating func addThrottle(_ line: Line, kv: FlowCoefficient?) {
        let (diameter, loss) = Self.coefficient(of: kv)
        addValveLine(line, kv, "\(text(diameter)) TCV \(text(loss)) 0")
    }

    private mutating func addLimited(_ line: Line, kv: FlowCoefficient?, limit: MassFlow?) {
        guard let limit, limit.isFinite else { return addThrottle(line, kv: kv) }
        let (diameter, loss) = Self.coefficient(of: kv)
        regulate(line)
        addValveLine(line, kv, "\(text(diameter)) FCV \(text(flow(limit, at: line.node))) \(text(loss))")
    }

    private mutating func regulate(_ line: Line) {
        isRegulated[network.links[line.index].from.position] = true
        isRegulated[network.links[line.index].to.position] = true
    }

    private mutating func addValveLine(_ line: Line, _ kv: FlowCoefficient?, _ words: String) {
        section.valves.append("\(line.start) \(words)\(line.comment)")
        let passes = kv.map { $0.value > 0 } ?? true
        if !isOpen(line) || !passes { section.status.append("\(line.name) Closed") }
    }

    private mutating func addValve(_ valve: Valve, _ line: Line) {
        let (diameter, loss) = Self.coefficient(of: valve.kv)
        func held(_ kind: String, _ pressure: Pressure) -> String { "\(text(diameter)) \(kind) \(text(head(pressure, at: line.node))) \(text(loss))" }
        switch valve.function {
        case .throttling: addThrottle(line, kv: valve.kv)
        case .flowLimiting(let limit), .pressureIndependent(let limit): addLimited(line, kv: valve.kv, limit: limit)
        case .check:
            // EPANET's check valves are pipes; friction on this length is nothing beside a ζ of 4.
            let status = isOpen(line) && valve.kv.value > 0 ? "CV" : "Closed"
            section.pipes.append("\(line.start) \(text(Self.leastLength)) \(text(diameter)) 0.01 \(text(loss)) \(status)\(line.comment)")
        case .pressureReducing(let pressure):
            regulate(line)
            addValveLine(line, valve.kv, held("PRV", pressure))
        case .pressureSustaining(let pressure):
            regulate(line)
            addValveLine(line, valve.kv, held("PSV", pressure))
        case .pressureBreaking(let pressure): addValveLine(line, valve.kv, held("PBV", pressure))
        case .headLossCurve(let points) where points.count > 1:
            for point in points {
                section.curves.append("\(line.name) \(text(point.flow.cubicMetresPerHour)) \(text(head(point.loss, at: line.node)))")
            }
            addValveLine(line, valve.kv, "\(text(diameter)) GPV \(line.name) 0")
        case .differentialPressure, .overflow:
            // EPANET has no such device: a limit of the flow that it came to, which is the same for this one state.
            let limit = controlled(line.index, nil)
            if let limit, limit.value <= 0 {
                addThrottle(line, kv: valve.kv)
                section.status.append("\(line.name) Closed")
            } else {
                addLimited(line, kv: valve.kv, limit: limit)
            }
        case .headLossCurve, .outlet:
            note(.inpOutLaw, reference(line.index))
            addThrottle(line, kv: valve.kv)
        }
    }
}
