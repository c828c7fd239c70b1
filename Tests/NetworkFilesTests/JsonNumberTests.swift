import Testing

@testable import NetworkFiles

/// Decimal text to `Double` and back, against the standard library, which rounds correctly.
@Suite struct JsonNumberTests {
    private func scan(_ text: String) -> DecimalNumber.Scan {
        let bytes = Array(text.utf8)
        return DecimalNumber.scan(bytes.span, from: 0, to: bytes.count)
    }

    private func expectSame(_ text: String) {
        let number = scan(text)
        #expect(number.value.bitPattern == Double(text)?.bitPattern, "\(text)")
        #expect(number.end == text.utf8.count)
    }

    @Test func halvesRoundToEven() {
        // 2⁵³ + 1 lies exactly between two doubles; so do the others at their own binades.
        for text in ["9007199254740993", "9007199254740993.0", "9007199254740992.5", "0.9007199254740993", "1.00000000000000011102230246251565",
            "4503599627370497.5", "2.2250738585072011e-308", "4.9e-324", "2.4703282292062327208e-324", "1.7976931348623157e308", "1e23", "8.41e21"] {
            expectSame(text)
        }
    }

    @Test func randomDecimals() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<100_000 {
            let digits = Int.random(in: 1...25, using: &random)
            var text = String(Int.random(in: 1...9, using: &random))
            for _ in 1..<max(2, digits) { text += String(Int.random(in: 0...9, using: &random)) }
            if Bool.random(using: &random) {
                text.insert(".", at: text.index(text.startIndex, offsetBy: Int.random(in: 1..<text.count, using: &random)))
            }
            if Int.random(in: 0..<4, using: &random) == 0 { text += "e\(Int.random(in: -330...300, using: &random))" }
            expectSame(text)
        }
    }

    @Test func shortestTextsReadBack() {
        var random = SplitMix64(seed: 12)
        for _ in 0..<100_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            let text = NumberText.shortest(value)
            #expect(scan(text).value == value, "\(text)")
        }
        for _ in 0..<100_000 {
            let value = Double.random(in: -1e6...1e6, using: &random)
            #expect(scan(NumberText.shortest(value)).value == value)
        }
    }

    @Test func numbersAreWrittenPlainly() {
        #expect(NumberText.shortest(0) == "0")
        #expect(NumberText.shortest(-0.0) == "0")
        #expect(NumberText.shortest(12) == "12")
        #expect(NumberText.shortest(-12.5) == "-12.5")
        #expect(NumberText.shortest(0.00001) == "0.00001")
        #expect(NumberText.shortest(1.5e-7) == "0.00000015")
        #expect(NumberText.shortest(1e20) == "100000000000000000000")
        #expect(NumberText.shortest(1.25e18) == "1250000000000000000")
        #expect(NumberText.shortest(1e300) == "1e+300")
        #expect(NumberText.shortest(.nan) == "")
    }

    @Test func formsAreTold() {
        for text in ["0", "-0", "12", "1.5", "1e5", "1.5E-3", "-1.25e+10"] { #expect(scan(text).form == .strict, "\(text)") }
        for text in ["+1", "007", ".5", "5.", "-.5"] { #expect(scan(text).form == .lenient, "\(text)") }
        for text in ["", "-", "+", ".", "e5", "NaN", "inf", "x"] { #expect(scan(text).form == .none, "\(text)") }
        #expect(scan("0x1F").end == 1)
        #expect(scan("1,5").end == 1)
        #expect(scan("1e").end == 1)
        #expect(scan("1e999").value == .infinity)
    }
}
