import ArgumentParser
import NetworkFiles
import Reporting

/// `convert`: a network in another encoding.
struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a network as a JSON document or as a folder of CSV tables, told by the name of the output.",
        discussion: """
            Example:
              equitherm convert networks/gaowan gaowan.json --expand
            """)

    @OptionGroup var input: InputOptions

    @Argument(help: ArgumentHelp("A name ending in .json for one document; any other name for a folder of CSV tables.", valueName: "out"))
    var output: String

    @Flag(help: "Write trenches and buildings out in full, as nodes, pipes, valves and dwellings.")
    var expand = false

    @OptionGroup var messages: MessageOptions

    func run() throws {
        let console = messages.console
        let texts = messages.texts
        let loaded = try NetworkLoader(console: console, texts: texts).load(input)
        let document = expand ? ExplicitDocument.document(of: loaded.network) : loaded.document
        try NetworkOutput(console: console, texts: texts).write(document, to: output)
        console.say(texts(ConsoleText.converted, output))
    }
}
