/// How fast one thread moves numbers between memory and registers: what no factorisation can beat.
public enum Bandwidth {
    /// Bytes a second of a triad a = b + s c over arrays of 64 MB each (McCalpin's STREAM, 1995), read and written bytes counted once.
    public static let bytesPerSecond: Double = {
        let count = 8_000_000
        let (b, c) = ([Double](repeating: 1, count: count), [Double](repeating: 2, count: count))
        var a = [Double](repeating: 0, count: count)
        let timing = Timing.measure {
            let (b, c) = (b.span, c.span)
            var a = a.mutableSpan
            for index in 0..<count { a[index] = b[index] + 3 * c[index] }
        }
        return 24 * Double(count) / timing.best
    }()
}
