import Heating
import NetworkModel
import Quantities

/// The heating curves that plants and substations follow, by outdoor temperature.
struct HeatingCurveSection: ReportSection {
    private let report: ReportPage

    /// A plant or a group of substations each: the plants, then the groups that heat most.
    private static let colours = ["#b2182b", "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9"]

    init?(_ report: ReportPage) {
        let conditions = report.result.network.conditions
        guard !report.result.network.sources.isEmpty, conditions.outdoor < conditions.room,
            !report.result.network.dwellings.isEmpty
        else { return nil }
        self.report = report
    }

    func write(to page: inout Page) {
        let network = report.result.network
        let design = network.conditions.outdoor.celsius
        // From the design day to where heating ends, about 5 °C in northern China.
        let end = min(max(5, design + 5), network.conditions.room.celsius)
        let steps = 24
        let weathers = (0...steps).map { design + (end - design) * Double($0) / Double(steps) }
        let plants = network.sources.indices.prefix(3)
        let (groups, shown) = (groups, Self.colours.count - plants.count)
        var curves = plants.map { source in
            Curve(name: Phrase { $0(PageText.curveSource, network.sources[source].id.text) }, colour: Self.colours[source]) { $0.sourceSupply[source] }
        }
        for (place, group) in groups.prefix(shown).enumerated() {
            // A return has the colour of its supply.
            let colour = Self.colours[plants.count + place]
            curves.append(Curve(name: Phrase { $0(PageText.curveSupply, group.name) }, colour: colour) { $0.secondarySupply[group.first] })
            curves.append(
                Curve(name: Phrase { $0(PageText.curveReturn, group.name) }, colour: colour, isDashed: true) { $0.secondaryReturn[group.first] })
        }
        let now = report.result.outcome.weather.outdoor.celsius
        page.section("curve", Phrase(PageText.heatingCurve))
        let drawn = weathers.map { ($0, setPoints($0)) }
        page.figure(
            LineChart(
                curves: curves.map { curve in
                    LineChart.Curve(
                        name: curve.name, points: drawn.map { ($0, curve.value($1)) }, colour: curve.colour, isDashed: curve.isDashed)
                },
                x: Phrase(PageText.outdoorAxis), y: Phrase(PageText.waterAxis), label: Phrase(PageText.heatingCurveLabel),
                mark: (now, Phrase { $0.celsius(now) })
            ).drawing(report.language))
        page.table(
            [Phrase(PageText.outdoorAxis)] + curves.map(\.name),
            listed(from: design, to: end).map { celsius in
                let set = setPoints(celsius)
                return [Phrase(plain: DisplayNumber.fixed(celsius, 1))]
                    + curves.map { Phrase(plain: DisplayNumber.fixed($0.value(set), 1)) }
            }, numbers: 0..<curves.count + 1)
        page.note(Phrase(PageText.heatingCurveNote))
        if plants.count < network.sources.count || groups.count > shown { page.note(Phrase(PageText.heatingCurveMore)) }
    }

    /// A line of the picture and a column of the table.
    private struct Curve {
        var name: Phrase
        var colour: String
        var isDashed = false
        /// What it shows of the set points of a weather, °C.
        var value: (SetPoints) -> Double
    }

    private func setPoints(_ outdoor: Double) -> SetPoints {
        let network = report.result.network
        return SetPoints(of: network, in: Weather(outdoor: Temperature(celsius: outdoor), ground: network.conditions.ground))
    }

    /// The design day, and the weathers that people read off: whole fives, or whole twos in mild climates.
    private func listed(from design: Double, to end: Double) -> [Double] {
        let step = end - design > 12 ? 5.0 : 2.0
        var listed = [design]
        var next = ((design / step).rounded(.down) + 1) * step
        while next <= end + 1e-9 {
            listed.append(next)
            next += step
        }
        return listed
    }

    /// Substations of the same design temperatures, those that heat most first.
    private var groups: [(name: String, first: Int)] {
        let network = report.result.network
        var groups: [(key: [Double], members: [Int], heat: Double)] = []
        for (position, substation) in network.substations.enumerated() {
            let key = [substation.secondarySupply.celsius, substation.secondaryReturn.celsius]
            let heat = report.result.outcome.substations[position].heat
            if let group = groups.firstIndex(where: { $0.key == key }) {
                groups[group].members.append(position)
                groups[group].heat += heat
            } else {
                groups.append((key, [position], heat))
            }
        }
        return groups.enumerated().sorted { (-$0.element.heat, $0.offset) < (-$1.element.heat, $1.offset) }.map { _, group in
            let names = group.members.prefix(3).map { network.substations[$0].id.text }.joined(separator: ", ")
            return (names + (group.members.count > 3 ? " …" : ""), group.members[0])
        }
    }
}
