import Hydraulics
import NetworkModel
import Quantities

/// Settings of one circuit for its design flows: pump head, loss and Kv of every valve, nearest setting.
struct CircuitBalance: Sendable {
    let network: Network
    let circuit: DesignCircuit
    let options: BalancerOptions
    /// Design flow by local link, kg/s.
    let flow: [Double]
    /// What keeps each dwelling of the network below its target.
    let limits: [LimitSite]
    /// Settable valves at their set Kv, pump at its set speed; temperatures of the design.
    var state: CircuitState
    /// Loss of every link at its design flow with settable valves and the main pump left out, Pa.
    let loss: [Double]
    /// Valves on each consumer's way.
    let chains: ValveChains
    /// Pressure that each consumer's valves have to take when the pump gives ``head``, Pa; NaN where nothing flows.
    private(set) var spare: [Double]
    /// Head of the main pump, with those in line with it, at the design flow, Pa; 0 without one.
    private(set) var head = 0.0
    /// Head of each pump whose speed is chosen at its design flow, Pa, by local link.
    var pumpHeads: [Int: Double] = [:]
    /// Loss each valve has to keep, Pa, by local link.
    private(set) var least: [Double]
    /// Setting of each valve, by local link; NaN without a model.
    var setting: [Double]
    /// Kv that would give exactly the design flow at the loss planned, by local link; NaN where none would.
    private(set) var requiredKv: [Double]
    /// Loss planned for each valve, Pa, by local link.
    private(set) var planned: [Double]

    /// What controllers are set to hold, by local link.
    var held: [Int: ValveFunction] = [:]
    /// Loss that controllers take at the design flow, Pa, by local link.
    var heldLoss: [Int: Double] = [:]

    /// Branch of each consumer at its design flow, to be asked for pressures; without a valve where it has none to choose.
    private(set) var branches: [Branch] = []

    /// Pumps whose speed is chosen, by place, with their speed at its most.
    let drives: [(pump: Int, fullSpeed: Double)]
    /// Whether the pump is too weak for the flows even with every valve open.
    private(set) var isShort = false

    /// Finds head and settings.
    init(
        _ network: Network, _ circuit: DesignCircuit, flow: [Double], limits: [LimitSite], state: CircuitState,
        options: BalancerOptions
    ) {
        self.network = network
        self.limits = limits
        self.circuit = circuit
        // Where every combination can be looked at, nothing is weighed against a dwelling that presets allow its flow.
        self.options = circuit.consumers.count <= options.polishLimit ? options.strict : options
        self.flow = flow
        self.state = state
        let none = [Double](repeating: .nan, count: flow.count)
        var loss = circuit.losses(flow, state)
        var least = [Double](repeating: 0, count: flow.count)
        for (link, valve) in circuit.setValve.enumerated() where valve != nil {
            least[link] = loss[link].magnitude
            loss[link] = 0
        }
        // A pump at rest stays at rest: it stands by.
        drives = ([circuit.mainPump].compactMap { $0 } + circuit.pumps.mates + circuit.pumps.series + circuit.pumps.boosters)
            .filter { state.pumpSpeed[$0] > 0 }.map { ($0, state.pumpSpeed[$0]) }
        for drive in drives { loss[circuit.compiled.pumps.lowerBound + drive.pump] = 0 }
        self.loss = loss
        self.least = least
        setting = none
        requiredKv = none
        planned = none
        spare = circuit.spares(flow, state, loss: loss)
        let spare = spare
        chains = ValveChains(circuit, of: network) { !spare[$0].isNaN }
        branches = circuit.consumers.indices.map { designBranch(of: $0) }
        chooseHead()
        setValves()
        closeIdle()
    }

    // MARK: Pump head

    /// The least head that leaves each valve what it should keep, or all the pump has, with what is then left to wish.
    private mutating func chooseHead() {
        let wish = (0..<least.count).map { wishedLoss($0) }
        let open = least
        guard let available = circuit.pumpHead(flow, state) ?? (circuit.pumps.boosters.isEmpty ? nil : 0) else {
            // A head that cannot be set: wishes take what there is.
            least = affordable(open, wish, head: 0, boost: [])
            return
        }
        let boost = greatestBoost()
        let wanted = requiredHead(wish, boost)
        if wanted <= available {
            least = wish
            head = max(wanted, 0)
        } else {
            head = max(available, 0)
            isShort = requiredHead(open, boost) > head
            least = affordable(open, wish, head: head, boost: boost)
        }
        if circuit.pumps.isSimple {
            setPump()
            seekEfficiency()
            for consumer in spare.indices { spare[consumer] += head }
        } else {
            head = setPumps(from: head, to: max(available, 0))
        }
    }

