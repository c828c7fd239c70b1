import Foundation
import Testing

@testable import NetworkFiles

/// Files appear whole or not at all, and never cost anybody else's.
@Suite struct DocumentOutputTests {
    private func files(_ content: String) -> [OutputFile] {
        [OutputFile(name: "links.csv", bytes: Array(content.utf8)), OutputFile(name: "summary.json", bytes: Array(content.utf8))]
    }

    @Test func folderIsMadeAndReplaced() throws {
        let parent = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: parent) }
        let folder = parent + "/out/run"
        try ResultDirectory.write(files("one"), to: folder)
        #expect(try String(contentsOfFile: folder + "/links.csv", encoding: .utf8) == "one")
        try ResultDirectory.write([OutputFile(name: "summary.json", bytes: Array("two".utf8))], to: folder + "/")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["summary.json"])
        #expect(try String(contentsOfFile: folder + "/summary.json", encoding: .utf8) == "two")
        // Nothing temporary is left beside it.
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent + "/out") == ["run"])
    }

    @Test func foreignFilesAreKept() throws {
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try ResultDirectory.write(files("one"), to: folder)
        try "mine".write(toFile: folder + "/notes.txt", atomically: false, encoding: .utf8)
        #expect(throws: WriteFailure(path: folder, reason: .foreignFile("notes.txt"))) {
            try ResultDirectory.write(files("two"), to: folder)
        }
        #expect(try String(contentsOfFile: folder + "/links.csv", encoding: .utf8) == "one")
        #expect(try String(contentsOfFile: folder + "/notes.txt", encoding: .utf8) == "mine")
    }

    @Test func filesAreNotTakenForFolders() throws {
        let path = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try AtomicFile.write(Array("x".utf8), to: path)
        #expect(throws: WriteFailure(path: path, reason: .wrongKind)) { try ResultDirectory.write(files("a"), to: path) }
        #expect(throws: WriteFailure.self) { try ResultDirectory.write(files("a"), to: path + "/below") }
        try AtomicFile.write(Array("y".utf8), to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "y")
        #expect(throws: WriteFailure.self) { try AtomicFile.write([], to: FileManager.default.temporaryDirectory.path) }
    }

    /// /proc takes no folders, whoever asks: the failure of a full or read-only disk without needing one.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self"))) func failureIsTyped() {
        #expect(throws: WriteFailure.self) { try ResultDirectory.write(files("a"), to: "/proc/equitherm-out") }
        #expect(throws: WriteFailure.self) { try AtomicFile.write([], to: "/proc/equitherm.json") }
    }

    /// Readers that look while results are replaced see one run or the other.
    @Test func readersNeverSeeAMixture() async throws {
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try ResultDirectory.write(files("0"), to: folder)
        let writer = Task.detached {
            for run in 1...60 { try ResultDirectory.write(files("\(run)"), to: folder) }
        }
        var seen = 0
        while seen < 200 {
            // One open folder is one run; a name looked up again may be the next run, never a missing one.
            let text = try String(contentsOfFile: folder + "/links.csv", encoding: .utf8)
            #expect(Int(text) != nil)
            seen += 1
        }
        try await writer.value
    }
}
