import Hydraulics
import NetworkModel
import Quantities

/// The forward simulation of a whole network: flows, temperatures, substations, rooms and sources at once.
///
/// A fixed point of: flows by pressure (density, viscosity and gravity head of the water as warm as it is); water
/// temperatures by those flows; rooms and emitters by the water they get; exchangers, whose controllers throttle the
/// primary flow to keep the secondary set point; heat limits of sources. Circuits that share no building are settled by
/// themselves and in parallel; between them only supply temperatures, returns and flow limits pass (``Exchange``). What would
/// make the fixed point slow, a starved exchanger or a source at its limit, is corrected by Newton with the circuit's
/// own answer (d return / d supply, lattice included).
///
/// What does not change between runs (compiled circuits, lattices) is made once; a run starts from the last one's state.
/// The result does not depend on the number of threads.
public struct Simulation: Sendable {
    /// The network with the settings that stand now.
    public private(set) var network: Network
    /// How it computes.
    public var options: SimulationOptions

    /// Cells by level: those that feed no other cell's exchanger first.
    var levels: [[Cell]]
    /// Where each circuit stands.
    private var places: [CircuitPlace]
    /// Circuit of each link, and its local number there.
    private var circuitOfLink: [Int32]
    private var localOfLink: [Int32]
    /// Answers of the last run, and the set points they belong to.
    private var exchanges: [Exchange] = []
    private var lastSetPoints: SetPoints?

    private struct CircuitPlace: Sendable {
        var level = 0
        var cell = 0
        var circuit = 0
    }

    /// Compiles a network.
    ///
    /// - Parameter compiled: its circuits, in the order of ``Network/circuits()``, where they have been compiled already.
    /// - Complexity: O(nodes + links + dwellings), circuits in parallel.
    public init(
        _ network: Network, options: SimulationOptions = SimulationOptions(), compiled: [CompiledNetwork] = []
    ) {
        self.network = network
        self.options = options
        let circuits = network.circuits()
        let plan = CellPlan(network, circuits)
        circuitOfLink = plan.circuitOfLink.map { Int32($0) }
        localOfLink = Array(repeating: -1, count: network.links.count)
        places = Array(repeating: CircuitPlace(), count: circuits.count)
        levels = []
        for (level, cells) in plan.levels.enumerated() {
            for (cell, plan) in cells.enumerated() {
                for (place, circuit) in plan.circuits.enumerated() {
                    places[circuit] = CircuitPlace(level: level, cell: cell, circuit: place)
                }
            }
            levels.append(Workers.map(cells.count, threads: options.threads) { position in
                Cell(
                    network, circuits: cells[position].circuits.map { circuits[$0] },
                    compiled: compiled.isEmpty ? [] : cells[position].circuits.map { compiled[$0] },
                    buildings: cells[position].buildings)
            })
        }
        for level in levels.indices {
            for cell in levels[level].indices {
                for c in levels[level][cell].circuits.indices { levels[level][cell].circuits[c].number(&localOfLink) }
            }
        }
    }

    /// Gives the workspaces of the hydraulics back; the next run makes them anew and goes on from where the last one ended.
    public mutating func releaseWorkspaces() {
        for level in levels.indices {
            for cell in levels[level].indices {
                for c in levels[level][cell].circuits.indices { levels[level][cell].circuits[c].solver = nil }
            }
        }
    }

    /// Sets valves and pumps; topology and everything else stay as they are.
    public mutating func apply(_ settings: Settings) {
        for change in settings.pumps where !keepsLaw(change) { recompile(change) }
        network.apply(settings)
        for change in settings.valves {
            withCircuit(of: network.valves[change.valve].link) { circuit, local in
                circuit.state.kv[local] = change.kv.cubicMetresPerHour
                switch change.function {
                case .differentialPressure(let held, _, _): circuit.state.setPoint[local] = held.pascals
                case .pressureIndependent(let held): circuit.state.flowLimit[local] = held.kilogramsPerSecond
                default: break
                }
            }
        }
        for change in settings.pumps {
            let isFixed = network.pumps[change.pump].control == .fixedSpeed
            withCircuit(of: network.pumps[change.pump].link) { circuit, local in
                let pump = local - circuit.compiled.pumps.lowerBound
                circuit.state.pumpSpeed[pump] = change.speed
                // A pump that follows a sensor goes on doing so, at no more than the speed set.
                if case .constantHead(let head) = change.characteristic, isFixed {
                    circuit.state.pumpHead[pump] = head.pascals * change.speed * change.speed
                }
            }
        }
    }

    /// Whether a change leaves the compiled law of the pump as it is.
    private func keepsLaw(_ change: Settings.PumpChange) -> Bool {
        if case .constantHead = change.characteristic { return true }
        return network.pumps[change.pump].characteristic == change.characteristic
    }

