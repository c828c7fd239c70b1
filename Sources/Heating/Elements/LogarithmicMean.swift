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
    /// Newton on the convex eʸ − 1 − ratio·y, by Halley's step, which triples the digits, once it is near. With y = 2z the root is that of z + ln(sinh z/z) = ln ratio, and
    /// ln(sinh z/z) ≈ z²/6 gives a start within a thousandth for ratios above 0.3. The start 2 ln ratio, taken farther
    /// out, never lies outside the root's side, because sinh(z)/z ≥ 1, so every step after the first comes from one side.
    static func logarithm(ofRatio ratio: Double) -> Double {
        let known = naturalLogarithm(ratio)
        // The first start's relative error is ln²(ratio)/6, and the root at ratio 1 is double.
        if known.magnitude < 1e-5 { return 2 * known }
        var y = known.magnitude < 1.2 ? 6 * ((1 + 2 * known / 3).squareRoot() - 1) : 2 * known
        for _ in 0..<60 {
            let rise = exponentialMinusOne(y)
            let slope = rise + 1 - ratio
            let newton = (rise - ratio * y) / slope
            // The second derivative is eʸ. Far out Newton's step is the one that cannot overshoot.
            let isNear = newton.magnitude < 0.02 * y.magnitude
            let step = isNear ? newton / (1 - 0.5 * newton * (rise + 1) / slope) : newton
            y -= step
            // What is left after a relative step of 1e-5 is of the order of its third power.
            if !(step.magnitude > 1e-5 * y.magnitude) { break }
        }
        return y
    }
}
