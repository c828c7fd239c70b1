/// Whose turn it is where several devices that follow a sensor want to switch.
enum Turns: Equatable, Sendable {
    case first, last
    /// By lot, of which so many have been drawn.
    case lots(Int)

    /// The place of the device that is asked `index`-th of `count`.
    func place(_ index: Int, of count: Int) -> Int {
        switch self {
        case .first: index
        case .last: count - 1 - index
        case .lots(let drawn): (index + Int(Lot.number(drawn) % UInt64(count))) % count
        }
    }
}

/// Numbers as good as random, the same ones in every run (the mixing of SplitMix64; Steele, Lea & Flood, OOPSLA 2014).
enum Lot {
    @inline(__always)
    static func number(_ place: Int) -> UInt64 {
        var z = UInt64(truncatingIfNeeded: place &+ 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
