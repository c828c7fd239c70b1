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
        let fluid = compiled.fluid
        var own = mutableSpan
        for first in stride(from: compiled.pipes.lowerBound, to: compiled.pipes.upperBound, by: 4) {
            let last = compiled.pipes.upperBound - 1
            @inline(__always) func lane(_ lane: Int) -> TurbulentPipe {
                let pipe = Swift.min(first + lane, last)
                return TurbulentPipe(coefficients[pipe], pipe == first + lane ? massFlow[pipe] : 0, temperature[pipe], fluid)
            }
            // Put together at once: vectors written lane by lane wait for the memory between.
            let (a, b, c, d) = (lane(0), lane(1), lane(2), lane(3))
            let reynolds = Quad(a.reynolds, b.reynolds, c.reynolds, d.reynolds)
            let flow = Quad(a.flow, b.flow, c.flow, d.flow)
            if flow != .zero {
                let rough = Quad(a.roughness, b.roughness, c.roughness, d.roughness) * reynolds
                let friction = Quad(a.law.friction, b.law.friction, c.law.friction, d.law.friction)
                let local = Quad(a.law.local, b.law.local, c.law.local, d.law.local)
                // What a root lacks is of the third power of its last move, and a thousandth of that.
                let root = DarcyFriction.colebrook(near: .zero, rough: rough, reynolds: reynolds, within: 1e-3).root
                let loss = flow * flow.magnitudes * (friction / (root * root) + local)
                own[first] = loss.x
                if first + 1 <= last { own[first + 1] = loss.y }
                if first + 2 <= last { own[first + 2] = loss.z }
                if first + 3 <= last { own[first + 3] = loss.w }
            }
            if a.isOther { own[first] = a.law.loss(massFlow[first]).loss }
            if b.isOther { own[first + 1] = b.law.loss(massFlow[first + 1]).loss }
            if c.isOther { own[first + 2] = c.law.loss(massFlow[first + 2]).loss }
            if d.isOther { own[first + 3] = d.law.loss(massFlow[first + 3]).loss }
        }
    }
}

/// A pipe as one of four whose friction is found together.
private struct TurbulentPipe {
    let law: PipeLaw
    /// kg/s; 0 where its flow is not turbulent.
    var flow: Double
    /// Of that flow; of one that does no harm where it is none.
    var reynolds: Double
    /// ε/3.71 of Colebrook's equation.
    let roughness: Double
    /// Whether it has a flow that is not turbulent, or no number.
    let isOther: Bool

    @inline(__always)
    init(_ pipe: PipeCoefficients, _ massFlow: Double, _ celsius: Double, _ fluid: Fluid) {
        let water = WaterProperties(of: fluid, at: Temperature(celsius: celsius))
        law = PipeLaw(pipe, inverseDensity: 1 / water.density.value, inverseViscosity: 1 / water.viscosity.value)
        roughness = law.relativeRoughness * (1 / 3.71)
        (flow, reynolds) = (massFlow, massFlow.magnitude * law.reynoldsPerFlow)
        let isTurbulent = reynolds >= DarcyFriction.turbulentLimit
        isOther = massFlow != 0 && !isTurbulent
        if !isTurbulent { (flow, reynolds) = (0, 1e5) }
    }
}
