import NetworkModel

/// What couples the two circuits of a substation during a simulation. Temperatures °C, capacity flows ṁ cp W/K, heat W.
struct Exchange: Sendable {
    // What the network and the weather say.
    let exchanger: HeatExchanger
    let setPoint: Double
    let primaryFlowLimit: Double
    let heatLimit: Double

    // What the secondary circuit answers: its return follows `secondaryReturn + returnSlope · (supply − answeredSupply)`.
    var secondaryFlow = 0.0
    var secondaryReturn: Double
    var returnSlope = 0.0
    var answeredSupply: Double

    // What the primary circuit answers.
    /// Secondary supply temperature of the next round.
    var supply: Double
    var heat = 0.0
    var primarySupply: Double
    var primaryFlow = 0.0
    /// Primary flow that the controller lets pass at most, kg/s.
    var flowLimit = Double.infinity
    var isHeld = true
    var state = SubstationState.idle
    /// How the water that arrives follows the flow.
    var arrival = ArrivalSlope()

    init(_ substation: Substation, setPoint: Double, expectedReturn: Double, primarySupply: Double) {
        exchanger = HeatExchanger(conductance: substation.exchangerConductance)
        self.setPoint = setPoint
        primaryFlowLimit = substation.primaryFlowLimit?.kilogramsPerSecond ?? .infinity
        heatLimit = substation.heatLimit?.watts ?? .infinity
        secondaryReturn = min(expectedReturn, setPoint)
        answeredSupply = setPoint
        supply = setPoint
        self.primarySupply = primarySupply
    }

    /// Secondary return at another supply temperature, by the secondary's linear answer.
    func expectedReturn(at supply: Double) -> Double { secondaryReturn + returnSlope * (supply - answeredSupply) }

    /// Supply temperature that the controller aims at: the set point, or less where the heat limit binds.
    var aim: Double {
        guard heatLimit < .infinity, secondaryFlow > 0, returnSlope < 1 else { return setPoint }
        let heat = secondaryFlow * (setPoint - expectedReturn(at: setPoint))
        guard heat > heatLimit else { return setPoint }
        return (heatLimit / secondaryFlow + secondaryReturn - returnSlope * answeredSupply) / (1 - returnSlope)
    }

    /// Primary capacity flow that holds the aim with water of a temperature; +∞ where none does.
    func neededFlow(primarySupply: Double) -> Double {
        let aim = aim
        return exchanger.hotFlow(
            holding: aim, coldFlow: secondaryFlow, hotInlet: primarySupply, coldInlet: expectedReturn(at: aim))
    }

    /// Secondary supply as `α + β · primary supply` for a primary capacity flow that is not enough to hold the aim.
    ///
    /// From Q = ε C_min (T_p − T_r) = C₂ (T_s − T_r) with the secondary's linear answer for T_r.
    func starvedSupply(primaryFlow: Double) -> (constant: Double, slope: Double) {
        guard secondaryFlow > 0, primaryFlow > 0 else { return (supply, 0) }
        let e = exchanger.effectiveness(hotFlow: primaryFlow, coldFlow: secondaryFlow) * min(primaryFlow, secondaryFlow)
        let k = e / secondaryFlow
        let scale = 1 / (1 - (1 - k) * min(returnSlope, 1))
        return ((1 - k) * (secondaryReturn - returnSlope * answeredSupply) * scale, k * scale)
    }

    /// Heat at a secondary supply temperature by the linear answer.
    func heat(at supply: Double) -> Double { secondaryFlow * (supply - expectedReturn(at: supply)) }

    /// Moves the controller's flow limit to where it would hold the aim.
    ///
    /// That is the flow needed with the water that arrives, where its temperature hardly depends on the flow. At the end of a lossy
    /// pipe little water arrives too cold to do at any flow, and plenty so hot that little would do: going from one needed flow
    /// to the next would open and close for ever. There the flow is sought whose own arrival, hotter with more flow, is as
    /// hot as it needs; the needed temperature is smooth in the flow where the needed flow has a pole.
    mutating func control(heatCapacity: Double) {
        let needed = secondaryFlow > 0 ? neededFlow(primarySupply: primarySupply) / heatCapacity : 0
        let wanted = min(needed, primaryFlowLimit)
        let running = primaryFlow / heatCapacity
        let isLimiting = flowLimit < .infinity && running >= 0.999 * flowLimit
        // Where its limit does not bind, the flow that runs is where the controller stands.
        let present = isLimiting ? flowLimit : running
        guard wanted > 0, present > 0, wanted < .infinity || isLimiting else {
            // A limit that limits nothing may go at once.
            (flowLimit, arrival) = (wanted, ArrivalSlope())
            return
        }
        let (exchanger, cold, aim) = (exchanger, secondaryFlow, aim)
        let coldInlet = expectedReturn(at: aim)
        func neededInlet(_ position: Double) -> Double {
            exchanger.hotInlet(
                holding: aim, hotFlow: exponential(position) * heatCapacity, coldFlow: cold, coldInlet: coldInlet)
        }
        let position = naturalLogarithm(present)
        let inlet = neededInlet(position)
        arrival.learn(position: position, arrival: primarySupply, excess: primarySupply - inlet)
        let falling = (inlet - neededInlet(position + 0.01)) / 0.01
        if arrival.kelvin <= Self.coupled * falling && wanted < .infinity {
            flowLimit = wanted
        } else {
            let balanced = arrival.balanced(position: position, arrival: primarySupply, needed: neededInlet)
            flowLimit = min(exponential(balanced), primaryFlowLimit)
        }
    }

    /// Share of what is needed by which arrivals may follow the flow and still count as given: rounds then gain a digit each.
    private static var coupled: Double { 0.1 }

    /// What one side of a substation reports.
    struct Answer: Sendable {
        let substation: Int
        let side: Side
        let exchange: Exchange
    }

    enum Side: Sendable { case primary, secondary }

    /// Takes over what the reporting side knows.
    mutating func take(_ answer: Answer) {
        let other = answer.exchange
        switch answer.side {
        case .secondary:
            (secondaryFlow, secondaryReturn) = (other.secondaryFlow, other.secondaryReturn)
            (returnSlope, answeredSupply) = (other.returnSlope, other.answeredSupply)
        case .primary:
            (supply, heat, isHeld, state) = (other.supply, other.heat, other.isHeld, other.state)
            (primarySupply, primaryFlow) = (other.primarySupply, other.primaryFlow)
            (flowLimit, arrival) = (other.flowLimit, other.arrival)
        }
    }
}
