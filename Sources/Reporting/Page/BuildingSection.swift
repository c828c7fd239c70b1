import Heating
import NetworkModel

/// A building cut open: floors upwards, units and doors side by side, every dwelling coloured by its room temperature,
/// the closed ones hatched.
struct BuildingSection {
    private let network: Network
    private let building: Building
    private let room: [Double]
    private let texts: Texts

    /// A section of a building with room temperatures by dwelling, °C.
    init(of building: Building, in network: Network, room: [Double], texts: Texts) {
        self.network = network
        self.building = building
        self.room = room
        self.texts = texts
    }

    /// The building whose coldest open dwelling is the coldest of all; nil where no room temperature is known.
    static func worstBuilding(in network: Network, room: [Double]) -> Building? {
        var worst: (building: Building, coldest: Double)?
        for building in network.buildings {
            let members = building.dwellings.map { DwellingIndex($0) }
            let coldest = RoomSummary(of: room, in: network, members: members).lowest
            if coldest < worst?.coldest ?? .infinity { worst = (building, coldest) }
        }
        return worst?.building
    }

    /// The picture.
    var svg: String {
        let columns = max(1, building.units * building.dwellingsPerFloor)
        let cell = (width: min(64.0, 860 / Double(columns)), height: 24.0)
        let gap = 8.0
        let left = 44.0
        let width = left + Double(columns) * cell.width + Double(max(building.units - 1, 0)) * gap + 10
        let height = Double(building.floors) * cell.height + 40
        var drawing = Drawing(width: max(width, 200), height: height, label: texts(PageText.sectionLabel, building.id.text))
        drawing.defineHatch()
        for floor in stride(from: 1, through: building.floors, by: 1) {
            let y = 10 + Double(building.floors - floor) * cell.height
            drawing.text(DisplayNumber.count(floor), x: left - 8, y: y + 16, anchor: .end, style: "axis")
        }
        for position in building.dwellings {
            let dwelling = network.dwellings[position]
            let column = Double(dwelling.unit - 1) * Double(building.dwellingsPerFloor) + Double(dwelling.door - 1)
            let x = left + column * cell.width + Double(dwelling.unit - 1) * gap
            let y = 10 + Double(building.floors - Int(dwelling.floor)) * cell.height
            draw(dwelling, room.indices.contains(position) ? room[position] : .nan, x: x, y: y, cell: cell, in: &drawing)
        }
        for unit in stride(from: 1, through: building.units, by: 1) {
            let x = left + (Double(unit) - 0.5) * Double(building.dwellingsPerFloor) * cell.width + Double(unit - 1) * gap
            drawing.text(
                texts(PageText.unitLabel, DisplayNumber.count(unit)), x: x, y: height - 10, anchor: .middle, style: "axis")
        }
        return drawing.svgInOwnSize
    }

    private func draw(
        _ dwelling: Dwelling, _ room: Double, x: Double, y: Double, cell: (width: Double, height: Double), in drawing: inout Drawing
    ) {
        let promised = (dwelling.target ?? network.conditions.room).celsius
        let state =
            switch dwelling.state {
            case .open: ""
            case .closed: " · " + texts(FigureText.closed)
            case .restricted: " · " + texts(FigureText.restricted)
            }
        drawing.rectangle(
            x: x, y: y, width: cell.width - 1, height: cell.height - 1,
            fill: dwelling.state == .closed ? Drawing.hatch : Palette.room(room, promised: promised), style: "dwelling",
            hover: "\(dwelling.id.text): \(DisplayNumber.celsius(room))\(state)")
        if cell.width >= 30, dwelling.state != .closed {
            let isDark = room < promised - 4
            drawing.text(
                DisplayNumber.fixed(room, 1), x: x + cell.width / 2, y: y + 16, anchor: .middle, style: isDark ? "cell light" : "cell")
        }
    }
}
