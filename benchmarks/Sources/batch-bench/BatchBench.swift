import BenchmarkSupport
import Dispatch
import Foundation
import Hydraulics
import NetworkFiles
import NetworkModel
import Quantities

/// Rosters of a network solved one by one and four side by side, from the same start, on one thread and on two.
///
///     swift run -c release batch-bench ../networks/gaowan [ROSTERS]
///
/// Only circuits with dwellings are solved; all water is at 50 °C. Times of one thread are CPU times; what two threads gain is in wall time
/// and holds on a machine that does nothing else.
@main struct BatchBench {
    /// A circuit with what opens and shuts in it.
    private struct Case: Sendable {
        var compiled: CompiledNetwork
        var state: CircuitState
        var solution: HydraulicSolution
        var switches: [Int]
    }

    static func main() throws {
        let path = CommandLine.arguments.dropFirst().first ?? "../networks/gaowan"
        let count = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 200
        guard let network = Expander.expand(try DocumentReader.read(path).document).network else {
            print("\(path) cannot be read")
            exit(65)
        }
        let cases = try circuits(network)
        var random = SplitMix64(seed: 4)
        // Blocks of four rosters: for each circuit a bit a roster for each switch, two of three open.
        let blocks = (0..<count / 4).map { _ in cases.map { one in one.switches.map { _ in bits(&random) } } }

        var singles = cases.map { HydraulicSolver($0.compiled, options: options) }
        var batches = cases.map {
            BatchedHydraulicSolver(
                $0.compiled, base: $0.state, solution: $0.solution, switches: $0.switches, observed: Array($0.compiled.links.indices),
                options: options)
        }
        let single = seconds { for block in blocks { for lane in 0..<4 { solve(block, lane, cases, &singles) } } }
        let batch = seconds { for block in blocks { solve(block, &batches) } }
        var greatest = 0.0
        for (place, one) in cases.enumerated() {
            _ = batches[place].solve(blocks[0][place])
            for lane in 0..<4 {
                let exact = try singles[place].solve(batches[place].state(lane), from: one.solution)
                let scale = exact.massFlow.reduce(0) { max($0, $1.magnitude) }
                for link in exact.massFlow.indices {
                    greatest = max(greatest, (batches[place].flow[link][lane] - exact.massFlow[link]).magnitude / scale)
                }
            }
        }
        let copies = batches
        func wall(_ threads: Int) -> Double {
            let start = ContinuousClock.now
            DispatchQueue.concurrentPerform(iterations: threads) { _ in
                var own = copies
                for block in blocks { solve(block, &own) }
            }
            return (ContinuousClock.now - start) / .seconds(1) / Double(threads)
        }
        let (one, two) = (wall(1), wall(2))
        let rosters = Double(blocks.count * 4)
        var table = MarkdownTable(["rosters of \(network.title)", "CPU ms a roster", "gain"])
        table.add(["one by one", MarkdownTable.rounded(1000 * single / rosters), "1"])
        table.add(["four side by side", MarkdownTable.rounded(1000 * batch / rosters), MarkdownTable.rounded(single / batch)])
        table.add(["the same, two threads (wall)", MarkdownTable.rounded(1000 * two / rosters), MarkdownTable.rounded(one / two)])
        print(table.text)
        print("greatest difference of a flow, over the largest: \(greatest); solved alone: \(batches.reduce(0) { $0 + $1.solvedAlone })")
    }

    /// As studies of flows alone solve.
    private static var options: HydraulicOptions {
        var options = HydraulicOptions()
        options.pressureTolerance = 0.1
        options.loopTolerance = 1
        // Both without the check, which costs the same for either.
        options.isJudged = false
        return options
    }

    private static func circuits(_ network: Network) throws -> [Case] {
        var shutOff: Set<LinkIndex> = []
        for dwelling in network.dwellings.indices { network.shutOff(of: DwellingIndex(dwelling)).map { _ = shutOff.insert($0) } }
        return try network.circuits().compactMap { circuit in
            guard circuit.links.contains(where: { shutOff.contains($0) }) else { return nil }
            let compiled = CompiledNetwork(network, circuit: circuit)
            let state = CircuitState(compiled, of: network, temperature: Temperature(celsius: 50))
            var solver = HydraulicSolver(compiled)
            let switches = compiled.links.indices.filter { shutOff.contains(compiled.links[$0]) }
            return Case(compiled: compiled, state: state, solution: try solver.solve(state), switches: switches)
        }
    }

    private static func bits(_ random: inout SplitMix64) -> UInt8 {
        (0..<4 as Range<UInt8>).reduce(0) { $0 | (random.next() % 3 > 0 ? 1 << $1 : 0) }
    }

    private static func solve(_ block: [[UInt8]], _ solvers: inout [BatchedHydraulicSolver]) {
        for place in solvers.indices { _ = solvers[place].solve(block[place]) }
    }

    private static func solve(_ block: [[UInt8]], _ lane: Int, _ cases: [Case], _ solvers: inout [HydraulicSolver]) {
        for (place, one) in cases.enumerated() {
            var state = one.state
            for (number, link) in one.switches.enumerated() { state.isOpen[link] = block[place][number] >> UInt8(lane) & 1 == 1 }
            _ = try? solvers[place].solve(state, from: one.solution)
        }
    }

    /// CPU time of a body, s.
    private static func seconds(_ body: () -> Void) -> Double {
        let start = clock()
        body()
        return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }
}
