/// Times of repeated runs, in seconds.
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
        let clock = ContinuousClock()
        var times: [Double] = []
        var total = 0.0
        while times.count < 5 || (total < 0.5 && times.count < 2000) {
            let duration = try clock.measure(body) / .seconds(1)
            times.append(duration)
            total += duration
        }
        times.sort()
        return Timing(median: times[times.count / 2], best: times[0], runs: times.count)
    }
}
