import NetworkModel

/// The linear system with the flows of regulating devices as unknowns of their own.
extension HydraulicSolver {
    /// Solves for the changes of pressures and of the flows of regulating devices; devices that cannot move their reading are opened.
    ///
    /// The matrix of the free links is bordered by one row and column a device (Schur's complement): a device's flow changes by its
    /// share w of an unknown source between its ends, beside a conductance that stands in the matrix for it, and the row makes
    /// its reading meet the setting. Where several hold one reading, all but the first get the row "same flow by size".
    /// - Returns: change of flow by link of the devices that still regulate, kg/s.
    /// - Complexity: one solve with the factor a device, and the cube of their number.
    mutating func solveWithRegulation() throws(HydraulicFailure) -> [HeldStep] {
        for _ in 0...controls.count {
            let places = controls.indices.filter { iterate.mode[controls[$0].link] == .regulating }
            for place in places { controls[place].aim(iterate.pressure) }
            try factorise(places)
            system.solve(compiled, iterate)
            if places.isEmpty { return [] }
            var border = border(places)
            let powerless = border.powerless
            if !powerless.isEmpty {
                release(powerless: powerless.map { places[$0] })
                continue
            }
            let unmet = border.solve()
            if !unmet.isEmpty {
                giveUp(unmet.map { places[$0] })
                continue
            }
            let ends = places.map { (from: Int(compiled.from[controls[$0].link]), to: Int(compiled.to[controls[$0].link])) }
            system.solve(compiled, iterate) { deficit in
                for (end, source) in zip(ends, border.unknowns) {
                    deficit[end.from] -= source
                    deficit[end.to] += source
                }
            }
            return places.indices.map { index in
                let control = controls[places[index]]
                let difference = system.change[ends[index].from] - system.change[ends[index].to]
                return HeldStep(link: control.link, step: border.unknowns[index] + control.weight * difference)
            }
        }
        throw failure(.singular)
    }

    /// The equations of the regulating devices, from the solution without them that stands in the system.
    private mutating func border(_ places: [Int]) -> Border {
        var border = Border(count: places.count)
        let leaders = leaders(places)
        let before = system.change
        for (row, place) in places.enumerated() {
            border.right[row] = miss(place, leaders[row].map { places[$0] }, before)
        }
        var column = before
        for (index, place) in places.enumerated() {
            let link = controls[place].link
            for node in column.indices { column[node] = 0 }
            column[Int(compiled.from[link])] += 1
            column[Int(compiled.to[link])] -= 1
            system.solve(&column)
            border.resistance[index] = difference(column, link)
            for (row, other) in places.enumerated() {
                border[row, index] = response(other, to: place, leaders[row].map { places[$0] }, column)
            }
        }
        for (row, place) in places.enumerated() where leaders[row] == nil {
            // More flow raises what a well placed reducing device reads, and lowers what a sustaining one reads.
            let sign: Double = controls[place].regulator.isReducing ? 1 : -1
            controls[place].isBackwards = sign * border[row, row] > 1e-9 * border.resistance[row]
        }
        return border
    }

    /// For each device the first other one that holds the same reading, if that comes before it.
    private func leaders(_ places: [Int]) -> [Int?] {
        places.indices.map { row in
            (0..<row).first { controls[places[$0]].holdsTheSame(as: controls[places[row]]) }
        }
    }

    private func difference(_ values: [Double], _ link: Int) -> Double {
        values[Int(compiled.from[link])] - values[Int(compiled.to[link])]
    }

    /// What the flows of the devices must make up for in a row.
    private func miss(_ place: Int, _ leader: Int?, _ change: [Double]) -> Double {
        let control = controls[place]
        let own = control.weight * difference(change, control.link)
        let flow = iterate.links[control.link].flow
        if let leader {
            let first = controls[leader]
            let others = first.weight * difference(change, first.link) + iterate.links[first.link].flow
            return others / first.size - (own + flow) / control.size
        }
        return control.reading(iterate.pressure) + control.reading(change) - control.setting - control.slope * (flow + own)
    }

