import NetworkModel

/// A building of any shape with all numbers that its surfaces need.
struct BuildingShape {
    var layout: BuildingLayout
    /// Numbers by ``ShapeKey``.
    var numbers: [Double]
    /// Width of each unit along the front, m.
    var unitWidths: [Double]
    /// The way the front faces; nil = no orientation factors.
    var facing: Facing?
    /// Whether the ground floor stands on columns over outdoor air.
    var isOpenBelow = false
    /// Area of the left and right end walls that another building covers, by node, m².
    var coveredLeft: [Int: Double] = [:]
    var coveredRight: [Int: Double] = [:]
    /// What adjoins at a given temperature behind those walls: Σ K and Σ K T by node.
    var partyContact: [Int: (conductance: Double, heat: Double)] = [:]
    /// What each node is and borders on; empty until ``settle(_:room:outdoor:ground:)``.
    private(set) var nodes: [Node] = []
    /// Walls and slabs between nodes.
    private(set) var couplings: [Link] = []

    /// A node of the lattice.
    struct Node {
        var place: BuildingLayout.Place
        var cell: FloorCell
        var floor: Int
        /// To outdoors with the building's own envelope, W/K.
        var exterior: Double
        var ground = 0.0
        /// Σ K and Σ K T of what is kept warm by others.
        var held = 0.0
        var heldHeat = 0.0
        /// Σ K and Σ K T of unheated spaces, with every dwelling heated at design.
        var space = 0.0
        var spaceHeat = 0.0
    }

    /// A surface between two nodes.
    struct Link {
        var first: Int
        var second: Int
        var conductance: Double
        var isSlab: Bool
    }

    subscript(key: ShapeKey) -> Double { numbers[key.rawValue] }

    /// Conductance of a room to outdoors, W/K.
    ///
    /// - Parameters:
    ///   - geometry: envelope and sizes that hold for this room.
    ///   - area: its floor area where it differs from the plan's.
    func exterior(_ place: BuildingLayout.Place, _ geometry: BuildingGeometry, area ownArea: Double? = nil) -> Double {
        let cell = layout.layout(place.level).cells[place.cell]
        switch cell.use {
        case .cellar: return air(self[.cellarAir], cell.footprint * self[.cellarHeight])
        case .attic: return cell.footprint * self[.atticRoof] + air(self[.atticAir], cell.footprint * Self.atticHeight)
        case .stairwell: return stairwell(place, cell, geometry)
        case .dwelling, .shop, .unheated: break
        }
        let envelope = geometry.envelope
        let area = ownArea ?? cell.area
        let scale = cell.footprint > 0 ? area / cell.footprint : 1
        let outside = layout.layout(place.level).outside[place.cell]
        let height = geometry.storeyHeight
        let facade = (1 - geometry.windowShare) * envelope.wall + geometry.windowShare * envelope.window
        var conductance = scale * height * facade * (outside.front * factor(facing) + outside.back * factor(facing?.back))
        let node = layout.node(place.level, place.cell)
        let left = max(outside.left * height - (node.flatMap { coveredLeft[$0] } ?? 0), 0)
        let right = max(outside.right * height - (node.flatMap { coveredRight[$0] } ?? 0), 0)
        conductance += envelope.wall * (left * factor(facing?.left) + right * factor(facing?.right))
        conductance += scale * layout.uncoveredAbove(place.level, place.cell) * envelope.roof
        let below = scale * layout.uncoveredBelow(place.level, place.cell) * envelope.ground
        conductance += place.level == 0 && !isOpenBelow ? 0.5 * below : below
        return conductance + air(envelope.airChanges, max(height - BuildingGeometry.slabThickness, 0) * area)
    }

    private func stairwell(_ place: BuildingLayout.Place, _ cell: FloorCell, _ geometry: BuildingGeometry) -> Double {
        let envelope = geometry.envelope
        let area = stairArea
        let facade = (1 - geometry.windowShare) * envelope.wall + geometry.windowShare * envelope.window
        var conductance = self[.stairWidth] * geometry.storeyHeight * facade * factor(facing?.back)
        if stairs(above: place, cell.unit) == nil && !hasAttic(above: place.level) { conductance += area * envelope.roof }
        if place.level == 0 { conductance += (isOpenBelow ? 1 : 0.5) * area * envelope.ground }
        return conductance + air(self[.stairAir], area * geometry.storeyHeight)
    }

    private func air(_ changes: Double, _ volume: Double) -> Double { BuildingGeometry.airHeat * changes * volume }

    private func factor(_ facing: Facing?) -> Double { facing.map { 1 + self[$0.key] } ?? 1 }

    private var stairArea: Double { self[.stairWidth] * self[.stairDepth] }
    /// Mean height of an attic, m.
    private static var atticHeight: Double { 1.2 }

    private func stairs(above place: BuildingLayout.Place, _ unit: Int) -> Int? {
        guard place.level + 1 < layout.levels.count else { return nil }
        let above = layout.layout(place.level + 1).cells
        guard let cell = above.firstIndex(where: { $0.use == .stairwell && $0.unit == unit }) else { return nil }
        return layout.node(place.level + 1, cell)
    }

