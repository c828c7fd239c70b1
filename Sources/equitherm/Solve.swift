import ArgumentParser
import Heating
import NetworkModel
import Reporting

/// `solve`: the forward simulation of the settings in the file.
struct Solve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Simulate a network with the settings in its file: flows, pressures, temperatures, rooms.",
        discussion: """
            Example:
              equitherm solve out/gaowan/network.json --outdoor -5 --out out/mild-day
            """)

    @OptionGroup var input: InputOptions
    @OptionGroup var conditions: ConditionOptions
    @OptionGroup var results: ResultOptions
    @OptionGroup var messages: MessageOptions

    func run() throws {
        let console = messages.console
        let texts = messages.texts
        let clock = ContinuousClock()
        let start = clock.now
        let loaded = try NetworkLoader(console: console, texts: texts).load(input)
        let network = conditions.apply(to: loaded.network)
        let weather = conditions.weather(for: network)
        var timings = Timings()
        timings.read = (clock.now - start).seconds

        console.progress(texts(ConsoleText.simulating))
        let compileStart = clock.now
        var simulation = Simulation(network, options: conditions.simulationOptions)
        let solveStart = clock.now
        let outcome: Outcome
        do {
            outcome = try simulation.run(weather)
        } catch {
            throw console.noAnswer(FailureText(error, in: network, texts: texts), texts)
        }
        let needStart = clock.now
        let demand = HeatDemand(of: network, in: weather, options: HeatDemandOptions(threads: conditions.threads))
        timings.compile = (solveStart - compileStart).seconds
        timings.solve = (needStart - solveStart).seconds
        timings.need = (clock.now - needStart).seconds
        console.endProgress()
        var result = RunResult(
            tool: Equitherm.tool, input: loaded.record, network: network, demand: demand, outcome: outcome,
            warnings: loaded.warnings + outcome.findings)
        result.timings = timings
        try ResultOutput(options: results, console: console, texts: texts).finish(result)
    }
}
