/// Random numbers by counter: draw, stream and element give a number, whatever was drawn before and by whom.
///
/// Philox2x64-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011), keyed by the seed. So a
/// scenario's draws depend neither on threads nor on the slice it runs in.
struct CounterRandom: Sendable {
    private let key: UInt64

    /// A generator of a seed.
    init(seed: UInt64) { key = seed }

    /// What a number is for; part of the counter, so that streams never share numbers.
    enum Stream: UInt64 {
        case dwelling = 1, unit, floor, building, envelope, roughness, factor, permutation
    }

    /// 64 bits for an element of a draw.
    func bits(_ stream: Stream, draw: Int, element: Int) -> UInt64 {
        Self.block(UInt64(truncatingIfNeeded: element), UInt64(truncatingIfNeeded: draw) << 8 | stream.rawValue, key: key).low
    }

    /// Philox2x64 of ten rounds.
    static func block(_ low: UInt64, _ high: UInt64, key: UInt64) -> (low: UInt64, high: UInt64) {
        var (low, high, key) = (low, high, key)
        for _ in 0..<10 {
            let product = low.multipliedFullWidth(by: 0xD2B7_4407_B1CE_6E93)
            (low, high) = (product.high ^ key ^ high, product.low)
            key &+= 0x9E37_79B9_7F4A_7C15
        }
        return (low, high)
    }

    /// A number in 0..<1.
    func unit(_ stream: Stream, draw: Int, element: Int) -> Double { Double(bits(stream, draw: draw, element: element) >> 11) * 0x1p-53 }

    /// A standard normal number.
    func normal(_ stream: Stream, draw: Int, element: Int) -> Double {
        NormalDistribution.quantile(share(stream, draw: draw, element: element))
    }

    /// A standard normal number, times a weight, for each of some elements.
    func normals(_ stream: Stream, draw: Int, weight: Double, _ elements: [Int]) -> [Double] {
        var numbers = elements.map { share(stream, draw: draw, element: $0) }
        NormalDistribution.replaceByQuantiles(&numbers, weight: weight)
        return numbers
    }

    /// A number between 0 and 1, neither of them.
    private func share(_ stream: Stream, draw: Int, element: Int) -> Double {
        (Double(bits(stream, draw: draw, element: element) >> 12) + 0.5) * 0x1p-52
    }
}

/// A permutation of 0..<count that is computed, not stored: a Feistel network over the next power of four, walked until it
/// falls inside (Black & Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002).
struct Permutation: Sendable {
    private let count: UInt64
    private let half: UInt64
    private let random: CounterRandom
    private let number: Int

    /// The permutation of a number; different numbers are independent.
    init(count: Int, number: Int, random: CounterRandom) {
        self.count = UInt64(max(count, 1))
        var half: UInt64 = 1
        while (1 as UInt64) << (2 * half) < self.count { half += 1 }
        self.half = half
        self.number = number
        self.random = random
    }

    /// Where a position goes.
    func callAsFunction(_ position: Int) -> Int {
        let mask = (1 as UInt64) << half - 1
        var value = UInt64(position)
        repeat {
            var (left, right) = (value >> half, value & mask)
            for round in 0..<6 {
                let mixed = random.bits(.permutation, draw: number * 8 + round, element: Int(right)) & mask
                (left, right) = (right, left ^ mixed)
            }
            value = left << half | right
        } while value >= count
        return Int(value)
    }
}
