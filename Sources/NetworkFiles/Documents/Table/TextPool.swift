import NetworkModel

/// A text of a document as a small number: equal symbols are equal bytes, so references resolve by array look-up.
@frozen
public struct Symbol: Hashable, Sendable {
    /// The position in the pool; −1 for no text.
    public let raw: Int32
    /// Wraps a position.
    @inlinable public init(_ raw: Int32) { self.raw = raw }
    /// No text.
    @inlinable public static var absent: Symbol { Symbol(-1) }
    /// Whether there is no text.
    @inlinable public var isAbsent: Bool { raw < 0 }
    /// The position as an array subscript.
    @inlinable public var position: Int { Int(raw) }
}

/// The distinct texts of a document as UTF-8, each kept once.
///
/// A hash table over bytes instead of a `Dictionary` of `String`: a million ids are interned straight from the file
/// without a `String` each. Texts that differ only in ASCII case share a hash, so that look-alikes show themselves for free.
public struct TextPool: Sendable {
    private var bytes: [UInt8] = []
    /// Start of each text in `bytes`, and the end of the last; 32 bits, since memory is counted per id.
    private var starts: [UInt32] = [0]
    /// Open addressing, 2ⁿ or 1.5 · 2ⁿ slots of which at most two thirds are taken: symbol + 1 below, in as many bits as the size needs,
    /// and above it the low bits of the hash, whose high bits choose the slot; 0 = free. So a look-up that fails mostly costs one access
    /// to memory, one that succeeds hardly ever searches in vain, and a name takes eight bytes at most.
    private var slots: [UInt32] = Array(repeating: 0, count: 64)
    /// The bits that hold a symbol.
    private var symbolBits: UInt32 = 7
    /// For texts that differ from an earlier one in ASCII case only: the first such text.
    private var elders: [Symbol: Symbol] = [:]

    /// An empty pool.
    public init() {}

    /// Makes room for about so many more texts like those at hand: what grows by doubling leaves its earlier halves behind. The table
    /// grows by what comes: slots are written, so that too many would cost memory.
    mutating func reserve(_ more: Int) {
        let all = count + more
        if count == 0 || all > Int(Int32.max) { return }
        starts.reserveCapacity(all + 1)
        bytes.reserveCapacity(bytes.count * all / count)
    }

    /// Number of distinct texts.
    public var count: Int { starts.count - 1 }

    /// The text of a symbol; empty for ``Symbol/absent``.
    public func text(_ symbol: Symbol) -> String {
        symbol.isAbsent ? "" : String(decoding: bytes[range(of: symbol)], as: UTF8.self)
    }

    /// The UTF-8 of a symbol; empty for ``Symbol/absent``.
    public func utf8(_ symbol: Symbol) -> ArraySlice<UInt8> { symbol.isAbsent ? [] : bytes[range(of: symbol)] }

    /// The symbol of a text that stands in the pool.
    public func symbol(for text: String) -> Symbol? { symbol(for: Array(text.utf8)[...]) }

    /// The symbol of a text given as UTF-8 that stands in the pool.
    func symbol(for text: ArraySlice<UInt8>) -> Symbol? {
        let wanted = Array(text)
        let slot = find(wanted.span, hash: Self.hash(wanted.span))
        return slots[slot] == 0 ? nil : symbol(in: slots[slot])
    }

    /// The symbol of a text, added where it is new; ``Symbol/absent`` for an empty text.
    public mutating func intern(_ text: String) -> Symbol {
        let wanted = Array(text.utf8)
        return intern(wanted.span)
    }

    /// The symbol of a text given as UTF-8, added where it is new; ``Symbol/absent`` for an empty text.
    ///
    /// - Complexity: O(bytes) on average, whoever wrote the texts: the hash is seeded anew in every process.
    public mutating func intern(_ text: Span<UInt8>) -> Symbol {
        // Beyond 4 GB of distinct texts there is no room; two files of the largest size do not reach it.
        if text.isEmpty || bytes.count + text.count > Int(UInt32.max) { return .absent }
        let hash = Self.hash(text)
        let slot = find(text, hash: hash)
        if slots[slot] != 0 { return self.symbol(in: slots[slot]) }
        let symbol = Symbol(Int32(count))
        if let twin = lookAlike(of: text, hash: hash) { elders[symbol] = elders[twin] ?? twin }
        slots[slot] = hash << symbolBits | UInt32(truncatingIfNeeded: symbol.raw + 1)
        for position in text.indices { bytes.append(text[position]) }
        starts.append(UInt32(bytes.count))
        if 3 * count > 2 * slots.count { resize(to: Self.larger(slots.count)) }
        return symbol
    }

    // MARK: Look-alikes

