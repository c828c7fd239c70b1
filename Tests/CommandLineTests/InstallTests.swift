import Foundation
import Testing

/// What `make install` puts beside the program.
@Suite struct InstallTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test(arguments: ["bash", "zsh", "fish"]) func completionsKnowVerbsAndOptions(_ shell: String) throws {
        let run = try Program.run(["--generate-completion-script", shell], in: Folder())
        #expect(run.status == 0)
        for word in ["balance", "convert", "fail-on", "equal-temperature"] { #expect(run.output.contains(word), "\(word)") }
    }

    @Test func manualHasEveryVerb() throws {
        let folder = try Folder()
        let dump = try Program.run(["--experimental-dump-help"], in: folder)
        try folder.write(dump.output, to: "help.json")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sh", "-c", "python3 \"$1\" 'equitherm test' < help.json > equitherm.1", "manual", Self.root.appendingPathComponent("scripts/manual").path]
        process.currentDirectoryURL = folder.url
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let page = try folder.read("equitherm.1")
        for verb in ["balance", "solve", "check", "convert", "generate"] { #expect(page.contains("\\fBequitherm \(verb)\\fR"), "\(verb)") }
        // Roff would take these for commands.
        for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
            #expect(line.firstMatch(of: /^\.(TH|SH|SS|PP|TP|nf|fi|RS|RE)( |$)/) != nil, "\(line)")
        }
    }
}
