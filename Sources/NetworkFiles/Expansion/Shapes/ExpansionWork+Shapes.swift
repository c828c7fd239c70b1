import NetworkModel
import Quantities

/// Buildings that are more than rows of equal dwellings: floor plans, shops, stairwells, cellars, attics, facing, neighbours.
extension ExpansionWork {
    /// Prepares what planning single buildings asks for: rows of `floor_plans` by building, buildings that others adjoin.
    mutating func readShapes() -> ShapeRows {
        var rows = ShapeRows(document)
        let plans = document[.floorPlans]
        let building = plans.texts("building")
        let known = document[.buildings].texts("id")
        var rowOf = SymbolMap(symbolCount: document.pool.count)
        for row in 0..<document[.buildings].rowCount { _ = rowOf.insert(known[row], row) }
        for row in 0..<plans.rowCount where !building[row].isAbsent {
            if rowOf[building[row]] == nil {
                reportDangling(building[row], "building", .floorPlans, row, "building", among: ids(.buildings))
            } else {
                rows.plans[building[row], default: []].append(row)
            }
        }
        return rows
    }

    /// The shape of a compact building; nil for a plain row of equal dwellings, which needs none.
    mutating func shape(
        _ row: Int, _ rows: ShapeRows, _ geometry: BuildingGeometry, _ parameters: Parameters, _ element: ElementReference
    ) -> BuildingShape? {
        guard rows.hasShape(row) else { return nil }
        func word(_ column: SymbolColumn) -> String { document.text(column[row]) }
        var builder = LayoutBuilder(geometry)
        builder.hasStairwells = word(rows.stairwells) == "unheated"
        builder.hasCellar = word(rows.below) == "cellar"
        builder.hasAttic = word(rows.above) == "attic"
        builder.shopsAreHeated = word(rows.shops) != "unheated"
        for floor in 0..<min(rows.shopFloors.integer(row) ?? 0, builder.floors.count) {
            for unit in builder.floors[floor].indices { builder.floors[floor][unit].whole = .shop }
        }
        for plan in rows.plans[rows.id[row]] ?? [] { apply(plan, rows, geometry, &builder) }
        let hasShops = builder.floors.contains { $0.contains { $0.whole == .shop || $0.doors.contains { $0.use == .shop } } }
        var numbers: [Double] = []
        for key in ShapeKey.allCases {
            let isUsed =
                switch key {
                case .shopRoom: hasShops && builder.shopsAreHeated
                case .stairWidth, .stairDepth, .stairAir, .stairWall, .stairMixing: builder.hasStairwells
                case .cellarHeight, .cellarGround, .cellarAir: builder.hasCellar
                case .atticRoof, .atticAir: builder.hasAttic
                case .north, .eastWest, .southEast, .south: !rows.facing[row].isAbsent
                }
            numbers.append(parameters.shape[key] ?? (isUsed ? assume(key.key, element) : self.numbers[key.key.rawValue]))
        }
        builder.stairs = (numbers[ShapeKey.stairWidth.rawValue], numbers[ShapeKey.stairDepth.rawValue])
        let widths = builder.unitWidths
        var shape = BuildingShape(layout: builder.layout(widths: widths), numbers: numbers, unitWidths: widths)
        shape.facing = Facing(word: word(rows.facing))
        shape.isOpenBelow = word(rows.below) == "open"
        return shape
    }

    /// Lays one row of `floor_plans` over a building.
    private mutating func apply(_ row: Int, _ rows: ShapeRows, _ geometry: BuildingGeometry, _ builder: inout LayoutBuilder) {
        let first = rows.fromFloor.integer(row) ?? 1
        let last = rows.toFloor.integer(row) ?? geometry.floors
        let (unit, door) = (rows.unit.integer(row), rows.door.integer(row))
        guard first <= last, last <= geometry.floors, (unit ?? 1) <= geometry.units else {
            let shape = "units 1–\(geometry.units), floors 1–\(geometry.floors)"
            report(.noSuchPlace, .error, .floorPlans, row, "from_floor", ["floors \(first)–\(last), unit \(unit ?? 1)", shape])
            return
        }
        let use = UnitSpecification.Use(rawValue: document.text(rows.use[row]))
        let faces = UnitSpecification.Faces(rawValue: document.text(rows.faces[row]))
        for floor in first - 1..<last {
            for place in unit.map({ $0 - 1..<$0 }) ?? 0..<geometry.units {
                var specification = builder.floors[floor][place]
                if let count = rows.dwellings.integer(row) {
                    let like = specification.doors.first ?? UnitSpecification.Door(area: geometry.area)
                    specification.doors = Array(specification.doors.prefix(count))
                    while specification.doors.count < count { specification.doors.append(like) }
                    specification.whole = nil
                }
                if door == nil, let use { specification.whole = use == .dwelling ? nil : use }
                if let door, door > specification.doors.count {
                    report(.noSuchPlace, .error, .floorPlans, row, "door", ["door \(door)", "doors 1–\(specification.doors.count)"])
                    return
                }
                for position in door.map({ $0 - 1..<$0 }) ?? 0..<specification.doors.count {
                    if let area = rows.area[row] { specification.doors[position].area = area }
                    if let faces { specification.doors[position].faces = faces }
                    if door != nil, let use { specification.doors[position].use = use }
                }
                builder.floors[floor][place] = specification
            }
        }
    }

