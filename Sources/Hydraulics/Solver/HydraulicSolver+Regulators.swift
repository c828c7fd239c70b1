import NetworkModel

/// Devices that follow a sensor, as an active set beside the bounds.
///
/// A regulating device has its flow as an unknown of its own and its reading as the equation for it; what it takes away is an
/// outcome and must not be negative. Fully open it follows its law, shut it passes nothing (``Regulator``).
extension HydraulicSolver {
    /// Begins with every device holding its setting, or as in an earlier solution.
    mutating func startRegulators(_ start: HydraulicSolution?) {
        for place in controls.indices {
            let link = controls[place].link
            controls[place].aim(iterate.pressure)
            controls[place].cameFrom = nil
            switch start?.linkStatus[link] {
            case .open:
                let pump = controls[place].regulator.pump
                if let speeds = start?.pumpSpeed, speeds.indices.contains(pump), let machine = controls[place].laws,
                    speeds[pump] < machine.full.speed {
                    slow(place)
                }
            case .blocked: hold(link, .lower, 0)
            case .regulating, .closed, .limiting, .prescribed, nil: regulate(place)
            }
        }
    }

    private mutating func regulate(_ place: Int) {
        let link = controls[place].link
        speedUp(place)
        iterate.mode[link] = .regulating
        iterate.links[link].conductance = 0
    }

    mutating func open(_ place: Int) {
        speedUp(place)
        follow(controls[place].link)
    }

    /// Lets a pump run at its least speed.
    private mutating func slow(_ place: Int) {
        guard let machine = controls[place].laws else { return }
        controls[place].isAtLeast = true
        laws.setPump(controls[place].regulator.pump, machine.least)
        follow(controls[place].link)
    }

    private mutating func speedUp(_ place: Int) {
        guard controls[place].isAtLeast, let machine = controls[place].laws else { return }
        controls[place].isAtLeast = false
        laws.setPump(controls[place].regulator.pump, machine.full)
        // Whatever is decided on before the next evaluation goes by the law of full speed.
        let change = machine.least.loss(iterate.links[controls[place].link].flow).loss - machine.full.loss(iterate.links[controls[place].link].flow).loss
        iterate.links[controls[place].link].error += change
    }

    /// Lets a link follow its law, no stiffer than one whose flow is not known yet.
    mutating func follow(_ link: Int) {
        iterate.mode[link] = .free
        let point = laws.loss(link, iterate.links[link].flow)
        iterate.links[link].conductance = min(laws.conductance(ofSlope: point.slope), laws.startConductance[link])
        let drop = iterate.pressure[Int(compiled.from[link])] - iterate.pressure[Int(compiled.to[link])]
        iterate.links[link].error = drop - laws.gravity[link] - point.loss
    }

    /// Lets devices regulate, open or shut as pressures and flows ask; gives how many changed.
    ///
    /// - Parameter atMost: how many may change.
    mutating func switchRegulators(atMost limit: Int) -> Int {
        var switches = 0
        for index in controls.indices where switches < limit {
            let place = progress.turns.place(index, of: controls.count)
            let control = controls[place]
            controls[place].aim(iterate.pressure)
            guard var wanted = wanted(control) else { continue }
            if case .lots = progress.turns, wanted == control.cameFrom {
                // Back where it came from it would only turn round again: with what the others hold, more flow moves its reading the
                // wrong way, and such a device runs from its setting to the other end.
                wanted = control.otherEnd(of: wanted)
            }
            switch wanted {
            case .regulate:
                controls[place].cameFrom = iterate.mode[control.link] == .lower ? .shut : control.isAtLeast ? .slow : .open
                regulate(place)
            case .open: open(place)
            case .slow: slow(place)
            case .shut:
                speedUp(place)
                hold(control.link, .lower, 0)
            }
            switches += 1
            progress.lastSwitched = control.link
        }
        return switches
    }

    /// What a device should do instead of what it does; nil = nothing.
    func wanted(_ control: Control) -> Control.Move? {
        let (flow, error) = (iterate.links[control.link].flow, iterate.links[control.link].error)
        let (slack, pull) = (slack, tolerance)
        let excess = control.excess(iterate.pressure, flow)
        switch iterate.mode[control.link] {
        case .regulating:
            if flow < -slack { return .shut }
            if error < -pull { return .open }
            if let machine = control.laws, error > machine.least.loss(flow).loss - machine.full.loss(flow).loss + pull { return .slow }
            return nil
        case .free:
            if flow < -slack { return .shut }
            if control.isAtLeast { return excess < -pull && !control.isPowerless ? .regulate : nil }
            if excess > pull && !control.isPowerless { return .regulate }
            return excess > pull && isGiven(control) ? .shut : nil
        case .lower:
            if excess >= -pull {
                // A pump whose reading is met runs on at its least speed, if that moves anything.
                guard let machine = control.laws else { return nil }
                return error + machine.full.loss(0).loss - machine.least.loss(0).loss > pull ? .slow : nil
            }
            guard error > pull else { return nil }
            if control.isPowerless { return .open }
            // What the held pressure would be if the valve stood open decides whether it has anything to hold.
            return !control.regulator.holdsOwnEnd || excess + error > 0 ? .regulate : .open
        case .upper, .prescribed, .closed: return nil
        }
    }

    /// Whether a reducing device only has given pressures to read: shut is all it can do about them.
    private func isGiven(_ control: Control) -> Bool {
        control.regulator.isReducing
            && control.sensors.allSatisfy { reach.isPinned[$0.high] && ($0.low < 0 || reach.isPinned[$0.low]) }
    }

    /// Takes devices that cannot move their reading out of regulation.
    mutating func release(powerless places: [Int]) {
        for place in places {
            controls[place].isPowerless = true
            open(place)
        }
    }

    /// Gives every device another try, since others have changed around it.
    mutating func forgetPowerless() {
        for place in controls.indices { controls[place].isPowerless = false }
    }

    /// What each pump's speed came to, by place in the pumps.
    func pumpSpeeds(_ state: CircuitState) -> [Double] {
        var speeds = state.pumpSpeed
        for link in compiled.pumps where iterate.mode[link] == .closed { speeds[link - compiled.pumps.lowerBound] = 0 }
        for control in controls {
            guard let machine = control.laws else { continue }
            let value = iterate.links[control.link]
            switch iterate.mode[control.link] {
            case .regulating:
                // The error is what a lower speed takes away of the head at full speed.
                let head = -machine.full.loss(value.flow).loss - value.error
                speeds[control.regulator.pump] = machine.full.speed(giving: head, at: value.flow, least: machine.least.speed)
            case .free where control.isAtLeast: speeds[control.regulator.pump] = machine.least.speed
            default: break
            }
        }
        return speeds
    }
}
