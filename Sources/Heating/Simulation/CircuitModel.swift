import Hydraulics
import NetworkModel
import Quantities

/// One circuit in a simulation: its hydraulics, its temperatures and what its links do to them.
struct CircuitModel: Sendable {
    let circuit: Circuit
    var compiled: CompiledNetwork
    /// The workspace of the hydraulics; nil until it is needed, and again when it has been given back.
    var solver: HydraulicSolver?
    /// Pressure tolerance of the last solve, Pa.
    var pressureTolerance = HydraulicOptions().pressureTolerance
    var state: CircuitState
    var solution: HydraulicSolution?
    var transport: TemperatureTransport

    // What links do, by local link.
    let pipeConductance: [Double]
    let pipeSurroundings: [Surroundings]
    let sources: [SourceLink]
    let primaries: [ExchangerLink]
    let secondaries: [ExchangerLink]
    /// Grouped by building.
    private(set) var emitters: [EmitterLink]
    private(set) var emitterGroups: [EmitterGroup] = []
    let loads: [LoadLink]
    /// Nodes where water may enter or leave: fixed pressures and demands.
    let openNodes: [Int]

    // Temperatures and the affine law of every link.
    var factor: [Double]
    var offset: [Double]
    var isCut: [Bool]
    var ambient: [Double]
    /// Mean water temperature of each pipe as the share of its inlet, beside its surroundings.
    var meanShare: [Double]
    var inflow: [Double]
    var outside: [Double]
    /// Open nodes for whose water no temperature is given; it is taken as that of the ground.
    let untoldNodes: [Int]
    var temperature: [Double]
    var previous: [Double]
    /// Flow of moving water by link, kg/s, whatever its direction; 0 where the water stands still or has no temperature.
    var moving: [Double]
    /// Step of each link temperature that the last round asked for, K, and the share of it that was taken.
    var wantedStep: [Double] = []
    var relaxation = 1.0
    /// Temperature of still water, °C.
    var restTemperature = 0.0
    /// Flows of no more than this count as none, kg/s.
    var stillBelow = 0.0
    /// Largest step of a mean water temperature that was too small to solve flows for, K.
    var skippedStep = 0.0
    /// Whether the hydraulic state changed since the last solve.
    var isStale = true
    var hydraulicIterations = 0

    /// A source by local link.
    struct SourceLink: Sendable {
        let link: Int
        let source: Int
        /// Set point and limits: °C, W; NaN = no given heat.
        var setPoint: Double
        let heatLimit: Double
        let givenHeat: Double
        /// Supply temperature of this round, °C.
        var supply: Double
        /// d return / d supply of the circuit, from the last tangent pass.
        var returnSlope = 0.0
        /// Least slope of heat over capacity flow that a step trusts.
        var leastSlope = 0.2
        var lastStep = 0.0
        /// Rounds since the last step.
        var waited = 0

        /// Heat to spare now and at the last step, W.
        var spare = Double.nan
        var lastSpare = Double.nan

        /// Correction of the supply for heat to spare, W, at a capacity flow, W/K, and a temperature drop, K.
        ///
        /// By the slope that the last step showed, as far as it is near Newton's; at most a quarter of the drop.
        func step(spare: Double, capacityFlow: Double, drop: Double) -> Double {
            let most = 0.25 * max(1, drop)
            var slope = capacityFlow * max(leastSlope, 1 - returnSlope)
            if lastStep != 0, lastSpare.isFinite {
                let shown = (lastSpare - spare) / lastStep
                if shown > 0.2 * slope, shown < 2 * slope { slope = shown }
            }
            return min(max(spare / slope, -most), most)
        }

        /// Takes a step and learns from it: the least slope falls while steps of one direction do not shrink (the flat part,
        /// where controllers hold every set point and heat hardly depends on the supply) and rises when they swing.
        mutating func take(_ step: Double) {
            if step * lastStep < 0 {
                if step.magnitude > 0.5 * lastStep.magnitude { leastSlope = min(1, 2 * leastSlope) }
            } else if step.magnitude > 0.8 * lastStep.magnitude && lastStep != 0 {
                leastSlope = max(0.02, leastSlope / 2)
            }
            (lastStep, lastSpare) = (step, spare)
            supply += step
        }
    }

