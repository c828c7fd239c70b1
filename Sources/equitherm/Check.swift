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
        let loaded = try NetworkLoader(console: console, texts: texts).load(input)
        let renderer = ProblemRenderer(sources: loaded.document.sources, language: texts.language)
        if !loaded.warnings.isEmpty { console.say(renderer.text(loaded.warnings)) }
        let counts = Summary.Counts(of: loaded.network)
        console.say(
            texts(
                ConsoleText.checkCounts, DisplayNumber.count(counts.nodes), DisplayNumber.count(counts.pipes),
                DisplayNumber.count(counts.valves), DisplayNumber.count(counts.pumps), DisplayNumber.count(counts.sources),
                DisplayNumber.count(counts.substations), DisplayNumber.count(counts.buildings),
                DisplayNumber.count(counts.dwellings), DisplayNumber.count(counts.openDwellings)))
        console.say(texts(ConsoleText.checkPassed, input.path, DisplayNumber.count(loaded.warnings.count)))
        if failOn == .warning, !loaded.warnings.isEmpty { throw ExitStatus.conditionHolds }
    }
}
