import Hydraulics
import NetworkModel
import Quantities

/// Dwellings whose valves stand behind one common valve, and nothing settable between: the unit in which presets are
/// chosen together.
///
/// A preset's step is coarser than the flow allows to miss, but all dwellings of a riser need different Kv, so the
/// pressure that the riser's valve leaves them decides how many presets happen to fit. With the design flows given the
/// dwellings of a group depend on each other through that pressure alone, so that for each setting of the common valve
/// every dwelling's best preset is found by itself, and the best common setting by trying them: an exact optimum of the
/// group, as long as the pressure at its ends stays.
struct PresetGroup: Sendable {
    /// Local link of the common valve; nil where dwellings have none above them, or the one above also serves others.
    var common: Int?
    /// Positions of the consumers.
    var members: [Int]

    /// The groups of a circuit, in the order of their first members.
    ///
    /// - Parameter dwellingValve: local link of the dwelling's own valve of a consumer; nil for one that takes no part.
    static func groups(_ circuit: DesignCircuit, _ chains: ValveChains, dwellingValve: (Int) -> Int?) -> [PresetGroup] {
        // How many consumers have a valve as the one above their own.
        var direct = [Int32](repeating: 0, count: circuit.compiled.links.count)
        var above = [Int32](repeating: -1, count: circuit.consumers.count)
        var behind = direct
        let members = circuit.consumers.indices.filter { dwellingValve($0) != nil }
        for position in circuit.consumers.indices { for link in chains.valves(of: position) { behind[Int(link)] += 1 } }
        for position in members {
            guard let parent = chains.valves(of: position).dropLast().last else { continue }
            direct[Int(parent)] += 1
            above[position] = parent
        }
        var place = [Int32](repeating: -1, count: circuit.compiled.links.count)
        var groups: [PresetGroup] = []
        for position in members {
            let parent = above[position]
            guard parent >= 0, direct[Int(parent)] == behind[Int(parent)] else {
                groups.append(PresetGroup(common: nil, members: [position]))
                continue
            }
            if place[Int(parent)] < 0 {
                place[Int(parent)] = Int32(groups.count)
                groups.append(PresetGroup(common: Int(parent), members: []))
            }
            groups[Int(place[Int(parent)])].members.append(position)
        }
        return groups
    }
}

/// A dwelling's branch as rounding sees it: what valve and terminal take together, and what the terminal takes of it.
struct Branch: Sendable {
    /// Position of the consumer.
    var consumer: Int
    /// Local link of the valve.
    var valve: Int
    /// Position of the valve's model in the network; −1 without one.
    var model: Int
    /// Loss of valve and terminal together at the design flow, Pa, that the pressures at hand ask for.
    var aim: Double
    /// Loss of the terminal at the design flow, Pa.
    var terminal: Double
    /// Loss of the valve at the design flow with a Kv of 1 m³/h, Pa.
    var unitLoss: Double
    /// Design flow, kg/s.
    var design: Double
    /// Kv of the valve fully open, m³/h.
    var fullyOpen: Double
    /// Loss of what lies between pump and branch beside the common valve, as far as it follows the group's flow, Pa.
    var feedback: Double
    /// Loss above which the valve may be heard, Pa.
    var quiet: Double
    /// How a miss of the design flow counts.
    var wish: FlowWish
}

/// How a flow that misses its design counts for its dwelling.
struct FlowWish: Sendable {
    /// How much worse too little is than as much too much.
    var shortfallWeight = 1.0
    /// Miss, as a logarithm of the flow ratio, below which the dwelling misses the target it is promised; −∞ without a promise.
    var leastMiss = -Double.infinity
}

/// How bad a flow is that misses its design, and which preset is the least bad.
struct MissCost: Sendable {
    /// Miss that is still on target, as a logarithm of the flow ratio.
    let band: Double
    /// Extra cost of leaving the band: as much as ``bandWeight`` misses of the band's own width.
    let penalty: Double
    /// Over the square of the miss whose square is the most that a miss can cost.
    private let farness: Double
    /// Misses that a flow has at the ends of what it may miss its design by, and the extra cost of leaving them.
    private let limits: (low: Double, high: Double)
    private let limitPenalty: Double
    /// Extra cost of a promise that is missed.
    private let promisePenalty: Double
    /// Cost of a valve that takes twice what is quiet.
    private let loudness: Double

    init(_ options: BalancerOptions) {
        band = options.flowBand
        penalty = options.bandWeight * options.flowBand * options.flowBand
        farness = 1 / (options.missLimit * options.missLimit)
        loudness = options.noiseWeight * penalty
        limits = (logarithm(1 - options.flowLimit), logarithm(1 + options.flowLimit))
        limitPenalty = options.limitWeight * penalty
        promisePenalty = options.promiseWeight * penalty
    }

    /// Cost of ln(flow/design); a shortfall counts by its weight, and a miss outside the band or of the promise once more.
    func cost(_ miss: Double, _ wish: FlowWish) -> Double {
        let weighted = miss < 0 ? wish.shortfallWeight * miss : miss
        // Far misses count no more than the limit (Geman & McClure 1985): one hopeless dwelling shall not decide for all that
        // share its pressure.
        let square = weighted * weighted
        let outside = miss.magnitude <= band ? 0 : miss < limits.low || miss > limits.high ? penalty + limitPenalty : penalty
        return square / (1 + square * farness) + outside + (miss < wish.leastMiss ? promisePenalty : 0)
    }

    /// Cost of a valve that would be heard: worth avoiding, but not at the price of a flow.
    func noise(loss: Double, quiet: Double) -> Double { loss > quiet ? loudness * min(0.2 + loss / quiet - 1, 1) : 0 }

    /// ½ ln(a/b), −14 where a is none: the miss of a branch that has a pressure and takes another at its design flow.
    ///
    /// Near 1, where presets are chosen, four terms of the series in (a − b)/(a + b) are exact to 1e-5.
    @inline(__always)
    static func halfLogarithm(_ a: Double, _ b: Double) -> Double {
        guard a > 1e-9 * b else { return -14 }
        let u = (a - b) / (a + b)
        let square = u * u
        if square > 0.1 { return 0.5 * logarithm(a / b) }
        return u * (1 + square * (1 / 3.0 + square * (0.2 + square / 7)))
    }

    /// ln(flow/design) of a branch whose valve has a Kv: both losses are quadratic.
    func miss(_ branch: Branch, aim: Double, kv: Double) -> Double {
        guard aim > 0, kv > 0 else { return -14 }
        return 0.5 * logarithm(aim / (branch.unitLoss / (kv * kv) + branch.terminal))
    }

    /// The better of the two settings round the exact one when the branch takes `aim`.
    func best(_ branch: Branch, aim: Double, grid: SettingGrid) -> (place: Int, miss: Double, cost: Double) {
        let left = aim - branch.terminal
        let wanted = left > 0 ? (branch.unitLoss / left).squareRoot() : .infinity
        let (below, above) = grid.places(around: wanted)
        let low = miss(branch, aim: aim, kv: grid.kv[below])
        let lowCost = cost(low, branch.wish)
        guard below != above else { return (below, low, lowCost) }
        let high = miss(branch, aim: aim, kv: grid.kv[above])
        let highCost = cost(high, branch.wish)
        return lowCost < highCost ? (below, low, lowCost) : (above, high, highCost)
    }
}
