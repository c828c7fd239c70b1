import Foundation
import Testing

/// The built program, run as a user runs it.
struct Program {
    /// What came of a run.
    struct Run {
        var status: Int32
        var output: String
        var messages: String
    }

    /// The program stands beside the test bundle.
    static var url: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("equitherm")
    }

    /// Starts the program in a folder, its words thrown away, for tests that stop it.
    static func start(_ arguments: [String], in folder: Folder) throws -> Process {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Runs the program in a folder and waits for it.
    static func run(
        _ arguments: [String], in folder: Folder, environment: [String: String] = [:], executable: URL = url
    ) throws -> Run {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // Files, not pipes: a full pipe nobody reads would stop the program.
        let name = UUID().uuidString
        let outputURL = folder.url.appendingPathComponent(".\(name).out")
        let messageURL = folder.url.appendingPathComponent(".\(name).err")
        for url in [outputURL, messageURL] { try Data().write(to: url) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: outputURL)
        process.standardError = try FileHandle(forWritingTo: messageURL)
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: try String(contentsOf: outputURL, encoding: .utf8), messages: try String(contentsOf: messageURL, encoding: .utf8))
    }
}

/// A folder of its own for one test, removed with the value's owner.
final class Folder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("equitherm-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
    }

    /// The text of a file.
    func read(_ name: String) throws -> String {
        try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
    }

    /// Whether anything has this name.
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path) }

    /// The names in a folder, hidden ones left out.
    func names(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.appendingPathComponent(name).path).filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The columns and rows of a CSV file without quoted cells.
    func table(_ name: String) throws -> CSV { CSV(try read(name)) }
}

/// A simple table for tests: cells by column name.
struct CSV {
    var columns: [String]
    var rows: [[String: String]]

    init(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let columns = lines.first ?? []
        self.columns = columns
        rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(columns, $0)) }
    }

    /// The numbers of a column by id; empty cells are left out.
    func numbers(_ column: String) -> [String: Double] {
        var result: [String: Double] = [:]
        for row in rows { if let id = row["id"], let text = row[column], let number = Double(text) { result[id] = number } }
        return result
    }
}
