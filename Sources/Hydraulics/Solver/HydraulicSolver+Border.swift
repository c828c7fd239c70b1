import NetworkModel

/// The linear system with the flows of regulating devices as unknowns of their own.
///
/// The matrix of the free links is bordered by one row and column a device: a device's flow changes by its share w of an unknown
/// source between its ends, beside a conductance w that stands in the matrix for it, and the row makes its reading meet the setting.
/// Where several hold one reading, all but the first get the row "same flow by size". A few devices: Schur's complement, dense.
/// Many: the same complement applied to vectors only, one solve with the factor in hand each (``solveByKrylov(_:)``).
extension HydraulicSolver {
    /// Most devices whose complement is made and eliminated as a dense matrix.
    static let denseBorderLimit = 40

    /// Factorises, and solves for the changes of pressures and of the flows of regulating devices; devices that cannot move their
    /// reading are opened.
    ///
    /// - Returns: change of flow by link of the devices that still regulate, kg/s.
    /// - Complexity: up to ``denseBorderLimit`` devices one solve with the factor each; beyond, some tens of solves altogether.
    mutating func solveWithRegulation() throws(HydraulicFailure) -> [HeldStep] {
        for _ in 0...controls.count {
            for place in controls.indices where iterate.mode[controls[place].link] == .regulating { controls[place].aim(iterate.pressure) }
            let places = try factoriseWithRegulation()
            let powerless = border.powerless
            if !powerless.isEmpty {
                release(powerless: powerless.map { places[$0] })
                continue
            }
            system.solve(compiled, iterate)
            switch meetReadings(isCorrection: false) {
            case .met(let steps): return steps
            case .powerless(let rows): release(powerless: rows.map { places[$0] })
            case .contradicting(let rows): giveUp(rows.map { places[$0] })
            }
        }
        throw failure(.singular)
    }

    /// Factorises with the devices that regulate set apart; gives their places in the controls.
    @discardableResult
    mutating func factoriseWithRegulation() throws(HydraulicFailure) -> [Int] {
        let places = controls.indices.filter { iterate.mode[controls[$0].link] == .regulating }
        try factorise(places)
        border = Border(rows(of: places))
        if !places.isEmpty && places.count <= Self.denseBorderLimit { fillBorder() }
        return places
    }

    /// Replaces right-hand sides by sources; gives the rows that cannot be met.
    @discardableResult
    mutating func solveBorder(_ right: inout [Double], isTransposed: Bool = false) -> [Int] {
        border.isDense ? border.solve(&right, isTransposed: isTransposed) : solveByKrylov(&right, isTransposed: isTransposed)
    }

    /// A correction with the factor and the border in hand; nil where the readings cannot be met.
    mutating func correctWithRegulation() -> [HeldStep]? {
        system.correct(compiled, iterate)
        if case .met(let steps) = meetReadings(isCorrection: true) { return steps }
        return nil
    }

    private enum Readings {
        case met([HeldStep])
        case powerless([Int])
        case contradicting([Int])
    }

    /// Adds to the solution without devices, which stands in the system, what makes the readings meet their settings.
    private mutating func meetReadings(isCorrection: Bool) -> Readings {
        if border.rows.isEmpty { return .met([]) }
        var sources = border.rows.map { miss($0) }
        let unmet = solveBorder(&sources)
        if !unmet.isEmpty {
            let powerless = border.isDense ? [] : unmet.filter { isPowerless($0) }
            return powerless.isEmpty ? .contradicting(unmet) : .powerless(powerless)
        }
        // Solved anew with the sources in place: parts that only a device feeds have no sensible pressures without.
        let rows = border.rows
        func addSources(_ deficit: inout [Double]) {
            for (row, source) in zip(rows, sources) {
                deficit[row.from] -= source
                deficit[row.to] += source
            }
        }
        if isCorrection {
            system.correct(compiled, iterate, adjust: addSources)
        } else {
            system.solve(compiled, iterate, adjust: addSources)
        }
        return .met(zip(rows, sources).map { row, source in
            HeldStep(link: row.link, step: source + row.weight * row.difference(system.change))
        })
    }

    /// The devices as rows.
    private func rows(of places: [Int]) -> [BorderRow] {
        var first: [Control.Held: Int] = [:]
        return places.enumerated().map { index, place in
            let control = controls[place]
            let sensor = control.sensors[control.sensor]
            var leader = -1
            if let held = control.held {
                if let known = first[held] { leader = known } else { first[held] = index }
            }
            return BorderRow(
                place: place, link: control.link, from: Int(compiled.from[control.link]), to: Int(compiled.to[control.link]), high: sensor.high,
                low: sensor.low, leader: leader, weight: control.weight, slope: control.slope, size: control.size,
                sign: control.regulator.isReducing ? -1 : 1)
        }
    }

    /// What the flow of a device must make up for.
    private func miss(_ row: BorderRow) -> Double {
        let change = system.change
        let own = row.weight * row.difference(change) + iterate.links[row.link].flow
        if row.leader >= 0 {
            let first = border.rows[row.leader]
            return (first.weight * first.difference(change) + iterate.links[first.link].flow) / first.size - own / row.size
        }
        return row.reading(iterate.pressure) + row.reading(change) - controls[row.place].setting - row.slope * own
    }

    /// How far unit sources lower the pressures.
    mutating func pressures(ofSources sources: [Double]) -> [Double] {
        var pressures = [Double](repeating: 0, count: compiled.nodes.count)
        for (row, source) in zip(border.rows, sources) {
            pressures[row.from] += source
            pressures[row.to] -= source
        }
        system.solve(&pressures)
        return pressures
    }

    /// Makes the complement, a column a device.
    private mutating func fillBorder() {
        let count = border.rows.count
        border.matrix = [Double](repeating: 0, count: count * count)
        border.resistance = [Double](repeating: 0, count: count)
        var unit = [Double](repeating: 0, count: count)
        for index in 0..<count {
            unit[index] = 1
            let column = pressures(ofSources: unit)
            let answers = border.answers(to: unit, column)
            unit[index] = 0
            for row in 0..<count { border.matrix[row * count + index] = answers[row] }
            let row = border.rows[index]
            border.resistance[index] = row.difference(column)
            guard row.leader < 0 else { continue }
            controls[row.place].isBackwards = row.isBackwards(answers[index], border.resistance[index])
        }
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
