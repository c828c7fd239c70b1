import NetworkModel

/// One-way and limiting devices by the primal-dual active set rule.
extension HydraulicSolver {
    /// Newton steps, all devices switched between them, until both settle, the switching repeats itself or nothing moves.
    mutating func iterateWithSwitching(_ state: CircuitState) throws(HydraulicFailure) {
        var seen: [(modes: UInt64, pressure: Double)] = []
        var stalled = 0
        var switches = switchDevices()
        while progress.iterations < options.iterationLimit {
            if switches > 0 {
                let present = (modes: modeSignature(), pressure: progress.history.last?.pressure ?? .infinity)
                // While flows still settle a set may come back; a fourth time without any gain it is a cycle.
                let repeats = seen.count(where: { $0.modes == present.modes && $0.pressure < 2 * present.pressure })
                if repeats > 2 || progress.iterations > options.switchingIterations {
                    if controls.isEmpty { return }
                    return try iterateCautiously(state)
                }
                seen.append(present)
                progress.isBalanced = false
                forgetPowerless()
                balance(state)
            }
            let residual = try stepAndSwitch(state, atMost: .max)
            switches = residual.switches
            // A full step balances every node; where it cannot, devices hold water back that has to flow.
            let isStalled = switches == 0 && !progress.isBalanced && residual.mass > 0.5 * (progress.history.last?.mass ?? 0)
            stalled = isStalled ? stalled + 1 : 0
            progress.history.append(residual)
            if switches == 0 && isSettled(residual) {
                if freeParts(state) { continue }
                progress.isConverged = true
                return
            }
            if stalled > 4 { return }
        }
        if bounded.isEmpty { throw failure(.notConverged) }
    }

    /// The rule of Murty: everything settles, then the first device that wants to changes, and so on.
    ///
    /// A state that comes back settled is a cycle: devices that read what others move need not end by Murty's rule. Then all regulate
    /// once more and the last that wants to comes first; where that ends in a cycle too, those that want to take turns by lot,
    /// ``HydraulicOptions/lots`` times, and one that began to regulate in vain goes to its other end. Then it is a failure that names
    /// the device that changed last.
    mutating func iterateCautiously(_ state: CircuitState) throws(HydraulicFailure) {
        progress.isCautious = true
        var settled: Set<UInt64> = []
        var rounds = 0
        while progress.iterations < 4 * options.iterationLimit {
            rounds += 1
            var residual = try stepAndSwitch(state, atMost: 0)
            let isAtEnd = passes(residual)
            // What does not settle in many rounds lacks a device that must give way.
            if isAtEnd || rounds > 15 { residual.switches = switchDevices(atMost: 1) }
            if (isAtEnd || rounds > 15) && residual.switches == 0 { residual.switches = switchRegulators(atMost: 1) }
            progress.history.append(residual)
            if residual.switches == 0 {
                guard isSettled(residual) else { continue }
                if freeParts(state) { continue }
                progress.isConverged = true
                return
            }
            rounds = 0
            if case .lots(let drawn) = progress.turns {
                guard drawn < options.lots else { throw failure(.switchingCycle, element(link: progress.lastSwitched)) }
                progress.turns = .lots(drawn + 1)
            } else if !settled.insert(modeSignature()).inserted {
                if controls.isEmpty { throw failure(.switchingCycle, element(link: progress.lastSwitched)) }
                progress.turns = progress.turns == .first ? .last : .lots(0)
                settled.removeAll()
                startRegulators(nil)
                evaluate()
            }
            progress.isBalanced = false
            balance(state)
        }
        throw failure(.notConverged)
    }

    /// One Newton step, and the devices that want to switch after it.
    private mutating func stepAndSwitch(_ state: CircuitState, atMost limit: Int) throws(HydraulicFailure) -> HydraulicResidual {
        try step(state)
        var residual = measure()
        guard residual.pressure.isFinite && residual.mass.isFinite else { throw failure(.notFinite) }
        if limit > 0 { residual.switches = switchDevices(atMost: limit) + switchRegulators(atMost: limit) }
        return residual
    }

    /// Flow against a device that shuts it, kg/s. Before a part that has been let go stands the sum of what its nodes are out of
    /// balance by: no reason to shut again.
    var slack: Double { (progress.hasFreedParts ? 10 : 0.1) * massTolerance }

    /// Whether a device wants to switch.
    /// - Complexity: O(links with bounds + devices that follow a sensor).
    var isSwitching: Bool {
        let (slack, pull) = (slack, tolerance)
        for bound in bounded {
            let value = iterate.links[Int(bound.link)]
            switch iterate.mode[Int(bound.link)] {
            case .free where value.flow < bound.lower - slack || value.flow > bound.upper + slack: return true
            case .lower where value.error > pull, .upper where value.error < -pull: return true
            default: continue
            }
        }
        return controls.contains { wanted($0) != nil }
    }

    /// Holds links that left their bounds and frees held ones that are pushed back inside; gives how many changed.
    ///
    /// - Parameter limit: how many may change.
    /// - Complexity: O(links with bounds).
    mutating func switchDevices(atMost limit: Int = .max) -> Int {
        guard !bounded.isEmpty else { return 0 }
        let (slack, pull) = (slack, tolerance)
        var switches = 0
        for bound in bounded {
            if switches >= limit { break }
            let link = Int(bound.link)
            switch iterate.mode[link] {
            case .free:
                if iterate.links[link].flow < bound.lower - slack {
                    hold(link, .lower, bound.lower)
                } else if iterate.links[link].flow > bound.upper + slack {
                    hold(link, .upper, bound.upper)
                } else {
                    continue
                }
            case .lower where iterate.links[link].error > pull, .upper where iterate.links[link].error < -pull: release(link)
            default: continue
            }
            switches += 1
            progress.lastSwitched = link
        }
        return switches
    }

    /// Lets a held link follow its law again, no stiffer than a link whose flow is not known yet.
    mutating func release(_ link: Int) {
        iterate.mode[link] = .free
        let slope = laws.loss(link, iterate.links[link].flow).slope
        iterate.links[link].conductance = min(laws.conductance(ofSlope: slope), laws.startConductance[link])
    }

    /// A number that tells sets of modes apart (FNV-1a).
    private func modeSignature() -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for bound in bounded {
            hash = (hash ^ UInt64(iterate.mode[Int(bound.link)].rawValue)) &* 0x100_0000_01b3
        }
        for control in controls {
            let mode = UInt64(iterate.mode[control.link].rawValue) + (control.isAtLeast ? 16 : 0)
            hash = (hash ^ mode) &* 0x100_0000_01b3
        }
        return hash
    }
}
