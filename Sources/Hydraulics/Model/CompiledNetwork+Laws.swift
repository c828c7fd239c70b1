import NetworkModel
import Quantities

/// Laws of single links, for whoever needs them outside a solve: settings, checks, reports.
extension CompiledNetwork {
    /// Density of the water in a link, kg/m³.
    public func density(link: Int, _ state: CircuitState) -> Double {
        fluid.density(at: Temperature(celsius: state.linkTemperature[link])).value
    }

    /// What flows away from a node through its links, less what flows to it, kg/s.
    package func netOutflow(of node: Int, _ massFlow: [Double]) -> Double {
        var net = 0.0
        for entry in adjacency.entries(of: node) {
            let link = Int(adjacency.links[entry])
            guard from[link] != to[link] else { continue }
            net += Int(from[link]) == node ? massFlow[link] : -massFlow[link]
        }
        return net
    }

    /// Gravity term ρ g (z_to − z_from) of a link, Pa: what rises is cooler or warmer than what falls elsewhere.
    public func gravityHead(link: Int, _ state: CircuitState) -> Double {
        standardGravity * density(link: link, state) * rise[link]
    }

    /// Pressure loss of a link at a mass flow, Pa, without its gravity head: friction, local losses, Kv, minus pump head.
    ///
    /// Its derivative comes with it. One-way and limiting behaviour, closure and prescribed flows are no part of the law.
    public func pressureLoss(link: Int, massFlow: Double, _ state: CircuitState) -> LossPoint {
        let temperature = Temperature(celsius: state.linkTemperature[link])
        if pipes.contains(link) {
            return pipeLaw(link, WaterProperties(of: fluid, at: temperature)).loss(massFlow)
        }
        if resistances.contains(link) {
            return resistanceLaw(link, fluid.density(at: temperature), state).loss(massFlow)
        }
        if formulas.contains(link) {
            return formulaLinks[link - formulas.lowerBound].law(WaterProperties(of: fluid, at: temperature)).loss(massFlow)
        }
        return pumpLaw(link - pumps.lowerBound, fluid.density(at: temperature), state).loss(massFlow)
    }

    /// Pressure difference that a link takes beyond its law at its flow: p_from − p_to − gravity head − loss, Pa.
    ///
    /// Zero where the law holds; positive for what a limiting device or a prescribed flow throttles away; negative for
    /// a blocked device, and for a prescribed flow that would need a pump in its place.
    public func excessPressure(link: Int, _ state: CircuitState, _ solution: HydraulicSolution) -> Double {
        let drop = solution.pressure[Int(from[link])] - solution.pressure[Int(to[link])]
        let flow = solution.massFlow[link]
        return drop - gravityHead(link: link, state) - pressureLoss(link: link, massFlow: flow, state).loss
    }

    /// The law of a pipe.
    func pipeLaw(_ link: Int, _ water: WaterProperties) -> PipeLaw {
        let pipe = geometry[link]
        return PipeLaw(
            length: Length(metres: pipe.length), diameter: Length(metres: pipe.diameter),
            roughness: Length(metres: pipe.roughness), minorLoss: pipe.minorLoss, water: water)
    }

    /// The law of a Kv.
    func resistanceLaw(_ link: Int, _ density: Density, _ state: CircuitState) -> ResistanceLaw {
        ResistanceLaw(kv: FlowCoefficient(cubicMetresPerHour: state.kv[link]), density: density)
    }

    /// The law of a pump by its place in ``pumps``.
    func pumpLaw(_ pump: Int, _ density: Density, _ state: CircuitState) -> PumpLaw {
        let head = state.pumpHead[pump]
        return head.isNaN
            ? PumpLaw(characteristics[pump], speed: state.pumpSpeed[pump], density: density)
            : PumpLaw(.constantHead(head), speed: 1, density: density)
    }

    /// Whether the state lets water pass a link at all.
    func passes(_ link: Int, _ state: CircuitState) -> Bool {
        guard state.isOpen[link] && from[link] != to[link] else { return false }
        if pipes.contains(link) || formulas.contains(link) { return true }
        if resistances.contains(link) { return state.kv[link] > 0 }
        return state.pumpSpeed[link - pumps.lowerBound] > 0
    }
}
