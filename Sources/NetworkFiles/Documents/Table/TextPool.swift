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
/// without a `String` each.
public struct TextPool: Sendable {
    private var bytes: [UInt8] = []
    /// Start of each text in `bytes`, and the end of the last.
    private var starts: [Int] = [0]
    private var hashes: [UInt32] = []
    /// Open addressing, −1 = free; size a power of two, at most half full.
    private var slots: [Int32] = Array(repeating: -1, count: 64)

    /// An empty pool.
    public init() {}

    /// Number of distinct texts.
    public var count: Int { hashes.count }

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
        return slots[slot] < 0 ? nil : Symbol(slots[slot])
    }

    /// The symbol of a text, added where it is new; ``Symbol/absent`` for an empty text.
    public mutating func intern(_ text: String) -> Symbol {
        let wanted = Array(text.utf8)
        return intern(wanted.span)
    }

    /// The symbol of a text given as UTF-8, added where it is new; ``Symbol/absent`` for an empty text.
    ///
    /// - Complexity: O(bytes) on average.
    public mutating func intern(_ text: Span<UInt8>) -> Symbol {
        if text.isEmpty { return .absent }
        let hash = Self.hash(text)
        let slot = find(text, hash: hash)
        if slots[slot] >= 0 { return Symbol(slots[slot]) }
        let symbol = Symbol(Int32(hashes.count))
        slots[slot] = symbol.raw
        hashes.append(hash)
        for position in text.indices { bytes.append(text[position]) }
        starts.append(bytes.count)
        if 2 * hashes.count > slots.count { grow() }
        return symbol
    }

    private func range(of symbol: Symbol) -> Range<Int> { starts[symbol.position]..<starts[symbol.position + 1] }

    /// The slot that holds the text, or the free slot where it belongs.
    private func find(_ text: Span<UInt8>, hash: UInt32) -> Int {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] >= 0 {
            let candidate = Int(slots[slot])
            if hashes[candidate] == hash && equals(text, candidate) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func equals(_ text: Span<UInt8>, _ candidate: Int) -> Bool {
        let start = starts[candidate]
        guard starts[candidate + 1] - start == text.count else { return false }
        for position in text.indices where bytes[start + position] != text[position] { return false }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        let mask = slots.count - 1
        for (position, hash) in hashes.enumerated() {
            var slot = Int(hash) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(position)
        }
    }

    /// Multiply and rotate over eight bytes at a time; not cryptographic, so the probe length is what an adversary could
    /// raise, bounded by the number of his own texts.
    private static func hash(_ text: Span<UInt8>) -> UInt32 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(text.count)
        var position = 0
        while position < text.count {
            var word: UInt64 = 0
            let end = min(position + 8, text.count)
            while position < end {
                word = word << 8 | UInt64(text[position])
                position += 1
            }
            state = (state ^ word) &* 0xBF58_476D_1CE4_E5B9
            state ^= state >> 29
        }
        state = (state ^ (state >> 32)) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: state >> 32)
    }
}
