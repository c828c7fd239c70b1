import Foundation

/// Why an output could not be written: exit code 73. What stood there before is as it was.
public struct WriteFailure: Error, Hashable, Sendable {
    /// The path as the user gave it.
    public var path: String
    /// What is in the way.
    public var reason: Reason

    /// Says what is in the way of a path.
    public init(path: String, reason: Reason) { (self.path, self.reason) = (path, reason) }

    /// What can be in the way of an output.
    public enum Reason: Hashable, Sendable {
        /// The folder holds a file that this program does not write; it will not be thrown away.
        case foreignFile(String)
        /// A file stands where a folder is to be written, or a folder where a file is.
        case wrongKind
        /// The system's words: no space, no permission, …
        case system(String)
    }
}

/// Writes a folder of files whole or not at all.
///
/// The files go to a temporary folder beside the target and reach the disk (fsync) before one rename gives them its name;
/// where the target exists, the two are exchanged in one step and the old one removed. A reader sees the old files or the
/// new ones, never a mixture, and a killed run leaves at most a folder `.NAME.partial-…` beside it, which the next run removes.
public enum ResultDirectory {
    /// Writes the files as the folder `path`, which it makes or replaces.
    ///
    /// A folder that holds anything this program does not write (see ``ownNames``) is refused: results never cost other
    /// files.
    ///
    /// - Parameters:
    ///   - threads: workers that make the files' pieces; nil = one a processor.
    ///   - last: a file that is made after all others, from the time they took; nil = none.
    /// - Throws: ``WriteFailure``; then nothing has changed.
    public static func write(
        _ files: [OutputFile], to path: String, threads: Int? = 1, last: (Duration) -> OutputFile? = { _ in nil }
    ) throws(WriteFailure) {
        try write(files, linking: [], to: path, threads: threads, last: last)
    }

    /// A finished file that becomes part of a folder without being read.
    public struct LargeFile: Sendable {
        /// Its name in the folder.
        public var name: String
        /// Where it stands now, on the same file system.
        public var path: String
        /// A file to be linked.
        public init(name: String, path: String) { (self.name, self.path) = (name, path) }
    }

    /// The same with files that are too large for memory: they are linked, so that they also stay where they are.
    ///
    /// - Throws: ``WriteFailure``; then nothing has changed.
    public static func write(
        _ files: [OutputFile], linking large: [LargeFile], to path: String, threads: Int? = 1, last: (Duration) -> OutputFile? = { _ in nil }
    ) throws(WriteFailure) {
        let clock = ContinuousClock()
        let start = clock.now
        let names = files.map(\.name) + large.map(\.name)
        precondition(names.allSatisfy(isPlain), "names of output files are fixed, not taken from data")
        let target = absolute(path)
        try check(target, path, newNames: names)
        let temporary = try makeTemporary(beside: target, path)
        do throws(WriteFailure) {
            try PieceWriter(folder: temporary, path: path, threads: threads).write(files)
            for file in large { try link(file, into: temporary, path) }
            if let file = last(clock.now - start) {
                precondition(isPlain(file.name), "names of output files are fixed, not taken from data")
                try AtomicFile.writeThrough(file.bytes, to: temporary + "/" + file.name, path)
            }
            AtomicFile.synchronise(folder: temporary)
            try putInPlace(temporary, target, path)
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw error
        }
        AtomicFile.synchronise(folder: URL(fileURLWithPath: target).deletingLastPathComponent().path)
    }

    private static func link(_ file: LargeFile, into folder: String, _ path: String) throws(WriteFailure) {
        do {
            try FileManager.default.linkItem(atPath: file.path, toPath: folder + "/" + file.name)
        } catch {
            throw WriteFailure(path: path, reason: .system(FileBytes.reason(error)))
        }
    }

    /// Names of files that this program writes into folders and may therefore replace.
    public static let ownNames: Set<String> = Set(
        [
            "links.csv", "nodes.csv", "dwellings.csv", "summary.json", "valves.csv", "pumps.csv", "sources.csv",
            "substations.csv", "zones.csv", "bottlenecks.csv", "heating-curve.csv", "spaces.csv", "policies.csv", "trade-off.csv", "cases.csv", "case-pumps.csv",
            "visits.csv", "robustness.csv", "network.json", "network.inp", "report.html", "worksheets.html",
            "map.svg", "pressure.svg", "section.svg", "rooms.svg", "tilt.svg", "bottlenecks.svg",
            "results.xlsx", "results.geojson",
            "scenarios.csv", "break_evens.csv", "sensitivities.csv", "remedies.csv", "outages.csv", "year.csv", "zone_rooms.csv",
            "dwelling_rooms.csv", "study.json", "study.html", "study.sqlite", "slice.json", "slice.state",
        ] + TableName.allCases.map { $0.rawValue + ".csv" })

    /// The name of a part of the work sheets, counted from 1.
    public static func workSheetName(part: Int) -> String { part == 1 ? "worksheets.html" : "worksheets-\(part).html" }

    private static func isWorkSheet(_ name: String) -> Bool {
        guard name.hasPrefix("worksheets-"), name.hasSuffix(".html"), let part = Int(name.dropFirst(11).dropLast(5)) else { return false }
        return name == workSheetName(part: part)
    }

    private static func isPlain(_ name: String) -> Bool { !name.isEmpty && !name.contains("/") && !name.hasPrefix(".") }

    /// The full path; a link to a folder stands for the folder.
    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }

    private static func check(_ target: String, _ path: String, newNames: [String]) throws(WriteFailure) {
        guard FileManager.default.fileExists(atPath: target) else { return }
        guard FileBytes.isFolder(target) else { throw WriteFailure(path: path, reason: .wrongKind) }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: target)
        } catch {
            throw WriteFailure(path: path, reason: .system(FileBytes.reason(error)))
        }
        let own = ownNames.union(newNames)
        for name in names.sorted() where !(own.contains(name) || isWorkSheet(name)) || FileBytes.isFolder(target + "/" + name) {
            throw WriteFailure(path: path, reason: .foreignFile(name))
        }
    }

    private static func makeTemporary(beside target: String, _ path: String) throws(WriteFailure) -> String {
        let url = URL(fileURLWithPath: target)
        let parent = url.deletingLastPathComponent().path
        let temporary = PartialName.make(for: url)
        PartialName.removeAbandoned(beside: url)
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: false)
        } catch {
            throw WriteFailure(path: path, reason: .system(FileBytes.reason(error)))
        }
        return temporary
    }

    private static func putInPlace(_ temporary: String, _ target: String, _ path: String) throws(WriteFailure) {
        // rename() replaces an empty folder by itself, and makes the name where there is none.
        if Renaming.replace(target, with: temporary) { return }
        let old = temporary + "-old"
        if Renaming.exchange(temporary, target) {
            try? FileManager.default.removeItem(atPath: temporary)
        } else if Renaming.replace(old, with: target) {
            // A file system that cannot exchange: two renames, the old folder back if the second fails.
            guard Renaming.replace(target, with: temporary) else {
                let reason = Renaming.failure
                _ = Renaming.replace(target, with: old)
                throw WriteFailure(path: path, reason: .system(reason))
            }
            try? FileManager.default.removeItem(atPath: old)
        } else {
            throw WriteFailure(path: path, reason: .system(Renaming.failure))
        }
    }
}
