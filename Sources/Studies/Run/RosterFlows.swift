import Heating
import Hydraulics
import NetworkModel
import Quantities

/// Flows of a network with different dwellings open, four rosters side by side: the workspace of one worker.
///
/// Water is as warm as in the base case, and every valve, pump and exchanger stands as there; only dwellings open and close. So a circuit
/// without dwellings keeps the flows of the base case, and the others are solved by ``BatchedHydraulicSolver``.
struct RosterFlows: Sendable {
    /// A circuit that feeds dwellings.
    private struct Circuit: Sendable {
        var solver: BatchedHydraulicSolver
        /// Dwelling of each switch, and of the observed terminals; pumps come behind those.
        var switched: [Int32]
        var observed: [Int32]
        var pumps: [RunningPump]
        /// Which switches are open, four bits each.
        var isOpen: [UInt8]

        /// Sets which switches are open.
        mutating func open(_ bits: [UInt8]) { isOpen.gather(bits, switched) }
    }

    /// What a pump's power follows from, beside its flow.
    private struct RunningPump: Sendable {
        var link: Int
        var density: Double
        var speed: Double
        var pump: Pump
    }

    private var circuits: [Circuit]
    /// Electric power of pumps whose flows stay as they are, W.
    private let otherPumps: Double
    /// Flow of each dwelling in the four rosters, kg/s.
    private(set) var flow: [SIMD4<Double>]
    /// Electric power of all pumps, W.
    private(set) var pumpPower = SIMD4<Double>.zero

    /// How closely flows are solved: a tenth of a pascal in the 10 kPa of a branch is a hundred-thousandth of its flow.
    /// The last step usually leaves far less.
    private static var options: HydraulicOptions {
        var options = HydraulicOptions()
        options.pressureTolerance = 0.1
        options.loopTolerance = 1
        return options
    }

    /// Prepares the circuits of a simulation that has run.
    init(_ simulation: Simulation) {
        let network = simulation.network
        var dwellingOfSwitch: [LinkIndex: [Int32]] = [:]
        var dwellingOfTerminal: [LinkIndex: Int32] = [:]
        for (position, dwelling) in network.dwellings.enumerated() {
            guard let terminal = dwelling.terminal, let link = network.shutOff(of: DwellingIndex(position)) else { continue }
            dwellingOfSwitch[link, default: []].append(Int32(position))
            dwellingOfTerminal[network.terminals[terminal].link] = Int32(position)
        }
        var others = 0.0
        circuits = []
        for solved in simulation.solvedCircuits {
            let (compiled, state) = (solved.compiled, solved.state)
            let pumps = compiled.pumps.compactMap { Self.pump($0, solved, network) }
            let switches = compiled.links.indices.filter { dwellingOfSwitch[compiled.links[$0]]?.count == 1 }
            guard !switches.isEmpty else {
                others += pumps.reduce(0) { $0 + Self.power($1, solved.solution.massFlow[$1.link], compiled, state) }
                continue
            }
            let terminals = compiled.links.indices.filter { dwellingOfTerminal[compiled.links[$0]] != nil }
            let solver = BatchedHydraulicSolver(
                compiled, base: state, solution: solved.solution, switches: switches, observed: terminals + pumps.map(\.link),
                options: Self.options)
            circuits.append(Circuit(
                solver: solver, switched: switches.compactMap { dwellingOfSwitch[compiled.links[$0]]?.first },
                observed: terminals.compactMap { dwellingOfTerminal[compiled.links[$0]] }, pumps: pumps,
                isOpen: Array(repeating: 0, count: switches.count)))
        }
        otherPumps = others
        flow = Array(repeating: .zero, count: network.dwellings.count)
    }

    /// Solves up to four rosters.
    ///
    /// - Parameters:
    ///   - bits: by dwelling, a bit for each roster in which it is heated, the lowest for the first.
    ///   - count: rosters, one to four.
    /// - Returns: for each why it has no answer; every answer has passed a judgement by all links apart from the solver.
    mutating func solve(_ bits: [UInt8], count: Int) -> [HydraulicFailure?] {
        var failures = [HydraulicFailure?](repeating: nil, count: count)
        pumpPower = SIMD4(repeating: otherPumps)
        for place in circuits.indices {
            circuits[place].open(bits)
            let found = circuits[place].solver.solve(circuits[place].isOpen, count: count)
            for roster in 0..<count where failures[roster] == nil { failures[roster] = found[roster] }
            flow.spread(circuits[place].solver.flow, over: circuits[place].observed)
            for (position, pump) in circuits[place].pumps.enumerated() {
                let passed = circuits[place].solver.flow[circuits[place].observed.count + position]
                for roster in 0..<count {
                    pumpPower[roster] += Self.power(
                        pump, passed[roster], circuits[place].solver.compiled, circuits[place].solver.base)
                }
            }
        }
        return failures
    }

    private static func pump(_ link: Int, _ solved: SolvedCircuit, _ network: Network) -> RunningPump? {
        guard case .pump(let pump) = network.links[solved.compiled.links[link]].element else { return nil }
        return RunningPump(
            link: link, density: solved.compiled.density(link: link, solved.state),
            speed: solved.state.pumpSpeed[link - solved.compiled.pumps.lowerBound], pump: network.pumps[pump])
    }

    /// Electric power of a pump, W: volume flow × head / efficiency; 0 where it passes nothing.
    private static func power(_ pump: RunningPump, _ flow: Double, _ compiled: CompiledNetwork, _ state: CircuitState) -> Double {
        guard flow > 0 else { return 0 }
        let head = -compiled.pressureLoss(link: pump.link, massFlow: flow, state).loss
        let volumeFlow = flow / pump.density
        return volumeFlow * max(head, 0) / pump.pump.efficiency(at: VolumeFlow(volumeFlow), speed: pump.speed)
    }
}

extension [SIMD4<Double>] {
    /// Sets the flows of some dwellings.
    fileprivate mutating func spread(_ flow: [SIMD4<Double>], over dwellings: [Int32]) {
        let (flow, dwellings) = (flow.span, dwellings.span)
        var own = mutableSpan
        for place in 0..<dwellings.count { own[Int(dwellings[place])] = flow[place] }
    }
}

extension [UInt8] {
    /// Takes the bits of the dwelling of each switch.
    fileprivate mutating func gather(_ bits: [UInt8], _ switched: [Int32]) {
        let (bits, switched) = (bits.span, switched.span)
        var own = mutableSpan
        for place in 0..<own.count { own[place] = bits[Int(switched[place])] }
    }
}
