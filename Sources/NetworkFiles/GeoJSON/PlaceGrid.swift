/// Places and stretches of lines in square cells, so that what is near a place is found without looking at everything.
struct PlaceGrid {
    private struct Cell: Hashable {
        var column: Int
        var row: Int
    }

    private let size: Double
    private var cells: [Cell: [Int32]] = [:]
    /// What would fill too many cells.
    private var large: [Int32] = []

    /// An empty grid of cells of a size, m.
    init(size: Double) { self.size = size }

    /// Adds a thing by the box around it.
    mutating func insert(_ thing: Int, x: ClosedRange<Double>, y: ClosedRange<Double>) {
        let (left, right) = (index(x.lowerBound), index(x.upperBound))
        let (low, high) = (index(y.lowerBound), index(y.upperBound))
        guard (right - left + 1) * (high - low + 1) <= 4096 else { return large.append(Int32(truncatingIfNeeded: thing)) }
        for column in left...right {
            for row in low...high { cells[Cell(column: column, row: row), default: []].append(Int32(truncatingIfNeeded: thing)) }
        }
    }

    /// Things whose box may come within `distance` of a place, in the order they were added, some more than once.
    func near(x: Double, y: Double, within distance: Double) -> [Int] {
        var things: [Int32] = large
        for column in index(x - distance)...index(x + distance) {
            for row in index(y - distance)...index(y + distance) { things += cells[Cell(column: column, row: row)] ?? [] }
        }
        return things.sorted().map { Int($0) }
    }

    private func index(_ value: Double) -> Int { Int((value / size).rounded(.down).clamped(to: -1e9...1e9)) }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double { Swift.min(Swift.max(self, range.lowerBound), range.upperBound) }
}