    /// A new pump curve is part of the compiled circuit.
    private mutating func recompile(_ change: Settings.PumpChange) {
        network.apply(Settings(pumps: [change]))
        let number = Int(circuitOfLink[network.pumps[change.pump].link.position])
        let place = places[number]
        let network = network
        levels[place.level][place.cell].circuits[place.circuit].recompile(network)
    }

    /// Opens, closes or restricts dwellings: their valves (or, without a valve, their terminals) and their gains.
    ///
    /// - Precondition: one state a dwelling.
    public mutating func setStates(_ states: [DwellingState]) {
        open(states)
        network.setStates(states)
    }

    /// The same with a network that takes this one's place, and is one of the same but for states: a study's next roster differs from its
    /// last one in a few dwellings, and nothing of a network that only this value holds is copied for them.
    ///
    /// - Precondition: one state a dwelling.
    public mutating func setStates(_ states: [DwellingState], in spare: consuming Network) {
        open(states)
        network = spare
        network.setStates(states)
    }

    /// Sets what states of dwellings do to circuits and lattices.
    private mutating func open(_ states: [DwellingState]) {
        precondition(states.count == network.dwellings.count)
        for dwelling in states.indices where network.dwellings[dwelling].state != states[dwelling] {
            let index = DwellingIndex(dwelling)
            guard network.dwellings[index].use == .dwelling, let link = network.shutOff(of: index)?.position, localOfLink[link] >= 0 else { continue }
            let place = places[Int(circuitOfLink[link])]
            levels[place.level][place.cell].circuits[place.circuit].state.isOpen[Int(localOfLink[link])] = states[dwelling].isHeated
        }
        for level in levels.indices {
            for cell in levels[level].indices {
                for b in levels[level][cell].buildings.indices { levels[level][cell].buildings[b].setHeated(states) }
            }
        }
    }

    /// Opens or closes a link, an outage for example; its circuit stays compiled.
    public mutating func setOpen(_ isOpen: Bool, of link: LinkIndex) {
        network.setOpen(isOpen, of: link)
        withCircuit(of: link) { circuit, local in circuit.state.isOpen[local] = isOpen }
    }

    private mutating func withCircuit(of link: LinkIndex, _ change: (inout CircuitModel, Int) -> Void) {
        let place = places[Int(circuitOfLink[link.position])]
        let local = Int(localOfLink[link.position])
        guard local >= 0 else { return }
        change(&levels[place.level][place.cell].circuits[place.circuit], local)
    }

    /// Simulates one steady state.
    ///
    /// - Parameter setPoints: supply set points; nil = ``SetPoints/init(of:in:)``.
    /// - Precondition: set points given are one a source and one a substation.
    /// - Throws: ``SimulationFailure`` where flows and temperatures do not converge or the energy balance does not close.
    public mutating func run(_ weather: Weather, setPoints: SetPoints? = nil) throws(SimulationFailure) -> Outcome {
        let setPoints = setPoints ?? SetPoints(of: network, in: weather)
        prepare(weather, setPoints)
        var conditions = Cell.Conditions(
            outdoor: weather.outdoor.celsius, heatCapacity: network.conditions.fluid.heatCapacity.value,
            isothermal: options.isothermal, closelyBelow: max(1e-3, 10 * options.temperatureTolerance),
            // 1 Pa in the 10 kPa of a branch shifts its return by some 1e-3 K.
            pressureTolerance: max(HydraulicOptions().pressureTolerance, 10 * options.temperatureTolerance))
        var history: [Double] = []
        var tolerance = Self.firstTolerance
        // Circuits are settled closer than the whole, so that their rest does not hide in its changes.
        var closest = 0.9 * options.temperatureTolerance
        for round in 1...max(1, options.iterationLimit) {
            let change = try sweep(conditions, tolerance: tolerance, closest: closest, history)
            history.append(change)
            options.progress?(round, change)
            tolerance = max(closest, min(Self.loosest, Self.settling * change))
            guard change <= options.temperatureTolerance else { continue }
            let energy = energyBalance(heatCapacity: conditions.heatCapacity)
            guard energy.relativeResidual <= options.energyTolerance else {
                closest *= 0.1
                tolerance = closest
                continue
            }
            let checks = judge()
            if let failed = checks.first(where: { $0.firstFailure != nil }) {
                // A loose tolerance may end on flows that were meant to be provisional.
                guard conditions.closelyBelow < .infinity else { throw failure(.contradicted(failed), history) }
                conditions.closelyBelow = .infinity
                settleAgain()
                continue
            }
            return outcome(weather, setPoints, energy, checks, rounds: round, history)
        }
        throw failure(.notConverged, history)
    }

