import Foundation
import NetworkFiles

/// How far a run is, and what it has counted; written beside the rows so that a killed run can go on.
struct WorkState: Sendable {
    /// The next unit.
    var next: Int
    /// Bytes of the files of rows that belong to units before it.
    var rowBytes: Int
    var searchBytes: Int
    /// Rooms counted.
    var counts: RoomCounts
}

/// The folder of a run that is not finished: `NAME.unfinished` beside the result.
///
/// Rows are appended as they come. Every few seconds the state is written to a new file that takes the old one's name in one
/// step. A run that is killed leaves rows behind its last state, perhaps torn ones; going on cuts the files back to that state.
/// So the finished files are those of a run that was never stopped.
public struct WorkFolder: Sendable {
    /// Its path.
    public let path: String
    private let fingerprint: String

    /// The folder for a result; `fingerprint` tells studies apart.
    public init(for result: String, fingerprint: String) {
        var trimmed = result
        while trimmed.count > 1 && trimmed.hasSuffix("/") { trimmed.removeLast() }
        path = trimmed + ".unfinished"
        self.fingerprint = fingerprint
    }

    static let (rowFile, searchFile, stateFile) = ("scenarios.csv", "break_evens.csv", "study.state")
    private static let magic = Array("equitherm study state 1\n".utf8)

    func file(_ name: String) -> String { path + "/" + name }

    /// Makes the folder where it is missing and takes it for this process; to be held until the result is in place.
    public func lock() throws(StudyFailure) -> FolderLock {
        try makeFolder()
        let lock: FolderLock?
        do {
            lock = try FolderLock(of: path)
        } catch {
            throw failure(error.localizedDescription)
        }
        guard let lock else { throw .inUse(path: path) }
        return lock
    }

    private func makeFolder() throws(StudyFailure) {
        if FileManager.default.fileExists(atPath: path) { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw failure(error.localizedDescription)
        }
    }

    /// The state of an earlier run, with the files cut back to it; nil where there is none to go on from.
    func resume() throws(StudyFailure) -> WorkState? {
        try makeFolder()
        guard let bytes = FileManager.default.contents(atPath: file(Self.stateFile)) else {
            try truncate(Self.rowFile, to: 0)
            try truncate(Self.searchFile, to: 0)
            return nil
        }
        guard let state = decode([UInt8](bytes)) else { throw .otherStudy(path: path) }
        try truncate(Self.rowFile, to: state.rowBytes)
        try truncate(Self.searchFile, to: state.searchBytes)
        return state
    }

    /// Throws away what an earlier run left.
    public func restart() throws(StudyFailure) {
        for name in [Self.stateFile, Self.rowFile, Self.searchFile] where FileManager.default.fileExists(atPath: file(name)) {
            do {
                try FileManager.default.removeItem(atPath: file(name))
            } catch {
                throw failure(error.localizedDescription)
            }
        }
    }

    /// Removes the folder, its result being in place.
    public func remove() { try? FileManager.default.removeItem(atPath: path) }

    func decode(_ bytes: [UInt8]) -> WorkState? {
        let head = Self.magic + Array((fingerprint + "\n").utf8)
        guard bytes.count > head.count, Array(bytes[..<head.count]) == head else { return nil }
        var reader = ByteReader(bytes: bytes, place: head.count)
        guard let next = reader.next(UInt64.self), let rows = reader.next(UInt64.self), let searches = reader.next(UInt64.self),
            let counts = RoomCounts(&reader)
        else { return nil }
        return WorkState(next: Int(next), rowBytes: Int(rows), searchBytes: Int(searches), counts: counts)
    }

    /// Makes a state durable, after the rows it speaks of.
    func save(_ state: WorkState) throws(StudyFailure) {
        for name in [Self.rowFile, Self.searchFile] {
            let handle = FileHandle(forUpdatingAtPath: file(name))
            try? handle?.synchronize()
            try? handle?.close()
        }
        var writer = ByteWriter(bytes: Self.magic + Array((fingerprint + "\n").utf8))
        writer.add(UInt64(state.next))
        writer.add(UInt64(state.rowBytes))
        writer.add(UInt64(state.searchBytes))
        state.counts.append(to: &writer.bytes)
        do throws(WriteFailure) {
            try AtomicFile.write(writer.bytes, to: file(Self.stateFile))
        } catch {
            throw .unwritable(error)
        }
    }

    /// Appends rows.
    func append(_ rows: [UInt8], _ searches: [UInt8]) throws(StudyFailure) {
        for (name, bytes) in [(Self.rowFile, rows), (Self.searchFile, searches)] where !bytes.isEmpty {
            do {
                let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file(name)))
                defer { try? handle.close() }
                try handle.seekToEnd()
                try handle.write(contentsOf: bytes)
            } catch {
                throw failure(error.localizedDescription)
            }
        }
    }

    private func truncate(_ name: String, to size: Int) throws(StudyFailure) {
        if !FileManager.default.fileExists(atPath: file(name)) {
            guard size == 0, FileManager.default.createFile(atPath: file(name), contents: nil) else { throw .otherStudy(path: path) }
            return
        }
        do {
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file(name)))
            defer { try? handle.close() }
            // A file shorter than its state says has lost rows: there is nothing to go on from.
            guard try handle.seekToEnd() >= UInt64(size) else { throw CocoaError(.fileReadCorruptFile) }
            try handle.truncate(atOffset: UInt64(size))
        } catch {
            throw failure(error.localizedDescription)
        }
    }

    private func failure(_ words: String) -> StudyFailure { .unwritable(WriteFailure(path: path, reason: .system(words))) }
}
