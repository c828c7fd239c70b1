import Foundation
import NetworkModel

/// A file that was read.
public struct InputFile: Hashable, Sendable {
    /// The path as the user gave it, or below the folder he gave.
    public var path: String
    /// SHA-256 of its bytes, in hexadecimal.
    public var sha256: String
    /// Its size.
    public var byteCount: Int

    /// Names a file that was read.
    public init(path: String, sha256: String, byteCount: Int) {
        (self.path, self.sha256, self.byteCount) = (path, sha256, byteCount)
    }
}

/// Why nothing came of reading.
public enum ReadFailure: Error, Sendable {
    /// A file cannot be read (missing, no permission, a folder where a file is expected): exit code 66.
    case unreadable(path: String, reason: String)
    /// The input is wrong: exit code 65. Holds every problem by place, and the texts to quote.
    case invalid([Problem], sources: [SourceText])
}

/// The bytes of a file, read once from start to end.
public struct FileBytes: Sendable {
    /// All bytes.
    public var bytes: [UInt8]
    /// Name, digest and size.
    public var file: InputFile
    /// Whether size or time of the file changed meanwhile.
    public var changedWhileRead: Bool

    /// Whether a path is a folder.
    public static func isFolder(_ path: String) -> Bool {
        (try? URL(fileURLWithPath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
            || attributes(path)?[.type] as? FileAttributeType == .typeDirectory
    }

    /// Reads a file of at most ``TextLimits/fileBytes``; of what is no file (a pipe, a device) less.
    public static func read(_ path: String) throws(ReadFailure) -> FileBytes {
        if isFolder(path) { throw .unreadable(path: path, reason: "is a folder") }
        let before = attributes(path)
        let isRegular = before?[.type] as? FileAttributeType == .typeRegular
        let limit = isRegular ? TextLimits.fileBytes : TextLimits.streamBytes
        var bytes: [UInt8] = []
        var digest = SHA256()
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            let size = before?[.size] as? Int ?? 0
            bytes.reserveCapacity(min(size, limit) + 1)
            while let chunk = try handle.read(upToCount: 1 << 17), !chunk.isEmpty {
                if bytes.count + chunk.count > limit { return try refuseSize(path, limit) }
                bytes.append(contentsOf: chunk)
                digest.update(chunk)
            }
        } catch let failure as ReadFailure {
            throw failure
        } catch {
            throw .unreadable(path: path, reason: reason(error))
        }
        let after = attributes(path)
        let changed = before?[.size] as? Int != after?[.size] as? Int
            || before?[.modificationDate] as? Date != after?[.modificationDate] as? Date
        return FileBytes(
            bytes: bytes, file: InputFile(path: path, sha256: digest.hexadecimal(), byteCount: bytes.count),
            changedWhileRead: changed)
    }

    private static func refuseSize(_ path: String, _ limit: Int) throws(ReadFailure) -> FileBytes {
        throw .unreadable(path: path, reason: "more than \(limit) bytes")
    }

    private static func attributes(_ path: String) -> [FileAttributeKey: Any]? {
        try? FileManager.default.attributesOfItem(atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    }

    /// The system's own words for a failure.
    static func reason(_ error: any Error) -> String {
        let failure = error as NSError
        if let cause = failure.userInfo[NSUnderlyingErrorKey] as? NSError, cause.domain == NSPOSIXErrorDomain {
            return POSIXErrorCode(rawValue: Int32(cause.code)).map { POSIXError($0).localizedDescription } ?? cause.localizedDescription
        }
        return failure.localizedDescription
    }
}
