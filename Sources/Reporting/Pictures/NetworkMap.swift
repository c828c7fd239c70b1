import Heating
import NetworkModel

/// The network on the plane: pipes as lines by circuit, buildings coloured by the mean room temperature of their open
/// dwellings, plants and substations.
struct NetworkMap {
    private let network: Network
    private let room: [Double]
    private let language: Language
    private let layout: MapLayout
    private let frame: Frame
    /// Circuits shown, see ``circuits``.
    private let circuitOf: [Int32]
    /// The substation of each circuit shown; nil for a primary.
    let circuits: [SubstationIndex?]
    /// Pipes drawn, in the order of the picture.
    private(set) var pipes: [PipeIndex] = []
    /// Buildings drawn one by one, in the order of the picture; none where squares stand for them.
    private(set) var buildings: [BuildingIndex] = []
    /// Substations drawn, in the order of the picture.
    private(set) var substations: [SubstationIndex] = []

    /// Most pipes drawn; beyond, the thinnest are left out, so that the page stays light.
    static let pipeLimit = 6_000
    /// Most buildings drawn one by one; beyond, squares of the plane stand for the buildings in them.
    static let buildingLimit = 3_000

    /// A map of a network with room temperatures by dwelling, °C; nil where there is nothing to draw.
    init?(of network: Network, room: [Double], language: Language) {
        guard let layout = MapLayout(network),
            let frame = Frame(layout.node.lazy.compactMap(\.self), layout.building.lazy.compactMap(\.self))
        else { return nil }
        self.network = network
        self.room = room
        self.language = language
        self.layout = layout
        self.frame = frame
        let all = network.circuits()
        var circuitOf = [Int32](repeating: 0, count: network.nodes.count)
        for (position, circuit) in all.enumerated() {
            for node in circuit.nodes { circuitOf[node.position] = Int32(position) }
        }
        self.circuitOf = circuitOf
        circuits = all.map(\.substation)
        choosePipes()
        if network.buildings.count <= Self.buildingLimit {
            let placed = network.buildings.indices.filter { layout.building[$0] != nil }.map { BuildingIndex($0) }
            buildings = placed.map { (circuit(of: $0), $0) }.sorted { $0 < $1 }.map(\.1)
        }
        substations = network.substations.indices.map { SubstationIndex($0) }.filter { place(of: network.substations[$0].primaryLink) != nil }
    }

    /// Whether the places are those of the input; else the map is a schematic drawing.
    var isSurveyed: Bool { layout.isSurveyed }

    private mutating func choosePipes() {
        for (position, pipe) in network.pipes.enumerated() {
            let link = network.links[pipe.link]
            // The return lies in the same trench: one line stands for both.
            guard network.nodes[link.from].line != .return, let start = layout.node[link.from.position],
                let end = layout.node[link.to.position], start != end
            else { continue }
            pipes.append(PipeIndex(position))
        }
        if pipes.count > Self.pipeLimit {
            let least = pipes.map { network.pipes[$0].innerDiameter.metres }.sorted(by: >)[Self.pipeLimit - 1]
            pipes.removeAll { network.pipes[$0].innerDiameter.metres < least }
            pipes = Array(pipes.prefix(Self.pipeLimit))
        }
        func key(_ pipe: PipeIndex) -> (Int32, PipeIndex) { (circuitOf[network.links[network.pipes[pipe].link].from.position], pipe) }
        pipes.sort { key($0) < key($1) }
    }

    /// The circuit a building hangs on.
    private func circuit(of building: BuildingIndex) -> Int32 {
        guard let dwelling = network.buildings[building].dwellings.first(where: { network.dwellings[$0].terminal != nil }),
            let terminal = network.dwellings[dwelling].terminal
        else { return 0 }
        return circuitOf[network.links[network.terminals[terminal].link].from.position]
    }

    /// The picture.
    var drawing: Drawing {
        var drawing = Drawing(width: frame.width, height: frame.height, label: Phrase(PageText.mapLabel), language: language)
        var (pipe, building) = (0, 0)
        for (position, substation) in circuits.enumerated() {
            let (firstPipe, firstBuilding) = (pipe, building)
            while pipe < pipes.count, circuitOf[network.links[network.pipes[pipes[pipe]].link].from.position] == position { pipe += 1 }
            while building < buildings.count, circuit(of: buildings[building]) == position { building += 1 }
            guard pipe > firstPipe || building > firstBuilding else { continue }
            drawing.group(" class=\"circuit\" data-c=\"\(position)\"")
            for index in pipes[firstPipe..<pipe] { draw(index, isPrimary: substation == nil, in: &drawing) }
            for index in buildings[firstBuilding..<building] { draw(index, in: &drawing) }
            drawing.endGroup()
        }
        if network.buildings.count > Self.buildingLimit { drawSquares(in: &drawing) }
        drawPlants(in: &drawing)
        return drawing
    }

