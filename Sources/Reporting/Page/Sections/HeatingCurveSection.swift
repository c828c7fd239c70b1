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
        let (outdoor, room) = (network.conditions.outdoor.celsius, network.conditions.room.celsius)
        // From the design day to where heating ends, about 5 °C in northern China.
        let end = max(5, outdoor + 5)
        let steps = 24
        var points: [(outdoor: Double, set: SetPoints)] = []
        for step in 0...steps {
            let celsius = outdoor + (min(end, room) - outdoor) * Double(step) / Double(steps)
            let weather = Weather(outdoor: Temperature(celsius: celsius), ground: network.conditions.ground)
            points.append((celsius, SetPoints(of: network, in: weather)))
        }
        var curves = network.sources.indices.prefix(3).map { source in
            LineChart.Curve(
                name: Phrase { $0(PageText.curveSource, network.sources[source].id.text) },
                points: points.map { ($0.outdoor, $0.set.sourceSupply[source]) }, colour: "")
        }
        let (groups, plants) = (groups, curves.count)
        for group in groups.prefix(Self.colours.count - plants) {
            curves.append(
                LineChart.Curve(
                    name: Phrase { $0(PageText.curveSupply, group.name) },
                    points: points.map { ($0.outdoor, $0.set.secondarySupply[group.first]) }, colour: ""))
            curves.append(
                LineChart.Curve(
                    name: Phrase { $0(PageText.curveReturn, group.name) },
                    points: points.map { ($0.outdoor, $0.set.secondaryReturn[group.first]) }, colour: "", isDashed: true))
        }
        // A return has the colour of its supply.
        var colour = -1
        for position in curves.indices {
            if !curves[position].isDashed { colour += 1 }
            curves[position].colour = Self.colours[max(colour, 0)]
        }
        let now = report.result.outcome.weather.outdoor.celsius
        page.section("curve", Phrase(PageText.heatingCurve))
        page.figure(
            LineChart(
                curves: curves, x: Phrase(PageText.outdoorAxis), y: Phrase(PageText.waterAxis), label: Phrase(PageText.heatingCurveLabel),
                mark: (now, Phrase { $0.celsius(now) })
            ).drawing(report.language))
        page.table(
            [Phrase(PageText.outdoorAxis)] + curves.map(\.name),
            points.indices.filter { $0 % 4 == 0 }.map { row in
                [Phrase(plain: DisplayNumber.fixed(points[row].outdoor, 1))]
                    + curves.map { Phrase(plain: DisplayNumber.fixed($0.points[row].y, 1)) }
            }, numbers: 0..<curves.count + 1)
        page.note(Phrase(PageText.heatingCurveNote))
        if plants < network.sources.count || groups.count > Self.colours.count - plants { page.note(Phrase(PageText.heatingCurveMore)) }
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
