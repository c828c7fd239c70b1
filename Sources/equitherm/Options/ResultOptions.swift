import ArgumentParser

/// What is written, and what counts as failed.
struct ResultOptions: ParsableArguments {
    @Option(name: .customLong("out"), help: ArgumentHelp("Folder for the result files; it appears complete or not at all.", valueName: "folder"))
    var folder: String?

    @Flag(help: "Also write the pictures of the report as SVG files.")
    var pictures = false

    @Flag(help: "Put the summary on standard output as JSON.")
    var json = false

    @Flag(help: "Also write the tables as results.xlsx.")
    var xlsx = false

    @Flag(help: "Also write the results on the map as results.geojson.")
    var geojson = false

    @Flag(help: "Mark CSV files as UTF-8 for spreadsheet programs that need it (byte order mark).")
    var bom = false

    @Option(name: .customLong("fail-on"), help: ArgumentHelp("Exit with 1 when this holds; may be given more than once.", valueName: "condition"))
    var failOn: [FailCondition] = []

    /// Whether anything goes to files or to another program.
    var isWritten: Bool { folder != nil || json }
}

extension ResultOptions {
    func validate() throws {
        guard folder == nil else { return }
        for (flag, isGiven) in [("--xlsx", xlsx), ("--geojson", geojson), ("--bom", bom)] where isGiven {
            throw ValidationError("\(flag) needs --out.")
        }
    }
}

/// What turns a finished run into exit code 1.
enum FailCondition: String, CaseIterable, ExpressibleByArgument {
    /// An open dwelling stays below its target.
    case unmet
    /// A building gets less than 0.9 or more than 1.2 of the flow it requires, or a floor of its building's share.
    case imbalance
    /// The run has a warning.
    case warning
}
