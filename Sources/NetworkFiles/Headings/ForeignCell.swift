import Foundation
import NetworkModel

/// Cells of utilities' own tables, turned into cells of the format.
enum ForeignCell {
    /// Keeps a text that is not empty as a cell of a column; gives `WORD → word` where it is a word that was translated.
    static func keep(
        _ value: String, _ column: ForeignColumn, at range: Range<Int>, _ filler: inout TableFiller, _ state: inout ReadingState
    ) -> String? {
        if column.door != nil {
            keepRoom(value, column, at: range, &filler, &state)
            return nil
        }
        guard filler.claim(column.field, at: range.lowerBound, &state) else { return nil }
        switch filler.storage(of: column.field) {
        case .texts:
            let own = column.words[HeadingCatalogue.plain(value)]
            let bytes = Array((own ?? value).utf8)
            filler.add(bytes.span, to: column.field, at: range, &state)
            return own.map { "\(Quoting.quote(Array(value.utf8)[...])) → \($0)" }
        case .numbers:
            keepNumber(value, column, at: range, &filler, &state)
        case .flags, .points:
            state.report(.notNumber, at: range.lowerBound, field: filler.schema.fields[column.field].name, state.quote(range))
        }
        return nil
    }

    private static func keepNumber(
        _ value: String, _ column: ForeignColumn, at range: Range<Int>, _ filler: inout TableFiller, _ state: inout ReadingState
    ) {
        let bytes = Array(bare(value, column.affixes).utf8)
        let number = DecimalNumber.scan(bytes.span, from: 0, to: bytes.count)
        guard number.end == bytes.count, number.form != .none, number.value.isFinite else {
            let name = filler.schema.fields[column.field].name
            if bytes.contains(UInt8(ascii: ",")), bytes.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }) {
                return state.report(.decimalComma, at: range.lowerBound, field: name, state.quote(range), value.replacing(",", with: "."))
            }
            return state.report(.notNumber, at: range.lowerBound, field: name, state.quote(range))
        }
        filler.add(converted(number.value, column.factor), to: column.field, at: range, &state)
    }

    /// A number in another unit, to the fifteen digits that a decimal keeps: 1.1 km are 1100 m, not 1100.0000000000002.
    static func converted(_ value: Double, _ factor: Double) -> Double {
        if factor == 1 { return value }
        let result = factor >= 1 ? value * factor : value / (1 / factor)
        guard result != 0, result.isFinite else { return result }
        let digits = 14 - Int(Double.log10(result.magnitude).rounded(.down))
        guard digits >= 0, digits <= 22 else { return result }
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        let rounded = (result * scale).rounded() / scale
        return rounded.isFinite ? rounded : result
    }

    /// `501` is floor 5, door 1.
    private static func keepRoom(
        _ value: String, _ column: ForeignColumn, at range: Range<Int>, _ filler: inout TableFiller, _ state: inout ReadingState
    ) {
        guard let door = column.door else { return }
        let digits = bare(value, column.affixes)
        guard (3...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits), number >= 100,
            number % 100 > 0
        else {
            return state.report(.badRoom, at: range.lowerBound, field: "floor", state.quote(range))
        }
        if filler.claim(column.field, at: range.lowerBound, &state) {
            filler.add(Double(number / 100), to: column.field, at: range, &state)
        }
        if filler.claim(door, at: range.lowerBound, &state) { filler.add(Double(number % 100), to: door, at: range, &state) }
    }

    /// A number without the letters that may stand around it.
    private static func bare(_ value: String, _ affixes: [String]) -> String {
        var text = Substring(Substring(value).withoutBlanks)
        for affix in affixes {
            if text.hasPrefix(affix) { text = text.dropFirst(affix.count) }
            if text.hasSuffix(affix) { text = text.dropLast(affix.count) }
        }
        return text.withoutBlanks
    }
}

extension Double {
    /// The decimal logarithm.
    fileprivate static func log10(_ value: Double) -> Double { Foundation.log10(value) }
}