    /// Whether any text is not ASCII.
    var hasOtherScripts: Bool { bytes.contains { $0 >= 128 } }

    /// Whether any two texts differ in ASCII case only.
    var hasLookAlikes: Bool { !elders.isEmpty }

    /// The first text that differs from this one in ASCII case at most.
    func elder(of symbol: Symbol) -> Symbol { elders[symbol] ?? symbol }

    /// A text of the pool that differs from this one in ASCII case only.
    func lookAlike(of text: Span<UInt8>) -> Symbol? { lookAlike(of: text, hash: Self.hash(text)) }

    private func lookAlike(of text: Span<UInt8>, hash: UInt32) -> Symbol? {
        var slot = Self.slot(of: hash, slots.count)
        while slots[slot] != 0 {
            if isTagged(slots[slot], hash) {
                let candidate = symbol(in: slots[slot])
                if equals(text, candidate, folding: true) { return candidate }
            }
            slot = slot + 1 == slots.count ? 0 : slot + 1
        }
        return nil
    }

    // MARK: The table

    private func range(of symbol: Symbol) -> Range<Int> { Int(starts[symbol.position])..<Int(starts[symbol.position + 1]) }

    /// The slot that holds the text, or the free slot where it belongs.
    private func find(_ text: Span<UInt8>, hash: UInt32) -> Int {
        var slot = Self.slot(of: hash, slots.count)
        while true {
            let entry = slots[slot]
            if entry == 0 || isTagged(entry, hash) && equals(text, symbol(in: entry), folding: false) { return slot }
            slot = slot + 1 == slots.count ? 0 : slot + 1
        }
    }

    private static func slot(of hash: UInt32, _ size: Int) -> Int { Int(truncatingIfNeeded: (UInt64(hash) * UInt64(size)) >> 32) }

    /// The next size: half as many more, a third more, and so on.
    private static func larger(_ size: Int) -> Int { size & (size - 1) == 0 ? size / 2 * 3 : size / 3 * 4 }

    private func symbol(in entry: UInt32) -> Symbol { Symbol(Int32(truncatingIfNeeded: entry & (1 << symbolBits - 1)) - 1) }

    private func isTagged(_ entry: UInt32, _ hash: UInt32) -> Bool { (entry ^ hash << symbolBits) >> symbolBits == 0 }

    private func equals(_ text: Span<UInt8>, _ candidate: Symbol, folding: Bool) -> Bool {
        let start = Int(starts[candidate.position])
        guard Int(starts[candidate.position + 1]) - start == text.count else { return false }
        for position in text.indices {
            let (a, b) = (bytes[start + position], text[position])
            if a != b && !(folding && a ^ b == 32 && (a | 32) >= 97 && (a | 32) <= 122) { return false }
        }
        return true
    }

    /// Makes the table larger. The texts are hashed again, one after the other as they lie: that costs less than keeping every hash.
    private mutating func resize(to size: Int) {
        // Given back before the larger one is made.
        slots = []
        symbolBits = UInt32(truncatingIfNeeded: Int.bitWidth - size.leadingZeroBitCount)
        slots = Self.table(of: bytes.span, starts.span, size: size, symbolBits: symbolBits)
    }

    private static func table(of bytes: Span<UInt8>, _ starts: Span<UInt32>, size: Int, symbolBits: UInt32) -> [UInt32] {
        var slots = [UInt32](repeating: 0, count: size)
        for position in 0..<starts.count - 1 {
            let hash = hash(bytes.extracting(Int(starts[position])..<Int(starts[position + 1])))
            var slot = slot(of: hash, size)
            while slots[slot] != 0 { slot = slot + 1 == size ? 0 : slot + 1 }
            slots[slot] = hash << symbolBits | UInt32(truncatingIfNeeded: position + 1)
        }
        return slots
    }

    /// Different in every process, so that nobody can write a file whose ids all collide; no result depends on it.
    private static let seed = UInt64.random(in: 0...UInt64.max)

    /// Multiply and xor-shift over eight bytes at a time, ASCII letters without their case.
    private static func hash(_ text: Span<UInt8>) -> UInt32 {
        var state = seed ^ UInt64(truncatingIfNeeded: text.count)
        var position = 0
        while position < text.count {
            var word: UInt64 = 0
            let end = min(position + 8, text.count)
            while position < end {
                word = word << 8 | UInt64(text[position])
                position += 1
            }
            if word & 0x8080_8080_8080_8080 == 0 { word |= 0x2020_2020_2020_2020 }
            state = (state ^ word) &* 0xBF58_476D_1CE4_E5B9
            state ^= state >> 29
        }
        state = (state ^ (state >> 32)) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: state >> 32)
    }
}
