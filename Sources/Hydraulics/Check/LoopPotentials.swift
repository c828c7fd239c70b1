/// Potentials that losses, heads and heights of links make, from which sums round loops follow.
enum LoopPotentials {
    /// Potentials from the fixed pressures along the first open links that lead on; NaN where none does.
    static func along(_ compiled: CompiledNetwork, _ fixedPressure: [Double], _ drop: [Double]) -> [Double] {
        var potential = fixedPressure
        var queue = [Int32](repeating: 0, count: potential.count)
        spread(&potential, compiled, drop, &queue)
        return potential
    }

    private static func spread(_ potential: inout [Double], _ compiled: CompiledNetwork, _ drop: [Double], _ queue: inout [Int32]) {
        let (from, to, drop) = (compiled.from.span, compiled.to.span, drop.span)
        let (start, links) = (compiled.adjacency.start.span, compiled.adjacency.links.span)
        var potential = potential.mutableSpan
        var queue = queue.mutableSpan
        var (head, end) = (0, 0)
        for node in 0..<potential.count where !potential[node].isNaN {
            queue[end] = Int32(truncatingIfNeeded: node)
            end += 1
        }
        while head < end {
            let node = queue[head]
            head += 1
            let level = potential[Int(node)]
            for entry in Int(start[Int(node)])..<Int(start[Int(node) + 1]) {
                let position = Int(links[entry])
                let isOutgoing = from[position] == node
                let other = isOutgoing ? to[position] : from[position]
                // A potential is a number once it is known: drops and fixed pressures are finite.
                guard potential[Int(other)].isNaN, drop[position].isFinite else { continue }
                potential[Int(other)] = level + (isOutgoing ? -drop[position] : drop[position])
                queue[end] = other
                end += 1
            }
        }
    }
}
