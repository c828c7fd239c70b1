import NetworkModel
import Quantities

/// The laws of all links of a circuit for the water and the settings of one state.
struct LinkLaws: Sendable {
    /// By local link of the pipes.
    private(set) var pipes: [PipeLaw]
    /// By place in the resistances.
    private(set) var resistances: [ResistanceLaw]
    /// By place in the pumps.
    private(set) var pumps: [PumpLaw] = []
    /// By place in the formulas.
    private(set) var formulas: [FormulaLaw] = []
    /// Gravity term ρ g (z_to − z_from) by local link, Pa.
    private(set) var gravity: [Double]
    /// Conductance each link is given where its flow is not known yet, kg/(s Pa), by local link.
    private(set) var startConductance: [Double]
    /// Least slope that enters the matrix, Pa s/kg.
    ///
    /// A millionth of 10 kPa over the largest flow to be expected. Links of less resistance (a centimetre of a wide
    /// main, a source without loss, a pump of constant head) keep their exact law in the residual; only Newton's
    /// matrix takes them for this much stiffer, which slows convergence by that millionth and bounds its condition.
    private(set) var slopeFloor = 1.0
    /// The largest flow to be expected, kg/s.
    private(set) var flowScale = 1.0
    /// Temperatures and Kv that the laws were worked out for, and the largest flow expected in the pipes then.
    private var water: [Double] = []
    private var kv: [Double] = []
    private var pipeScale = 0.0

    /// Loss a resistance is first expected to take, Pa: the order of terminals and valves of heating networks.
    static let expectedLoss = 1e4
    fileprivate static let rootOfExpectedLoss = 100.0
    /// Velocity first expected in pipes, m/s.
    static let expectedVelocity = 0.7
    /// Friction factor that goes with it.
    private static let expectedFriction = 0.025

    /// Allocates for a circuit.
    init(_ compiled: CompiledNetwork) {
        pipes = compiled.pipeCoefficients.map { PipeLaw($0, inverseDensity: 1, inverseViscosity: 1) }
        resistances = [ResistanceLaw](repeating: ResistanceLaw(resistance: 0), count: compiled.resistances.count)
        gravity = [Double](repeating: 0, count: compiled.links.count)
        startConductance = gravity
        pumps.reserveCapacity(compiled.pumps.count)
    }

    /// Works out every law for a state. What settings are tried in one water after the other have the same pipes, and most resistances too.
    mutating func prepare(_ compiled: CompiledNetwork, _ state: CircuitState) {
        var cache = WaterCache(compiled.fluid)
        let isKnown = water == state.linkTemperature
        if !isKnown {
            flowScale = 0
            preparePipes(compiled, state, &cache)
            pipeScale = flowScale
        }
        flowScale = pipeScale
        prepareFormulas(compiled, state)
        // Where no pipe tells the scale, all resistances are asked for it.
        prepareResistances(compiled, state, &cache, known: isKnown && pipeScale > 0 ? kv : [])
        preparePumps(compiled, state, &cache)
        (water, kv) = (state.linkTemperature, state.kv)
        if !(flowScale > 0 && flowScale.isFinite) { flowScale = 1 }
        slopeFloor = 1e-6 * Self.expectedLoss / flowScale
        let stiffest = 1 / slopeFloor
        for link in startConductance.indices { startConductance[link] = min(startConductance[link], stiffest) }
    }

    private mutating func preparePipes(_ compiled: CompiledNetwork, _ state: CircuitState, _ water: inout WaterCache) {
        var largest = 0.0
        for pipe in compiled.pipes {
            water.set(state.linkTemperature[pipe])
            let coefficients = compiled.pipeCoefficients[pipe]
            let law = PipeLaw(coefficients, inverseDensity: water.inverseDensity, inverseViscosity: water.inverseViscosity)
            // v ρ π d²/4 = v ρ · 4/π / (4/(π d))².
            let width = coefficients.reynolds
            let flow = Self.expectedVelocity * water.density * (4 / Double.pi) / (width * width)
            largest = max(largest, flow)
            startConductance[pipe] = 1 / ((Self.expectedFriction * law.friction + law.local) * flow)
            gravity[pipe] = standardGravity * water.density * compiled.rise[pipe]
            pipes[pipe] = law
        }
        flowScale = max(flowScale, largest)
    }

