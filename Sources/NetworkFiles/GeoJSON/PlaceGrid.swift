/// Places and stretches of lines in square cells, so that what is near a place is found without looking at everything.
struct PlaceGrid {
    private struct Cell: Hashable {
        var column: Int32
        var row: Int32
    }

    /// A thing in a cell, and the one that was put there before it.
    private struct Entry {
        var thing: Int32
        var before: Int32
    }

    private let size: Double
    /// The entry last put into each cell: chains in one array, since an array a cell would cost ten times what it holds.
    private var cells: [Cell: Int32] = [:]
    private var entries: [Entry] = []
    /// What would fill too many cells.
    private var large: [Int32] = []

    /// An empty grid of cells of a size, m.
    init(size: Double) { self.size = size }

    /// Adds a thing by the box around it.
    mutating func insert(_ thing: Int, x: ClosedRange<Double>, y: ClosedRange<Double>) {
        let (left, right) = (index(x.lowerBound), index(x.upperBound))
        let (low, high) = (index(y.lowerBound), index(y.upperBound))
        guard (Int(right - left) + 1) * (Int(high - low) + 1) <= 4096 else { return large.append(Int32(truncatingIfNeeded: thing)) }
        for column in left...right {
            for row in low...high { put(Int32(truncatingIfNeeded: thing), Cell(column: column, row: row)) }
        }
    }

    private mutating func put(_ thing: Int32, _ cell: Cell) {
        entries.append(Entry(thing: thing, before: cells[cell] ?? -1))
        cells[cell] = Int32(truncatingIfNeeded: entries.count - 1)
    }

    /// Things whose box may come within `distance` of a place, in the order they were added, some more than once.
    func near(x: Double, y: Double, within distance: Double) -> [Int] {
        var things: [Int32] = large
        for column in index(x - distance)...index(x + distance) {
            for row in index(y - distance)...index(y + distance) {
                var entry = cells[Cell(column: column, row: row)] ?? -1
                while entry >= 0 {
                    things.append(entries[Int(entry)].thing)
                    entry = entries[Int(entry)].before
                }
            }
        }
        return things.sorted().map { Int($0) }
    }

    private func index(_ value: Double) -> Int32 { Int32((value / size).rounded(.down).clamped(to: -1e9...1e9)) }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double { Swift.min(Swift.max(self, range.lowerBound), range.upperBound) }
}
