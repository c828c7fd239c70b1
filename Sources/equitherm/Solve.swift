import ArgumentParser
import Heating
import NetworkFiles
import NetworkModel
import Reporting

/// `solve`: the forward simulation of the settings in the file.
struct Solve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Simulate a network with the settings in its file: flows, pressures, temperatures, rooms.",
        discussion: """
            Example:
              equitherm solve out/gaowan/network.json --outdoor -5 --out out/mild-day
              equitherm solve networks/epanet/pumps.inp --json
            """)

    @OptionGroup var input: InputOptions
    @OptionGroup var conditions: ConditionOptions
    @Option(help: ArgumentHelp("Constants and friction of an EPANET file; a native network is always exact.", valueName: "name"))
    var physics: EpanetPhysics?

    @OptionGroup var results: ResultOptions
    @OptionGroup var messages: MessageOptions

    func validate() throws {
        if conditions.outdoors.count > 1 { throw ValidationError("--outdoor was given \(conditions.outdoors.count) times; only balance takes several.") }
    }

    func run() throws {
        let console = messages.console
        let texts = messages.texts
        if try solveEpanet(console, texts) { return }
        let clock = ContinuousClock()
        let start = clock.now
        let loaded = try NetworkLoader(console: console, texts: texts).load(input)
        let network = conditions.apply(to: loaded.network)
        let weather = conditions.weather(for: network)
        var timings = Timings()
        timings.read = (clock.now - start).seconds

        console.progress(texts(ConsoleText.simulating))
        let compileStart = clock.now
        var options = conditions.simulationOptions
        if console.showsProgress {
            options.progress = { round, change in
                let state = texts(ConsoleText.simulationRound, DisplayNumber.count(round), DisplayNumber.scientific(change))
                console.progress(texts(ConsoleText.simulating) + " " + state)
            }
        }
        var simulation = Simulation(network, options: options)
        let solveStart = clock.now
        let outcome: Outcome
        do {
            outcome = try simulation.run(weather)
        } catch {
            throw console.noAnswer(FailureText(error, in: network, texts: texts), texts)
        }
        let needStart = clock.now
        let demand = HeatDemand(of: network, in: weather, options: HeatDemandOptions(supply: outcome.dwellingSupply, threads: conditions.threads))
        timings.compile = (solveStart - compileStart).seconds
        timings.solve = (needStart - solveStart).seconds
        timings.need = (clock.now - needStart).seconds
        console.endProgress()
        var result = RunResult(
            tool: Equitherm.tool, input: loaded.record, network: network, demand: demand, outcome: outcome,
            warnings: loaded.warnings + outcome.findings)
        result.timings = timings
        try ResultOutput(options: results, console: console, texts: texts, threads: conditions.threads).finish(result)
    }

    /// Solves the input if it is an EPANET file.
    private func solveEpanet(_ console: Console, _ texts: Texts) throws -> Bool {
        let clock = ContinuousClock()
        let start = clock.now
        guard let loaded = try NetworkLoader(console: console, texts: texts).loadEpanet(input.path) else {
            if physics == .epanet { throw ValidationError("--physics epanet is for EPANET files; a native network is solved exactly.") }
            return false
        }
        try refuseHeatOptions()
        let read = clock.now
        let physics = physics ?? .epanet
        let solution: EpanetSolution
        do {
            solution = try EpanetSolver.solve(loaded.file.network, physics: physics)
        } catch {
            throw console.noAnswer(FailureText(error, in: EpanetModel(loaded.file.network, physics: physics).network, texts: texts), texts)
        }
        var result = EpanetResult(
            tool: Equitherm.tool, input: loaded.record, file: loaded.file, physics: physics, solution: solution)
        result.timings.read = (read - start).seconds
        result.timings.compile = solution.modelling.seconds
        result.timings.solve = (clock.now - read - solution.modelling).seconds
        try ResultOutput(options: results, console: console, texts: texts, threads: conditions.threads).finish(result)
        return true
    }

    /// What an EPANET file has no use for must not be taken for granted.
    private func refuseHeatOptions() throws {
        let given: [(String, Bool)] = [
            ("--roster", !input.rosters.isEmpty), ("--outdoor", conditions.outdoor != nil), ("--target", conditions.target != nil),
            ("--isothermal", conditions.isothermal),
        ]
        if let option = given.first(where: \.1)?.0 { throw ValidationError("\(option) does not apply to an EPANET file.") }
    }
}

extension EpanetPhysics: ExpressibleByArgument {}
