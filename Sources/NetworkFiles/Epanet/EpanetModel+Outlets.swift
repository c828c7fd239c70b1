#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import NetworkModel
import Quantities

/// What leaves the network by its pressure: emitters, demands that fall with pressure, leaks.
extension ModelWork {
    /// Nodes that open links join to a reservoir or tank.
    func fedNodes() -> [Bool] {
        var joined = DisjointSets(count: epanet.nodes.count)
        for (position, link) in epanet.links.enumerated() where timeZero.status[position] != .closed { joined.join(link.from, link.to) }
        var isRoot = [Bool](repeating: false, count: epanet.nodes.count)
        for (position, node) in epanet.nodes.enumerated() where node.isSource { isRoot[joined.root(position)] = true }
        return epanet.nodes.indices.map { isRoot[joined.root($0)] }
    }

    /// Whether the demand of a node falls with its pressure. What is fed in does not, and what is cut off is named as it is.
    func dependsOnPressure(_ node: Int) -> Bool {
        epanet.options.isPressureDriven && isFed[node] && timeZero.demand[node] > 0 && !epanet.nodes[node].isSource
    }

    mutating func addOutlets() {
        for (position, node) in epanet.nodes.enumerated() where isFed[position] {
            if case .junction(let junction) = node.kind, let emitter = junction.emitter { addEmitter(emitter, position) }
            if dependsOnPressure(position) { addDemand(position) }
        }
        addLeaks()
    }

    private mutating func addEmitter(_ emitter: Double, _ node: Int) {
        let exponent = epanet.options.emitterExponent
        let coefficient = emitter * units.flow * units.density / pow(units.pascals(head: units.emitterPressure), exponent)
        let outlet = Outlet(coefficient: coefficient, exponent: exponent, allowsBackflow: epanet.options.emitterBackflow)
        add(outlet, at: node, "emitter")
    }

    /// D ((p − p_min)/(p_req − p_min))^e between nothing and D (Wagner, Shamir & Marks 1988): an opening to the least pressure, with a limit.
    private mutating func addDemand(_ node: Int) {
        let options = epanet.options
        let demand = timeZero.demand[node] * units.flow * units.density
        let least = units.pascals(head: options.minimumPressure * units.pressure)
        // EPANET wants a tenth of a unit between the two.
        let range = units.pascals(head: max(options.requiredPressure - options.minimumPressure, 0.1) * units.pressure)
        let outlet = Outlet(
            coefficient: demand / pow(range, options.pressureExponent), exponent: options.pressureExponent, allowsBackflow: false,
            limit: MassFlow(kilogramsPerSecond: demand))
        add(outlet, at: node, "demand", pressure: Pressure(pascals: least), demand: demand)
    }

    /// Leaks of fixed and of growing area (May 1994): V̇ = 0.6 √(2g) (A + m h) √h, h in m, half of each pipe's at either end.
    private mutating func addLeaks() {
        var (area, expansion) = ([Double](repeating: 0, count: epanet.nodes.count), [Double](repeating: 0, count: epanet.nodes.count))
        for link in epanet.links {
            guard case .pipe(let pipe) = link.element, pipe.leakArea > 0 || pipe.leakExpansion > 0 else { continue }
            let ends = [link.from, link.to].filter { !epanet.nodes[$0].isSource }
            for node in ends {
                let sections = pipe.length / 100 / Double(ends.count)
                area[node] += pipe.leakArea * sections
                expansion[node] += pipe.leakExpansion * sections
            }
        }
        let gravity = units.physics == .exact ? 9.80665 : 32.2 * EpanetUnits.foot
        let orifice = 0.6 * (2 * gravity).squareRoot() * 1e-6 * units.density / units.flowScale
        let metre = units.pascals(head: 1)
        for node in epanet.nodes.indices where isFed[node] {
            for (size, exponent, part) in [(area[node], 0.5, "leak"), (expansion[node], 1.5, "growing-leak")] where size > 0 {
                let outlet = Outlet(coefficient: orifice * size / pow(metre, exponent), exponent: exponent, allowsBackflow: false)
                add(outlet, at: node, part)
            }
        }
    }

    private mutating func add(_ outlet: Outlet, at node: Int, _ part: String, pressure: Pressure = .zero, demand: Double? = nil) {
        let origin = epanet.nodes[node]
        let outside = builder.add(
            Node(id: origin.id.part(part), elevation: Length(metres: origin.elevation * units.length), fixedPressure: pressure))
        outlets.append(EpanetModel.Outflow(node: node, link: LinkIndex(builder.current.links.count), demand: demand))
        builder.add(
            Valve(kv: FlowCoefficient(cubicMetresPerHour: 1e8), function: .outlet(outlet)), id: origin.id.part(part),
            from: NodeIndex(node), to: outside)
    }
}