    /// Lets buildings meet that stand wall to wall, and works out all shapes.
    mutating func settleShapes(_ rows: ShapeRows) {
        var ends = EndWalls(count: buildingPlans.count)
        for position in buildingPlans.indices where buildingPlans[position].shape != nil {
            let row = buildingPlans[position].row
            for side in [EndWalls.Side.left, .right] { meet(position, row, side, rows, &ends) }
        }
        for position in buildingPlans.indices {
            guard var shape = buildingPlans[position].shape else { continue }
            shape.settle(
                buildingPlans[position].geometry, room: buildingPlans[position].room, outdoor: conditions.outdoor.celsius,
                ground: conditions.ground.celsius)
            buildingPlans[position].shape = shape
        }
    }

    private mutating func meet(_ position: Int, _ row: Int, _ side: EndWalls.Side, _ rows: ShapeRows, _ ends: inout EndWalls) {
        let (field, symbol) = side == .left ? ("adjoins.left", rows.left[row]) : ("adjoins.right", rows.right[row])
        let given = side == .left ? rows.leftTemperature[row] : rows.rightTemperature[row]
        if let given {
            if !symbol.isAbsent { report(.conflictingFields, .error, .buildings, row, field, [field, field + "_c"]) }
            buildingPlans[position].adjoin(side, temperature: given)
        }
        guard !symbol.isAbsent else { return }
        guard let other = buildings[symbol] else {
            reportDangling(symbol, "building", .buildings, row, field, among: ids(.buildings))
            return
        }
        guard other != position, buildingPlans[other].shape != nil else {
            report(.adjoinsNoShape, .error, .buildings, row, field, [document.text(symbol)])
            return
        }
        let (left, right) = side == .left ? (other, position) : (position, other)
        guard ends.join(left: left, right: right) else {
            if !ends.areJoined(left: left, right: right) { report(.adjoinsTwice, .error, .buildings, row, field, [document.text(symbol)]) }
            return
        }
        for wall in BuildingPlan.join(&buildingPlans, left: left, right: right) {
            partyWalls.append(
                Coupling(
                    first: DwellingIndex(buildingPlans[left].firstDwelling + wall.left),
                    second: DwellingIndex(buildingPlans[right].firstDwelling + wall.right),
                    conductance: ThermalConductance(wattsPerKelvin: wall.conductance), kind: .partition))
        }
    }
}

/// Columns of shapes, and rows of `floor_plans` by building.
struct ShapeRows {
    var plans: [Symbol: [Int]] = [:]
    private var adjoined: Set<Symbol> = []
    let id, facing, shops, stairwells, below, above, left, right: SymbolColumn
    let shopFloors, leftTemperature, rightTemperature: NumberColumn
    let use, faces: SymbolColumn
    let fromFloor, toFloor, unit, door, dwellings, area: NumberColumn

    init(_ document: Document) {
        let table = document[.buildings]
        id = table.texts("id")
        facing = table.texts("facing")
        shops = table.texts("shops")
        stairwells = table.texts("stairwells")
        below = table.texts("below")
        above = table.texts("above")
        left = table.texts("adjoins.left")
        right = table.texts("adjoins.right")
        shopFloors = table.numbers("shop_floors")
        leftTemperature = table.numbers("adjoins.left_c")
        rightTemperature = table.numbers("adjoins.right_c")
        let plans = document[.floorPlans]
        use = plans.texts("use")
        faces = plans.texts("faces")
        fromFloor = plans.numbers("from_floor")
        toFloor = plans.numbers("to_floor")
        unit = plans.numbers("unit")
        door = plans.numbers("door")
        dwellings = plans.numbers("dwellings")
        area = plans.numbers("area_m2")
        for row in 0..<table.rowCount {
            if !left[row].isAbsent { adjoined.insert(left[row]) }
            if !right[row].isAbsent { adjoined.insert(right[row]) }
        }
    }

    /// Whether a building is more than a row of equal dwellings.
    func hasShape(_ row: Int) -> Bool {
        plans[id[row]] != nil || adjoined.contains(id[row]) || (shopFloors[row] ?? 0) > 0 || leftTemperature[row] != nil
            || rightTemperature[row] != nil
            || [facing, stairwells, below, above, left, right].contains { !$0[row].isAbsent }
    }
}

/// Which buildings meet at which ends.
struct EndWalls {
    enum Side { case left, right }
    /// The building at the right end of each, and at its left end.
    private var atRight: [Int?]
    private var atLeft: [Int?]

    init(count: Int) {
        atRight = Array(repeating: nil, count: count)
        atLeft = atRight
    }

    /// Notes that two buildings meet; false where that is known already or one of the ends is taken.
    mutating func join(left: Int, right: Int) -> Bool {
        guard atRight[left] == nil, atLeft[right] == nil else { return false }
        (atRight[left], atLeft[right]) = (right, left)
        return true
    }

    func areJoined(left: Int, right: Int) -> Bool { atRight[left] == right }
}

extension ProblemCode {
    /// A neighbour whose walls are not known. Arguments: the neighbour.
    static let adjoinsNoShape = ProblemCode(
        "adjoins-no-shape",
        en: ("“{0}” is not another building with floors, so its walls are not known", "Name a compact building, or give the temperature behind the wall (adjoins.left_c, adjoins.right_c)."),
        zh: ("“{0}”不是另一栋给出层数的楼栋，墙面未知", "请填写紧凑形式的楼栋，或给出墙后温度（adjoins.left_c、adjoins.right_c）。"))
    /// Two neighbours at one end. Arguments: the second neighbour.
    static let adjoinsTwice = ProblemCode(
        "adjoins-twice",
        en: ("another building stands against the same end as “{0}”", "What is right of one building is left of the other; correct one of the two."),
        zh: ("“{0}”所在一端已有另一栋楼毗邻", "一栋的右侧即另一栋的左侧，请更正其中之一。"))
}
