import ArgumentParser

/// What is read.
struct InputOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A network: a .json document, a folder of CSV tables, an .xlsx workbook, GeoJSON, pandapipes JSON, or (solve, check) an EPANET .inp.", valueName: "network"))
    var path: String

    @Option(name: .customLong("roster"), help: ArgumentHelp("Open, closed and restricted dwellings, instead of the network's own roster: CSV or .xlsx. Several times with balance: settings that suit all of them.", valueName: "file"))
    var rosters: [String] = []

    /// The roster, where only one is of use.
    ///
    /// - Throws: more than one is given.
    func singleRoster() throws -> String? {
        if rosters.count > 1 { throw ValidationError("--roster was given \(rosters.count) times; only balance takes several.") }
        return rosters.first
    }

    @Option(help: ArgumentHelp("How far apart ends of GeoJSON lines may be to be one place, m (0.5).", valueName: "metres"))
    var snap: Double?

    func validate() throws {
        if let snap, !(snap > 0 && snap <= 1000) { throw ValidationError("--snap \(snap) is not a distance from 0 to 1000 m.") }
    }
}
