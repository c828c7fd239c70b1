import Heating
import NetworkModel

/// The network on the plane: pipes as lines, buildings coloured by the mean room temperature of their open dwellings.
struct NetworkMap {
    private let network: Network
    private let room: [Double]
    private let texts: Texts
    private let frame: Frame

    /// Most pipes drawn; beyond, the thinnest are left out, so that the page stays light.
    static let pipeLimit = 20_000
    /// Most buildings drawn one by one; beyond, squares of the plane stand for the buildings in them.
    static let buildingLimit = 4_000

    /// A map of a network with room temperatures by dwelling, °C; nil where no two places are known.
    init?(of network: Network, room: [Double], texts: Texts) {
        let places = network.nodes.lazy.compactMap(\.position)
        guard let frame = Frame(places, buildings: network.buildings) else { return nil }
        self.network = network
        self.room = room
        self.texts = texts
        self.frame = frame
    }

    /// The picture.
    var svg: String {
        var drawing = Drawing(width: frame.width, height: frame.height, label: texts(PageText.mapLabel))
        drawPipes(in: &drawing)
        if network.buildings.count > Self.buildingLimit {
            drawSquares(in: &drawing)
        } else {
            drawBuildings(in: &drawing)
        }
        drawPlants(in: &drawing)
        return drawing.svg
    }

    private func drawPipes(in drawing: inout Drawing) {
        struct Segment { var start: MapPoint; var end: MapPoint; var diameter: Double; var isPrimary: Bool }
        var isSecondary = [Bool](repeating: false, count: network.nodes.count)
        for circuit in network.circuits() where circuit.substation != nil {
            for node in circuit.nodes { isSecondary[node.position] = true }
        }
        var segments: [Segment] = []
        for pipe in network.pipes {
            let link = network.links[pipe.link]
            // The return lies in the same trench: one line stands for both.
            guard network.nodes[link.from].line != .return, let start = network.nodes[link.from].position,
                let end = network.nodes[link.to].position, start != end
            else { continue }
            segments.append(
                Segment(start: start, end: end, diameter: pipe.innerDiameter.metres, isPrimary: !isSecondary[link.from.position]))
        }
        if segments.count > Self.pipeLimit {
            let limit = segments.map(\.diameter).sorted(by: >)[Self.pipeLimit - 1]
            segments.removeAll { $0.diameter < limit }
            segments = Array(segments.prefix(Self.pipeLimit))
        }
        for isPrimary in [false, true] {
            for (band, width) in [0.8, 1.4, 2.2, 3.4, 5].enumerated() {
                var path = Path()
                for segment in segments where segment.isPrimary == isPrimary && Self.band(segment.diameter) == band {
                    let (start, end) = (frame.place(segment.start), frame.place(segment.end))
                    path.move(start.x, start.y)
                    path.line(end.x, end.y)
                }
                drawing.path(path, width: width, style: isPrimary ? "primary" : "secondary")
            }
        }
    }

    /// Width class of a pipe by its inner diameter, m.
    private static func band(_ diameter: Double) -> Int {
        [0.065, 0.125, 0.25, 0.4].firstIndex { diameter < $0 } ?? 4
    }

    private func drawBuildings(in drawing: inout Drawing) {
        let side = min(14, max(5, 300 / Double(max(network.buildings.count, 1)).squareRoot()))
        for building in network.buildings {
            guard let position = building.position else { continue }
            let members = building.dwellings.map { DwellingIndex($0) }
            let rooms = RoomSummary(of: room, in: network, members: members)
            let open = members.count { network.dwellings[$0].state == .open }
            let place = frame.place(position)
            drawing.rectangle(
                x: place.x - side / 2, y: place.y - side / 2, width: side, height: side,
                fill: Palette.room(rooms.mean, promised: network.conditions.room.celsius), style: "building",
                hover: texts(
                    PageText.buildingHover, building.id.text, DisplayNumber.count(open), DisplayNumber.count(members.count),
                    DisplayNumber.celsius(rooms.mean), DisplayNumber.celsius(rooms.lowest)))
        }
    }

