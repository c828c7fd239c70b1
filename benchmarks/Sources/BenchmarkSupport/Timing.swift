#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Processor times of repeated runs on one thread, in seconds: what others do on the machine counts little.
public struct Timing: Codable, Sendable {
    /// The middle run.
    public var median: Double
    /// The fastest run: what the machine does undisturbed.
    public var best: Double
    /// How often it ran.
    public var runs: Int

    /// Runs a body until half a second has passed, at least five times and at most two thousand.
    ///
    /// The first run is not counted: it meets cold caches and unmapped memory.
    public static func measure(_ body: () throws -> Void) rethrows -> Timing {
        try body()
        var times: [Double] = []
        var total = 0.0
        while times.count < 5 || (total < 0.5 && times.count < 2000) {
            let start = processorTime
            try body()
            let duration = processorTime - start
            times.append(duration)
            total += duration
        }
        times.sort()
        return Timing(median: times[times.count / 2], best: times[0], runs: times.count)
    }

    private static var processorTime: Double {
        var now = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
        return Double(now.tv_sec) + 1e-9 * Double(now.tv_nsec)
    }
}
