import Foundation

/// The memory that a run may take, so that too large a network is a message and not a kill.
struct MemoryBudget {
    /// Bytes that are free for this process; nil where the system does not tell.
    let bytes: Int?

    /// What the system tells now: the least of free memory, the limit of the control group, and the limit on address space.
    ///
    /// Files of Linux; elsewhere nothing is known and nothing refused.
    static var current: MemoryBudget {
        let memory = kilobytes(of: "MemAvailable", in: "/proc/meminfo")
        // The limit on address space counts what is mapped already; `ulimit -v`.
        let mapped = kilobytes(of: "VmSize", in: "/proc/self/status") ?? 0
        let address = text("/proc/self/limits")?.split(separator: "\n").first { $0.hasPrefix("Max address space") }
            .flatMap { line in line.dropFirst("Max address space".count).split(separator: " ").first }
            .flatMap { Int($0) }.map { max(0, $0 - mapped) }
        let limit = text("/sys/fs/cgroup/memory.max").flatMap(number)
        let used = text("/sys/fs/cgroup/memory.current").flatMap(number) ?? 0
        let group = limit.map { max(0, $0 - used) }
        return MemoryBudget(bytes: [memory, address, group].compactMap { $0 }.min())
    }

    /// Dwellings whose balance fits.
    ///
    /// 6 kB a dwelling: `make bench` measures less for all sizes; 50 MB for the program itself.
    var dwellings: Int { bytes.map { max(0, $0 - 50_000_000) / 6000 } ?? Int.max }

    /// Whether a file of this size can be read: its text, its cells and their places are about four times the file.
    func holds(file size: Int) -> Bool { bytes.map { size < $0 / 4 } ?? true }

    private static func text(_ path: String) -> String? {
        // A file of the kernel has no size; it is read to its end.
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func number(_ text: String) -> Int? { Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) }

    private static func kilobytes(of key: String, in path: String) -> Int? {
        text(path)?.split(separator: "\n").first { $0.hasPrefix(key + ":") }
            .flatMap { $0.dropFirst(key.count + 1).split(whereSeparator: { $0 == " " || $0 == "\t" }).first }
            .flatMap { Int($0) }.map { $0 * 1024 }
    }
}