    private func draw(_ index: PipeIndex, isPrimary: Bool, in drawing: inout Drawing) {
        let pipe = network.pipes[index]
        let link = network.links[pipe.link]
        guard let start = layout.node[link.from.position].map(frame.place), let end = layout.node[link.to.position].map(frame.place)
        else { return }
        var path = Path()
        path.move(start.x, start.y)
        // In a schematic drawing pipes bend at right angles, as in a plumbing diagram.
        if !isSurveyed { path.line(start.x, end.y) }
        path.line(end.x, end.y)
        drawing.path(path, width: Self.stroke(pipe.innerDiameter.metres), style: isPrimary ? "pipe primary" : "pipe")
    }

    /// Width of a pipe's line by its inner diameter, m.
    private static func stroke(_ diameter: Double) -> Double {
        [0.8, 1.4, 2.2, 3.4, 5][[0.065, 0.125, 0.25, 0.4].firstIndex { diameter < $0 } ?? 4]
    }

    private func draw(_ index: BuildingIndex, in drawing: inout Drawing) {
        guard let place = layout.building[index.position].map(frame.place) else { return }
        let side = min(14, max(5, 300 / Double(max(network.buildings.count, 1)).squareRoot()))
        let members = network.buildings[index].dwellings.map { DwellingIndex($0) }
        let rooms = RoomSummary(of: room, in: network, members: members)
        drawing.rectangle(
            x: place.x - side / 2, y: place.y - side / 2, width: side, height: side,
            fill: Palette.room(rooms.mean, promised: network.conditions.room.celsius), style: "building")
    }

    private func drawSquares(in drawing: inout Drawing) {
        let side = 16.0
        let columns = Int(frame.width / side) + 1
        let rows = Int(frame.height / side) + 1
        var members = [[DwellingIndex]](repeating: [], count: columns * rows)
        for (position, building) in network.buildings.enumerated() {
            guard let place = layout.building[position].map(frame.place) else { continue }
            let column = min(max(Int(place.x / side), 0), columns - 1)
            let row = min(max(Int(place.y / side), 0), rows - 1)
            members[row * columns + column] += building.dwellings.map { DwellingIndex($0) }
        }
        for (cell, dwellings) in members.enumerated() where !dwellings.isEmpty {
            let rooms = RoomSummary(of: room, in: network, members: dwellings)
            drawing.rectangle(
                x: Double(cell % columns) * side + 2, y: Double(cell / columns) * side + 2, width: side - 4, height: side - 4,
                fill: Palette.room(rooms.mean, promised: network.conditions.room.celsius), style: "square",
                hover: Phrase {
                    $0(
                        PageText.squareHover, DisplayNumber.count(dwellings.count), $0.celsius(rooms.mean), $0.celsius(rooms.lowest))
                })
        }
    }

    private func drawPlants(in drawing: inout Drawing) {
        for index in substations {
            let substation = network.substations[index]
            guard let place = place(of: substation.primaryLink) else { continue }
            var diamond = Path(through: [(place.x, place.y - 8), (place.x + 8, place.y), (place.x, place.y + 8), (place.x - 8, place.y)])
            diamond.close()
            drawing.path(diamond, fill: "#fff", style: "plant substation")
            if network.substations.count <= 60 {
                drawing.text(substation.id.text, x: place.x + 10, y: place.y - 6, style: "label")
            }
        }
        for source in network.sources {
            guard let place = place(of: source.link) else { continue }
            drawing.circle(x: place.x, y: place.y, radius: 10, fill: "#fff", style: "plant", hover: Phrase(plain: source.id.text))
            drawing.circle(x: place.x, y: place.y, radius: 4, fill: "#222")
            drawing.text(source.id.text, x: place.x + 14, y: place.y - 8, style: "label strong")
        }
    }

    private func place(of link: LinkIndex) -> (x: Double, y: Double)? {
        let link = network.links[link]
        return (layout.node[link.from.position] ?? layout.node[link.to.position]).map(frame.place)
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

    init?(_ nodes: some Sequence<MapPoint>, _ buildings: some Sequence<MapPoint>) {
        var (minX, maxX, minY, maxY) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
        func take(_ place: MapPoint) {
            guard place.x.isFinite, place.y.isFinite else { return }
            (minX, maxX) = (min(minX, place.x), max(maxX, place.x))
            (minY, maxY) = (min(minY, place.y), max(maxY, place.y))
        }
        for place in nodes { take(place) }
        for place in buildings { take(place) }
        let (spanX, spanY) = (maxX - minX, maxY - minY)
        guard spanX.isFinite, spanY.isFinite, max(spanX, spanY) > 0 else { return nil }
        // Wide or tall districts are fitted into a picture between 0.2 and 1.1 times as high as it is wide.
        let inner = width - 2 * margin
        let innerHeight = min(max(inner * spanY / max(spanX, 1e-9), 0.2 * inner), 1.1 * inner)
        scale = min(inner / max(spanX, 1e-9), innerHeight / max(spanY, 1e-9))
        height = innerHeight + 2 * margin
        left = (width - spanX * scale) / 2 - minX * scale
        top = (height + spanY * scale) / 2 + minY * scale
    }

    /// North is up.
    func place(_ point: MapPoint) -> (x: Double, y: Double) { (left + point.x * scale, top - point.y * scale) }
}
