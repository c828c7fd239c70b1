import Foundation
import NetworkFiles

/// A slice of a study on its way to the merge: rows, counts, and what it is a slice of.
public struct SliceFolder: Sendable {
    /// The folder.
    public var path: String
    /// What it says of itself.
    public var manifest: Manifest

    /// What a slice says of itself.
    public struct Manifest: Codable, Sendable {
        /// Kind and version of the folder.
        public var format = "equitherm-slice/1"
        /// Digest of everything the rows depend on; slices of one study agree in it.
        public var fingerprint: String
        /// Path of the network as it was given.
        public var network: String
        /// Path of the roster given beside it.
        public var roster: String?
        /// Path of the study file.
        public var study: String?
        /// The study itself where it was made of options.
        public var options: String?
        /// Whether one density a circuit was asked for.
        public var isothermal: Bool
        /// Which slice it is, from 1.
        public var part: Int
        /// Of how many.
        public var of: Int
        /// Describes a slice.
        public init(fingerprint: String, network: String, roster: String?, study: String?, options: String?, isothermal: Bool, slice: StudySlice) {
            self.fingerprint = fingerprint
            self.network = network
            self.roster = roster
            self.study = study
            self.options = options
            self.isothermal = isothermal
            (part, of) = (slice.part, slice.of)
        }
    }

    /// Opens a slice. - Throws: ``StudyFailure/slices(_:)`` where it is none.
    public init(_ path: String) throws(StudyFailure) {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path + "/slice.json"),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data), manifest.format == "equitherm-slice/1"
        else { throw .slices("\(path): slice.json") }
        self.manifest = manifest
    }

    /// Makes the folder of a slice out of that of its finished run.
    public static func write(_ work: WorkFolder, _ manifest: Manifest, to path: String) throws(StudyFailure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(manifest) else { throw .slices(path) }
        do throws(WriteFailure) {
            try ResultDirectory.write(
                [OutputFile(name: "slice.json", bytes: [UInt8](json) + [10])],
                linking: [
                    ResultDirectory.LargeFile(name: "scenarios.csv", path: work.file(WorkFolder.rowFile)),
                    ResultDirectory.LargeFile(name: "break_evens.csv", path: work.file(WorkFolder.searchFile)),
                    ResultDirectory.LargeFile(name: "slice.state", path: work.file(WorkFolder.stateFile)),
                ], to: path)
        } catch {
            throw .unwritable(error)
        }
        work.remove()
    }

    /// Joins slices into the folder of a run that has done everything: rows in order, counts added up.
    ///
    /// - Throws: ``StudyFailure/slices(_:)`` unless they are all slices of one study, each once.
    public static func join(_ slices: [SliceFolder], into work: WorkFolder, fingerprint: String) throws(StudyFailure) {
        guard let first = slices.first else { throw .slices("") }
        let ordered = slices.sorted { $0.manifest.part < $1.manifest.part }
        for slice in ordered where slice.manifest.fingerprint != fingerprint || slice.manifest.of != first.manifest.of {
            throw .slices("\(slice.path): \(slice.manifest.fingerprint) \(slice.manifest.part)/\(slice.manifest.of)")
        }
        let parts = ordered.map(\.manifest.part)
        guard parts == Array(1...first.manifest.of) else {
            throw .slices("1…\(first.manifest.of): \(parts.map(String.init).joined(separator: ", "))")
        }
        try work.restart()
        _ = try work.resume()
        var total: WorkState?
        for slice in ordered {
            let state = try slice.state(fingerprint)
            let skipped = total != nil
            let rows = try slice.copy(WorkFolder.rowFile, size: state.rowBytes, withoutHeader: skipped, to: work)
            let searches = try slice.copy(WorkFolder.searchFile, size: state.searchBytes, withoutHeader: skipped, to: work)
            if var sum = total {
                guard sum.counts.merge(state.counts) else { throw .slices(slice.path) }
                sum.next = state.next
                sum.rowBytes += rows
                sum.searchBytes += searches
                total = sum
            } else {
                total = WorkState(next: state.next, rowBytes: rows, searchBytes: searches, counts: state.counts)
            }
        }
        if let total { try work.save(total) }
    }

    private func state(_ fingerprint: String) throws(StudyFailure) -> WorkState {
        guard let bytes = FileManager.default.contents(atPath: path + "/slice.state"),
            let state = WorkFolder(for: path, fingerprint: fingerprint).decode([UInt8](bytes))
        else { throw .slices("\(path): slice.state") }
        return state
    }

    /// Copies a file of rows piece by piece; returns the bytes copied.
    private func copy(_ name: String, size: Int, withoutHeader: Bool, to work: WorkFolder) throws(StudyFailure) -> Int {
        guard let handle = FileHandle(forReadingAtPath: path + "/" + name) else { throw .slices("\(path): \(name)") }
        defer { try? handle.close() }
        var (read, copied) = (0, 0)
        var isInHeader = withoutHeader
        while let chunk = (try? handle.read(upToCount: 1 << 20)).flatMap({ $0 }), !chunk.isEmpty {
            read += chunk.count
            var bytes = [UInt8](chunk)
            if isInHeader, let end = bytes.firstIndex(of: 10) {
                bytes.removeFirst(end + 1)
                isInHeader = false
            } else if isInHeader {
                bytes = []
            }
            copied += bytes.count
            try work.append(name == WorkFolder.rowFile ? bytes : [], name == WorkFolder.rowFile ? [] : bytes)
        }
        guard read == size else { throw .slices("\(path): \(name)") }
        return copied
    }
}
