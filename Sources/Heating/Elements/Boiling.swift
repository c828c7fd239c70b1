import Quantities

/// Where water boils.
public enum Boiling {
    /// Pressure of the standard atmosphere, Pa.
    private static var atmosphere: Double { 101_325 }

    /// Gauge pressure under which water of a temperature boils; nil below 100 °C, where an open vessel does not boil.
    ///
    /// Wagner & Pruß (1993, J. Phys. Chem. Ref. Data 22, 783), the auxiliary equation of IAPWS-95:
    /// ln(p/pc) = Tc/T Σ aᵢ τ^kᵢ with τ = 1 − T/Tc.
    public static func gaugePressure(at temperature: Temperature) -> Pressure? {
        guard temperature.celsius >= 100, temperature.celsius < 373 else { return nil }
        let (criticalTemperature, criticalPressure) = (647.096, 22.064e6)
        let kelvin = temperature.celsius + 273.15
        let tau = 1 - kelvin / criticalTemperature
        let terms = [
            (-7.85951783, 1.0), (1.84408259, 1.5), (-11.7866497, 3), (22.6807411, 3.5), (-15.9618719, 4), (1.80122502, 7.5),
        ]
        let sum = terms.reduce(0) { $0 + $1.0 * power(tau, $1.1) }
        return Pressure(pascals: criticalPressure * exponential(criticalTemperature / kelvin * sum) - atmosphere)
    }
}
