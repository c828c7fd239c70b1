import Heating
import Hydraulics
import NetworkModel
import Quantities

/// Progressive filling of all circuits at one state of temperatures.
///
/// Limits form a tree: dwelling in building, building in circuit, circuit behind substation, substation on primary. So the
/// fairest levels follow from the bottom up: each circuit finds the highest level its own limits allow to all it feeds,
/// parts below that are stopped earlier keep their level, and so on to the sources. (Bertsekas & Gallager, Data Networks,
/// §6.5: max–min fair flow by raising everyone together; exact here because the sets that share a limit are nested.)
struct Filling: Sendable {
    let distribution: Distribution
    var model: RoomModel
    let options: AllocationOptions
    let setPoints: SetPoints
    let heatCapacity: Double
    /// What the policy asks for; its supply temperatures are those of the last transport.
    var shares: PolicyShares
    /// Heat lost by the pipes of each circuit, W, from the last transport.
    var loss: [Double]
    /// Temperature at each substation's primary side, °C, from the last transport.
    var primarySupply: [Double]
    /// Share of each source in the heat and in the flow of its circuit, from the last transport.
    var sourceShare: [SourceShareOfCircuit?]
    /// Given loads of each circuit.
    var given: [GivenLoads]
    /// State of each circuit with valves fully open and pump at full speed.
    var designState: [CircuitState]
    /// Worst excess over a limit of each circuit at the greatest level when last asked (negative = to spare); nil = not yet.
    var slack: [Double?]
    /// Where the laws of dwellings at their branches' limits were last solved, see ``EmitterLaw/response(capacityFlow:supply:room:start:)``.
    var branchStarts: [Double] = []
    /// Capacity flow at which a dwelling's open valve is as loud as it may be, W/K; +∞ where it never is.
    var quietFlow: [Double] = []
    /// Whether branches of the circuit were given more than at first.
    var isRaised: [Bool]
    /// Whether those whom their branch stops keep what it was granted.
    var keepsBranches = false
    /// Rooms of each circuit's buildings.
    var rooms: [[RoomState]]
    /// The level each circuit's own limits allow.
    var caps: [LevelCap]
    /// The same of the round before.
    var lastCaps: [LevelCap]
    /// Whether the next search starts from there and keeps the remedies found then.
    var startsFromLast = false
    /// Whether this is the round whose shares are reported.
    var isLastRound = false
    /// Part of a change of temperature that a round takes over, and the greatest change of the last round, K.
    var relaxation = 1.0
    var lastChange = Double.infinity
    /// What exchanges remember.
    var reach: ExchangeReach
    /// Rooms and heats of buildings with one-pipe risers as their water makes them, by building; empty without risers.
    var risen: [Int: RiserRooms] = [:]
    /// Temperature at the first stage of each riser of each circuit, °C.
    var riserSupply: [[Double]] = []
    /// Flow of each riser of each circuit with which all of its open dwellings have the operator's least flow, kg/s; empty where none is asked.
    var riserLeast: [[Double]] = []
    /// Whether least flows together were more than there is.
    var dropsLeastFlow = false
    /// Pipes with limits of each circuit.
    let cuts: [PipeCuts]
    /// Pipes that stop those behind them, and which of them each dwelling is behind.
    var pipeCaps: [PipeCap] = []
    var pipesOfDwelling: [Int: [Int]] = [:]
    /// How far the levels of pipes moved in the last round.
    var pipeMove = 0.0
    /// Whether the limits of all pipes are judged with those of their circuit, as for a choice of whom to keep.
    var judgesPipes = false
    /// Relative excess over a limit that counts as none.
    var accuracy = 1e-7

    /// The level that the limits of one circuit allow.
    struct LevelCap: Sendable {
        var level: Double
        /// What stops it there; nil where nothing does.
        var site: LimitSite?
        /// What would lift that limit.
        var remedy: Remedy?
    }

    /// A source's part of what its circuit gives.
    struct SourceShareOfCircuit: Sendable {
        var heat: Double
        var flow: Double
    }

    /// Loads of a circuit that no policy shares.
    struct GivenLoads: Sendable {
        /// Their heat, W.
        var heat = 0.0
        /// Their flow, kg/s.
        var flow = 0.0
        /// Flow by consumer, sources of given heat included, kg/s; 0 for dwellings and substations.
        var consumption: [Double] = []
        /// Heat by consumer, W.
        var heats: [Double] = []
    }

    /// What a circuit draws at some level.
    struct Load: Sendable {
        /// Heat through its substation or from its sources, W.
        var heat: Double
        /// ṁ cp of all consumers, W/K.
        var capacityFlow: Double
        /// Flow by consumer, kg/s.
        var consumption: [Double]
    }
}

extension Filling {
    /// Fills the levels of all circuits anew at the present temperatures: sets ``rooms`` and ``caps``; returns the load of every circuit.
    mutating func fillLevels() throws(HydraulicFailure) -> [Load] {
        updateBranchHeat()
        let greatest = shares.greatestLevel ?? naturalLevel()
        lastCaps = caps
        for index in caps.indices { caps[index] = LevelCap(level: greatest, site: nil, remedy: nil) }
        for depth in distribution.depths {
            let isRoot = depth.first.map { distribution.feeds[$0].parent == nil } ?? true
            let snapshot = self
            // Roots use all workers for one circuit after the other, the others a worker a circuit.
            let threads = isRoot ? 1 : options.workers
            let results = Workers.map(depth.count, threads: threads) { position in
                Result { () throws(HydraulicFailure) in
                    try snapshot.cap(depth[position], greatest: greatest, threads: isRoot ? snapshot.options.workers : 1)
                }
            }
            for (position, result) in results.enumerated() {
                let found = try result.get()
                caps[depth[position]] = found.cap
                slack[depth[position]] = found.slack
                for (circuit, states) in found.rooms { rooms[circuit] = states }
            }
        }
        return loads()
    }

