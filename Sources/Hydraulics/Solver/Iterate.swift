/// What one link carries while a circuit is being solved; kept together because every pass over the links uses most of it.
struct LinkValue: Sendable {
    /// Mass flow, kg/s.
    var flow = 0.0
    /// p_from − p_to − gravity − loss, Pa; zero for closed links.
    var error = 0.0
    /// Inverse slope of the law, kg/(s Pa); zero for links that are not free.
    var conductance = 0.0
    /// The conductance that stands in the factorised matrix, kg/(s Pa).
    var factorised = 0.0
    /// The Newton step of the flow, kg/s.
    var step = 0.0
    /// Last root of Colebrook's equation; 0 = none.
    var root = 0.0
}

/// Flows, pressures and what belongs to them while a circuit is being solved.
struct Iterate: Sendable {
    /// By local link.
    var links: [LinkValue]
    /// What each link does.
    var mode: [LinkMode]
    /// Gauge pressure by local node, Pa; zero where unreachable.
    var pressure: [Double]
    /// Mass imbalance by local node, kg/s: outflow and demand minus inflow; zero at pinned nodes.
    var imbalance: [Double]

    /// Of no circuit yet.
    init() { (links, mode, pressure, imbalance) = ([], [], [], []) }

    /// Allocates for a circuit.
    init(_ compiled: CompiledNetwork) {
        links = [LinkValue](repeating: LinkValue(), count: compiled.links.count)
        mode = [LinkMode](repeating: .closed, count: compiled.links.count)
        pressure = [Double](repeating: 0, count: compiled.nodes.count)
        imbalance = pressure
    }
}

// Passes over the links. Each changes one array and reads others, so that all of them stay in registers and cache.
extension [LinkValue] {
    /// Takes the full Newton step; gives the derivative of the content at the new pressures along it at its start: −Σ step²/conductance.
    mutating func move(_ compiled: CompiledNetwork, change: [Double]) -> Double {
        let (from, to, change) = (compiled.from.span, compiled.to.span, change.span)
        var links = mutableSpan
        var slope = 0.0
        for link in 0..<links.count {
            var value = links[link]
            let drive = value.error + change[Int(from[link])] - change[Int(to[link])]
            value.factorised = value.conductance
            value.step = value.conductance * drive
            value.flow += value.step
            slope -= value.step * drive
            links[link] = value
        }
        return slope
    }

    /// Sets the steps of a correction by the matrix in hand, without taking them; gives Σ step²/conductance.
    mutating func propose(_ compiled: CompiledNetwork, change: [Double]) -> Double {
        let (from, to, change) = (compiled.from.span, compiled.to.span, change.span)
        var links = mutableSpan
        var square = 0.0
        for link in 0..<links.count {
            let drive = links[link].error + change[Int(from[link])] - change[Int(to[link])]
            let step = links[link].factorised * drive
            links[link].step = step
            square += step * drive
        }
        return square
    }

    /// Moves along the step by a part of it.
    mutating func go(_ part: Double) {
        var links = mutableSpan
        for link in 0..<links.count { links[link].flow += part * links[link].step }
    }

    /// Limits all conductances.
    mutating func limitConductance(to largest: Double) {
        var links = mutableSpan
        for link in 0..<links.count { links[link].conductance = Swift.min(links[link].conductance, largest) }
    }

    /// Derivative of the content along the step at the present flows: the errors' work, whatever the pressures.
    func slopeAlongStep() -> Double {
        let links = span
        var slope = 0.0
        for link in 0..<links.count { slope -= links[link].step * links[link].error }
        return slope
    }
}

extension [Double] {
    /// Sets the imbalance of every node from the flows.
    mutating func balance(_ compiled: CompiledNetwork, _ links: [LinkValue], demand: [Double], isPinned: [Bool]) {
        let (from, to, links) = (compiled.from.span, compiled.to.span, links.span)
        let (demand, isPinned) = (demand.span, isPinned.span)
        var imbalance = mutableSpan
        for node in 0..<imbalance.count { imbalance[node] = demand[node] }
        for link in 0..<from.count {
            let flow = links[link].flow
            imbalance[Int(from[link])] += flow
            imbalance[Int(to[link])] -= flow
        }
        for node in 0..<imbalance.count where isPinned[node] { imbalance[node] = 0 }
    }

    /// Adds another array of the same length.
    mutating func add(_ other: [Double]) {
        let other = other.span
        var own = mutableSpan
        for index in 0..<own.count { own[index] += other[index] }
    }
}

extension Iterate {
    /// Moves regulating devices by a part of their step.
    mutating func move(_ held: [HeldStep], _ part: Double) {
        for device in held { links[device.link].flow += part * device.step }
    }
}

/// A greatest residual, where it is, and the size of what it is measured by.
struct Extreme {
    /// The greatest residual; a NaN is the greatest of all.
    var size = 0.0
    /// Its link or node; −1 = none.
    var place = -1
    /// The largest flow or pressure beside it.
    var scale = 0.0
}

extension Iterate {
    /// The greatest pressure error of a free link, and the largest flow.
    func greatestError() -> Extreme {
        let (links, mode) = (links.span, mode.span)
        var extreme = Extreme()
        for link in 0..<links.count {
            let (error, flow) = (links[link].error.magnitude, links[link].flow.magnitude)
            if flow > extreme.scale { extreme.scale = flow }
            if mode[link] == .free && !(error <= extreme.size) && !extreme.size.isNaN { (extreme.size, extreme.place) = (error, link) }
        }
        return extreme
    }

    /// The greatest mass imbalance of a node, and the largest pressure.
    func greatestImbalance() -> Extreme {
        let (imbalance, pressure) = (imbalance.span, pressure.span)
        var extreme = Extreme()
        for node in 0..<imbalance.count {
            let (excess, level) = (imbalance[node].magnitude, pressure[node].magnitude)
            if level > extreme.scale { extreme.scale = level }
            if !(excess <= extreme.size) && !extreme.size.isNaN { (extreme.size, extreme.place) = (excess, node) }
        }
        return extreme
    }

    /// Free links whose error leaves their flow open by more than `close`, or that are as stiff as the matrix allows.
    func looseLinks(noise: Double, close: Double, cap: Double) -> [Int] {
        let (links, mode) = (links.span, mode.span)
        var loose: [Int] = []
        for link in 0..<links.count {
            let (error, conductance) = (links[link].error.magnitude, links[link].conductance)
            guard error > noise && (conductance >= cap || error * conductance > close) else { continue }
            if mode[link] == .free { loose.append(link) }
        }
        return loose
    }
}