    private func hasAttic(above level: Int) -> Bool {
        level + 1 < layout.levels.count && layout.layout(level + 1).cells.contains { $0.use == .attic }
    }

    /// Works out all nodes and couplings, and how warm unheated spaces are when every dwelling is at `room`, °C.
    mutating func settle(_ geometry: BuildingGeometry, room: Double, outdoor: Double, ground: Double) {
        nodes = []
        couplings = []
        for level in layout.levels {
            for (cell, data) in layout.layout(level).cells.enumerated() where data.isNode {
                let place = BuildingLayout.Place(level: level, cell: cell)
                var node = Node(place: place, cell: data, floor: layout.floor(of: level), exterior: exterior(place, geometry))
                if data.use == .cellar {
                    let outside = layout.layout(level).outside[cell]
                    let perimeter = outside.front + outside.back + outside.left + outside.right
                    node.ground = self[.cellarGround] * (data.footprint + perimeter * self[.cellarHeight])
                }
                let party = partyContact[nodes.count] ?? (0, 0)
                (node.held, node.heldHeat) = (party.conductance, party.heat)
                nodes.append(node)
            }
        }
        for level in layout.levels { addWalls(level, geometry) }
        for level in layout.levels.dropLast() { addSlabs(level, geometry) }
        settleSpaces(room: room, outdoor: outdoor, ground: ground)
    }

    private mutating func addWalls(_ level: Int, _ geometry: BuildingGeometry) {
        let floor = layout.layout(level)
        for wall in floor.walls {
            let isStair = floor.cells[wall.second].use == .stairwell || floor.cells[wall.first].use == .stairwell
            let transmittance =
                isStair ? self[.stairWall] : wall.isJoint ? geometry.jointTransmittance : geometry.envelope.partition
            connect((level, wall.first), (level, wall.second), wall.length * geometry.storeyHeight * transmittance, isSlab: false)
        }
    }

    private mutating func addSlabs(_ level: Int, _ geometry: BuildingGeometry) {
        let (lower, upper) = (layout.layout(level).cells, layout.layout(level + 1).cells)
        for overlap in layout.overlaps(above: level) {
            let transmittance: Double
            switch (lower[overlap.below].use, upper[overlap.above].use) {
            case (.cellar, _): transmittance = geometry.envelope.ground
            case (_, .attic): transmittance = geometry.envelope.roof
            default: transmittance = geometry.envelope.slab
            }
            connect((level, overlap.below), (level + 1, overlap.above), overlap.area * transmittance, isSlab: true)
        }
        for (cell, data) in lower.enumerated() where data.use == .stairwell || data.use == .cellar {
            for (other, above) in upper.enumerated() where above.use == .stairwell && (above.unit == data.unit || data.use == .cellar) {
                let conductance = data.use == .cellar ? stairArea * geometry.envelope.ground : self[.stairMixing]
                connect((level, cell), (level + 1, other), conductance, isSlab: true)
            }
            if data.use == .stairwell, let attic = upper.firstIndex(where: { $0.use == .attic }) {
                connect((level, cell), (level + 1, attic), stairArea * geometry.envelope.roof, isSlab: true)
            }
        }
    }

    private mutating func connect(_ a: (Int, Int), _ b: (Int, Int), _ conductance: Double, isSlab: Bool) {
        guard conductance > 0 else { return }
        switch (layout.node(a.0, a.1), layout.node(b.0, b.1)) {
        case (let first?, let second?):
            couplings.append(Link(first: first, second: second, conductance: conductance, isSlab: isSlab))
        case (let node?, nil), (nil, let node?):
            nodes[node].held += conductance
            nodes[node].heldHeat += conductance * self[.shopRoom]
        case (nil, nil): break
        }
    }

    /// Gauss–Seidel over the unheated spaces; it only sizes emitters, so a hundredth of a kelvin is enough.
    private mutating func settleSpaces(room: Double, outdoor: Double, ground: Double) {
        let spaces = nodes.indices.filter { nodes[$0].cell.use != .dwelling }
        guard !spaces.isEmpty else { return }
        var temperature = nodes.map { $0.cell.use == .dwelling ? room : 0.5 * (room + outdoor) }
        var around: [[(Int, Double)]] = Array(repeating: [], count: nodes.count)
        for link in couplings {
            around[link.first].append((link.second, link.conductance))
            around[link.second].append((link.first, link.conductance))
        }
        for _ in 0..<500 {
            var change = 0.0
            for space in spaces {
                let node = nodes[space]
                var sum = node.exterior + node.ground + node.held
                var heat = node.exterior * outdoor + node.ground * ground + node.heldHeat
                for (other, conductance) in around[space] {
                    sum += conductance
                    heat += conductance * temperature[other]
                }
                guard sum > 0 else { continue }
                change = max(change, (heat / sum - temperature[space]).magnitude)
                temperature[space] = heat / sum
            }
            if change < 1e-3 { break }
        }
        for space in spaces {
            for (other, conductance) in around[space] where nodes[other].cell.use == .dwelling {
                nodes[other].space += conductance
                nodes[other].spaceHeat += conductance * temperature[space]
            }
        }
    }
}
