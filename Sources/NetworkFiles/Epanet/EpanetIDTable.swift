/// Positions of the elements of one kind by the words that name them in a file, compared byte by byte.
///
/// The names stay where they are, in the file's bytes: a table of strings would cost an allocation and two passes a name, and
/// large files are mostly names.
struct EpanetIDTable {
    /// The words that were entered, in order.
    private(set) var words: [EpanetToken] = []
    private var positions: [Int32] = []
    /// Upper half: of the name's hash; lower half: place in ``words`` plus one; 0 = free.
    private var slots: [UInt64] = [UInt64](repeating: 0, count: 64)
    /// Differs from run to run, so that no file can be made whose names collide; nothing but the time of a search depends on it.
    private let seed = UInt64.random(in: .min ... .max)

    /// Number of names.
    var count: Int { words.count }

    /// The position that a word of the file names; nil where none does.
    func position(of word: EpanetToken, in file: [UInt8]) -> Int? { position(of: word, of: file.span, in: file.span) }

    /// The same where the word is likely to be the one that was entered at a place: sections mostly keep to one order.
    func position(of word: EpanetToken, expectedAt place: Int, in file: [UInt8]) -> Int? {
        if place < words.count, Self.isEqual(words[place], file.span, word, file.span) { return Int(positions[place]) }
        return position(of: word, in: file)
    }

    /// The position that a name from elsewhere stands for; nil where it names none.
    func position(of name: String, in file: [UInt8]) -> Int? {
        let name = Array(name.utf8)
        return position(of: EpanetToken(start: 0, end: name.count), of: name.span, in: file.span)
    }

    private func position(of word: EpanetToken, of text: Span<UInt8>, in file: Span<UInt8>) -> Int? {
        let hash = hash(of: word, in: text)
        let slots = slots.span
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                let entry = Int(slots[slot] & 0xffff_ffff) - 1
                if Self.isEqual(words[entry], file, word, text) { return Int(positions[entry]) }
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Makes room for so many names.
    mutating func reserve(_ count: Int) {
        words.reserveCapacity(count)
        positions.reserveCapacity(count)
        var size = slots.count
        while size <= 2 * count { size *= 2 }
        if words.isEmpty, size > slots.count { slots = [UInt64](repeating: 0, count: size) }
    }

    /// Enters a name for a position, unless it names one already: that one.
    mutating func insert(_ word: EpanetToken, position: Int, in file: [UInt8]) -> Int? {
        let file = file.span
        if 2 * words.count >= slots.count {
            slots = [UInt64](repeating: 0, count: 4 * slots.count)
            for entry in words.indices { occupy(entry, file) }
        }
        let hash = hash(of: word, in: file)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let entry = Int(slots[slot] & 0xffff_ffff) - 1
            if slots[slot] >> 32 == hash >> 32, Self.isEqual(words[entry], file, word, file) { return Int(positions[entry]) }
            slot = (slot + 1) & mask
        }
        words.append(word)
        positions.append(Int32(truncatingIfNeeded: position))
        slots[slot] = (hash & ~0xffff_ffff) | UInt64(words.count)
        return nil
    }

    private mutating func occupy(_ entry: Int, _ file: Span<UInt8>) {
        let hash = hash(of: words[entry], in: file)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = (hash & ~0xffff_ffff) | UInt64(entry + 1)
    }

    /// Eight bytes at a time, each mixed in by a multiplication whose two halves are folded (Wang Yi's wyhash).
    private func hash(of word: EpanetToken, in text: Span<UInt8>) -> UInt64 {
        var hash = seed ^ UInt64(truncatingIfNeeded: word.end - word.start)
        var at = word.start
        while at < word.end {
            var part: UInt64 = 0
            let end = min(at + 8, word.end)
            while at < end {
                part = (part << 8) | UInt64(text[at])
                at += 1
            }
            let product = (hash ^ part ^ 0xa076_1d64_78bd_642f).multipliedFullWidth(by: 0xe703_7ed1_a0b4_28db ^ seed)
            hash = product.high ^ product.low
        }
        return hash
    }

    private static func isEqual(_ one: EpanetToken, _ file: Span<UInt8>, _ other: EpanetToken, _ text: Span<UInt8>) -> Bool {
        guard one.end - one.start == other.end - other.start else { return false }
        for offset in 0..<one.end - one.start where file[one.start + offset] != text[other.start + offset] { return false }
        return true
    }
}
