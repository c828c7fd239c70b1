import Foundation

/// What a timing depends on besides the code.
public struct Machine: Codable, Sendable {
    /// The processor as the system names it.
    public var processor: String
    /// Logical processors.
    public var processors: Int
    /// The operating system.
    public var system: String
    /// The commit measured; "-dirty" where files differ from it.
    public var commit: String

    /// Describes this machine and the checkout in the current folder.
    public static var current: Machine {
        Machine(
            processor: processorName, processors: ProcessInfo.processInfo.processorCount,
            system: ProcessInfo.processInfo.operatingSystemVersionString,
            commit: output(of: ["git", "describe", "--always", "--dirty"]) ?? "unknown")
    }

    private static var processorName: String {
        let information = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        let line = information?.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
    }

    private static func output(of command: [String]) -> String? {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
