import NetworkModel

/// The law read backwards, for pumps whose speed follows a sensor.
extension PumpLaw {
    /// The volume flow, m³/s, at which the pump gives a head in Pa; 0 where it never gives as much or its head does not fall.
    func flow(atHead head: Double) -> Double {
        guard -loss(0).loss > head, speed > 0, density > 0 else { return 0 }
        var (low, high) = (0.0, 1e-6 * density)
        while -loss(high).loss > head {
            (low, high) = (high, 2 * high)
            if high > 1e6 * density { return 0 }
        }
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if -loss(middle).loss > head { low = middle } else { high = middle }
        }
        return high / density
    }

    /// The same pump at another speed.
    func at(speed: Double) -> PumpLaw {
        var law = self
        law.speed = speed
        return law
    }

    /// The speed at which the pump gives a head in Pa at a mass flow in kg/s, between a least one and its own.
    ///
    /// The head at a flow rises with the speed, so halving finds it to the last digits.
    func speed(giving head: Double, at massFlow: Double, least: Double) -> Double {
        var (low, high) = (min(least, speed), speed)
        if case .constantHead(let full) = characteristic, full > 0 {
            return min(max((max(head, 0) / full).squareRoot(), low), high)
        }
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if -at(speed: middle).loss(massFlow).loss < head { low = middle } else { high = middle }
        }
        return high
    }
}
