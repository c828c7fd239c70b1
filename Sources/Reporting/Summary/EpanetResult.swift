import NetworkFiles
import NetworkModel

/// A solved EPANET file: all that its tables, summary and console text are made from.
public struct EpanetResult: Sendable {
    /// The program and its version.
    public var tool: String
    /// What was read.
    public var input: InputRecord
    /// The file's network.
    public var network: EpanetNetwork
    /// By whose constants it was solved.
    public var physics: EpanetPhysics
    /// Flows and heads at time 0.
    public var solution: EpanetSolution
    /// What is doubtful about file and solution.
    public var warnings: [Problem]
    /// What of the file has no part in steady hydraulics.
    public var notes: [Problem]
    /// How long the parts took.
    public var timings = Timings()

    /// Collects a solved file.
    public init(
        tool: String, input: InputRecord, file: EpanetReader.File, physics: EpanetPhysics, solution: EpanetSolution
    ) {
        self.tool = tool
        self.input = input
        network = file.network
        self.physics = physics
        self.solution = solution
        warnings = file.warnings + solution.findings
        notes = file.notes
    }

    /// Worst mass imbalance of a node, kg/s.
    private var massResidual: Double { solution.checks.reduce(0) { max($0, $1.mass.error) } }
    /// Worst pressure error round a loop, Pa.
    private var loopResidual: Double { solution.checks.reduce(0) { max($0, $1.loop.error) } }

    /// `summary.json`.
    public func json(texts: Texts) -> String {
        JSONText.object([
            "format": .text("equitherm/1"),
            "tool": .text(tool),
            "input": input.json(in: texts.language),
            "physics": .text(physics.rawValue),
            "converged": .flag(true),
            "iterations": .count(solution.iterations),
            "residuals": .object(["mass_kg_s": .number(massResidual), "loop_pa": .number(loopResidual), "energy_w": .null]),
            "counts": .object(["nodes": .count(network.nodes.count), "links": .count(network.links.count)]),
            "timings_s": timings.json,
            "warnings": .list(warnings.map { $0.json(in: texts.language) }),
            "notes": .list(notes.map { $0.json(in: texts.language) }),
            "corrections": .count(solution.corrections),
        ]).text
    }

    /// What a person reads after the run.
    public func lines(texts: Texts) -> [String] {
        var lines = [
            texts(
                ConsoleText.epanetTitle, input.path, DisplayNumber.count(network.nodes.count),
                DisplayNumber.count(network.links.count), physics.rawValue, DisplayNumber.count(solution.iterations))
        ]
        for note in notes { lines.append("  " + note.message(in: texts.language)) }
        lines += WarningLines(warnings, texts: texts).lines
        lines.append(
            texts(ConsoleText.epanetChecks, DisplayNumber.scientific(massResidual), DisplayNumber.scientific(loopResidual)))
        return lines
    }
}

extension ResultFiles {
    /// The tables of a solved EPANET file.
    public init(_ result: EpanetResult) {
        self.init()
        let tables = EpanetTables(result)
        add("links.csv", tables.links)
        add("nodes.csv", tables.nodes)
    }
}
