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
    /// Damping of a controller whose corrections alternate.
    var relaxation = 1.0
    var lastStep = 0.0

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

    /// Moves the controller's flow limit toward what the aim needs; damps corrections that alternate without shrinking.
    ///
    /// At the end of a lossy pipe little water arrives too cold to do at any flow, and plenty arrives hot enough to do with
    /// little: opening fully and closing far would follow each other for ever, so opening is a step like any other.
    mutating func control(heatCapacity: Double) {
        let needed = secondaryFlow > 0 ? neededFlow(primarySupply: primarySupply) / heatCapacity : 0
        let wanted = min(needed, primaryFlowLimit)
        let running = primaryFlow / heatCapacity
        let isLimiting = flowLimit < .infinity && running >= 0.999 * flowLimit
        // Where nothing limits, the flow that runs is where the controller stands.
        let present = flowLimit < .infinity ? flowLimit : running
        guard wanted > 0, present > 0, wanted < .infinity || isLimiting else {
            // A limit that limits nothing may go at once.
            (flowLimit, lastStep) = (wanted, wanted < .infinity || lastStep == 0 ? 0 : 1)
            return
        }
        // Hotter water is on its way once more flows: a factor of e, then another look.
        let step = wanted < .infinity ? naturalLogarithm(wanted / present) : 1
        if step * lastStep < 0 && step.magnitude > 0.5 * lastStep.magnitude {
            relaxation = max(0.005, relaxation / 2)
        } else {
            relaxation = min(1, relaxation * 2)
        }
        lastStep = step
        flowLimit = relaxation == 1 && wanted < .infinity ? wanted : present * exponential(relaxation * step)
    }

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
            (flowLimit, relaxation, lastStep) = (other.flowLimit, other.relaxation, other.lastStep)
        }
    }
}