    /// The independent judgement of every circuit, in the order of ``Network/circuits()``.
    private func judge() -> [SolutionCheck] {
        let cells = levels
        let places = places
        return Workers.map(places.count, threads: options.threads) { position -> SolutionCheck? in
            let place = places[position]
            return cells[place.level][place.cell].circuits[place.circuit].judged
        }.compactMap { $0 }
    }

    /// How closely cells are settled while no supply is known yet, and in the rounds after, K.
    private static var firstTolerance: Double { 10 }
    private static var loosest: Double { 0.1 }
    /// Share of the last change that cells are settled to before the next supply comes: mostly one round, which gains two digits, while what
    /// the others say moves by as much.
    private static var settling: Double { 0.03 }
    /// How much closer cells are settled that feed others: they are few, and what they leave moves everyone else.
    private static var feeding: Double { 0.03 }

    private mutating func prepare(_ weather: Weather, _ setPoints: SetPoints) {
        let hottest = setPoints.sourceSupply.max() ?? weather.ground.celsius
        let isWarm = lastSetPoints == setPoints
        lastSetPoints = setPoints
        if !isWarm {
            exchanges = network.substations.enumerated().map { position, substation in
                Exchange(
                    substation, setPoint: setPoints.secondarySupply[position],
                    expectedReturn: setPoints.secondaryReturn[position], primarySupply: hottest)
            }
        }
        let guess = GuessRule(network, setPoints, weather)
        let isothermal = options.isothermal
        let network = network
        for level in levels.indices {
            Workers.update(&levels[level], threads: options.threads) { _, cell in
                cell.change = .infinity
                for b in cell.buildings.indices { cell.buildings[b].lattice.setGround(weather.ground.celsius) }
                for c in cell.circuits.indices {
                    let guess = guess.guess(for: cell.circuits[c].circuit)
                    cell.circuits[c].prepare(network, weather: weather, setPoints: setPoints, guess: guess, isothermal: isothermal)
                }
            }
        }
    }

    /// Makes every cell do another round, though nothing new may come to it.
    private mutating func settleAgain() {
        for level in levels.indices {
            for cell in levels[level].indices { levels[level][cell].change = .infinity }
        }
    }

    /// Settles every cell once, level by level; returns the largest change of a temperature, K.
    private mutating func sweep(
        _ conditions: Cell.Conditions, tolerance: Double, closest: Double, _ history: [Double]
    ) throws(SimulationFailure) -> Double {
        var change = 0.0
        for level in levels.indices {
            let current = exchanges
            Workers.update(&levels[level], threads: options.threads) { _, cell in
                let own = level > 0 ? max(closest, Self.feeding * tolerance) : tolerance
                cell.advance(current, conditions, tolerance: own, closest: closest)
            }
            for cell in levels[level] {
                if let hydraulics = cell.failure { throw failure(.hydraulics(hydraulics), history) }
                change = max(change, cell.change)
                for answer in cell.answers { exchanges[answer.substation].take(answer) }
            }
        }
        change = max(change, meetNeighbours())
        for exchange in exchanges where exchange.secondaryFlow > 0 {
            change = max(change, (exchange.supply - exchange.answeredSupply).magnitude)
        }
        return change
    }

    /// Tells buildings that stand wall to wall each other's rooms; the largest change, K.
    private mutating func meetNeighbours() -> Double {
        guard !network.partyWalls.isEmpty else { return 0 }
        var rooms = [Double](repeating: .nan, count: network.dwellings.count)
        for cell in levels.joined() {
            for building in cell.buildings where building.lattice.hasPartyWalls {
                rooms.replaceSubrange(building.dwellings, with: building.rooms)
            }
        }
        var change = 0.0
        for level in levels.indices {
            for cell in levels[level].indices { change = max(change, levels[level][cell].meetNeighbours(rooms)) }
        }
        return change
    }

    /// Forgets the state of a failed run and says what moved most.
    private mutating func failure(_ reason: SimulationFailure.Reason, _ history: [Double]) -> SimulationFailure {
        var worst: ElementReference?
        if case .hydraulics(let hydraulics) = reason { worst = hydraulics.problem(in: network).element }
        let cell = levels.joined().max { $0.change < $1.change }
        if worst == nil, let node = cell?.worstNode {
            worst = ElementReference(kind: "nodes", id: network.nodes[node].id)
        }
        let energy = energyBalance(heatCapacity: network.conditions.fluid.heatCapacity.value)
        for level in levels.indices {
            for cell in levels[level].indices {
                levels[level][cell].failure = nil
                levels[level][cell].slopes = []
                for c in levels[level][cell].circuits.indices { levels[level][cell].circuits[c].solution = nil }
            }
        }
        lastSetPoints = nil
        return SimulationFailure(reason: reason, history: history, worst: worst, energyResidual: energy.relativeResidual)
    }

    /// What couples the substations now.
    var couplings: [Exchange] { exchanges }
}
