import ArgumentParser
import NetworkFiles
import Reporting

/// `generate`: a synthetic district.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a realistic synthetic district of any size; equal options give equal files.",
        discussion: """
            Example:
              equitherm generate networks/my-town --dwellings 3000 --seed 7
            """)

    @Argument(help: ArgumentHelp("A name ending in .json for one document; any other name for a folder of CSV tables.", valueName: "out"))
    var output: String

    @Option(help: ArgumentHelp("About how many dwellings.", valueName: "n"))
    var dwellings: Int

    @Option(help: ArgumentHelp("Seed of the random choices.", valueName: "s"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Number of substations; one for about 400 dwellings where not given.", valueName: "n"))
    var substations: Int?

    @Option(help: ArgumentHelp("Number of loops in the primary network.", valueName: "n"))
    var loops: Int?

    @Option(help: ArgumentHelp("Valve-open rate of zones: one share, or lowest and highest as 0.35-0.95.", valueName: "share"))
    var openRate: OpenRate?

    @Option(help: ArgumentHelp("Heat of the source over what the open dwellings need on the design day.", valueName: "ratio"))
    var sourceShare: Double = GeneratorOptions.usualSourceShare

    @OptionGroup var messages: MessageOptions

    func validate() throws {
        guard (1...10_000_000).contains(dwellings) else {
            throw ValidationError("--dwellings \(dwellings) is not a number from 1 to 10000000.")
        }
        if let substations, !(1...100_000).contains(substations) {
            throw ValidationError("--substations \(substations) is not a number from 1 to 100000.")
        }
        if let loops, !(0...100_000).contains(loops) {
            throw ValidationError("--loops \(loops) is not a number from 0 to 100000.")
        }
        guard (0.05...10).contains(sourceShare) else {
            throw ValidationError("--source-share \(sourceShare) is not a number from 0.05 to 10.")
        }
    }

    func run() throws {
        let console = messages.console
        let texts = messages.texts
        var options = GeneratorOptions(
            dwellings: dwellings, seed: seed, substations: substations, loops: loops, sourceShare: sourceShare)
        if let openRate { options.openRate = openRate.range }
        console.progress(texts(ConsoleText.generating, DisplayNumber.count(dwellings)))
        let document = DistrictGenerator.document(options)
        try NetworkOutput(console: console, texts: texts).write(document, to: output)
        console.say(texts(ConsoleText.converted, output))
    }
}

/// The valve-open rates of zones, `0.7` or `0.35-0.95`.
struct OpenRate: ExpressibleByArgument {
    let range: ClosedRange<Double>

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map { Double($0) }
        guard (1...2).contains(parts.count), let low = parts[0], let high = parts[parts.count - 1],
            (0...1).contains(low), (low...1).contains(high)
        else { return nil }
        range = low...high
    }
}
