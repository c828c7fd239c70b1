import ArgumentParser
import Balancing
import Heating
import NetworkFiles
import NetworkModel
import Quantities
import Reporting

/// `balance`: from a network to settings that a forward simulation confirms.
struct Balance: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find settings for every balancing valve and pump, and prove them by a forward simulation.",
        discussion: """
            Example:
              equitherm balance networks/gaowan --outdoor -12 --out out/gaowan
              equitherm balance net.json --roster today.csv --roster next-week.csv --outdoor -5 --outdoor -15 --out out
            """)

    @Option(help: ArgumentHelp("Change at most so many valves and pumps, those that bring most; the others stay as they are.", valueName: "count"))
    var visits: Int?

    @OptionGroup var input: InputOptions
    @OptionGroup var conditions: ConditionOptions
    @OptionGroup var policy: PolicyOptions
    @Flag(help: "Judge by independent linear programmes whether anyone could still gain.")
    var certify = false

    @Flag(help: "Carry all policies through and put them side by side.")
    var compare = false

    @OptionGroup var results: ResultOptions
    @OptionGroup var messages: MessageOptions

    func validate() throws {
        guard let visits else { return }
        if visits < 0 { throw ValidationError("--visits \(visits) is no number of visits.") }
        if input.rosters.count > 1 || conditions.outdoors.count > 1 {
            throw ValidationError("--visits is for one roster and one outdoor temperature.")
        }
    }

    func run() throws {
        let console = messages.console
        let texts = messages.texts
        let clock = ContinuousClock()
        let start = clock.now
        let (loaded, rosters) = try NetworkLoader(console: console, texts: texts).loadRosters(input)
        let network = conditions.apply(to: loaded.network)
        let read = clock.now - start

        var options = BalanceOptions()
        options.policy = policy.resolved
        options.allocation.tiltCap = policy.tiltCap
        options.certifies = certify
        options.compares = compare
        options.comparedFloor = policy.floor ?? options.comparedFloor
        options.comparedTilt = policy.tilt ?? options.comparedTilt
        // Each takes an allocation of its own.
        options.judgedRemedies = network.dwellings.count > 20_000 ? 0 : 5
        options.judgedAlternatives = network.dwellings.count > 20_000 ? 0 : 4
        options.simulation = conditions.simulationOptions
        if console.showsProgress {
            let progress = BalanceProgress(console: console, texts: texts, dwellings: network.dwellings.count)
            options.progress = { progress.begin($0) }
        }
        var run: BalanceRun
        var plan: VisitPlan?
        var cases: [CaseFigures] = []
        do {
            let weathers = conditions.weathers(for: network)
            if rosters.count * weathers.count > 1 {
                let joint = try CaseBalance(
                    network,
                    cases: rosters.flatMap { roster in
                        weathers.map { BalanceCase(roster: roster.name, states: roster.states, weather: $0) }
                    }, options: options)
                (run, cases) = (joint.runs[0], CaseFigures.all(of: joint))
            } else {
                run = try BalanceRun(network, weather: weathers[0], options: options)
            }
            if let visits {
                let made = try VisitPlan(for: run, counts: VisitPlan.standardCounts + [visits], options: options)
                run = try run.limited(to: visits, by: made, options: options)
                plan = made
            }
        } catch {
            throw console.noAnswer(FailureText(error, in: network, texts: texts), texts)
        }
        console.endProgress()
        var result = RunResult(run, tool: Equitherm.tool, input: loaded.record, warnings: loaded.warnings)
        result.timings.read = read.seconds
        result.cases = cases
        if results.isWritten {
            let proof = SettingsProof(of: run, visits: plan, options: options)
            result.curves.visits = (proof.visits?.curve ?? []).map {
                ReportCurves.VisitPoint(visits: $0.visits, shareAtTarget: $0.rooms.shareAtTarget, coldest: $0.rooms.lowest)
            }
            result.recommendation?.proof = proof
        }
        let document = loaded.document.applying(run.schedule.settings, of: network)
        try ResultOutput(options: results, console: console, texts: texts, threads: conditions.threads).finish(result, document: document)
    }
}