    /// Adds what pumps give to what each consumer's valves have to take, Pa.
    mutating func addSpare(_ gain: (Int) -> Double) { for consumer in spare.indices { spare[consumer] += gain(consumer) } }

    /// Loss a valve should keep: that of its fully open position, and enough to measure or to govern the flow.
    private func wishedLoss(_ link: Int) -> Double {
        guard let valve = circuit.setValve[link], flow[link] != 0 else { return least[link] }
        // A twentieth in hand for what rounding takes elsewhere.
        if network.valves[valve].isController { return max(least[link], 1.05 * network.leastLoss(of: valve)) }
        switch network.valves[valve].level {
        case .substation, .building, .unit: return max(least[link], options.measurableLoss)
        case .dwelling: return max(least[link], options.dwellingLoss)
        case nil: return least[link]
        }
    }

    /// Head at which every consumer's valves have the given losses at least, Pa.
    ///
    /// - Parameter boost: what boosters give each consumer, Pa; empty without any.
    private func requiredHead(_ loss: [Double], _ boost: [Double]) -> Double {
        var head = -Double.infinity
        for consumer in spare.indices where !spare[consumer].isNaN {
            let need = chains.valves(of: consumer).reduce(0) { $0 + loss[Int($1)] } - spare[consumer]
            head = max(head, boost.isEmpty ? need : need - boost[consumer])
        }
        return head.isFinite ? head : 0
    }

    /// As much of the wishes as a head affords, every valve giving up the same part of its wish.
    private func affordable(_ open: [Double], _ wish: [Double], head: Double, boost: [Double]) -> [Double] {
        func mixed(_ share: Double) -> [Double] { open.indices.map { open[$0] + share * (wish[$0] - open[$0]) } }
        if requiredHead(wish, boost) <= head { return wish }
        if requiredHead(open, boost) >= head { return open }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<20 {
            let middle = 0.5 * (low + high)
            if requiredHead(mixed(middle), boost) <= head { low = middle } else { high = middle }
        }
        return mixed(low)
    }

    /// Sets the main pump to ``head`` at its design flow.
    private mutating func setPump() {
        guard let pump = circuit.mainPump else { return }
        setSpeed(of: pump, head: head, most: state.pumpSpeed[pump])
    }

    /// Sets a pump's speed for a head at its design flow.
    mutating func setSpeed(of pump: Int, head: Double, most: Double) {
        let link = circuit.compiled.pumps.lowerBound + pump
        // Head rises with speed at a given flow.
        var (low, high) = (0.0, most)
        for _ in 0..<60 {
            let middle = 0.5 * (low + high)
            state.pumpSpeed[pump] = middle
            if -circuit.compiled.pressureLoss(link: link, massFlow: flow[link], state).loss < head { low = middle } else { high = middle }
        }
        state.pumpSpeed[pump] = high
        pumpHeads[link] = head
    }

    /// Runs the pump faster than the head asks for where its efficiency there saves more than the extra head costs.
    ///
    /// At a flow of its own a pump has one efficiency a speed, that of its curve at flow / speed; among the speeds from the
    /// least that serves the index circuit to the full one that with the least electric power is taken.
    private mutating func seekEfficiency() {
        guard let pump = circuit.mainPump, head > 0 else { return }
        let link = circuit.compiled.pumps.lowerBound + pump
        guard case .pump(let index) = network.links[circuit.compiled.links[link]].element else { return }
        let data = network.pumps[index]
        let least = state.pumpSpeed[pump]
        guard let fullSpeed = drives.first?.fullSpeed, !data.efficiencyCurve.isEmpty, least > 0, least < fullSpeed else { return }
        let density = Density(circuit.compiled.density(link: link, state))
        func point(_ speed: Double) -> (head: Double, power: Double) {
            var there = state
            there.pumpSpeed[pump] = speed
            let head = -circuit.compiled.pressureLoss(link: link, massFlow: flow[link], there).loss
            let volume = VolumeFlow(MassFlow(flow[link].magnitude), density: density)
            return (head, data.electricPower(flow: volume, head: PressureDifference(head), speed: speed).watts)
        }
        // A saving that the noise of a meter would hide is not worth the pressure.
        var best = (speed: least, head: head, power: 0.995 * point(least).power)
        for step in 1...Self.speedSteps {
            let speed = least + (fullSpeed - least) * Double(step) / Double(Self.speedSteps)
            let there = point(speed)
            if there.power > 0, there.power < best.power { best = (speed, there.head, there.power) }
        }
        (state.pumpSpeed[pump], head) = (best.speed, best.head)
        pumpHeads[link] = head
    }

