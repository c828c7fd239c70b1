import Quantities

/// How much hotter water arrives at a substation when its controller lets more through: dT/d(ln flow), K, learned from round to
/// round, since it is what the pipes before it lose and what the others do meanwhile.
struct ArrivalSlope: Sendable {
    private(set) var kelvin = 0.0
    /// The last look: logarithm of flow, temperature of arrival, and how far that was above the one needed, K.
    private var last: (position: Double, arrival: Double, excess: Double)?

    /// Takes over what a look shows.
    mutating func learn(position: Double, arrival: Double, excess: Double) {
        defer { last = (position, arrival, excess) }
        guard let last else { return }
        let moved = position - last.position
        if moved.magnitude > Self.telling {
            kelvin = min(max((arrival - last.arrival) / moved, 0), Self.greatest)
        } else if excess.magnitude > 0.5 * last.excess.magnitude {
            // Too small a step to tell a slope from what others do: less of it where steps bring nothing, more where they overshoot.
            kelvin = excess * last.excess > 0 ? 0.5 * kelvin : min(max(2 * kelvin, 1), Self.greatest)
        }
    }

    /// The logarithm of flow within ±1 of `position` at which water arrives as hot as `needed` for that flow.
    ///
    /// The excess rises with the flow, since the temperature needed falls: found by bisection.
    func balanced(position: Double, arrival: Double, needed: (_ position: Double) -> Double) -> Double {
        // A factor of e at most, then another look.
        var (low, high) = (position - 1, position + 1)
        for _ in 0..<50 {
            let middle = 0.5 * (low + high)
            if arrival + kelvin * (middle - position) < needed(middle) { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }

    /// Changes of the logarithm of flow from which slopes are taken.
    private static var telling: Double { 1e-4 }
    /// Water that cools from Tₛ toward Tₐ arrives with dT/d(ln flow) ≤ (Tₛ − Tₐ)/e: 150 K over the ground at most.
    private static var greatest: Double { 55 }
}