    private mutating func prepareResistances(
        _ compiled: CompiledNetwork, _ state: CircuitState, _ water: inout WaterCache, known: [Double]
    ) {
        let largest = resistances.prepare(compiled, state, water, known: known, &gravity, &startConductance)
        // Wide-open valves may be many times wider than what reaches them; pipes tell the scale where there are any.
        if flowScale == 0 { flowScale = largest }
    }

    private mutating func preparePumps(_ compiled: CompiledNetwork, _ state: CircuitState, _ water: inout WaterCache) {
        pumps.removeAll(keepingCapacity: true)
        for place in 0..<compiled.pumps.count {
            let link = compiled.pumps.lowerBound + place
            water.set(state.linkTemperature[link])
            let law = compiled.pumpLaw(place, Density(water.density), state)
            gravity[link] = standardGravity * water.density * compiled.rise[link]
            startConductance[link] = .infinity
            if law.speed > 0, let last = law.lastFlow, last > 0 {
                let slope = law.startsAtLastFlow ? law.loss(last).slope : (law.loss(last).loss - law.loss(0).loss) / last
                if slope > 0 { startConductance[link] = 1 / slope }
                if flowScale == 0 { flowScale = last }
            }
            pumps.append(law)
        }
    }

    private mutating func prepareFormulas(_ compiled: CompiledNetwork, _ state: CircuitState) {
        formulas.removeAll(keepingCapacity: true)
        var largest = 0.0
        for link in compiled.formulas {
            let water = WaterProperties(of: compiled.fluid, at: Temperature(celsius: state.linkTemperature[link]))
            let formula = compiled.formulaLinks[link - compiled.formulas.lowerBound]
            let law = formula.law(water)
            let start = formula.start(law, density: water.density.value)
            gravity[link] = standardGravity * water.density.value * compiled.rise[link]
            startConductance[link] = start.conductance
            largest = max(largest, start.flow)
            formulas.append(law)
        }
        flowScale = max(flowScale, largest)
    }

    /// Gives a pump another law, until the next state.
    mutating func setPump(_ pump: Int, _ law: PumpLaw) { pumps[pump] = law }

    /// Makes the stiffest links a hundred times softer in the matrix, until the next state.
    mutating func raiseFloor() { slopeFloor *= 100 }

    /// Lets links a thousand times stiffer into the matrix, until the next state.
    mutating func lowerFloor() { slopeFloor /= 1000 }

    /// What the matrix takes for a link of a slope.
    func conductance(ofSlope slope: Double) -> Double { 1 / max(slope, slopeFloor) }

    /// Loss and slope of one link.
    func loss(_ link: Int, _ massFlow: Double) -> LossPoint {
        if link < pipes.count { return pipes[link].loss(massFlow) }
        let place = link - pipes.count
        if place < resistances.count { return resistances[place].loss(massFlow) }
        let machine = place - resistances.count
        return machine < pumps.count ? pumps[machine].loss(massFlow) : formulas[machine - pumps.count].loss(massFlow)
    }

    /// Evaluates every law: pressure errors and conductances at the flows and pressures given.
    ///
    /// Links held by a device get an error too, which tells whether they are to be released, and conductance zero.
    func evaluate(_ compiled: CompiledNetwork, mode: [LinkMode], pressure: [Double], _ links: inout [LinkValue]) {
        evaluatePipes(compiled, mode, pressure, &links)
        evaluateResistances(compiled, mode, pressure, &links)
        for place in pumps.indices where mode[compiled.pumps.lowerBound + place] != .closed {
            let link = compiled.pumps.lowerBound + place
            let point = pumps[place].loss(links[link].flow)
            let drive = pressure[Int(compiled.from[link])] - pressure[Int(compiled.to[link])] - gravity[link]
            links[link].error = drive - point.loss
            links[link].conductance = mode[link] == .free ? conductance(ofSlope: pumps[place].chord(point, drive, links[link].flow)) : 0
        }
        evaluateFormulas(compiled, mode, pressure, &links)
    }

    private func evaluateFormulas(
        _ compiled: CompiledNetwork, _ mode: [LinkMode], _ pressure: [Double], _ links: inout [LinkValue]
    ) {
        for link in compiled.formulas where mode[link] != .closed {
            let (flow, law) = (links[link].flow, formulas[link - compiled.formulas.lowerBound])
            let point = law.loss(flow)
            let drive = pressure[Int(compiled.from[link])] - pressure[Int(compiled.to[link])] - gravity[link]
            links[link].error = drive - point.loss
            links[link].conductance = mode[link] == .free ? conductance(ofSlope: law.chord(flow, point, drive)) : 0
        }
    }

