import SparseAlgebra

/// What a strand carries in four states.
struct StrandValue: Sendable {
    /// Flow along the strand, kg/s.
    var flow = Quad.zero
    /// Difference of the potentials less gravity and loss, Pa.
    var error = Quad.zero
    /// Inverse slope of the law, kg/(s Pa); zero where the strand is shut or its state is done.
    var conductance = Quad.zero
}

/// The linear systems of one Newton step in four states: conductances and what lacks for balance, by group of nodes.
///
/// As ``NewtonSystem``, with flow + conductance · error as the flow that each strand would have if no potential changed; so imbalances left by
/// rounding are taken out by the next step.
struct StrandSystem: Sendable {
    private var factor: BatchedLDLFactor
    var diagonal: [Quad]
    var offDiagonal: [Quad]
    /// What each group lacks for balance, kg/s.
    var lacking: [Quad]
    /// The change of the potentials that makes up for it, Pa.
    private(set) var change: [Quad]
    private let ground: Int

    init(_ network: StrandNetwork) {
        factor = BatchedLDLFactor(network.symbolic)
        diagonal = Array(repeating: .zero, count: network.groupCount)
        offDiagonal = Array(repeating: .zero, count: network.symbolic.pattern.slotCount)
        change = diagonal
        lacking = diagonal
        ground = network.ground
    }

    /// Empties the system; states that are done get rows of an identity.
    mutating func clear(active: Quad) {
        diagonal.fill(with: 1 - active)
        offDiagonal.fill(with: .zero)
        lacking.fill(with: .zero)
    }

    /// Solves for the change of the potentials; gives a state whose matrix is singular.
    mutating func solve() -> Int? {
        diagonal[ground] = .one
        lacking[ground] = .zero
        do throws(BatchedLDLFactor.Failure) {
            try factor.factor(diagonal: diagonal, offDiagonal: offDiagonal)
        } catch {
            return error.lane
        }
        swap(&change, &lacking)
        factor.solve(&change)
        return nil
    }

    /// Forgets what numbers a state has left behind.
    mutating func drop(_ lane: Int) {
        for group in change.indices { change[group][lane] = 0 }
    }
}

extension [Quad] {
    /// Sets every value.
    fileprivate mutating func fill(with value: Quad) {
        var own = mutableSpan
        for index in 0..<own.count { own[index] = value }
    }
}
