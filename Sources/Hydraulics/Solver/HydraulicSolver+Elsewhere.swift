import NetworkModel

/// Settings that are not held although they might be.
extension HydraulicSolver {
    /// Where a device stands open with its setting not held there may be another place to end where all are held, and a rounding may have
    /// decided. So devices are asked again from the start, in other turns; the place where fewer settings are exceeded stays.
    ///
    /// - Complexity: two solves more, where a setting is not held.
    mutating func lookElsewhere(_ state: CircuitState) {
        guard progress.isConverged, exceeded.open > 0 else { return }
        for turns in [Turns.last, .lots(0)] {
            var other = self
            other.progress = Progress()
            do throws(HydraulicFailure) {
                try other.prepare(state, nil)
                other.progress.turns = turns
                try other.iterateCautiously(state)
            } catch { continue }
            guard other.progress.isConverged, other.exceeded.all < exceeded.all else { continue }
            other.progress.iterations += progress.iterations
            self = other
            if exceeded.all == 0 { return }
        }
    }

    /// Devices whose reading is above their setting: those that stand open, and all.
    private var exceeded: (open: Int, all: Int) {
        var (open, all) = (0, 0)
        for control in controls where control.excess(iterate.pressure, iterate.links[control.link].flow) > tolerance {
            switch iterate.mode[control.link] {
            case .free:
                if !control.isAtLeast { open += 1 }
                all += 1
            case .lower where control.regulator.isReducing && !control.regulator.holdsOwnEnd: all += 1
            default: continue
            }
        }
        return (open, all)
    }
}
