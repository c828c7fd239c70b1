import Hydraulics
import NetworkModel
import Quantities

/// Which consumers' water passes a pipe that has a limit of velocity or friction, for the pipes of one circuit.
///
/// A pipe that belongs to no loop cuts the tree of the water in two; who has one end on either side drinks through it.
struct PipeCuts: Sendable {
    /// A pipe with a limit.
    struct Cut: Sendable {
        /// Local link.
        var link: Int
        /// The pipe.
        var pipe: PipeIndex
        /// Consumers whose water passes it, all of it one way; empty for a pipe in a loop, where flow is divided by pressures.
        var consumers: [Int]
    }

    /// Pipes with a limit, by local link.
    let cuts: [Cut]

    /// None.
    init() { cuts = [] }

    /// Finds the limited pipes of a circuit. - Complexity: O(nodes + links), and the consumers behind each limited pipe.
    init(_ circuit: DesignCircuit, _ network: Network) {
        let compiled = circuit.compiled
        var limited: [(link: Int, pipe: PipeIndex)] = []
        for local in compiled.pipes {
            guard case .pipe(let pipe) = network.links[compiled.links[local]].element, !network.pipes[pipe].limits.isNone else { continue }
            limited.append((local, pipe))
        }
        guard !limited.isEmpty else {
            cuts = []
            return
        }
        let interval = Self.intervals(circuit)
        let ends = Ends(circuit, interval)
        var riser: [Int: Int] = [:]
        for part in circuit.risers { riser[circuit.consumers[part.consumer].link] = part.consumer }
        let isChord = Set(circuit.chords.map { Int($0) })
        var cuts: [Cut] = []
        for (link, pipe) in limited {
            if let consumer = riser[link] {
                cuts.append(Cut(link: link, pipe: pipe, consumers: [consumer]))
                continue
            }
            let (a, b) = (Int(compiled.from[link]), Int(compiled.to[link]))
            let lower = circuit.treeLink[b] == Int32(link) ? b : circuit.treeLink[a] == Int32(link) ? a : -1
            if circuit.isBridge[link], lower >= 0, let found = ends.crossing(interval[lower]) {
                if !found.isEmpty { cuts.append(Cut(link: link, pipe: pipe, consumers: found)) }
            } else if lower >= 0 || isChord.contains(link) {
                cuts.append(Cut(link: link, pipe: pipe, consumers: []))
            }
        }
        self.cuts = cuts
    }

    /// Places of each node's subtree in a walk of the tree that finishes each branch before the next.
    private static func intervals(_ circuit: DesignCircuit) -> [Range<Int>] {
        let compiled = circuit.compiled
        let count = compiled.nodes.count
        func parent(_ node: Int32) -> Int? {
            let link = Int(circuit.treeLink[Int(node)])
            guard link >= 0 else { return nil }
            return Int(compiled.from[link] == node ? compiled.to[link] : compiled.from[link])
        }
        var size = [Int](repeating: 1, count: count)
        for node in circuit.order.reversed() { if let above = parent(node) { size[above] += size[Int(node)] } }
        var (start, next, free) = ([Int](repeating: count, count: count), [Int](repeating: 0, count: count), 0)
        for node in circuit.order {
            let here = Int(node)
            if let above = parent(node) {
                start[here] = next[above]
                next[above] += size[here]
            } else {
                start[here] = free
                free += size[here]
            }
            next[here] = start[here] + 1
        }
        return (0..<count).map { start[$0]..<start[$0] + (start[$0] < count ? size[$0] : 0) }
    }

    /// Ends of consumers in the order of that walk.
    private struct Ends {
        private var entries: [(place: Int, consumer: Int, isInlet: Bool)] = []

        init(_ circuit: DesignCircuit, _ interval: [Range<Int>]) {
            for (position, consumer) in circuit.consumers.enumerated() where consumer.isReachable {
                entries.append((interval[Int(circuit.compiled.from[consumer.link])].lowerBound, position, true))
                entries.append((interval[Int(circuit.compiled.to[consumer.link])].lowerBound, position, false))
            }
            entries.sort { ($0.place, $0.consumer) < ($1.place, $1.consumer) }
        }

        /// Consumers with one end in a range of places, rising; nil where some draw from it and others feed into it.
        func crossing(_ range: Range<Int>) -> [Int]? {
            var (low, high) = (0, entries.count)
            while low < high {
                let middle = (low + high) / 2
                if entries[middle].place < range.lowerBound { low = middle + 1 } else { high = middle }
            }
            var side: [Int: Bool] = [:]
            while low < entries.count && entries[low].place < range.upperBound {
                let entry = entries[low]
                if side.removeValue(forKey: entry.consumer) == nil { side[entry.consumer] = entry.isInlet }
                low += 1
            }
            guard Set(side.values).count < 2 else { return nil }
            return side.keys.sorted()
        }
    }
}

extension PipeLimits {
    /// Greatest mass flow, kg/s, that a link whose pipe has these limits may carry in a state.
    ///
    /// Friction alone counts for the specific friction; it rises with the flow, so that its limit is one root.
    func greatestFlow(_ link: Int, _ pipe: Pipe, _ compiled: CompiledNetwork, _ state: CircuitState) -> Double {
        let diameter = pipe.innerDiameter.metres
        let area = 0.25 * Double.pi * diameter * diameter
        let density = compiled.density(link: link, state)
        var greatest = velocity.map { $0.value * density * area } ?? .infinity
        guard let friction, pipe.length.metres > 0, area > 0 else { return greatest }
        func excess(_ flow: Double) -> Double {
            let speed = flow / (density * area)
            let local = 0.5 * pipe.minorLoss * density * speed * speed
            let loss = compiled.pressureLoss(link: link, massFlow: flow, state).loss - local
            return loss / (friction * pipe.length.metres) - 1
        }
        // Rough turbulent flow at λ = 0.03 is a start within a factor of two or three.
        var high = (2 * friction * diameter / (0.03 * density)).squareRoot() * density * area
        if greatest < .infinity {
            if excess(greatest) <= 0 { return greatest }
            high = greatest
        }
        var top = excess(high)
        for _ in 0..<60 where top <= 0 {
            high *= 2
            top = excess(high)
        }
        guard top > 0 else { return greatest }
        greatest = RisingRoot.find(low: (0, -1), high: (high, top), width: 1e-15 * high, height: 1e-13, excess)
        return greatest
    }
}
