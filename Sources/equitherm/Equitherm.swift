import ArgumentParser

/// The program: one verb a file.
@main
struct Equitherm: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "equitherm",
        abstract: "Hydraulic balancing and heat allocation for district heating.",
        discussion: """
            Start with:
              equitherm balance networks/gaowan --out out/gaowan

            Exit codes: 0 done; 1 done and a --fail-on condition holds; 2 no trustworthy answer; 64 wrong usage; \
            65 wrong input; 66 unreadable input; 73 unwritable output.
            """,
        version: version,
        subcommands: [Balance.self, Solve.self, Check.self, Convert.self, Generate.self, StudyVerb.self])

    /// Name and version as result files carry them.
    static let tool = "equitherm \(version)"
    private static let version = "0.1.0"
}
