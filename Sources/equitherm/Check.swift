import ArgumentParser
import NetworkFiles
import NetworkModel
import Reporting

/// `check`: reads and validates.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read and validate a network; list every problem with file, line, element and remedy.",
        discussion: """
            Example:
              equitherm check networks/gaowan --roster roster-today.csv
            """)

    @OptionGroup var input: InputOptions
    @OptionGroup var messages: MessageOptions

    @Option(name: .customLong("fail-on"), help: ArgumentHelp("Exit with 1 when the network has a warning.", valueName: "warning"))
    var failOn: CheckCondition?

    /// What turns a passed check into exit code 1.
    enum CheckCondition: String, CaseIterable, ExpressibleByArgument { case warning }

    func run() throws {
        let console = messages.console
        let texts = messages.texts
        let loader = NetworkLoader(console: console, texts: texts)
        if let epanet = try loader.loadEpanet(input.path) {
            return try finish(epanet.file.warnings, [epanet.file.source], console, texts)
        }
        let loaded = try loader.load(input)
        console.say(CountLine(Summary.Counts(of: loaded.network), texts: texts).line)
        try finish(loaded.warnings, loaded.document.sources, console, texts)
    }

    private func finish(_ warnings: [Problem], _ sources: [SourceText], _ console: Console, _ texts: Texts) throws {
        if !warnings.isEmpty { console.problems(ProblemRenderer(sources: sources, language: texts.language).text(warnings), always: false) }
        console.say(texts(ConsoleText.checkPassed, input.path, DisplayNumber.count(warnings.count)))
        if failOn == .warning, !warnings.isEmpty { throw ExitStatus.conditionHolds }
    }
}
