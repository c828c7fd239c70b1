import CCrypto

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Renames that replace, which Foundation does not have. Paths go to C as texts, the one thing unsafe here.
enum Renaming {
    /// Gives `source` the name `target`, replacing a file of that name at once; false with `errno` where it fails.
    static func replace(_ target: String, with source: String) -> Bool { unsafe rename(source, target) == 0 }

    /// Swaps two names at once, so that neither is ever missing; false where the file system cannot.
    static func exchange(_ first: String, _ second: String) -> Bool {
        #if os(Linux)
        let renameExchange: UInt32 = 2  // RENAME_EXCHANGE of <linux/fs.h>
        return unsafe renameat2(AT_FDCWD, first, AT_FDCWD, second, renameExchange) == 0
        #else
        return false
        #endif
    }

    /// Whether a process of this machine still runs.
    static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno == EPERM }

    /// What the last failure was, in the system's words.
    static var failure: String { unsafe String(cString: strerror(errno)) }
}