    /// How a row follows the source of a device, whose column of pressures is given.
    private func response(_ place: Int, to source: Int, _ leader: Int?, _ column: [Double]) -> Double {
        let control = controls[place]
        let own = control.weight * difference(column, control.link)
        if let leader {
            let first = controls[leader]
            let others = first.weight * difference(column, first.link)
            return ((source == place ? 1 : 0) - own) / control.size - ((source == leader ? 1 : 0) - others) / first.size
        }
        return control.reading(column) - control.slope * own + (source == place ? control.slope : 0)
    }

    /// Settings that contradict each other: who reads too much shuts, who reads too little opens.
    private mutating func giveUp(_ places: [Int]) {
        for place in places {
            let link = controls[place].link
            if controls[place].excess(iterate.pressure, iterate.links[link].flow) > 0 && controls[place].regulator.isReducing {
                hold(link, .lower, 0)
            } else {
                release(powerless: [place])
            }
        }
    }
}

/// The change of flow of a regulating device in one step, kg/s.
struct HeldStep: Sendable {
    var link: Int
    var step: Double
}

/// A small dense system: one row a regulating device, one unknown source each.
struct Border: Sendable {
    private let count: Int
    private var matrix: [Double]
    /// Right-hand side.
    var right: [Double]
    /// Pressure that a unit of flow through each device makes between its ends: the measure of what is nothing.
    var resistance: [Double]
    /// The solution.
    private(set) var unknowns: [Double]

    init(count: Int) {
        self.count = count
        matrix = [Double](repeating: 0, count: count * count)
        right = [Double](repeating: 0, count: count)
        (resistance, unknowns) = (right, right)
    }

    subscript(row: Int, column: Int) -> Double {
        get { matrix[row * count + column] }
        set { matrix[row * count + column] = newValue }
    }

    /// Rows that no device moves.
    var powerless: [Int] {
        let largest = resistance.max() ?? 0
        return (0..<count).filter { row in
            // Rows of equal flows are of order one over the sizes and have their own device in them.
            (0..<count).allSatisfy { self[row, $0].magnitude <= 1e-9 * min(resistance[row], largest) }
        }
    }

    /// Solves by elimination with row pivoting; gives the rows that contradict others.
    mutating func solve() -> [Int] {
        var rows = Array(0..<count)
        let scale = (0..<count).map { row in (0..<count).reduce(0) { max($0, self[row, $1].magnitude) } }
        var rank = 0
        var columns: [Int] = []
        for column in 0..<count {
            var (best, size) = (rank, 0.0)
            for place in rank..<max(count, rank) where self[rows[place], column].magnitude / scale[rows[place]] > size {
                (best, size) = (place, self[rows[place], column].magnitude / scale[rows[place]])
            }
            if size <= 1e-10 { continue }
            rows.swapAt(rank, best)
            eliminate(rows[rank], column, from: rows[(rank + 1)...])
            columns.append(column)
            rank += 1
        }
        let unmet = rows[rank...].filter { right[$0].magnitude > 1e-9 * scale[$0] * (right.map(\.magnitude).max() ?? 0) / (scale.max() ?? 1) }
        for place in columns.indices.reversed() {
            let row = rows[place]
            var rest = right[row]
            for column in columns[place] + 1..<max(count, columns[place] + 1) { rest -= self[row, column] * unknowns[column] }
            unknowns[columns[place]] = rest / self[row, columns[place]]
        }
        return unmet.sorted()
    }

    private mutating func eliminate(_ pivot: Int, _ column: Int, from others: ArraySlice<Int>) {
        for row in others {
            let factor = self[row, column] / self[pivot, column]
            if factor == 0 { continue }
            for place in column..<count { self[row, place] -= factor * self[pivot, place] }
            right[row] -= factor * right[pivot]
        }
    }
}
