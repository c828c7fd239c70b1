import Foundation
import Testing

/// The commands of the documents are run, and what the documents show is what the program says.
///
/// In a document, a block `json NAME` or `csv NAME` is a file, a block `sh` is typed line by line, and the block `text` behind it is
/// what comes back, standard error before standard output. With EQUITHERM_UPDATE_DOCS set the `text` blocks are written anew (`make docs`).
@Suite struct DocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A part of a document.
    private enum Part {
        case prose([String])
        case block(info: String, lines: [String])
    }

    private func parts(_ text: String) -> [Part] {
        var parts: [Part] = []
        var lines: [String] = []
        var info: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            guard line.hasPrefix("```") else {
                lines.append(line)
                continue
            }
            if let open = info {
                parts.append(.block(info: open, lines: lines))
                info = nil
            } else {
                parts.append(.prose(lines))
                info = String(line.dropFirst(3))
            }
            lines = []
        }
        return parts + [.prose(lines)]
    }

    private func text(_ parts: [Part]) -> String {
        parts.flatMap { part in
            switch part {
            case .prose(let lines): lines
            case .block(let info, let lines): ["```" + info] + lines + ["```"]
            }
        }.joined(separator: "\n")
    }

    @Test(arguments: ["tutorial.md", "study.md", "operations.md", "operations.zh.md", "ci.md", "files.md"])
    func commandsSayWhatTheDocumentShows(name: String) throws {
        let url = Self.root.appendingPathComponent("docs/\(name)")
        let shown = try String(contentsOf: url, encoding: .utf8)
        let folder = try Folder()
        try FileManager.default.createSymbolicLink(
            at: folder.url.appendingPathComponent("networks"), withDestinationURL: Self.root.appendingPathComponent("networks"))
        var parts = parts(shown)
        var said: [String]?
        for (position, part) in parts.enumerated() {
            guard case .block(let info, let lines) = part else { continue }
            let words = info.split(separator: " ").map(String.init)
            switch words.first {
            case "json", "csv": if words.count > 1 { try folder.write(lines.joined(separator: "\n") + "\n", to: words[1]) }
            case "sh": said = try run(lines, in: folder)
            case "text":
                if let said { parts[position] = .block(info: info, lines: said) }
                said = nil
            default: break
            }
        }
        if ProcessInfo.processInfo.environment["EQUITHERM_UPDATE_DOCS"] != nil {
            try text(parts).write(to: url, atomically: true, encoding: .utf8)
        } else {
            #expect(comparable(text(parts)) == comparable(shown), "run `make docs` and look at what changed in docs/\(name)")
        }
    }

    /// Residuals of the checks are rounding errors, which may differ between processors.
    private func comparable(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("Checked:") && !$0.hasPrefix("校核：") }
    }

    /// Runs the commands of a block; lines that are none of the program are for the reader's shell.
    private func run(_ lines: [String], in folder: Folder) throws -> [String]? {
        var said: String?
        for line in lines where line.hasPrefix("equitherm ") {
            let command = line.split(separator: "#")[0].split(separator: " ").dropFirst().map(String.init)
            let run = try Program.run(command, in: folder)
            said = (said ?? "") + run.messages + run.output
            if run.status > 1 && run.status != 65 { Issue.record("\(line) ended with \(run.status): \(run.messages)") }
        }
        guard var text = said else { return nil }
        while text.hasSuffix("\n") { text.removeLast() }
        // A document must not end its own block.
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.hasPrefix("```") ? " " + $0 : String($0) }
    }

    /// What the documents link to is there.
    @Test(arguments: ["tutorial.md", "study.md", "operations.md", "operations.zh.md", "ci.md", "files.md", "format.md", "format.zh.md"])
    func linksLeadSomewhere(name: String) throws {
        let url = Self.root.appendingPathComponent("docs/\(name)")
        for piece in try String(contentsOf: url, encoding: .utf8).components(separatedBy: "](").dropFirst() {
            let target = piece.prefix { $0 != ")" && $0 != "#" }
            if target.isEmpty || target.hasPrefix("http") { continue }
            let path = url.deletingLastPathComponent().appendingPathComponent(String(target)).standardizedFileURL.path
            #expect(FileManager.default.fileExists(atPath: path), "\(name) → \(target)")
        }
    }
}
