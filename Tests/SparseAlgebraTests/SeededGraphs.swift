import Testing

@testable import SparseAlgebra

/// A small generator of reproducible random numbers (SplitMix64; Steele, Lea and Flood, OOPSLA 2014).
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A graph with the name that a failing test shows.
struct SeededGraph: CustomTestStringConvertible, Sendable {
    var name: String
    var order: Int
    var edges: [(Int32, Int32)]
    var testDescription: String { name }

    /// Graphs of every kind that circuits have, and some that they do not.
    static var all: [SeededGraph] {
        var graphs = [empty, single, isolated, star(40), path(30), cycle(25), hubs(60), complete(9), complete(45)]
        for seed in UInt64(1)...6 {
            graphs.append(tree(10 * Int(seed * seed), seed: seed))
            graphs.append(treeWithChords(20 * Int(seed), chords: 3 * Int(seed), seed: seed))
            graphs.append(ladder(7 * Int(seed), seed: seed))
            graphs.append(random(15 * Int(seed), edges: 40 * Int(seed), seed: seed))
        }
        graphs.append(grid(9, 11))
        graphs.append(grid(20, 23))
        graphs.append(disconnected)
        return graphs
    }

    static let empty = SeededGraph(name: "empty", order: 0, edges: [])
    static let single = SeededGraph(name: "single", order: 1, edges: [])
    static let isolated = SeededGraph(name: "isolated", order: 5, edges: [])

    static func star(_ leaves: Int) -> SeededGraph {
        SeededGraph(name: "star \(leaves)", order: leaves + 1, edges: (1...Int32(leaves)).map { (0, $0) })
    }

    static func path(_ order: Int) -> SeededGraph {
        SeededGraph(name: "path \(order)", order: order, edges: (1..<Int32(order)).map { ($0 - 1, $0) })
    }

    static func cycle(_ order: Int) -> SeededGraph {
        let edges = (0..<Int32(order)).map { ($0, ($0 + 1) % Int32(order)) }
        return SeededGraph(name: "cycle \(order)", order: order, edges: edges)
    }

    /// Three hubs that share all their neighbours: the case in which joining neighbours meets existing edges.
    static func hubs(_ spokes: Int) -> SeededGraph {
        var edges: [(Int32, Int32)] = []
        for spoke in 0..<Int32(spokes) {
            edges.append((spoke % 3, 3 + spoke))
            edges.append(((spoke + 1 + spoke / 3 % 2) % 3, 3 + spoke))
        }
        return SeededGraph(name: "hubs \(spokes)", order: spokes + 3, edges: edges)
    }

    static func complete(_ order: Int) -> SeededGraph {
        var edges: [(Int32, Int32)] = []
        for a in 0..<Int32(order) { for b in 0..<a { edges.append((a, b)) } }
        return SeededGraph(name: "complete \(order)", order: order, edges: edges)
    }

    static func tree(_ order: Int, seed: UInt64) -> SeededGraph {
        var generator = SplitMix64(seed: seed)
        let edges = (1..<Int32(order)).map { (Int32.random(in: max(0, $0 - 20)..<$0, using: &generator), $0) }
        return SeededGraph(name: "tree \(order)/\(seed)", order: order, edges: edges)
    }

    static func treeWithChords(_ order: Int, chords: Int, seed: UInt64) -> SeededGraph {
        var graph = tree(order, seed: seed)
        var generator = SplitMix64(seed: ~seed)
        for _ in 0..<chords {
            let a = Int32.random(in: 0..<Int32(order), using: &generator)
            let b = Int32.random(in: 0..<Int32(order), using: &generator)
            if a != b { graph.edges.append((a, b)) }
        }
        graph.name = "tree with \(chords) chords \(order)/\(seed)"
        return graph
    }

    /// A two-pipe tree: supply and return of each pair follow those of an earlier pair, with a rung at every pair.
    static func ladder(_ pairs: Int, seed: UInt64) -> SeededGraph {
        var generator = SplitMix64(seed: seed)
        var edges: [(Int32, Int32)] = [(0, 1)]
        for pair in 1..<Int32(pairs) {
            let parent = Int32.random(in: max(0, pair - 4)..<pair, using: &generator)
            edges += [(2 * parent, 2 * pair), (2 * pair + 1, 2 * parent + 1), (2 * pair, 2 * pair + 1)]
        }
        return SeededGraph(name: "ladder \(pairs)/\(seed)", order: 2 * pairs, edges: edges)
    }

