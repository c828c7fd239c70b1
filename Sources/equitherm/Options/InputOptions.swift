import ArgumentParser

/// What is read.
struct InputOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A network: a .json document, a folder of CSV tables, or (solve, check) an EPANET .inp.", valueName: "network"))
    var path: String

    @Option(help: ArgumentHelp("Open, closed and restricted dwellings, instead of the network's own roster.", valueName: "file"))
    var roster: String?
}
