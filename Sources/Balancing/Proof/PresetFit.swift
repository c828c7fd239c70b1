import Quantities

/// A dwelling's branch as a bound sees it: what it takes now, and what it would take with each preset.
///
/// Within a branch both losses are quadratic, so that a preset gives the design flow to within a band at the pressures between
/// (1 − band)² and (1 + band)² times what it takes at the design flow.
struct PresetFit: Sendable {
    /// Flow over the design flow.
    var ratio: Double
    /// What the branch takes now, Pa.
    var taken: Double
    /// What it takes at the design flow with each preset, falling as the presets open, Pa.
    var presets: [Double]

    /// Changes of pressure at which one of the presets is in the band, Pa, rising and apart.
    func intervals(_ band: Double) -> [(low: Double, high: Double)] {
        var found: [(low: Double, high: Double)] = []
        for loss in presets.reversed() where loss.isFinite {
            let low = loss * (1 - band) * (1 - band) - taken
            let high = loss * (1 + band) * (1 + band) - taken
            // Neighbours may overlap.
            if let last = found.last, low <= last.high {
                found[found.count - 1].high = max(last.high, high)
            } else {
                found.append((low, high))
            }
        }
        return found
    }
}

extension [PresetFit] {
    /// The most branches that are in the band at one common change of pressure.
    ///
    /// - Parameters:
    ///   - greatest: the most that the pressure can rise, Pa.
    ///   - member: a branch that has to be among them; nil = any.
    /// - Returns: how many; 0 where no pressure suits the member.
    /// - Complexity: O(n log n) for n presets of all branches.
    func mostWithin(_ band: Double, upTo greatest: Double = .infinity, including member: Int? = nil) -> Int {
        var events: [(at: Double, change: Int)] = []
        for (position, branch) in enumerated() {
            // What has to be among them counts more than all others together.
            let weight = position == member ? count + 1 : 1
            for interval in branch.intervals(band) where interval.low <= greatest {
                events.append((interval.low, weight))
                events.append((interval.high, -weight))
            }
        }
        events.sort { ($0.at, -$0.change) < ($1.at, -$1.change) }
        var (now, most) = (0, 0)
        for event in events {
            now += event.change
            most = Swift.max(most, now)
        }
        guard member != nil else { return most }
        return most > count ? most - count : 0
    }
}
