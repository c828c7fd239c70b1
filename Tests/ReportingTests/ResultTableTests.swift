import Testing

@testable import Reporting

/// Cells of result tables: numbers that read back, texts that no spreadsheet runs.
@Suite struct ResultTableTests {
    private func line(_ fill: (inout ResultTable) -> Void) -> String {
        var table = ResultTable(["a"], rows: 1)
        fill(&table)
        return String(decoding: table.bytes.dropFirst(2).dropLast(), as: UTF8.self)
    }

    @Test(arguments: [0.1, 1.0 / 3, 1e-9, 123_456_789.123, -2.5e-7, 12, 2.2250738585072014e-308, 1.7976931348623157e308])
    func numbersReadBack(_ number: Double) {
        #expect(Double(line { $0.add(number) }) == number)
    }

    @Test func undefinedIsEmpty() {
        #expect(line { $0.add(Double.nan) }.isEmpty)
        #expect(line { $0.add(Double.infinity) }.isEmpty)
        #expect(line { $0.add(nil as Double?) }.isEmpty)
        #expect(line { $0.add(nil as String?) }.isEmpty)
    }

    @Test func zeroHasNoSign() { #expect(line { $0.add(-0.0) } == "0") }

    @Test func wholeNumbersHaveNoPoint() { #expect(line { $0.add(12.0) } == "12") }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("plain", "plain"),
        ("a=b", "a=b"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""),
        ("=a,b", "\"'=a,b\""), (" blank", "\" blank\""), ("高湾", "高湾"),
    ])
    func textsAreHarmless(_ text: String, _ cell: String) {
        #expect(line { $0.add(text) } == cell)
    }

    @Test func rowsEndAfterTheLastColumn() {
        var table = ResultTable(["a", "b"], rows: 1)
        table.add("x")
        table.add(1.5)
        table.add("y")
        table.add(true)
        #expect(String(decoding: table.bytes, as: UTF8.self) == "a,b\nx,1.5\ny,true\n")
    }
}
