import Foundation

/// Writes a single file whole or not at all.
public enum AtomicFile {
    /// Writes the bytes as the file `path`, replacing one of that name in one step.
    ///
    /// - Throws: ``WriteFailure``; then nothing has changed.
    public static func write(_ bytes: [UInt8], to path: String) throws(WriteFailure) {
        let target = URL(fileURLWithPath: path).standardizedFileURL
        if FileBytes.isFolder(target.path) { throw WriteFailure(path: path, reason: .wrongKind) }
        let parent = target.deletingLastPathComponent().path
        let temporary = PartialName.make(for: target)
        PartialName.removeAbandoned(beside: target)
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw WriteFailure(path: path, reason: .system(FileBytes.reason(error)))
        }
        do throws(WriteFailure) {
            try writeThrough(bytes, to: temporary, path)
            if !Renaming.replace(target.path, with: temporary) {
                throw WriteFailure(path: path, reason: .system(Renaming.failure))
            }
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw error
        }
        synchronise(folder: parent)
    }

    /// Writes a new file and waits until it is on the disk.
    static func writeThrough(_ bytes: [UInt8], to file: String, _ path: String) throws(WriteFailure) {
        try append(bytes, to: file, isNew: true, path)
        try synchronise(file: file, path)
    }

    /// Writes a file or its continuation, which may still be on its way to the disk when this returns.
    static func append(_ bytes: [UInt8], to file: String, isNew: Bool, _ path: String) throws(WriteFailure) {
        guard !isNew || FileManager.default.createFile(atPath: file, contents: nil) else {
            throw WriteFailure(path: path, reason: .system(Renaming.failure))
        }
        do {
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
            defer { try? handle.close() }
            if !isNew { try handle.seekToEnd() }
            var start = 0
            while start < bytes.count {
                let end = min(start + 1 << 22, bytes.count)
                try handle.write(contentsOf: bytes[start..<end])
                start = end
            }
        } catch {
            throw WriteFailure(path: path, reason: .system(FileBytes.reason(error)))
        }
    }

    /// Waits until a file is on the disk.
    static func synchronise(file: String, _ path: String) throws(WriteFailure) {
        do {
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
            defer { try? handle.close() }
            try handle.synchronize()
        } catch {
            throw WriteFailure(path: path, reason: .system(FileBytes.reason(error)))
        }
    }

    /// Makes the names in a folder durable; file systems that cannot are left alone.
    static func synchronise(folder: String) {
        let handle = FileHandle(forReadingAtPath: folder)
        try? handle?.synchronize()
        try? handle?.close()
    }
}