    /// One side of an exchanger by local link.
    struct ExchangerLink: Sendable {
        let link: Int
        let substation: Int
    }

    /// The emitter of a dwelling by local link; building and place count within the cell.
    struct EmitterLink: Sendable {
        let link: Int
        let dwelling: Int
        var building = 0
        var place = 0
    }

    /// The emitters of one building, consecutive in `emitters`.
    struct EmitterGroup: Sendable {
        let building: Int
        let emitters: Range<Int>
    }

    /// A given load by local link.
    struct LoadLink: Sendable {
        let link: Int
        let load: TerminalLoad
        /// Whether its flow is imposed; otherwise it is a limit.
        let isImposed: Bool
    }

    /// A circuit of a network, compiled here where it is not already.
    init(_ network: Network, _ circuit: Circuit, compiled given: CompiledNetwork? = nil) {
        self.circuit = circuit
        compiled = given ?? CompiledNetwork(network, circuit: circuit)
        state = CircuitState(compiled, of: network, temperature: network.conditions.ground)
        transport = TemperatureTransport(nodeCount: compiled.nodes.count, from: compiled.from, to: compiled.to)
        let roles = LinkRoles(network, compiled)
        pipeConductance = roles.conductance
        pipeSurroundings = roles.surroundings
        sources = roles.sources
        primaries = roles.primaries
        secondaries = roles.secondaries
        emitters = roles.emitters
        loads = roles.loads
        let nodes = compiled.nodes
        openNodes = nodes.indices.filter {
            let node = network.nodes[nodes[$0]]
            return node.fixedPressure != nil || node.demand.value != 0
        }
        let links = compiled.links.count
        factor = Array(repeating: 1, count: links)
        offset = Array(repeating: 0, count: links)
        moving = offset
        isCut = Array(repeating: false, count: links)
        for source in sources { isCut[source.link] = true }
        for secondary in secondaries { isCut[secondary.link] = true }
        ambient = Array(repeating: 0, count: compiled.pipes.count)
        meanShare = Array(repeating: 1, count: compiled.pipes.count)
        inflow = Array(repeating: 0, count: compiled.nodes.count)
        outside = compiled.nodes.map { network.nodes[$0].injectionTemperature?.celsius ?? .nan }
        let given = outside
        untoldNodes = openNodes.filter { given[$0].isNaN }
        temperature = Array(repeating: .nan, count: compiled.nodes.count)
        previous = temperature
    }

    var sourceStates: [SourceLink] = []

    /// Whether anything gives or takes heat, so that temperatures matter.
    var isHeated: Bool { !(sources.isEmpty && secondaries.isEmpty && primaries.isEmpty && emitters.isEmpty && loads.isEmpty) }

    /// The independent judgement of its flows, as closely as they were solved; nil where none have been.
    var judged: SolutionCheck? {
        var options = HydraulicOptions()
        options.pressureTolerance = pressureTolerance
        return solution.map { SolutionCheck(of: $0, state, compiled, options) }
    }

    /// Whether water of no given temperature enters.
    var hasUntoldInflow: Bool { isHeated && untoldNodes.contains { inflow[$0] > 0 } }

    /// Puts the emitters in the order of the cell's buildings; one of a dwelling that belongs to none takes no part.
    mutating func groupEmitters(by buildings: [BuildingModel]) {
        var placeOf: [Int: (building: Int, place: Int)] = [:]
        placeOf.reserveCapacity(emitters.count)
        for (position, building) in buildings.enumerated() {
            for (place, dwelling) in building.dwellings.enumerated() { placeOf[dwelling] = (position, place) }
        }
        var grouped: [EmitterLink] = []
        for var emitter in emitters {
            guard let found = placeOf[emitter.dwelling] else { continue }
            (emitter.building, emitter.place) = found
            grouped.append(emitter)
        }
        grouped.sort { ($0.building, $0.place, $0.link) < ($1.building, $1.place, $1.link) }
        emitters = grouped
        emitterGroups = []
        var first = 0
        while first < grouped.count {
            let end = grouped[first...].firstIndex { $0.building != grouped[first].building } ?? grouped.count
            emitterGroups.append(EmitterGroup(building: grouped[first].building, emitters: first..<end))
            first = end
        }
    }

    /// Notes the local number of each link of the network that belongs to this circuit.
    mutating func number(_ localOfLink: inout [Int32]) {
        for (local, link) in compiled.links.enumerated() { localOfLink[link.position] = Int32(truncatingIfNeeded: local) }
    }