    private func drawSquares(in drawing: inout Drawing) {
        let side = 16.0
        let columns = Int(frame.width / side) + 1
        let rows = Int(frame.height / side) + 1
        var members = [[DwellingIndex]](repeating: [], count: columns * rows)
        for building in network.buildings {
            guard let position = building.position else { continue }
            let place = frame.place(position)
            let column = min(max(Int(place.x / side), 0), columns - 1)
            let row = min(max(Int(place.y / side), 0), rows - 1)
            members[row * columns + column] += building.dwellings.map { DwellingIndex($0) }
        }
        for (cell, dwellings) in members.enumerated() where !dwellings.isEmpty {
            let rooms = RoomSummary(of: room, in: network, members: dwellings)
            drawing.rectangle(
                x: Double(cell % columns) * side + 2, y: Double(cell / columns) * side + 2, width: side - 4, height: side - 4,
                fill: Palette.room(rooms.mean, promised: network.conditions.room.celsius),
                hover: texts(
                    PageText.squareHover, DisplayNumber.count(dwellings.count), DisplayNumber.celsius(rooms.mean),
                    DisplayNumber.celsius(rooms.lowest)))
        }
    }

    private func drawPlants(in drawing: inout Drawing) {
        for substation in network.substations {
            guard let place = place(of: substation.primaryLink) else { continue }
            var diamond = Path()
            diamond.move(place.x, place.y - 8)
            diamond.line(place.x + 8, place.y)
            diamond.line(place.x, place.y + 8)
            diamond.line(place.x - 8, place.y)
            diamond.line(place.x, place.y - 8)
            drawing.path(diamond, fill: "#fff", style: "plant")
            if network.substations.count <= 60 {
                drawing.text(substation.id.text, x: place.x + 10, y: place.y - 6, style: "label")
            }
        }
        for source in network.sources {
            guard let place = place(of: source.link) else { continue }
            drawing.circle(x: place.x, y: place.y, radius: 10, fill: "#fff", style: "plant", hover: source.id.text)
            drawing.circle(x: place.x, y: place.y, radius: 4, fill: "#222")
            drawing.text(source.id.text, x: place.x + 14, y: place.y - 8, style: "label strong")
        }
    }

    private func place(of link: LinkIndex) -> (x: Double, y: Double)? {
        let link = network.links[link]
        return (network.nodes[link.from].position ?? network.nodes[link.to].position).map(frame.place)
    }
}

/// Where a place of the plane stands in the picture.
private struct Frame {
    let width = 960.0
    let height: Double
    private let scale: Double
    private let left: Double
    private let top: Double
    private let margin = 30.0

    init?(_ places: some Sequence<MapPoint>, buildings: [Building]) {
        var (minX, maxX, minY, maxY) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
        func take(_ place: MapPoint) {
            guard place.x.isFinite, place.y.isFinite else { return }
            (minX, maxX) = (min(minX, place.x), max(maxX, place.x))
            (minY, maxY) = (min(minY, place.y), max(maxY, place.y))
        }
        for place in places { take(place) }
        for building in buildings { if let place = building.position { take(place) } }
        let (spanX, spanY) = (maxX - minX, maxY - minY)
        guard spanX.isFinite, spanY.isFinite, max(spanX, spanY) > 0 else { return nil }
        // Wide or tall districts are fitted into a picture between 0.3 and 1.1 times as high as it is wide.
        let inner = width - 2 * margin
        let innerHeight = min(max(inner * spanY / max(spanX, 1e-9), 0.3 * inner), 1.1 * inner)
        scale = min(inner / max(spanX, 1e-9), innerHeight / max(spanY, 1e-9))
        height = innerHeight + 2 * margin
        left = (width - spanX * scale) / 2 - minX * scale
        top = (height + spanY * scale) / 2 + minY * scale
    }

    /// North is up.
    func place(_ point: MapPoint) -> (x: Double, y: Double) { (left + point.x * scale, top - point.y * scale) }
}
