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

extension CompiledNetwork {
    /// Losses of all pipes and resistances at mass flows in kg/s, Pa, as ``pressureLoss(link:massFlow:_:)``; nought elsewhere and where
    /// nothing flows.
    ///
    /// - Complexity: O(links), pipes four at a time.
    package func losses(_ massFlow: [Double], _ state: CircuitState) -> [Double] {
        precondition(massFlow.count == links.count)
        var loss = [Double](repeating: 0, count: links.count)
        loss.loseInPipes(self, massFlow, state)
        loss.loseInResistances(self, massFlow, state)
        return loss
    }
}

extension [Double] {
    fileprivate mutating func loseInResistances(_ compiled: CompiledNetwork, _ massFlow: [Double], _ state: CircuitState) {
        let (massFlow, temperature, kv) = (massFlow.span, state.linkTemperature.span, state.kv.span)
        var own = mutableSpan
        for link in compiled.resistances where massFlow[link] != 0 && kv[link] < .infinity {
            let density = compiled.fluid.density(at: Temperature(celsius: temperature[link]))
            own[link] = ResistanceLaw(kv: FlowCoefficient(cubicMetresPerHour: kv[link]), density: density).loss(massFlow[link]).loss
        }
    }

    fileprivate mutating func loseInPipes(_ compiled: CompiledNetwork, _ massFlow: [Double], _ state: CircuitState) {
        let (massFlow, temperature, coefficients) = (massFlow.span, state.linkTemperature.span, compiled.pipeCoefficients.span)
        var own = mutableSpan
        for first in stride(from: compiled.pipes.lowerBound, to: compiled.pipes.upperBound, by: 4) {
            let width = Swift.min(4, compiled.pipes.upperBound - first)
            var (flow, friction, local) = (Quad.zero, Quad.zero, Quad.zero)
            var (reynolds, rough) = (Quad(repeating: 1e5), Quad.zero)
            for lane in 0..<width where massFlow[first + lane] != 0 {
                let pipe = coefficients[first + lane]
                let water = WaterProperties(of: compiled.fluid, at: Temperature(celsius: temperature[first + lane]))
                let law = PipeLaw(pipe, inverseDensity: 1 / water.density.value, inverseViscosity: 1 / water.viscosity.value)
                flow[lane] = massFlow[first + lane]
                reynolds[lane] = flow[lane].magnitude * law.reynoldsPerFlow
                (friction[lane], local[lane]) = (law.friction, law.local)
                rough[lane] = law.relativeRoughness * (1 / 3.71) * reynolds[lane]
                // Not turbulent, or no number: by itself.
                if !(reynolds[lane] >= DarcyFriction.turbulentLimit) {
                    own[first + lane] = law.loss(flow[lane]).loss
                    (flow[lane], reynolds[lane], rough[lane]) = (0, 1e5, 0)
                }
            }
            guard flow != .zero else { continue }
            let root = DarcyFriction.colebrook(near: .zero, rough: rough, reynolds: reynolds, within: 1e-5).root
            let loss = flow * flow.magnitudes * (friction / (root * root) + local)
            for lane in 0..<width where flow[lane] != 0 { own[first + lane] = loss[lane] }
        }
    }
}
