import NetworkModel

/// One room of a floor as the expander sees it: a dwelling, a shop, or another space between walls.
///
/// Lengths in m; x runs along the front from its left end, y from the front to the back.
struct FloorCell {
    /// What it is; a shop that is heated otherwise is a ``SpaceUse/shop`` with ``isHeldWarm``.
    var use: SpaceUse
    /// Whether others keep it warm: then it has a temperature of its own and is no node of the lattice.
    var isHeldWarm = false
    /// Unit, from 1; 0 for what spans the whole building.
    var unit: Int
    /// Door, from 1; spaces come after the dwellings of their unit.
    var door: Int
    /// Floor area, m².
    var area: Double
    var left: Double
    var right: Double
    var front: Double
    var back: Double

    /// Area of its rectangle.
    var footprint: Double { max(right - left, 0) * max(back - front, 0) }
    /// Whether it is one of the network's dwellings, heated or not.
    var isNode: Bool { !isHeldWarm }
}

/// One floor: its rooms unit by unit, door by door, and the walls between them.
struct FloorLayout {
    /// Rooms; those of one unit are consecutive.
    private(set) var cells: [FloorCell]
    /// Walls between rooms, by positions in `cells`; lengths in m.
    private(set) var walls: [Wall] = []
    /// Lengths of outside walls by room.
    private(set) var outside: [Outside]

    /// A wall between two rooms of a floor.
    struct Wall {
        var first: Int
        var second: Int
        var length: Double
        /// Whether it divides two units.
        var isJoint: Bool
    }

    /// Lengths of a room's outside walls by the way they face, m.
    struct Outside {
        var front = 0.0
        var back = 0.0
        var left = 0.0
        var right = 0.0
    }

    /// Ends closer than this meet, m.
    static let tolerance = 0.01

    /// Finds walls and outside walls of rooms by their rectangles.
    ///
    /// - Complexity: O(n log n + n · rooms side by side).
    init(_ cells: [FloorCell]) {
        self.cells = cells
        outside = cells.map { cell in
            Outside(
                front: cell.right - cell.left, back: cell.right - cell.left, left: cell.back - cell.front, right: cell.back - cell.front)
        }
        let order = cells.indices.filter { cells[$0].footprint > 0 }.sorted { (cells[$0].left, $0) < (cells[$1].left, $1) }
        for (place, a) in order.enumerated() {
            for b in order[(place + 1)...] {
                if cells[b].left > cells[a].right + Self.tolerance { break }
                meet(a, b)
            }
        }
        for cell in cells.indices {
            outside[cell].front = max(outside[cell].front, 0)
            outside[cell].back = max(outside[cell].back, 0)
            outside[cell].left = max(outside[cell].left, 0)
            outside[cell].right = max(outside[cell].right, 0)
        }
    }

    private mutating func meet(_ a: Int, _ b: Int) {
        let (one, other) = (cells[a], cells[b])
        let alongX = min(one.right, other.right) - max(one.left, other.left)
        let alongY = min(one.back, other.back) - max(one.front, other.front)
        if alongY > Self.tolerance && (other.left - one.right).magnitude <= Self.tolerance {
            outside[a].right -= alongY
            outside[b].left -= alongY
            add(a, b, alongY)
        } else if alongX > Self.tolerance && (other.front - one.back).magnitude <= Self.tolerance {
            outside[a].back -= alongX
            outside[b].front -= alongX
            add(a, b, alongX)
        } else if alongX > Self.tolerance && (one.front - other.back).magnitude <= Self.tolerance {
            outside[a].front -= alongX
            outside[b].back -= alongX
            add(a, b, alongX)
        }
    }

    private mutating func add(_ a: Int, _ b: Int, _ length: Double) {
        walls.append(Wall(first: min(a, b), second: max(a, b), length: length, isJoint: cells[a].unit != cells[b].unit))
    }

    /// Adds the stairwell of a unit: it lies along the wall between the middle dwellings and takes that much of it.
    mutating func addStairwell(unit: Int, width: Double, depth: Double) {
        let mine = cells.indices.filter { cells[$0].unit == unit && cells[$0].use != .stairwell }
        guard let last = mine.last else { return }
        let stairs = last + 1
        let x = cells[mine[mine.count / 2]].left
        cells.insert(
            FloorCell(
                use: .stairwell, unit: unit, door: (mine.map { cells[$0].door }.max() ?? 0) + 1, area: 0, left: x, right: x,
                front: 0, back: 0), at: stairs)
        outside.insert(Outside(front: 0, back: width), at: stairs)
        for wall in walls.indices {
            if walls[wall].first >= stairs { walls[wall].first += 1 }
            if walls[wall].second >= stairs { walls[wall].second += 1 }
        }
        let middle = mine.count > 1 ? [mine[mine.count / 2 - 1], mine[mine.count / 2]] : mine
        if middle.count == 2, let shared = walls.firstIndex(where: { $0.first == middle[0] && $0.second == middle[1] }) {
            walls[shared].length = max(walls[shared].length - depth, 0)
        }
        for cell in mine {
            // What is not at the stairs has its door at a landing as wide as they are.
            let length = middle.contains(cell) ? depth : width
            walls.append(Wall(first: cell, second: stairs, length: length, isJoint: false))
        }
    }

    /// Positions of the rooms of a unit.
    func cells(of unit: Int) -> [Int] { cells.indices.filter { cells[$0].unit == unit } }
}
