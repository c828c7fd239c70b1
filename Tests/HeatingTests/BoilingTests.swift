import Heating
import Quantities
import Testing

@Suite struct BoilingTests {
    @Test func pressuresAreThoseOfTheTables() throws {
        // IAPWS: 101.4 kPa at 100 °C, 143.4 at 110, 270.3 at 130, 476.2 at 150; the tables have four digits.
        for (celsius, kilopascals) in [(100.0, 101.4), (110, 143.4), (130, 270.3), (150, 476.2)] {
            let found = try #require(Boiling.gaugePressure(at: Temperature(celsius: celsius))).kilopascals + 101.325
            #expect(abs(found / kilopascals - 1) < 0.001, "\(celsius) °C: \(found)")
        }
        #expect(Boiling.gaugePressure(at: Temperature(celsius: 99)) == nil)
        #expect(Boiling.gaugePressure(at: Temperature(celsius: .nan)) == nil)
    }
}
