import NetworkModel

/// A building of any shape as floors of rooms: who borders on what, over which area.
///
/// Levels run from the cellar (if there is one) over the floors to the attic (if there is one). Floors of the same plan
/// share one ``FloorLayout``. Nodes of the lattice are numbered level by level, in the order of the rooms of each.
struct BuildingLayout {
    /// Layouts in use.
    private(set) var plans: [FloorLayout]
    /// Plan of each level.
    private(set) var planOfLevel: [Int]
    /// Floor number of the first level: 0 with a cellar, else 1.
    let firstFloor: Int
    /// Number of floors people live or trade on.
    let floors: Int
    /// First node of each level, and the number of all.
    private(set) var start: [Int]
    /// Node of each room by plan, counted within its level; −1 for rooms that are none.
    private(set) var nodeOfCell: [[Int]]
    /// Overlaps of a plan with the one above it, by the pair of plans.
    private var overlaps: [PlanPair: [Overlap]] = [:]
    /// Covered area from above and below by room, by the pair of plans.
    private var covered: [PlanPair: (above: [Double], below: [Double])] = [:]

    private struct PlanPair: Hashable {
        var below: Int
        var above: Int
    }

    /// Two rooms one above the other.
    struct Overlap {
        /// Room of the lower floor and room of the upper one.
        var below: Int
        var above: Int
        /// Area that they share, m².
        var area: Double
    }

    /// A room at a level.
    struct Place {
        var level: Int
        var cell: Int
    }

    /// Puts levels together, bottom first.
    init(plans: [FloorLayout], planOfLevel: [Int], hasCellar: Bool, hasAttic: Bool) {
        self.plans = plans
        self.planOfLevel = planOfLevel
        firstFloor = hasCellar ? 0 : 1
        floors = planOfLevel.count - (hasCellar ? 1 : 0) - (hasAttic ? 1 : 0)
        nodeOfCell = plans.map { plan in
            var next = 0
            return plan.cells.map { cell in
                guard cell.isNode else { return -1 }
                next += 1
                return next - 1
            }
        }
        start = [0]
        for plan in planOfLevel { start.append((start.last ?? 0) + plans[plan].cells.count(where: \.isNode)) }
        for level in planOfLevel.indices.dropLast() { overlap(planOfLevel[level], planOfLevel[level + 1]) }
    }

    /// Number of nodes.
    var nodeCount: Int { start.last ?? 0 }
    /// Levels from bottom to top.
    var levels: Range<Int> { planOfLevel.indices }
    /// The floor number of a level: 0 cellar, 1 ground floor.
    func floor(of level: Int) -> Int { level + firstFloor }
    /// The layout of a level.
    func layout(_ level: Int) -> FloorLayout { plans[planOfLevel[level]] }

    /// The node of a room; nil for one that others keep warm.
    func node(_ level: Int, _ cell: Int) -> Int? {
        let node = nodeOfCell[planOfLevel[level]][cell]
        return node < 0 ? nil : start[level] + node
    }

    /// The node of a dwelling.
    func node(unit: Int, floor: Int, door: Int) -> Int? {
        let level = floor - firstFloor
        guard levels.contains(level) else { return nil }
        let cells = layout(level).cells
        guard let cell = cells.firstIndex(where: { $0.unit == unit && $0.door == door && $0.use == .dwelling }) else { return nil }
        return node(level, cell)
    }

    /// The room of a node.
    ///
    /// - Complexity: O(log levels + rooms of the level).
    func place(of node: Int) -> Place {
        var (low, high) = (0, levels.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if start[middle] <= node { low = middle } else { high = middle - 1 }
        }
        let cell = nodeOfCell[planOfLevel[low]].firstIndex(of: node - start[low]) ?? 0
        return Place(level: low, cell: cell)
    }

    /// Rooms of this level with those of the next one up.
    func overlaps(above level: Int) -> [Overlap] {
        guard level + 1 < levels.count else { return [] }
        return overlaps[PlanPair(below: planOfLevel[level], above: planOfLevel[level + 1])] ?? []
    }

    /// Area of a room that has nothing above it, m².
    func uncoveredAbove(_ level: Int, _ cell: Int) -> Double {
        let whole = layout(level).cells[cell].footprint
        guard level + 1 < levels.count else { return whole }
        let pair = PlanPair(below: planOfLevel[level], above: planOfLevel[level + 1])
        return Self.rest(whole, covered[pair]?.above[cell] ?? 0)
    }

    /// Area of a room that has nothing below it, m².
    func uncoveredBelow(_ level: Int, _ cell: Int) -> Double {
        let whole = layout(level).cells[cell].footprint
        guard level > 0 else { return whole }
        let pair = PlanPair(below: planOfLevel[level - 1], above: planOfLevel[level])
        return Self.rest(whole, covered[pair]?.below[cell] ?? 0)
    }

    /// What is left of an area; less than a thousandth is the rounding of its sides.
    private static func rest(_ whole: Double, _ covered: Double) -> Double { covered > 0.999 * whole ? 0 : whole - covered }

    private mutating func overlap(_ below: Int, _ above: Int) {
        let pair = PlanPair(below: below, above: above)
        if overlaps[pair] != nil { return }
        let (lower, upper) = (plans[below].cells, plans[above].cells)
        let order = upper.indices.filter { upper[$0].footprint > 0 }.sorted { (upper[$0].left, $0) < (upper[$1].left, $1) }
        var found: [Overlap] = []
        var sums = (above: [Double](repeating: 0, count: lower.count), below: [Double](repeating: 0, count: upper.count))
        // Rooms of a floor may be wider than those after them, so the search begins at the widest's reach before.
        let widest = upper.map { $0.right - $0.left }.max() ?? 0
        for cell in lower.indices where lower[cell].footprint > 0 {
            var place = order.partitioningIndex { upper[$0].left >= lower[cell].left - widest }
            while place < order.count, upper[order[place]].left < lower[cell].right {
                let other = order[place]
                let width = min(lower[cell].right, upper[other].right) - max(lower[cell].left, upper[other].left)
                let depth = min(lower[cell].back, upper[other].back) - max(lower[cell].front, upper[other].front)
                if width > FloorLayout.tolerance && depth > FloorLayout.tolerance {
                    found.append(Overlap(below: cell, above: other, area: width * depth))
                    sums.above[cell] += width * depth
                    sums.below[other] += width * depth
                }
                place += 1
            }
        }
        overlaps[pair] = found
        covered[pair] = sums
    }
}

extension Array {
    /// The first position whose element fulfils a condition that all later ones fulfil as well.
    func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
