import BenchmarkSupport
import Foundation
import SparseAlgebra

/// Times the sparse core beside CHOLMOD on the same matrices in the same run.
///
/// `core-bench [--sizes 1000,10000,100000] [--out folder]` prints a Markdown table and writes `core.json` and `core.md`.
@main
enum CoreBench {
    struct Results: Codable {
        var machine: Machine
        var comparisons: [Comparison]
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        let sizes = option("--sizes", arguments)?.split(separator: ",").compactMap { Int($0) }
        let folder = URL(fileURLWithPath: option("--out", arguments) ?? ".")

        var comparisons: [Comparison] = []
        for family in BenchmarkGraph.Family.allCases {
            for order in sizes ?? [1_000, 10_000, 100_000] {
                FileHandle.standardError.write(Data("\(family.rawValue), \(order) nodes\n".utf8))
                comparisons.append(try compare(family, order: order))
            }
        }
        let results = Results(machine: .current, comparisons: comparisons)
        let text = table(results)
        print(text)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try encoder.encode(results).write(to: folder.appendingPathComponent("core.json"))
        try Data(text.utf8).write(to: folder.appendingPathComponent("core.md"))
    }

    private static func option(_ name: String, _ arguments: [String]) -> String? {
        guard let position = arguments.firstIndex(of: name), position + 1 < arguments.count else { return nil }
        return arguments[position + 1]
    }

    private static func compare(_ family: BenchmarkGraph.Family, order: Int) throws -> Comparison {
        let graph = BenchmarkGraph(family, order: order)
        let matrix = Matrix(graph)
        let pattern = Timing.measure { _ = SymmetricPattern(order: graph.order, edges: graph.edges) }
        let (engine, kernelOrder) = try EngineBenchmark.run(matrix)
        return Comparison(
            family: family, order: graph.order, edges: graph.edges.count, pattern: pattern, kernelOrder: kernelOrder,
            equitherm: engine, batchOfFour: try BatchBenchmark.run(matrix),
            bandwidthBound: (16 * Double(graph.order) + 8 * Double(matrix.pattern.slotCount) + 12 * engine.factorEntries) / Bandwidth.bytesPerSecond,
            cholmodSimplicial: CholmodBenchmark.run(matrix, .simplicial),
            cholmodSupernodal: CholmodBenchmark.run(matrix, .supernodal))
    }

    private static func table(_ results: Results) -> String {
        var table = MarkdownTable([
            "graph", "nodes", "kernel", "entries/node", "flop/entry", "analysis ms", "refactor ms", "bandwidth bound ms", "ns/node",
            "four at once, each ms", "solve ms", "CHOLMOD analysis ms", "simplicial refactor ms", "ratio",
            "supernodal refactor ms", "ratio", "solve ratio",
        ])
        for row in results.comparisons {
            let (own, simplicial, supernodal) = (row.equitherm, row.cholmodSimplicial, row.cholmodSupernodal)
            func milliseconds(_ timing: Timing) -> String { MarkdownTable.rounded(timing.best * 1e3) }
            func ratio(_ peer: Timing, _ own: Timing) -> String { MarkdownTable.rounded(peer.best / own.best) + " ×" }
            table.add([
                row.family.rawValue, String(row.order), String(row.kernelOrder),
                MarkdownTable.rounded(own.factorEntries / Double(row.order)),
                MarkdownTable.rounded(own.flops / own.factorEntries), milliseconds(own.analysis),
                milliseconds(own.refactorisation), MarkdownTable.rounded(row.bandwidthBound * 1e3),
                MarkdownTable.rounded(own.refactorisation.best / Double(row.order) * 1e9),
                MarkdownTable.rounded(row.batchOfFour.best / 4 * 1e3), milliseconds(own.solve),
                milliseconds(simplicial.analysis), milliseconds(simplicial.refactorisation),
                ratio(simplicial.refactorisation, own.refactorisation), milliseconds(supernodal.refactorisation),
                ratio(supernodal.refactorisation, own.refactorisation), ratio(simplicial.solve, own.solve),
            ])
        }
        let machine = results.machine
        return """
            Best of repeated runs, one thread, \(machine.processor), \(machine.system), commit \(machine.commit).
            A ratio is CHOLMOD's time over the engine's.

            \(table.text)
            """
    }
}
