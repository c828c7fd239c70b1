import Balancing
import Heating
import NetworkFiles
import NetworkModel

/// A finished run of `balance` or `solve`: all that tables, summary, console and page are made from.
public struct RunResult: Sendable {
    /// The program and its version, for example `equitherm 0.1.0`.
    public var tool: String
    /// What was read, and what it did not say.
    public var input: InputRecord
    /// The network that ``outcome`` is for: with the recommended settings after `balance`.
    public var network: Network
    /// What the dwellings need.
    public var demand: HeatDemand
    /// The forward simulation of ``network``.
    public var outcome: Outcome
    /// What `balance` recommends; nil after `solve`.
    public var recommendation: Recommendation?
    /// Warnings of reading and of the computation, in that order.
    public var warnings: [Problem]
    /// How long the parts took.
    public var timings = Timings()
    /// Curves computed beside the settings, for the report.
    public var curves = ReportCurves()
    /// Whether anyone could still gain, where that was judged.
    public var certificate: FairnessCertificate?
    /// All policies side by side, where they were compared.
    public var comparison: PolicyComparison?
    /// A rule of thumb that comes close to the allocation.
    public var tiltLaw: TiltLaw?
    /// The rosters and weathers that the settings were chosen for, the one reported first; empty where it is the only one.
    public var cases: [CaseFigures] = []

    /// Collects a finished run.
    public init(
        tool: String, input: InputRecord, network: Network, demand: HeatDemand, outcome: Outcome,
        recommendation: Recommendation? = nil, warnings: [Problem]
    ) {
        self.tool = tool
        self.input = input
        self.network = network
        self.demand = demand
        self.outcome = outcome
        self.recommendation = recommendation
        self.warnings = warnings
    }

    /// Collects a finished balance of a network that was read with the given warnings.
    public init(_ run: BalanceRun, tool: String, input: InputRecord, warnings: [Problem]) {
        self.init(
            tool: tool, input: input, network: run.balanced, demand: run.demand, outcome: run.after,
            recommendation: Recommendation(
                allocation: run.allocation, schedule: run.schedule, network: run.network, before: run.before),
            warnings: warnings + (run.before == nil ? [Problem(.todayNotSimulated, severity: .warning)] : []) + run.after.findings)
        certificate = run.certificate
        comparison = run.comparison
        tiltLaw = run.tiltLaw
        if let comparison = run.comparison {
            curves.tradeOff = comparison.curve.map {
                .init(policy: $0.policy.name, coldest: $0.coldestShared, shareAtTarget: $0.shareAtTarget)
            }
            let decided = comparison.isShared.indices.filter { comparison.isShared[$0] }.map { DwellingIndex($0) }
            curves.policies = comparison.entries.map { entry in
                let rooms = RoomSummary(of: entry.outcome.room, in: entry.network)
                let coldest = RoomSummary(of: entry.outcome.room, in: entry.network, members: decided).lowest
                return .init(
                    policy: entry.allocation.policy.name, coldest: coldest.isFinite ? coldest : rooms.lowest, shareAtTarget: rooms.shareAtTarget)
            }
        }
        timings.compile = run.timings.compile.seconds
        timings.need = run.timings.need.seconds
        timings.allocate = run.timings.allocate.seconds
        timings.settings = run.timings.settings.seconds
        timings.settingsProcessor = run.timings.settingsProcessor
        timings.allocateProcessor = run.timings.allocateProcessor
        timings.solve = (run.timings.need + run.timings.allocate + run.timings.settings + run.timings.solve).seconds
    }

    /// Flow that each dwelling requires, kg/s: at the supply temperature that reaches it where that is known.
    var requiredFlow: [Double] { recommendation?.allocation.dwellings.requiredFlow ?? demand.requiredFlow }
}

/// What `balance` recommends, and what it is compared with.
public struct Recommendation: Sendable {
    /// Who gets how much.
    public var allocation: Allocation
    /// Settings of valves and pumps.
    public var schedule: Schedule
    /// The network with today's settings.
    public var network: Network
    /// The forward simulation of today's settings; nil where it was left out.
    public var before: Outcome?
    /// How good the settings are, and how far fewer visits get; nil where it was not made.
    public var proof: SettingsProof?

    /// Collects a recommendation.
    public init(allocation: Allocation, schedule: Schedule, network: Network, before: Outcome?) {
        self.allocation = allocation
        self.schedule = schedule
        self.network = network
        self.before = before
    }
}

/// What was read for a run.
public struct InputRecord: Sendable {
    /// The network as the user named it.
    public var path: String
    /// The files with their digests.
    public var files: [InputFile]
    /// Defaults that stood in for what the files do not say.
    public var assumptions: [Assumption]

    /// What an importer took for what; empty for the format's own files.
    public var imported = ImportRecord()

    /// SHA-256 of the whole input, see ``InputFile/digest(of:)``.
    public var digest: String

    /// Records an input.
    public init(path: String, files: [InputFile], assumptions: [Assumption], imported: ImportRecord = ImportRecord()) {
        self.path = path
        self.imported = imported
        self.files = files
        self.assumptions = assumptions
        digest = InputFile.digest(of: files)
    }
}

/// Wall-clock seconds of the parts of a run; nil where a run has no such part.
public struct Timings: Sendable {
    /// Reading and validating the input.
    public var read: Double?
    /// From the network to what the solvers work on.
    public var compile: Double?
    /// What dwellings need.
    public var need: Double?
    /// Sharing heat.
    public var allocate: Double?
    /// Settings of valves and pumps.
    public var settings: Double?
    /// Everything between a compiled network and its verified answer.
    public var solve: Double?
    /// CPU time of all threads for settings, their rounding and verification.
    public var settingsProcessor: Double?
    /// The same for the allocation, s.
    public var allocateProcessor: Double?
    /// Writing the result files but the summary.
    public var write: Double?

    /// No times yet.
    public init() {}
}

extension Duration {
    /// The duration in seconds.
    public var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

extension ProblemCode {
    static let todayNotSimulated = ProblemCode(
        "today-not-simulated",
        en: ("today's settings cannot be simulated, so there is nothing to compare with", "see `equitherm solve` for the reason"),
        zh: ("现有设定无法仿真，因此没有对比结果", "用 `equitherm solve` 查看原因"))
}
