import Hydraulics
import NetworkModel
import Quantities

/// Turns the settings of all circuits into a ``Schedule``.
struct ScheduleRecord {
    let network: Network
    let options: BalancerOptions
    let circuits: [BalancedCircuit]

    func schedule() -> Schedule {
        // Where each valve and pump is met, then the rows in the order of the network: rows are wide, and are made once.
        var places = (valves: [Place?](repeating: nil, count: network.valves.count), pumps: [Place?](repeating: nil, count: network.pumps.count))
        for (circuit, part) in circuits.enumerated() {
            for (local, link) in part.balance.circuit.compiled.links.enumerated() {
                switch network.links[link].element {
                case .valve(let valve) where network.valves[valve].level != nil: places.valves[valve.position] = Place(circuit, local)
                case .pump(let pump): places.pumps[pump.position] = Place(circuit, local)
                default: break
                }
            }
        }
        let explanations = circuits.map { options.explains ? Explanation(authority: Authorities($0.balance), noise: NoiseReason($0)) : nil }
        let nexts = circuits.map { options.explains ? NextSettings($0) : nil }
        var valves: [ValveRow] = []
        valves.reserveCapacity(places.valves.count { $0 != nil })
        // Valves of one circuit mostly follow each other: what belongs to the circuit is taken out once for all of them.
        var next = 0
        while let first = places.valves[next...].firstIndex(where: { $0 != nil }), let circuit = places.valves[first]?.circuit {
            let (part, explanation, steps) = (circuits[Int(circuit)], explanations[Int(circuit)], nexts[Int(circuit)])
            next = first
            while next < places.valves.count, places.valves[next].map({ $0.circuit == circuit }) ?? true {
                if let place = places.valves[next] {
                    var row = row(ValveIndex(next), Int(place.local), part, explanation)
                    (row.next, row.neighbours) = (steps?[Int(place.local)], steps?.neighbours(Int(place.local)))
                    valves.append(row)
                }
                next += 1
            }
        }
        let pumps = places.pumps.enumerated().compactMap { position, place in
            place.map { row(PumpIndex(position), Int($0.local), circuits[Int($0.circuit)]) }
        }
        var settings = Settings()
        for row in valves
        where row.kv != row.previousKv || row.setting != row.previousSetting || row.function != row.previousFunction {
            settings.valves.append(Settings.ValveChange(valve: row.valve, setting: row.setting, kv: row.kv, function: row.function))
        }
        for row in pumps where row.speed != network.pumps[row.pump].speed {
            settings.pumps.append(Settings.PumpChange(
                pump: row.pump, characteristic: network.pumps[row.pump].characteristic, speed: row.speed))
        }
        return Schedule(settings: settings, valves: valves, pumps: pumps, rounds: circuits.map(\.rounds).max() ?? 0)
    }

    /// A link of one of the circuits.
    private struct Place {
        var circuit: Int32
        var local: Int32

        init(_ circuit: Int, _ local: Int) { (self.circuit, self.local) = (Int32(truncatingIfNeeded: circuit), Int32(truncatingIfNeeded: local)) }
    }

    /// What valves of a circuit say follows from.
    private struct Explanation {
        let authority: Authorities
        let noise: NoiseReason
    }

    private func row(_ index: ValveIndex, _ local: Int, _ circuit: BalancedCircuit, _ explanation: Explanation?) -> ValveRow {
        let balance = circuit.balance
        let valve = network.valves[index]
        let model = explanation == nil ? nil : valve.model.map { network.valveModels[$0] }
        let isSet = !balance.planned[local].isNaN || !balance.setting[local].isNaN
        let setting = isSet && valve.model != nil ? balance.setting[local] : valve.setting
        let kv = isSet ? FlowCoefficient(balance.state.kv[local]) : valve.kv
        let required = balance.requiredKv[local]
        let flow = circuit.trial.massFlow[local]
        let density = Density(balance.circuit.compiled.density(link: local, balance.state))
        let loss = kv.value > 0 ? kv.resistance(density: density) * flow * flow : 0
        var row = ValveRow(
            valve: index, requiredKv: required.isNaN ? nil : FlowCoefficient(required), setting: setting,
            settingLabel: explanation == nil ? "" : setting.flatMap { value in model.map { $0.label(for: value) } } ?? "", kv: kv,
            previousSetting: valve.setting, previousKv: valve.kv, designFlow: MassFlow(circuit.design[local]),
            predictedFlow: MassFlow(flow), density: density, pressureLoss: PressureDifference(loss),
            authority: isSet ? explanation?.authority.value(local) : nil, notes: [])
        if valve.isController {
            (row.function, row.previousFunction) = (balance.held[local] ?? valve.function, valve.function)
            if model == nil && explanation != nil { row.settingLabel = row.function?.setPointLabel ?? "" }
            if isSet && row.setting?.isNaN == true { row.setting = valve.setting }
        }
        guard let explanation else { return row }
        row.notes = notes(row, valve, model, isOpen: balance.state.isOpen[local], planned: balance.planned[local])
        if valve.level == .dwelling, row.notes.contains(.noisy),
            let reason = explanation.noise.note(local, loss: row.pressureLoss.value, quiet: quietLoss(valve, model))
        {
            row.notes.append(reason)
        }
        return row
    }

