import Foundation

/// Headless Chromium, where the machine has one.
struct Browser {
    /// What a page said of itself when a probe had worked on it.
    struct Visit {
        /// The document as it stood at the end.
        var document: String
        /// Lines that the page wrote to the console, errors among them.
        var console: [String]
    }

    /// The program; nil where none of its names is found.
    static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let candidates = ["chromium", "google-chrome"].flatMap { name in folders.map { "\($0)/\(name)" } }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Opens a page of a folder without any network, lets its scripts run, and gives what came of it.
    static func visit(_ name: String, in folder: Folder, width: Int = 1280) throws -> Visit {
        let output = folder.url.appendingPathComponent(".\(name).dom")
        let messages = folder.url.appendingPathComponent(".\(name).log")
        for url in [output, messages] { try Data().write(to: url) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "/nowhere")
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage",
            // Every name leads nowhere, so a request cannot succeed unseen.
            "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--v=0", "--window-size=\(width),900",
            "--user-data-dir=\(folder.url.path)/.profile", "--virtual-time-budget=4000", "--dump-dom",
            folder.url.appendingPathComponent(name).absoluteString,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: messages)
        try process.run()
        process.waitUntilExit()
        let log = String(decoding: try Data(contentsOf: messages), as: UTF8.self)
        return Visit(
            document: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            console: log.split(separator: "\n").filter { $0.contains("CONSOLE") }.map(String.init))
    }
}
