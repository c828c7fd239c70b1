/// Finds where a rising function of one number crosses zero.
enum RisingRoot {
    /// The largest known x in `bracket` with f(x) ≤ 0, to within the tolerances.
    ///
    /// Anderson–Björck's variant of regula falsi (BIT 13, 1973) with a bisection whenever two steps have not halved the
    /// bracket, so that kinks and jumps of `f` cost steps but never an endless loop.
    ///
    /// - Parameters:
    ///   - low: x and f(x) ≤ 0 at the lower end.
    ///   - high: x and f(x) > 0 at the upper end.
    ///   - width: bracket that is narrow enough, in units of x.
    ///   - height: |f| that counts as zero.
    static func find(
        low: (x: Double, f: Double), high: (x: Double, f: Double), width: Double, height: Double,
        _ f: (Double) -> Double
    ) -> Double {
        var (low, high) = (low, high)
        // Values that steer the secant; halved by Anderson–Björck when one end stays.
        var (lowWeight, highWeight) = (low.f, high.f)
        var previousWidth = Double.infinity
        for step in 0..<200 {
            if high.x - low.x <= width || low.f >= -height && low.f <= 0 && step > 0 { break }
            let slow = step > 0 && step % 3 == 0 && high.x - low.x > 0.5 * previousWidth
            if step % 3 == 0 { previousWidth = high.x - low.x }
            var x = high.x - highWeight * (high.x - low.x) / (highWeight - lowWeight)
            if slow || !(x > low.x && x < high.x) { x = 0.5 * (low.x + high.x) }
            if x <= low.x || x >= high.x { break }
            let value = f(x)
            if value.isNaN { high.x = x; continue }
            if value <= 0 {
                let factor = 1 - value / lowWeight
                lowWeight = value
                highWeight *= factor > 0 && factor.isFinite ? factor : 0.5
                low = (x, value)
            } else {
                if value <= height { return x }
                let factor = 1 - value / highWeight
                highWeight = value
                lowWeight *= factor > 0 && factor.isFinite ? factor : 0.5
                high = (x, value)
            }
        }
        return low.x
    }
}
