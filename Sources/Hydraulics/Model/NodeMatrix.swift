import SparseAlgebra
import Synchronization

/// The matrix over all nodes of a circuit, analysed when it is first asked for and then shared by all workers.
final class NodeMatrix: Sendable {
    /// What the topology decides of it.
    struct Analysis: Sendable {
        /// Slot of each link; −1 for a link from a node to itself.
        let slot: [Int32]
        let symbolic: SymbolicFactor
    }

    private let known = Mutex<Analysis?>(nil)

    /// - Complexity: O(nodes + links) at the first call, beside the ordering of the kernel that is left when nodes of degree one and two
    ///   are gone.
    func analysis(of compiled: CompiledNetwork) -> Analysis {
        known.withLock { known in
            if let known { return known }
            let made = Analysis(compiled)
            known = made
            return made
        }
    }
}

extension NodeMatrix.Analysis {
    fileprivate init(_ compiled: CompiledNetwork) {
        let (from, to) = (compiled.from, compiled.to)
        var edges: [(Int32, Int32)] = []
        edges.reserveCapacity(from.count)
        for link in from.indices where from[link] != to[link] { edges.append((from[link], to[link])) }
        let pattern = SymmetricPattern(order: compiled.nodes.count, edges: edges)
        if edges.count == from.count {
            slot = pattern.slotOfEdge
        } else {
            var next = 0
            slot = from.indices.map { link in
                if from[link] == to[link] { return -1 }
                next += 1
                return pattern.slotOfEdge[next - 1]
            }
        }
        symbolic = SymbolicFactor(pattern)
    }
}
