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
        // Made where it is missing, in one step with opening it: two that looked first and made it then would each lock a file of its own.
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isFile(descriptor, at: path) else { return nil }
    }

    /// Whether an open file is the one that stands at a path: a process that has just finished may have removed the folder, and with it
    /// the file that is locked here, and the next may have made another.
    private static func isFile(_ descriptor: CInt, at path: String) -> Bool {
        var (held, named) = (stat(), stat())
        guard unsafe fstat(descriptor, &held) == 0, unsafe stat(path, &named) == 0 else { return false }
        return held.st_ino == named.st_ino && held.st_dev == named.st_dev
    }
}
