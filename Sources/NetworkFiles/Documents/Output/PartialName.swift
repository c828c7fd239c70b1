import Foundation

/// Names of what is being written, beside what it will become: `.NAME.partial-HOST-PROCESS-RANDOM`.
///
/// The name says who writes, so that what a killed run left behind is recognised, and removed by the next run that writes the
/// same target. What another living process or another machine writes is left alone.
public enum PartialName {
    /// A new name beside `target`, an absolute path.
    static func make(for target: URL) -> String {
        let random = String(UInt64.random(in: 0...UInt64.max), radix: 36)
        return path(in: target.deletingLastPathComponent(), prefix(of: target) + "\(host)-\(ProcessInfo.processInfo.processIdentifier)-\(random)")
    }

    /// Removes what ended processes of this machine left beside `target`.
    static func removeAbandoned(beside target: URL) { remove(beside: target) { !Renaming.isRunning($0) } }

    /// Removes what this process is writing beside `path`: for an interrupt, after which nothing is written any more.
    public static func removeOwn(beside path: String) {
        let own = ProcessInfo.processInfo.processIdentifier
        remove(beside: URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL) { $0 == own }
    }

    private static func remove(beside target: URL, where isGone: (Int32) -> Bool) {
        let folder = target.deletingLastPathComponent()
        let start = prefix(of: target) + host + "-"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] where name.hasPrefix(start) {
            guard let process = name.dropFirst(start.count).split(separator: "-").first.flatMap({ Int32($0) }), isGone(process) else { continue }
            try? FileManager.default.removeItem(atPath: path(in: folder, name))
        }
    }

    private static func prefix(of target: URL) -> String { ".\(target.lastPathComponent).partial-" }

    private static func path(in folder: URL, _ name: String) -> String { (folder.path == "/" ? "" : folder.path) + "/" + name }

    /// This machine's name, letters and digits only; the kernel's, since a name service may be asked for the other.
    private static var host: String {
        let name = FileManager.default.contents(atPath: "/proc/sys/kernel/hostname").map { String(decoding: $0, as: UTF8.self) } ?? "here"
        return String(name.prefix(64).filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }
}
