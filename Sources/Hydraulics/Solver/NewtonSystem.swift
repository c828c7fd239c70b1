import SparseAlgebra

/// The linear system of one Newton step: the Laplacian of the conductances over the free, reachable nodes.
///
/// Newton on flows and pressures together, flows eliminated (Todini & Pilati 1988): with e the pressure error of a
/// link and g its conductance the flow changes by g (e + δp_from − δp_to), and the δp make every node balance. The
/// unknowns are *changes* of pressure, so rounding is relative to what is still wrong, not to the pressure itself;
/// this is what bears conductances twelve decades apart.
struct NewtonSystem: Sendable {
    private var factor: LDLFactor?
    private var diagonal: [Double]
    private var offDiagonal: [Double]
    /// Right-hand side, then the solution: change of pressure by node, Pa.
    private(set) var change: [Double]
    /// Slot of each link; −1 where an end is pinned.
    private var slot: [Int32]
    /// Nodes without an unknown: fixed or unreachable.
    private var pinned: [Int32] = []

    /// Of no circuit yet.
    init() { (factor, diagonal, offDiagonal, change, slot) = (nil, [], [], [], []) }

    init(_ compiled: CompiledNetwork) {
        factor = LDLFactor(compiled.symbolic)
        diagonal = [Double](repeating: 0, count: compiled.nodes.count)
        offDiagonal = [Double](repeating: 0, count: compiled.symbolic.pattern.slotCount)
        change = diagonal
        slot = compiled.slot
        pinned.reserveCapacity(16)
    }

    /// Takes note of which nodes have no unknown.
    mutating func pin(_ compiled: CompiledNetwork, isPinned: [Bool]) {
        pinned.removeAll(keepingCapacity: true)
        for node in isPinned.indices where isPinned[node] { pinned.append(Int32(truncatingIfNeeded: node)) }
        let known = compiled.slot
        for link in slot.indices {
            let isTied = isPinned[Int(compiled.from[link])] || isPinned[Int(compiled.to[link])]
            slot[link] = isTied ? -1 : known[link]
        }
    }

    /// Assembles and factorises the matrix.
    /// - Parameters:
    ///   - leak: conductance in the matrix of links held by a device, so that a part held from all sides stays regular.
    ///   - stand: links whose flow is an unknown of its own, with the conductance that stands in the matrix for them.
    /// - Throws: the local node at which the matrix is singular.
    mutating func factorise(
        _ compiled: CompiledNetwork, _ iterate: Iterate, leak: Double, stand: [(link: Int, weight: Double)] = []
    ) throws(FactorizationFailure) {
        diagonal.clear()
        offDiagonal.clear()
        let scale = Assembly(slot: slot, leak: leak)
        scale.assemble(compiled, iterate, &diagonal, &offDiagonal)
        for (link, weight) in stand {
            diagonal[Int(compiled.from[link])] += weight
            diagonal[Int(compiled.to[link])] += weight
            if slot[link] >= 0 { offDiagonal[Int(slot[link])] -= weight }
        }
        for node in pinned { diagonal[Int(node)] = 1 }
        try factor?.factor(diagonal: diagonal, offDiagonal: offDiagonal)
    }

    /// Solves for the pressure changes that balance every node, from the errors and imbalances of an iterate.
    /// - Parameter adjust: changes the right-hand side, by node, before the solve.
    mutating func solve(_ compiled: CompiledNetwork, _ iterate: Iterate, adjust: (inout [Double]) -> Void = { _ in }) {
        change.setDeficit(compiled, iterate)
        adjust(&change)
        for node in pinned { change[Int(node)] = 0 }
        factor?.solve(&change)
    }

    /// Solves for the pressure changes that balance every node when every link follows its present error by the conductance in the factor.
    /// - Parameter adjust: changes the right-hand side, by node, before the solve.
    mutating func correct(_ compiled: CompiledNetwork, _ iterate: Iterate, adjust: (inout [Double]) -> Void = { _ in }) {
        change.setDeficit(compiled, iterate, isCorrection: true)
        adjust(&change)
        for node in pinned { change[Int(node)] = 0 }
        factor?.solve(&change)
    }

    /// Solves for another right-hand side by node; entries of pinned nodes are ignored and come back zero.
    mutating func solve(_ rightHandSide: inout [Double]) {
        for node in pinned { rightHandSide[Int(node)] = 0 }
        factor?.solve(&rightHandSide)
    }
}

/// Adds the conductances of links into the matrix.
private struct Assembly {
    /// Slot of each link; −1 where an end is pinned.
    let slot: [Int32]
    /// Conductance of links held by a device.
    let leak: Double

    func assemble(
        _ compiled: CompiledNetwork, _ iterate: Iterate, _ diagonal: inout [Double], _ offDiagonal: inout [Double]
    ) {
        let (from, to, slot) = (compiled.from.span, compiled.to.span, slot.span)
        let (links, mode) = (iterate.links.span, iterate.mode.span)
        var diagonal = diagonal.mutableSpan
        var offDiagonal = offDiagonal.mutableSpan
        for link in 0..<links.count {
            var weight = links[link].conductance
            if weight == 0 {
                guard mode[link] == .lower || mode[link] == .upper else { continue }
                weight = leak
            }
            diagonal[Int(from[link])] += weight
            diagonal[Int(to[link])] += weight
            let entry = slot[link]
            if entry >= 0 { offDiagonal[Int(entry)] -= weight }
        }
    }
}

extension [Double] {
    /// Sets every value to zero.
    fileprivate mutating func clear() {
        var values = mutableSpan
        for index in 0..<values.count { values[index] = 0 }
    }

    /// Sets, by node, what is lacking for balance when every free link follows its error.
    fileprivate mutating func setDeficit(_ compiled: CompiledNetwork, _ iterate: Iterate, isCorrection: Bool = false) {
        let (from, to) = (compiled.from.span, compiled.to.span)
        let (links, imbalance) = (iterate.links.span, iterate.imbalance.span)
        var deficit = mutableSpan
        for node in 0..<deficit.count { deficit[node] = -imbalance[node] }
        for link in 0..<links.count {
            let flow = (isCorrection ? links[link].factorised : links[link].conductance) * links[link].error
            deficit[Int(from[link])] -= flow
            deficit[Int(to[link])] += flow
        }
    }
}
