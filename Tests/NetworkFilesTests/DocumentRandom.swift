@testable import NetworkFiles

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers on every machine for a seed.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Random documents that hold every kind of cell, with values that are valid but awkward to write.
struct DocumentGenerator {
    var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func document() -> Document {
        var document = Document()
        for table in document.schema.tables {
            let rows = table.shape == .rows ? Int.random(in: 0...6, using: &random) : 1
            for row in 0..<rows { addRow(row, of: table, to: &document) }
        }
        return document
    }

    private mutating func addRow(_ row: Int, of table: TableSchema, to document: inout Document) {
        let position = document.append(to: table.name, [:])
        // The first field is always given, so that no row is empty.
        for (place, field) in table.fields.enumerated() where place == 0 || field.isRequired || Bool.random(using: &random) {
            let cell = cell(of: field, unique: "\(row)")
            document.set(table.name, position, field.name, cell)
        }
    }

    private mutating func cell(of field: Field, unique: String) -> Cell {
        switch field.type {
        case .id: .text(name() + unique)
        case .reference: .text(name())
        case .text: .text(text())
        case .choice(let words): .text(words.randomElement(using: &random) ?? words[0])
        case .flag: .flag(Bool.random(using: &random))
        case .integer(let range): .number(Double.random(in: range.plausible, using: &random).rounded(.up))
        case .number(_, let range): .number(number(in: range))
        case .points, .values: .points((0..<Int.random(in: 1...4, using: &random)).map { _ in
            TablePoint(Double.random(in: 0...1e3, using: &random), Double.random(in: -1e-7...1e9, using: &random))
        })
        }
    }

    private mutating func number(in range: NumberRange) -> Double {
        let value = Double.random(in: range.plausible, using: &random)
        // Round numbers, short decimals and full seventeen digits.
        return switch Int.random(in: 0..<3, using: &random) {
        case 0: value
        case 1: max(range.plausible.lowerBound, min(range.plausible.upperBound, (value * 100).rounded() / 100))
        default: range.plausible.upperBound
        }
    }

    private mutating func name() -> String {
        (0..<Int.random(in: 1...9, using: &random)).map { _ in
            String("abcXYZ019-_/.:;=+@'楼号éß\u{65}\u{301}🏠".randomElement(using: &random) ?? "a")
        }.joined()
    }

    private mutating func text() -> String {
        (0..<Int.random(in: 1...20, using: &random)).map { _ in
            String("ab ,;:\"'\n\t\\/=+-@<>&{}[]#楼，。é🏠\r".randomElement(using: &random) ?? "a")
        }.joined()
    }
}
