import Balancing
import Heating
import Hydraulics
import NetworkFiles
import NetworkModel

/// Everything that takes bytes from outside.
enum Subject: String, CaseIterable {
    /// A JSON document, expanded; a small sound network is also balanced.
    case json
    /// A table as CSV; the first byte chooses which.
    case csv
    /// An EPANET file, solved by both physics.
    case inp
    /// A sound district with cells changed as the input says: reaches the solvers much more often than bytes of JSON.
    case district

    func run(_ bytes: [UInt8]) {
        switch self {
        case .json: Self.read(DocumentReader.parse(bytes, name: "fuzz.json"))
        case .csv: Self.readTable(bytes)
        case .inp: Self.readEpanet(bytes)
        case .district: Self.read(DocumentReader.parse(MutatedDistrict(bytes).json, name: "fuzz.json"))
        }
    }

    // MARK: Subjects

    private static func readTable(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let tables = TableName.allCases
        let reading = DocumentReader.parseTable(tables[Int(first) % tables.count], Array(bytes.dropFirst()), name: "fuzz.csv")
        tell(reading.sortedProblems, reading.document.sources)
    }

    private static func read(_ reading: DocumentReader.Reading) {
        tell(reading.sortedProblems, reading.document.sources)
        let expansion = Expander.expand(reading.document, dwellingLimit: 2000)
        tell(expansion.problems, reading.document.sources)
        guard !reading.problems.hasErrors, let network = expansion.network else { return }
        // What is written must be read again as the same network.
        let written = DocumentReader.parse(DocumentWriter.json(reading.document), name: "written.json")
        expect(!written.problems.hasErrors, "a document that was written cannot be read")
        if network.links.count <= 3000 { balance(network) }
    }

    private static func readEpanet(_ bytes: [UInt8]) {
        do throws(ReadFailure) {
            let read = try EpanetReader.parse(bytes)
            tell(read.warnings + read.notes, [read.source])
            guard read.network.links.count <= 300 else { return }
            for physics in [EpanetPhysics.epanet, .exact] {
                guard let solution = try? EpanetSolver.solve(read.network, physics: physics) else { continue }
                judge(solution)
            }
        } catch {
            if case .invalid(let problems, let sources) = error { tell(problems, sources) }
        }
    }

    // MARK: Promises

    /// Every problem can be told in both languages, without control characters.
    private static func tell(_ problems: [Problem], _ sources: [SourceText]) {
        let shown = Array(problems.prefix(20))
        for language in [Language.english, .chinese] {
            let text = ProblemRenderer(sources: sources, language: language).text(shown)
            expect(!text.utf8.contains { ($0 < 32 && $0 != 10) || $0 == 127 }, "a control character in a message")
        }
    }

    private static func judge(_ solution: EpanetSolution) {
        for (position, head) in solution.head.enumerated() {
            expect(head.isFinite || !solution.isReachable[position], "a head that is no number where water is")
        }
        expect(solution.flow.allSatisfy(\.isFinite), "a flow that is no number")
        let greatest = solution.flow.reduce(0) { max($0, abs($1)) }
        for check in solution.checks {
            // kg/s against m³/s: 1000 kg/m³ times the solver's promise of 1e-6 of the largest flow, and its floor.
            expect(check.mass.error <= max(1e-6 * greatest * 1000, 1e-6), "mass is not kept: \(check.mass.error) kg/s")
        }
    }

    /// Balances with one thread; a network that cannot be solved may say so, an answer must hold together.
    private static func balance(_ network: Network) {
        var options = BalanceOptions()
        options.simulation.threads = 1
        guard let run = try? BalanceRun(network, options: options) else { return }
        let outcome = run.after
        expect(outcome.massFlow.allSatisfy { !$0.isInfinite }, "an infinite flow")
        for (position, room) in outcome.room.enumerated() {
            expect(!room.isInfinite && !(room < -300) && !(room > 300), "a room at \(room) °C (dwelling \(position))")
        }
        // The promise of the simulation (THEORY.md): 1e-6 of the source heat; with nothing to give, a milliwatt.
        let energy = outcome.energy
        expect(
            energy.relativeResidual <= 1e-6 || energy.residual.magnitude <= 1e-3,
            "energy is not kept: \(energy.residual) W of \(energy.sources) W")
    }
}
