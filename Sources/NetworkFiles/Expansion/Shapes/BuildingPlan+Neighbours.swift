/// End walls that another building covers.
extension BuildingPlan {
    /// A wall between nodes of two buildings.
    struct SharedWall {
        var left: Int
        var right: Int
        var conductance: Double
    }

    /// A room at an end of the building: what lies behind its end wall, in m above the common datum and from the front.
    private struct EndRoom {
        var level: Int
        var cell: Int
        var node: Int?
        var bottom: Double
        var top: Double
        var front: Double
        var back: Double
    }

    private func endRooms(_ side: EndWalls.Side) -> [EndRoom] {
        guard let layout = shape?.layout else { return [] }
        let cells = layout.plans.flatMap(\.cells).filter { $0.footprint > 0 }
        let end = side == .left ? cells.map(\.left).min() : cells.map(\.right).max()
        guard let end else { return [] }
        var rooms: [EndRoom] = []
        for level in layout.levels {
            let floor = layout.floor(of: level)
            for (cell, data) in layout.layout(level).cells.enumerated() where data.use != .cellar && data.use != .attic && data.footprint > 0 {
                guard ((side == .left ? data.left : data.right) - end).magnitude <= FloorLayout.tolerance else { continue }
                let bottom = elevation + Double(floor - 1) * geometry.storeyHeight
                rooms.append(EndRoom(
                    level: level, cell: cell, node: layout.node(level, cell), bottom: bottom, top: bottom + geometry.storeyHeight,
                    front: data.front, back: data.back))
            }
        }
        return rooms
    }

    private mutating func cover(_ side: EndWalls.Side, _ node: Int, _ area: Double) {
        if side == .left { shape?.coveredLeft[node, default: 0] += area } else { shape?.coveredRight[node, default: 0] += area }
    }

    private mutating func touch(_ node: Int, _ conductance: Double, _ temperature: Double) {
        let before = shape?.partyContact[node] ?? (0, 0)
        shape?.partyContact[node] = (before.conductance + conductance, before.heat + conductance * temperature)
    }

    /// Puts a building of one given temperature against a whole end.
    mutating func adjoin(_ side: EndWalls.Side, temperature: Double) {
        for room in endRooms(side) {
            guard let node = room.node else { continue }
            let area = (room.top - room.bottom) * (room.back - room.front)
            cover(side, node, area)
            touch(node, geometry.jointTransmittance * area, temperature)
        }
    }

    /// Puts the right end of one building against the left end of another; their fronts are in one line.
    static func join(_ plans: inout [BuildingPlan], left: Int, right: Int) -> [SharedWall] {
        let (these, those) = (plans[left].endRooms(.right), plans[right].endRooms(.left))
        let transmittance = plans[left].geometry.jointTransmittance
        var walls: [SharedWall] = []
        var first = 0
        for here in these {
            while first < those.count, those[first].top <= here.bottom { first += 1 }
            for there in those[first...] {
                if there.bottom >= here.top { break }
                let height = min(here.top, there.top) - max(here.bottom, there.bottom)
                let depth = min(here.back, there.back) - max(here.front, there.front)
                let area = height * depth
                guard height > FloorLayout.tolerance, depth > FloorLayout.tolerance else { continue }
                if let node = here.node { plans[left].cover(.right, node, area) }
                if let node = there.node { plans[right].cover(.left, node, area) }
                switch (here.node, there.node) {
                case (let a?, let b?): walls.append(SharedWall(left: a, right: b, conductance: transmittance * area))
                case (let a?, nil): plans[left].touch(a, transmittance * area, plans[right].shape?[.shopRoom] ?? plans[right].room)
                case (nil, let b?): plans[right].touch(b, transmittance * area, plans[left].shape?[.shopRoom] ?? plans[left].room)
                case (nil, nil): break
                }
            }
        }
        return walls
    }
}