    private func notes(_ row: ValveRow, _ valve: Valve, _ model: ValveModel?, isOpen: Bool, planned: Double) -> [ValveNote] {
        guard isOpen, row.designFlow.value != 0 else { return [.noFlow] }
        guard !planned.isNaN else { return [] }
        if valve.isController { return controllerNotes(row, model, planned: planned) }
        var notes: [ValveNote] = []
        let full = network.fullyOpenKv(of: row.valve)
        if planned <= 0 || (row.requiredKv?.value ?? 0) > full * (1 + 1e-6) { notes.append(.tooSmall) }
        if let model, let required = row.requiredKv, required.value < model.leastOpen.value * (1 - 1e-6) {
            notes.append(.belowSmallestSetting)
        }
        if row.pressureLoss.value > quietLoss(valve, model) { notes.append(.noisy) }
        if let level = valve.level, level != .dwelling, row.pressureLoss.value < options.measurableLoss * 0.99 { notes.append(.notMeasurable) }
        if valve.level == .dwelling || model?.kind == .control, let authority = row.authority, authority < options.leastAuthority { notes.append(.lowAuthority) }
        if model == nil { notes.append(.noCatalogue) }
        return notes
    }

    /// Loss above which a valve may be heard, Pa.
    private func quietLoss(_ valve: Valve, _ model: ValveModel?) -> Double {
        model?.noiseLimit?.value ?? (valve.level == .dwelling ? options.quietLoss : .infinity)
    }

    private func controllerNotes(_ row: ValveRow, _ model: ValveModel?, planned: Double) -> [ValveNote] {
        var notes: [ValveNote] = planned <= 0 ? [.tooSmall] : []
        if let range = model?.setPoints?.range, case .pressureIndependent = row.function {
            let wish = ValveModel.scaleFlow(row.designFlow, of: network.conditions.fluid)
            if wish > range.upperBound * (1 + 1e-6) { notes.append(.tooSmall) }
            if wish < range.lowerBound * (1 - 1e-6) { notes.append(.belowSmallestSetting) }
        }
        return notes
    }

    private func row(_ index: PumpIndex, _ local: Int, _ circuit: BalancedCircuit) -> PumpRow {
        let balance = circuit.balance
        let compiled = balance.circuit.compiled
        let flow = circuit.trial.massFlow[local]
        let head = -compiled.pressureLoss(link: local, massFlow: flow, balance.state).loss
        let density = compiled.density(link: local, balance.state)
        var row = PumpRow(
            pump: index, head: PressureDifference(head), massFlow: MassFlow(flow), density: Density(density),
            speed: balance.state.pumpSpeed[local - compiled.pumps.lowerBound], electricPower: Power(watts: 0), efficiency: 0)
        row.previousSpeed = network.pumps[index].speed
        row.rate(network.pumps[index])
        return row
    }
}

/// Authority of each settable valve of a circuit at design flow: its loss fully open over the loss it would take closed.
///
/// Closed, it takes what valve, terminal and pipes behind it take now. Pipes are counted twice from its own side, because
/// supply and return are laid alike; the consumer with the least loss behind the valve counts.
struct Authorities {
    private let balance: CircuitBalance
    private var behind: [Double]

    init(_ balance: CircuitBalance) {
        self.balance = balance
        let circuit = balance.circuit
        let compiled = circuit.compiled
        behind = [Double](repeating: .infinity, count: compiled.links.count)
        // Friction from the root to each node, without settable valves.
        var friction = [Double](repeating: 0, count: compiled.nodes.count)
        for node in circuit.order where circuit.treeLink[Int(node)] >= 0 {
            let link = Int(circuit.treeLink[Int(node)])
            let parent = compiled.from[link] == node ? compiled.to[link] : compiled.from[link]
            friction[Int(node)] = friction[Int(parent)] + (compiled.pumps.contains(link) ? 0 : balance.loss[link].magnitude)
        }
        for (position, consumer) in circuit.consumers.enumerated() where !balance.spare[position].isNaN {
            var below = balance.loss[consumer.link].magnitude
            let ends = [Int(compiled.from[consumer.link]), Int(compiled.to[consumer.link])]
            for entry in balance.chains.valves(of: position).reversed() {
                let link = Int(entry)
                let lower = circuit.treeLink[Int(compiled.from[link])] == entry ? Int(compiled.from[link]) : Int(compiled.to[link])
                // The end of the consumer on the valve's own side is the one farther from the root than the valve by least.
                let pipes = ends.map { friction[$0] - friction[lower] }.filter { $0 >= 0 }.min() ?? 0
                behind[link] = min(behind[link], below + 2 * pipes)
                below += balance.valveLoss(link)
            }
        }
    }

    /// Authority of a valve; nil where nothing flows.
    func value(_ link: Int) -> Double? {
        guard behind[link] < .infinity, balance.flow[link] != 0, !balance.isController(link), let valve = balance.circuit.setValve[link] else { return nil }
        let open = balance.network.fullyOpenKv(of: valve)
        let set = balance.state.kv[link]
        let loss = balance.valveLoss(link)
        let whole = loss + behind[link]
        guard whole > 0, open > 0, set > 0 else { return nil }
        return loss * (set / open) * (set / open) / whole
    }
}