    /// Compiles the circuit again after a law in it has changed; its state stays.
    mutating func recompile(_ network: Network) {
        compiled = CompiledNetwork(network, circuit: circuit)
        solver = nil
        solution = nil
        let old = state
        state = CircuitState(compiled, of: network, temperature: network.conditions.ground)
        state.linkTemperature = old.linkTemperature
    }

    /// Sets weather, set points and a first guess of temperatures for one run.
    mutating func prepare(_ network: Network, weather: Weather, setPoints: SetPoints, guess: TemperatureGuess, isothermal: Bool) {
        for pipe in pipeSurroundings.indices {
            switch pipeSurroundings[pipe] {
            case .ground: ambient[pipe] = weather.ground.celsius
            case .air: ambient[pipe] = weather.outdoor.celsius
            case .indoors(let temperature): ambient[pipe] = temperature.celsius
            }
        }
        if sourceStates.isEmpty || solution == nil { sourceStates = sources }
        for place in sourceStates.indices {
            let setPoint = setPoints.sourceSupply[sourceStates[place].source]
            // Other set points start anew; the same ones go on from where the last run ended.
            if sourceStates[place].setPoint != setPoint || solution == nil {
                sourceStates[place] = sources[place]
                sourceStates[place].supply = setPoint
            }
            sourceStates[place].setPoint = setPoint
            sourceStates[place].lastSpare = .nan
        }
        isStale = true
        relaxation = 1
        restTemperature = weather.ground.celsius
        for node in untoldNodes { outside[node] = restTemperature }
        guard solution == nil else { return }
        for node in temperature.indices { temperature[node] = guess.temperature(of: network.nodes[compiled.nodes[node]].line) }
        previous = temperature
        for link in compiled.links.indices {
            let (a, b) = (Int(compiled.from[link]), Int(compiled.to[link]))
            state.linkTemperature[link] = isothermal ? guess.mean : 0.5 * (temperature[a] + temperature[b])
        }
    }
}

/// First guess of the temperatures of a circuit, °C.
struct TemperatureGuess: Sendable {
    var supply: Double
    var `return`: Double
    var mean: Double { 0.5 * (supply + `return`) }

    func temperature(of line: Line) -> Double {
        switch line {
        case .supply: supply
        case .return: `return`
        case .single: mean
        }
    }
}

/// What the links of a circuit do to the water's temperature.
private struct LinkRoles {
    var conductance: [Double] = []
    var surroundings: [Surroundings] = []
    var sources: [CircuitModel.SourceLink] = []
    var primaries: [CircuitModel.ExchangerLink] = []
    var secondaries: [CircuitModel.ExchangerLink] = []
    var emitters: [CircuitModel.EmitterLink] = []
    var loads: [CircuitModel.LoadLink] = []

    init(_ network: Network, _ compiled: CompiledNetwork) {
        for (local, index) in compiled.links.enumerated() {
            switch network.links[index].element {
            case .pipe(let pipe):
                let pipe = network.pipes[pipe]
                conductance.append(max(0, pipe.heatLoss.value * pipe.length.metres))
                surroundings.append(pipe.surroundings)
            case .valve, .pump: break
            case .source(let position):
                let source = network.sources[position]
                sources.append(CircuitModel.SourceLink(
                    link: local, source: position.position, setPoint: source.supplyTemperature.celsius,
                    heatLimit: source.heatLimit?.watts ?? .infinity, givenHeat: source.givenHeat?.watts ?? .nan,
                    supply: source.supplyTemperature.celsius))
            case .exchangerPrimary(let substation):
                primaries.append(CircuitModel.ExchangerLink(link: local, substation: substation.position))
            case .exchangerSecondary(let substation):
                secondaries.append(CircuitModel.ExchangerLink(link: local, substation: substation.position))
            case .terminal(let terminal):
                switch network.terminals[terminal].load {
                case .emitter(let dwelling):
                    emitters.append(CircuitModel.EmitterLink(link: local, dwelling: dwelling.position))
                case .none: break
                case let load:
                    loads.append(CircuitModel.LoadLink(
                        link: local, load: load, isImposed: network.terminals[terminal].kv == nil))
                }
            }
        }
    }
}
