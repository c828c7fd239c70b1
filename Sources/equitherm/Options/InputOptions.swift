import ArgumentParser

/// What is read.
struct InputOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A network: a .json document, a folder of CSV tables, an .xlsx workbook, GeoJSON, pandapipes JSON, or (solve, check) an EPANET .inp.", valueName: "network"))
    var path: String

    @Option(help: ArgumentHelp("Open, closed and restricted dwellings, instead of the network's own roster: CSV or .xlsx.", valueName: "file"))
    var roster: String?

    @Option(help: ArgumentHelp("How far apart ends of GeoJSON lines may be to be one place, m (0.5).", valueName: "metres"))
    var snap: Double?

    func validate() throws {
        if let snap, !(snap > 0 && snap <= 1000) { throw ValidationError("--snap \(snap) is not a distance from 0 to 1000 m.") }
    }
}
