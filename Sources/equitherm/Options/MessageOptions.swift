import ArgumentParser
import NetworkModel
import Reporting

/// How a run speaks to people.
struct MessageOptions: ParsableArguments {
    @Option(name: .customLong("lang"), help: ArgumentHelp("Language of messages and reports.", valueName: "language"))
    var language: Language = .english

    @Flag(help: "Say only what went wrong.")
    var quiet = false

    /// The console that these options ask for.
    var console: Console { Console(quiet: quiet) }

    /// The texts that these options ask for.
    var texts: Texts { Texts(language) }
}

extension Language: ExpressibleByArgument {}
