import NetworkModel

/// What is on one floor of one unit, as `floor_plans` says it.
struct UnitSpecification: Hashable {
    /// One dwelling or room.
    struct Door: Hashable {
        var area: Double
        var use = Use.dwelling
        var faces = Faces.both
    }

    /// What a room is for.
    enum Use: String { case dwelling, shop, unheated, none }
    /// Which long faces a room reaches.
    enum Faces: String { case both, front, back }

    var doors: [Door]
    /// The whole floor of the unit as one room: a shop, a room without heat, or nothing.
    var whole: Use?

    /// Width that the rooms take side by side in a building of a depth, m.
    func width(depth: Double) -> Double {
        let ends = layOut(depth: depth, scale: 1, from: 0)
        return ends.map(\.right).max() ?? 0
    }

    /// Whether anything is there.
    var isEmpty: Bool { whole == Use.none || (whole == nil && doors.allSatisfy { $0.use == .none }) }

    /// Rectangles of the doors from a left end; rooms on one side of a corridor are half as deep.
    func layOut(depth: Double, scale: Double, from start: Double) -> [(left: Double, right: Double, front: Double, back: Double)] {
        var (frontEnd, backEnd) = (start, start)
        return doors.map { door in
            let isThrough = door.faces == .both
            let width = scale * door.area / (isThrough ? depth : depth / 2)
            switch door.faces {
            case .both:
                let left = max(frontEnd, backEnd)
                (frontEnd, backEnd) = (left + width, left + width)
                return (left, left + width, 0, depth)
            case .front:
                frontEnd += width
                return (frontEnd - width, frontEnd, 0, depth / 2)
            case .back:
                backEnd += width
                return (backEnd - width, backEnd, depth / 2, depth)
            }
        }
    }
}

/// Builds the layout of a building from the specifications of its floors.
struct LayoutBuilder {
    let geometry: BuildingGeometry
    /// Specifications by floor and unit.
    var floors: [[UnitSpecification]]
    var hasStairwells = false
    var stairs = (width: 2.6, depth: 6.0)
    var shopsAreHeated = true
    var hasCellar = false
    var hasAttic = false

    /// Equal floors of equal units.
    init(_ geometry: BuildingGeometry) {
        self.geometry = geometry
        let door = UnitSpecification.Door(area: geometry.area)
        let unit = UnitSpecification(doors: Array(repeating: door, count: geometry.dwellingsPerFloor))
        floors = Array(repeating: Array(repeating: unit, count: geometry.units), count: geometry.floors)
    }

    /// Width of each unit, m: that of its widest floor.
    var unitWidths: [Double] {
        (0..<geometry.units).map { unit in
            var widest = 0.0
            var last: UnitSpecification?
            for floor in floors where floor[unit] != last {
                last = floor[unit]
                widest = max(widest, floor[unit].width(depth: geometry.depth))
            }
            return widest > 0 ? widest : geometry.frontage * Double(geometry.dwellingsPerFloor)
        }
    }

    /// The layout; floors above the last one with any room are left out.
    func layout(widths: [Double]) -> BuildingLayout {
        var plans: [FloorLayout] = []
        var planOfFloor: [Int] = []
        var known: [[UnitSpecification]: Int] = [:]
        var floors = floors
        while floors.count > 1, floors.last?.allSatisfy(\.isEmpty) == true { floors.removeLast() }
        for floor in floors {
            if let plan = known[floor] {
                planOfFloor.append(plan)
                continue
            }
            known[floor] = plans.count
            planOfFloor.append(plans.count)
            plans.append(self.plan(floor, widths))
        }
        func add(_ use: SpaceUse, like plan: Int?) -> Int? {
            let cells = plan.map { plans[$0].cells.filter { $0.footprint > 0 } } ?? []
            guard let left = cells.map(\.left).min(), let right = cells.map(\.right).max() else { return nil }
            let cell = FloorCell(
                use: use, unit: 0, door: 1, area: 0, left: left, right: right, front: 0, back: geometry.depth)
            plans.append(FloorLayout([cell]))
            return plans.count - 1
        }
        let cellar = hasCellar ? add(.cellar, like: planOfFloor.first) : nil
        let attic = hasAttic ? add(.attic, like: planOfFloor.last) : nil
        let levels = (cellar.map { [$0] } ?? []) + planOfFloor + (attic.map { [$0] } ?? [])
        return BuildingLayout(plans: plans, planOfLevel: levels, hasCellar: cellar != nil, hasAttic: attic != nil)
    }

    private func plan(_ units: [UnitSpecification], _ widths: [Double]) -> FloorLayout {
        var cells: [FloorCell] = []
        var left = 0.0
        for (unit, specification) in units.enumerated() {
            cells += rooms(specification, unit + 1, left, widths[unit])
            left += widths[unit]
        }
        var layout = FloorLayout(cells)
        if hasStairwells {
            for unit in units.indices where !units[unit].isEmpty {
                layout.addStairwell(unit: unit + 1, width: stairs.width, depth: stairs.depth)
            }
        }
        return layout
    }

    /// The rooms of a unit; where they nearly fill its width they are drawn to fill it, otherwise the floor is set back.
    private func rooms(_ unit: UnitSpecification, _ number: Int, _ left: Double, _ width: Double) -> [FloorCell] {
        if let whole = unit.whole {
            guard let use = Self.use(whole) else { return [] }
            return [FloorCell(
                use: use, isHeldWarm: whole == .shop && shopsAreHeated, unit: number, door: 1, area: width * geometry.depth, left: left,
                right: left + width, front: 0, back: geometry.depth)]
        }
        let own = unit.width(depth: geometry.depth)
        let scale = own > Self.setBackBelow * width ? width / own : 1
        let places = unit.layOut(depth: geometry.depth, scale: scale, from: left)
        var cells: [FloorCell] = []
        for ((index, door), place) in zip(unit.doors.enumerated(), places) {
            guard let use = Self.use(door.use) else { continue }
            cells.append(FloorCell(
                use: use, isHeldWarm: door.use == .shop && shopsAreHeated, unit: number, door: index + 1, area: door.area,
                left: place.left, right: place.right, front: place.front, back: place.back))
        }
        return cells
    }

    private static func use(_ use: UnitSpecification.Use) -> SpaceUse? {
        switch use {
        case .dwelling: .dwelling
        case .shop: .shop
        case .unheated: .unheated
        case .none: nil
        }
    }

    /// Floors that fill less of a unit's width are set back instead of drawn wider.
    private static var setBackBelow: Double { 0.75 }
}