    private func evaluatePipes(
        _ compiled: CompiledNetwork, _ mode: [LinkMode], _ pressure: [Double], _ links: inout [LinkValue]
    ) {
        let (from, to, gravity) = (compiled.from.span, compiled.to.span, gravity.span)
        let (mode, pressure, laws) = (mode.span, pressure.span, pipes.span)
        let floor = slopeFloor
        var links = links.mutableSpan
        for link in 0..<laws.count where mode[link] != .closed {
            var value = links[link]
            let point = laws[link].evaluate(value.flow, &value.root)
            let drive = pressure[Int(from[link])] - pressure[Int(to[link])] - gravity[link]
            value.error = drive - point.loss
            value.conductance = mode[link] == .free ? 1 / max(laws[link].chord(value.flow, point, drive), floor) : 0
            links[link] = value
        }
    }

    private func evaluateResistances(
        _ compiled: CompiledNetwork, _ mode: [LinkMode], _ pressure: [Double], _ links: inout [LinkValue]
    ) {
        let (from, to, gravity) = (compiled.from.span, compiled.to.span, gravity.span)
        let (mode, pressure, laws) = (mode.span, pressure.span, resistances.span)
        let floor = slopeFloor
        let first = compiled.resistances.lowerBound
        var links = links.mutableSpan
        for place in 0..<laws.count where mode[first + place] != .closed {
            let link = first + place
            var value = links[link]
            let point = laws[place].loss(value.flow)
            let drive = pressure[Int(from[link])] - pressure[Int(to[link])] - gravity[link]
            value.error = drive - point.loss
            value.conductance = mode[link] == .free ? 1 / max(laws[place].chord(value.flow, drive), floor) : 0
            links[link] = value
        }
    }
}

extension [ResistanceLaw] {
    /// Works out laws, gravity terms and start conductances; gives the largest flow that loses what is expected, kg/s.
    ///
    /// - Parameter known: Kv that they stand for already, in the same water; empty = none.
    fileprivate mutating func prepare(
        _ compiled: CompiledNetwork, _ state: CircuitState, _ water: WaterCache, known: [Double], _ gravity: inout [Double],
        _ conductance: inout [Double]
    ) -> Double {
        let (known, isKnown) = (known.span, known.count == state.kv.count)
        let (kv, temperature, rise) = (state.kv.span, state.linkTemperature.span, compiled.rise.span)
        let first = compiled.resistances.lowerBound
        var laws = mutableSpan
        var gravity = gravity.mutableSpan
        var conductance = conductance.mutableSpan
        var largest = 0.0
        for place in 0..<laws.count {
            let link = first + place
            if isKnown && known[link] == kv[link] { continue }
            let density = water.density(at: temperature[link])
            // √r, and from it whatever else is wanted: roots and quotients are what this pass costs.
            let perDensity = 1 / density
            let root = 36_000 / kv[link] * perDensity.squareRoot()
            laws[place] = ResistanceLaw(root: root)
            // The slope to a point that loses what is expected, √(loss · r), and the flow there.
            let inverse = 1 / root
            if inverse > 0 && inverse < .infinity { largest = Swift.max(largest, LinkLaws.rootOfExpectedLoss * inverse) }
            conductance[link] = inverse / LinkLaws.rootOfExpectedLoss
            gravity[link] = standardGravity * density * rise[link]
        }
        return largest
    }
}

/// Water of the link last asked for: neighbouring links mostly have one temperature, and a viscosity costs an exponential.
private struct WaterCache {
    let fluid: Fluid
    var temperature = Double.nan
    var density = 0.0
    var inverseDensity = 0.0
    var inverseViscosity = 0.0

    init(_ fluid: Fluid) { self.fluid = fluid }

    @inline(__always)
    mutating func set(_ celsius: Double) {
        if celsius == temperature { return }
        update(celsius)
    }

    /// The density alone.
    @inline(__always)
    func density(at celsius: Double) -> Double {
        celsius == temperature ? density : fluid.density(at: Temperature(celsius: celsius)).value
    }

    @inline(never)
    private mutating func update(_ celsius: Double) {
        temperature = celsius
        density = fluid.density(at: Temperature(celsius: celsius)).value
        inverseDensity = 1 / density
        inverseViscosity = 1 / fluid.viscosity(at: Temperature(celsius: celsius)).value
    }
}
