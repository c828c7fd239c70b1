import Heating
import NetworkModel

/// A building cut open: floors upwards, units and doors side by side, every dwelling coloured by its room temperature,
/// the closed ones hatched.
struct BuildingSection {
    private let network: Network
    private let building: Building
    private let language: Language
    private let columns: [Column]
    private let floors: ClosedRange<Int>
    private let cellWidth: Double

    /// A place for a door of a unit.
    private struct Column {
        var unit: Int32
        var x: Double
        var doors: Int
    }

    private static let cell = (height: 24.0, gap: 8.0)
    private static let (left, top, bottom) = (44.0, 10.0, 34.0)

    /// A section of a building. Units and floors are those of its dwellings, so that setbacks, shops and missing corners
    /// show as they are.
    init(of building: Building, in network: Network, language: Language) {
        self.network = network
        self.building = building
        self.language = language
        let dwellings = network.homes(of: building).map { network.dwellings[$0] }
        let lowest = dwellings.lazy.map { Int($0.floor) }.min() ?? 1
        floors = min(lowest, 1)...max(dwellings.lazy.map { Int($0.floor) }.max() ?? 1, min(building.floors, 200), min(lowest, 1))
        var doors: [Int32: Int] = [:]
        for dwelling in dwellings { doors[dwelling.unit] = max(doors[dwelling.unit] ?? 1, Int(dwelling.door)) }
        var columns: [Column] = []
        var before = 0
        cellWidth = min(64, max(16, 860 / Double(max(doors.values.reduce(0, +), 1))))
        for unit in doors.keys.sorted() {
            columns.append(
                Column(unit: unit, x: Self.left + Double(before) * cellWidth + Double(columns.count) * Self.cell.gap, doors: doors[unit] ?? 1))
            before += doors[unit] ?? 1
        }
        self.columns = columns
    }

    /// The building whose coldest open dwelling is the coldest of all; nil where no room temperature is known.
    static func worstBuilding(in network: Network, room: [Double]) -> BuildingIndex? {
        var worst: (building: BuildingIndex, coldest: Double)?
        for (position, building) in network.buildings.enumerated() {
            let members = building.dwellings.map { DwellingIndex($0) }
            let coldest = RoomSummary(of: room, in: network, members: members).lowest
            if coldest < worst?.coldest ?? .infinity { worst = (BuildingIndex(position), coldest) }
        }
        return worst?.building
    }

    /// Whether the picture would be too large to be of use.
    var isTooLarge: Bool { floors.count > 200 || columns.reduce(0) { $0 + $1.doors } > 400 }

    /// The picture with room temperatures by dwelling, °C.
    func drawing(room: [Double]) -> Drawing {
        func content(_ position: Int) -> (String, String, Bool) {
            let dwelling = network.dwellings[position]
            let promised = network.target(of: DwellingIndex(position)).celsius
            let value = room.indices.contains(position) ? room[position] : .nan
            let fill = dwelling.state == .closed ? Drawing.hatch : Palette.room(value, promised: promised)
            return (fill, dwelling.state == .closed || !value.isFinite ? "" : DisplayNumber.fixed(value, 1), value < promised - 4)
        }
        return draw(content, marksRestricted: true)
    }

    /// The picture without values: floors, units and places of all dwellings in their order, for a script to fill in.
    var shape: Drawing { draw { _ in (Palette.noWater, "", false) } }

    private func draw(_ content: (Int) -> (fill: String, text: String, isDark: Bool), marksRestricted: Bool = false) -> Drawing {
        let width = cellWidth
        let right = (columns.last.map { $0.x + Double($0.doors) * width } ?? Self.left) + 10
        let height = Self.top + Double(floors.count) * Self.cell.height + Self.bottom
        var drawing = Drawing(width: max(right, 200), height: height, label: Phrase(PageText.sectionLabel), language: language)
        for floor in floors where floors.count <= 60 || floor % 5 == 0 {
            drawing.text(DisplayNumber.count(floor), x: Self.left - 8, y: row(floor) + 16, anchor: .end, style: "axis")
        }
        for position in network.homes(of: building) {
            let dwelling = network.dwellings[position]
            guard let column = columns.first(where: { $0.unit == dwelling.unit }) else { continue }
            let x = column.x + Double(max(dwelling.door - 1, 0)) * width
            let y = row(Int(dwelling.floor))
            let (fill, text, isDark) = content(position)
            var style = "dwelling"
            if marksRestricted, case .restricted = dwelling.state { style += " restricted" }
            drawing.rectangle(x: x, y: y, width: width - 1, height: Self.cell.height - 1, fill: fill, style: style)
            if width >= 28 {
                drawing.text(text, x: x + width / 2, y: y + 16, anchor: .middle, style: isDark ? "cell light" : "cell")
            }
        }
        for column in columns where width * Double(column.doors) >= 30 || columns.count <= 40 {
            let x = column.x + Double(column.doors) * width / 2
            drawing.text(
                Phrase { $0(PageText.unitLabel, DisplayNumber.count(Int(column.unit))) }, x: x, y: height - 12, anchor: .middle,
                style: "axis")
        }
        return drawing
    }

    private func row(_ floor: Int) -> Double { Self.top + Double(floors.upperBound - floor) * Self.cell.height }
}