    /// Random edges with repetitions: parallel edges appear.
    static func random(_ order: Int, edges count: Int, seed: UInt64) -> SeededGraph {
        var generator = SplitMix64(seed: seed)
        var edges: [(Int32, Int32)] = []
        while edges.count < count {
            let a = Int32.random(in: 0..<Int32(order), using: &generator)
            let b = Int32.random(in: 0..<Int32(order), using: &generator)
            if a != b { edges.append((a, b)) }
        }
        return SeededGraph(name: "random \(order), \(count)/\(seed)", order: order, edges: edges)
    }

    static func grid(_ width: Int, _ height: Int) -> SeededGraph {
        var edges: [(Int32, Int32)] = []
        for y in 0..<height {
            for x in 0..<width {
                let node = Int32(y * width + x)
                if x + 1 < width { edges.append((node, node + 1)) }
                if y + 1 < height { edges.append((node, node + Int32(width))) }
            }
        }
        return SeededGraph(name: "grid \(width) × \(height)", order: width * height, edges: edges)
    }

    static var disconnected: SeededGraph {
        var graph = ladder(6, seed: 3)
        for part in [tree(17, seed: 4), grid(6, 6), isolated] {
            let offset = Int32(graph.order)
            graph.edges += part.edges.map { ($0.0 + offset, $0.1 + offset) }
            graph.order += part.order
        }
        graph.name = "disconnected"
        return graph
    }
}

/// A weighted graph Laplacian with a positive diagonal added, in sparse and in dense form.
struct TestSystem {
    var pattern: SymmetricPattern
    var diagonal: [Double]
    var offDiagonal: [Double]

    /// Weights between 0.1 and 10; every row is grounded a little, as a node with a demand that depends on pressure.
    init(_ graph: SeededGraph, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        pattern = SymmetricPattern(order: graph.order, edges: graph.edges)
        diagonal = (0..<graph.order).map { _ in Double.random(in: 0.01...1, using: &generator) }
        offDiagonal = [Double](repeating: 0, count: pattern.slotCount)
        for (index, edge) in graph.edges.enumerated() {
            let weight = Double.random(in: 0.1...10, using: &generator)
            diagonal[Int(edge.0)] += weight
            diagonal[Int(edge.1)] += weight
            offDiagonal[Int(pattern.slotOfEdge[index])] -= weight
        }
    }

    var dense: [[Double]] {
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: pattern.order), count: pattern.order)
        for row in 0..<pattern.order { matrix[row][row] = diagonal[row] }
        for slot in 0..<pattern.slotCount {
            matrix[Int(pattern.lowerRow[slot])][Int(pattern.upperRow[slot])] = offDiagonal[slot]
            matrix[Int(pattern.upperRow[slot])][Int(pattern.lowerRow[slot])] = offDiagonal[slot]
        }
        return matrix
    }

    func rightHandSide(seed: UInt64) -> [Double] {
        var generator = SplitMix64(seed: seed)
        return (0..<pattern.order).map { _ in Double.random(in: -1...1, using: &generator) }
    }
}

/// Gaussian elimination with partial pivoting: the oracle, written without anything of the module under test.
func denseSolve(_ matrix: [[Double]], _ rightHandSide: [Double]) -> [Double] {
    var (a, x) = (matrix, rightHandSide)
    let order = x.count
    for column in 0..<order {
        let pivotRow = (column..<order).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
        a.swapAt(column, pivotRow)
        x.swapAt(column, pivotRow)
        for row in column + 1..<max(order, column + 1) where a[row][column] != 0 {
            let factor = a[row][column] / a[column][column]
            for k in column..<order { a[row][k] -= factor * a[column][k] }
            x[row] -= factor * x[column]
        }
    }
    for row in (0..<order).reversed() {
        for k in row + 1..<max(order, row + 1) { x[row] -= a[row][k] * x[k] }
        x[row] /= a[row][row]
    }
    return x
}

/// The greatest difference between two vectors.
func greatestDifference(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } }
