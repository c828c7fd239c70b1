import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The right to write into a folder, held by one process at a time as long as this value lives.
///
/// The lock is the kernel's (`flock`): it ends with its process, however that ends, so that nothing has to be tidied up by hand.
public final class FolderLock: Sendable {
    private static let name = ".lock"
    private let handle: FileHandle

    /// Takes the lock of an existing folder; nil where another process has it.
    ///
    /// - Throws: the lock's file cannot be made.
    init?(of folder: String) throws {
        let path = folder + "/" + Self.name
        if !FileManager.default.fileExists(atPath: path), !FileManager.default.createFile(atPath: path, contents: nil) {
            throw CocoaError(.fileWriteUnknown)
        }
        handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        // A process that has just finished may have removed the folder, and with it the file that is locked here.
        guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0, FileManager.default.fileExists(atPath: path) else { return nil }
    }

    deinit { try? handle.close() }
}
