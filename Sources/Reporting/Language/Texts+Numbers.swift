/// Numbers with their units as the readers of a language expect them.
///
/// English sets a blank before every unit (SI brochure, 9th edition, 5.4.3); Chinese print sets the per-cent sign to the
/// number (GB/T 15835-2011) and everything else as in SI.
extension Texts {
    /// A ratio 0…1 in per cent: `97.8 %`, in Chinese `97.8%`.
    public func percent(_ ratio: Double, _ decimals: Int = 1) -> String {
        guard ratio.isFinite else { return DisplayNumber.none }
        return DisplayNumber.fixed(ratio * 100, decimals) + (language == .chinese ? "%" : " %")
    }

    /// A temperature with one decimal: `16.2 °C`.
    public func celsius(_ value: Double) -> String { DisplayNumber.celsius(value) }

    /// A power in the unit that keeps it between 1 and 1000.
    public func power(_ watts: Double) -> String { DisplayNumber.power(watts) }

    /// A number with its unit; no unit where there is no number.
    func quantity(_ value: Double, _ decimals: Int, _ unit: String) -> String {
        value.isFinite ? DisplayNumber.fixed(value, decimals) + " " + unit : DisplayNumber.none
    }
}
