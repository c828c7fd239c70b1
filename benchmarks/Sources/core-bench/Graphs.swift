import BenchmarkSupport

/// A seeded graph of one family.
struct BenchmarkGraph {
    var order: Int
    var edges: [(Int32, Int32)]

    /// The families measured.
    enum Family: String, CaseIterable, Codable {
        /// Supply and return tree with a rung at every dwelling.
        case twoPipe = "two-pipe tree"
        /// A tree with 5 % chords between nodes near each other.
        case chords = "tree + 5 % chords"
        /// A honeycomb: planar, every inner node of degree 3.
        case mesh = "planar mesh, degree 3"
        /// The same with 2 % chords across it, a tenth of the nodes: heavy fill.
        case tangled = "mesh + 2 % long chords"
    }

    init(_ family: Family, order: Int) {
        switch family {
        case .twoPipe: self.init(twoPipe: order)
        case .chords: self.init(chords: order)
        case .mesh: self.init(mesh: order)
        case .tangled: self.init(tangled: order / 10)
        }
    }

    /// Risers of ten dwellings, each riser starting from one of the last two hundred pairs.
    private init(twoPipe order: Int) {
        var generator = SplitMix64(seed: 2)
        edges = [(0, 1)]
        for pair in 1..<Int32(order / 2) {
            let parent = pair % 10 == 0 ? Int32.random(in: max(0, pair - 200)..<pair, using: &generator) : pair - 1
            edges += [(2 * parent, 2 * pair), (2 * pair + 1, 2 * parent + 1), (2 * pair, 2 * pair + 1)]
        }
        self.order = order / 2 * 2
    }

    private init(chords order: Int) {
        var generator = SplitMix64(seed: 1)
        let nodes = Int32(order)
        edges = (1..<nodes).map { (Int32.random(in: max(0, $0 - 50)..<$0, using: &generator), $0) }
        for _ in 0..<order / 20 {
            let from = Int32.random(in: 0..<nodes, using: &generator)
            let to = min(max(from + Int32.random(in: -500...500, using: &generator), 0), nodes - 1)
            if from != to { edges.append((from, to)) }
        }
        self.order = order
    }

    private init(tangled order: Int) {
        self.init(mesh: order)
        var generator = SplitMix64(seed: 3)
        for _ in 0..<order / 50 {
            let (from, to) = (Int32.random(in: 0..<Int32(self.order), using: &generator), Int32.random(in: 0..<Int32(self.order), using: &generator))
            if from != to { edges.append((from, to)) }
        }
    }

    private init(mesh order: Int) {
        let width = Int(Double(order).squareRoot().rounded())
        edges = []
        for y in 0..<width {
            for x in 0..<width {
                let node = Int32(y * width + x)
                if x + 1 < width { edges.append((node, node + 1)) }
                if y + 1 < width, (x + y) % 2 == 0 { edges.append((node, node + Int32(width))) }
            }
        }
        self.order = width * width
    }
}