    /// Speeds looked at between the least and the full one.
    private static var speedSteps: Int { 60 }

    // MARK: Valves

    /// One pass from the top down: each valve takes what all behind it have too much, is rounded, and what the rounding
    /// leaves or costs goes on to the valves below it (partner-valve principle).
    private mutating func setValves() {
        var left = spare
        for consumer in spare.indices where !spare[consumer].isNaN {
            left[consumer] -= chains.valves(of: consumer).reduce(0) { $0 + least[Int($1)] }
        }
        for (place, entry) in chains.order.enumerated() {
            let link = Int(entry)
            var common = Double.infinity
            for consumer in chains.consumers(behind: place) { common = min(common, left[Int(consumer)]) }
            let loss = max(least[link] + max(common, 0), 0)
            planned[link] = loss
            choose(link, loss: loss, mayTake: least[link] + max(common, 0))
            let taken = valveLoss(link) - least[link]
            for consumer in chains.consumers(behind: place) { left[Int(consumer)] -= taken }
        }
    }

    /// Open dwellings that need no heat get the smallest setting.
    private mutating func closeIdle() {
        for (link, valve) in circuit.setValve.enumerated() {
            guard let valve, flow[link] == 0, network.valves[valve].level == .dwelling, state.isOpen[link] else { continue }
            if network.valves[valve].isController {
                chooseFlow(link, valve, 0)
                continue
            }
            guard let index = network.valves[valve].model, let first = network.valveModels[index].points.first else { continue }
            set(link, first.setting, network.valveModels[index])
        }
    }

    /// Loss of a settable valve at its set Kv and design flow, Pa.
    func valveLoss(_ link: Int) -> Double {
        if !heldLoss.isEmpty, let loss = heldLoss[link] { return loss }
        return circuit.compiled.pressureLoss(link: link, massFlow: flow[link], state).loss.magnitude
    }

    /// Sets a valve to the position nearest to a loss; one that others depend on never takes more than it may.
    private mutating func choose(_ link: Int, loss: Double, mayTake: Double) {
        guard let valve = circuit.setValve[link] else { return }
        if network.valves[valve].isController { return chooseSetPoint(link, valve, loss: max(loss, 0)) }
        let density = Density(circuit.compiled.density(link: link, state))
        let required = loss > 0 ? FlowCoefficient(passing: MassFlow(flow[link].magnitude), atLoss: PressureDifference(loss), density: density) : nil
        requiredKv[link] = required?.value ?? .nan
        let full = network.fullyOpenKv(of: valve)
        guard let index = network.valves[valve].model else {
            state.kv[link] = min(required?.value ?? full, full)
            return
        }
        let model = network.valveModels[index]
        let wanted = required ?? FlowCoefficient(full)
        let (below, above) = model.settings(around: wanted)
        var chosen = network.valves[valve].level == .dwelling ? model.nearestSetting(passing: wanted) : below
        if network.valves[valve].level != .dwelling {
            let nearest = model.nearestSetting(passing: wanted)
            state.kv[link] = model.kv(at: nearest).value
            chosen = network.valves[valve].level == .substation || valveLoss(link) > mayTake * (1 + 1e-9) ? above : nearest
        }
        set(link, chosen, model)
    }

    /// Puts a valve without a model to a Kv.
    mutating func setKv(_ link: Int, _ kv: Double) {
        // Whatever it is: the valve has been set.
        setting[link] = 0
        state.kv[link] = kv
    }

    /// Takes over what another case sets a valve or controller to; what it takes at this case's own flow stays this case's.
    mutating func adopt(_ link: Int, from other: CircuitBalance) {
        setting[link] = other.setting[link]
        state.kv[link] = other.state.kv[link]
        guard let function = other.held[link] else { return }
        if case .differentialPressure(let wanted, _, _) = function, case .differentialPressure(let own, _, _) = held[link] {
            heldLoss[link] = heldLoss[link].map { max($0 - (wanted.value - own.value), 0) }
        }
        held[link] = function
        (state.flowLimit[link], state.setPoint[link]) = (other.state.flowLimit[link], other.state.setPoint[link])
    }

    /// Puts a valve to a setting of its model.
    mutating func set(_ link: Int, _ value: Double, _ model: ValveModel) {
        setting[link] = value
        state.kv[link] = model.kv(at: value).value
    }
}
