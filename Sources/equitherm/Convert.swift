import ArgumentParser
import Heating
import NetworkFiles
import NetworkModel
import Quantities
import Reporting

/// `convert`: a network in another encoding.
struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a network as a JSON document, a folder of CSV tables, a workbook, GeoJSON or an EPANET file, told by the name of the output.",
        discussion: """
            Example:
              equitherm convert networks/gaowan gaowan.json --expand
              equitherm convert out/gaowan/network.json gaowan.inp
              equitherm convert pipes.geojson network.json --snap 2
              equitherm convert networks/epanet/pumps.inp pumps-copy.inp
            """)

    @OptionGroup var input: InputOptions

    @Argument(help: ArgumentHelp("A name ending in .json for one document, in .xlsx for a workbook, in .geojson for a map, in .inp for an EPANET file; any other name for a folder of CSV tables.", valueName: "out"))
    var output: String

    @Flag(help: "Write trenches and buildings out in full, as nodes, pipes, valves and dwellings.")
    var expand = false

    @Flag(help: "Mark CSV files as UTF-8 for spreadsheet programs that need it (byte order mark).")
    var bom = false

    @Option(
        name: .customLong("water-temperature"),
        help: ArgumentHelp("Temperature of all water in an EPANET file, °C, instead of the mean at design.", valueName: "celsius"))
    var waterTemperature: Double?

    @OptionGroup var messages: MessageOptions

    func validate() throws {
        guard let waterTemperature else { return }
        if !(0...150).contains(waterTemperature) {
            throw ValidationError("--water-temperature \(waterTemperature) is no temperature of water in °C (0 to 150).")
        }
        if !isEpanet { throw ValidationError("--water-temperature is for an output that ends in .inp.") }
    }

    private var isEpanet: Bool { output.lowercased().hasSuffix(".inp") }

    func run() throws {
        let console = messages.console
        let texts = messages.texts
        if isEpanet, try copyEpanet(console, texts) { return }
        let loaded = try NetworkLoader(console: console, texts: texts).load(input)
        if isEpanet { return try writeEpanet(loaded.network, console, texts) }
        let document = expand ? ExplicitDocument.document(of: loaded.network) : loaded.document
        try NetworkOutput(console: console, texts: texts).write(document, to: output, marksByteOrder: bom)
        console.say(texts(ConsoleText.converted, output))
    }

    /// Writes an EPANET file as another: the same network without what steady hydraulics do not need. False where the input is none.
    private func copyEpanet(_ console: Console, _ texts: Texts) throws -> Bool {
        guard let loaded = try NetworkLoader(console: console, texts: texts).loadEpanet(input.path) else { return false }
        let bytes = EpanetFormat.bytes(of: loaded.file.network)
        try NetworkOutput(console: console, texts: texts).write(bytes, to: output)
        let renderer = ProblemRenderer(sources: [loaded.file.source], language: texts.language)
        console.say(renderer.text(loaded.file.warnings + loaded.file.notes))
        console.say(texts(ConsoleText.converted, output))
        return true
    }

    private func writeEpanet(_ network: Network, _ console: Console, _ texts: Texts) throws {
        var options = EpanetWriter.Options(temperature: waterTemperature.map { Temperature(celsius: $0) })
        if EpanetWriter.hasControlledFlow(network) {
            console.progress(texts(ConsoleText.simulating))
            var simulation = Simulation(network, options: SimulationOptions(isothermal: true))
            // Without an answer the file says which flows it leaves open.
            if let outcome = try? simulation.run(network.designWeather) {
                (options.massFlow, options.pumpSpeed) = (outcome.massFlow, outcome.pumpSpeed)
            }
            console.endProgress()
        }
        let file = EpanetWriter.write(network, options: options)
        try NetworkOutput(console: console, texts: texts).write(file.bytes, to: output)
        console.say(ProblemRenderer(sources: [], language: texts.language).text(file.notes))
        console.say(texts(ConsoleText.converted, output))
    }
}
