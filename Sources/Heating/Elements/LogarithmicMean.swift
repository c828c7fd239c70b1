/// The logarithmic mean temperature difference and its inverse, accurate where its two ends meet.
enum LogarithmicMean {
    /// (a − b) / ln(a / b) of two positive differences in K; 0 where one of them is not positive.
    static func value(_ a: Double, _ b: Double) -> Double {
        guard a > 0, b > 0 else { return 0 }
        let y = naturalLogarithm(a / b)
        if y.magnitude < 1e-4 {
            // (e^y − 1)/y · e^(−y/2) = sinh(y/2)/(y/2): the next term of the series is below 1e-18.
            return (a * b).squareRoot() * (1 + y * y / 24)
        }
        return (a - b) / y
    }

    /// The y that makes (eʸ − 1)/y equal to `ratio` > 0: with y = ln(b/a), the mean of a and b is `ratio`·a.
    ///
    /// Newton on the convex eʸ − 1 − ratio·y. The start 2 ln ratio never lies outside the root's side, because
    /// sinh(z)/z ≥ 1, so every step after the first comes from one side and the iteration cannot fail.
    static func logarithm(ofRatio ratio: Double) -> Double {
        let start = 2 * naturalLogarithm(ratio)
        // The start's relative error is ln²(ratio)/6, and the root at ratio 1 is double.
        if start.magnitude < 2e-5 { return start }
        var y = start
        for _ in 0..<60 {
            let step = (exponentialMinusOne(y) - ratio * y) / (exponential(y) - ratio)
            y -= step
            if !(step.magnitude > 1e-14 * y.magnitude) { break }
        }
        return y
    }
}