    /// The lowest level at which the circuits that feed a circuit were stopped in the last round; nil where none was.
    func levelAbove(_ circuit: Int) -> Double? {
        var lowest: Double?
        var walk = distribution.feeds[circuit].parent
        while let here = walk {
            if lastCaps[here].site != nil { lowest = min(lowest ?? .infinity, lastCaps[here].level) }
            walk = distribution.feeds[here].parent
        }
        return lowest
    }

    /// Heat that each branch limit lets through at least, at the present supply temperatures.
    private mutating func updateBranchHeat() {
        let (demand, model) = (shares.demand, model)
        if branchStarts.isEmpty { branchStarts = Array(repeating: .nan, count: demand.branchFlow.count) }
        let starts = branchStarts
        let ranges = stride(from: 0, to: demand.branchFlow.count, by: 4096).map { $0..<min($0 + 4096, demand.branchFlow.count) }
        let pieces = Workers.map(ranges.count, threads: options.workers) { piece -> (heat: [Double], start: [Double]) in
            let range = ranges[piece]
            var start = Array(starts[range])
            var heat = [Double](repeating: .infinity, count: range.count)
            for first in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
                let width = min(4, range.upperBound - first)
                func isLimited(_ lane: Int) -> Bool { lane < width && demand.branchFlow[first + lane] < .infinity }
                let limited = (isLimited(0), isLimited(1), isLimited(2), isLimited(3))
                if limited == (false, false, false, false) { continue }
                func gathered(_ values: [Double], from start: Int, else none: Double) -> SIMD4<Double> {
                    SIMD4(
                        limited.0 ? values[start] : none, limited.1 ? values[start + 1] : none, limited.2 ? values[start + 2] : none,
                        limited.3 ? values[start + 3] : none)
                }
                func exponent(_ lane: Int, _ isLimited: Bool) -> Double { isLimited ? model.law[first + lane].exponent : 1 }
                let flow = gathered(demand.branchFlow, from: first, else: 0)
                let excess = gathered(demand.supply, from: first, else: 0) - gathered(model.target, from: first, else: 0)
                let logarithm = gathered(model.logarithm, from: first, else: .nan)
                let exponent = SIMD4(exponent(0, limited.0), exponent(1, limited.1), exponent(2, limited.2), exponent(3, limited.3))
                var near = gathered(start, from: first - range.lowerBound, else: .nan)
                let found = EmitterQuad(logarithm: logarithm, exponent: exponent).response(flow: flow, excess: excess, start: &near)
                for lane in 0..<width where demand.branchFlow[first + lane] < .infinity {
                    let position = first + lane
                    start[position - range.lowerBound] = near[lane]
                    heat[position - range.lowerBound] = found.left[lane]
                        ? model.law[position].response(
                            capacityFlow: flow[lane], supply: demand.supply[position], room: model.target[position]).heat : found.heat[lane]
                }
            }
            return (heat, start)
        }
        shares.demand.branchHeat = pieces.flatMap(\.heat)
        branchStarts = pieces.flatMap(\.start)
    }

    /// The level of a policy by flow at which all dwellings together take the heat they need.
    private func naturalLevel() -> Double {
        guard shares.demand.ceiling.isEmpty else {
            // Pipes that stop some do not make others take more.
            var free = self
            free.shares.demand.ceiling = []
            free.rooms = rooms.map { _ in [] }
            return free.naturalLevel()
        }
        let all = Array(caps.indices)
        var states = rooms
        func excess(_ level: Double) -> Double {
            states = solve(all, threads: options.workers, from: states, levels: all.map { _ in level })
            return shares.total > 0 ? states.joined().reduce(0) { $0 + $1.sum } / shares.total - 1 : 0
        }
        // Eight times the mean flow gives nearly all that emitters can give.
        var high = 1.0
        var value = excess(high)
        let low = (x: value <= 0 ? high : 0.0, f: value <= 0 ? value : -1.0)
        while value < 0 && high < 8 {
            high *= 2
            value = excess(high)
        }
        if value <= 0 { return high }
        return RisingRoot.find(low: low, high: (high, value), width: 1e-12, height: 1e-12, excess)
    }

    /// Rooms of the buildings of some circuits at a level for each; `start` and the result are in the order of `circuits`.
    func solve(_ circuits: [Int], threads: Int, from start: [[RoomState]], levels: [Double]) -> [[RoomState]] {
        var pieces: [(slot: Int, buildings: Range<Int>)] = []
        for (slot, circuit) in circuits.enumerated() {
            let count = distribution.feeds[circuit].buildings.count
            for first in stride(from: 0, to: count, by: 64) { pieces.append((slot, first..<min(count, first + 64))) }
        }
        let work = pieces
        let solved = Workers.map(work.count, threads: threads) { position -> [RoomState] in
            let slot = work[position].slot
            var solver = RoomSolver(model, shares.demand)
            return work[position].buildings.map { building in
                solver.solve(
                    distribution.feeds[circuits[slot]].buildings[building], level: levels[slot],
                    from: building < start[slot].count ? start[slot][building] : nil)
            }
        }
        var rooms = [[RoomState]](repeating: [], count: circuits.count)
        for (piece, states) in zip(work, solved) { rooms[piece.slot] += states }
        return rooms
    }
}
