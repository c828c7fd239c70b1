import NetworkModel

/// The results of an EPANET file as the rows of `links.csv` and `nodes.csv`: SI units, the file's ids.
extension EpanetSolution {
    /// A row of `links.csv`.
    public struct LinkRow: Sendable {
        /// The file's id.
        public var id: ElementID
        /// `pipe`, `pump`, or the kind of valve in lower case (`prv`, …).
        public var kind: String
        /// First node.
        public var from: ElementID
        /// Second node.
        public var to: ElementID
        /// Open, closed, or holding its setting.
        public var status: Status
        /// kg/s.
        public var massFlow: Double
        /// m³/s: the file's own flow.
        public var volumeFlow: Double
        /// m/s with the sign of the flow; nil for a pump.
        public var velocity: Double?
        /// Head of the first node minus head of the second, m; nil where one of them is cut off.
        public var headLoss: Double?
        /// The same as a pressure of the file's water, Pa.
        public var pressureLoss: Double?
        /// Speed of a pump, setting of a valve that follows it, in the file's own unit.
        public var setting: Double?
    }

    /// A row of `nodes.csv`.
    public struct NodeRow: Sendable {
        /// The file's id.
        public var id: ElementID
        /// `junction`, `reservoir` or `tank`.
        public var kind: String
        /// m.
        public var elevation: Double
        /// m; nil where cut off.
        public var head: Double?
        /// Gauge pressure, Pa; nil where cut off.
        public var pressure: Double?
        /// kg/s.
        public var massDemand: Double
        /// m³/s.
        public var volumeDemand: Double
        /// Whether open links join it to a source.
        public var isReachable: Bool
    }

    /// The links in the order of the file.
    public func linkRows(_ network: EpanetNetwork) -> [LinkRow] { network.links.indices.map { linkRow($0, of: network) } }

    /// One link, by its place in the network.
    public func linkRow(_ position: Int, of network: EpanetNetwork) -> LinkRow {
        // Fields one by one: a copy of a link would count references to its bends.
        let (from, to, element) = (network.links[position].from, network.links[position].to, network.links[position].element)
        let headLoss = head[from] - head[to]
        let isKnown = headLoss.isFinite
        return LinkRow(
            id: network.links[position].id, kind: element.kind, from: network.nodes[from].id, to: network.nodes[to].id,
            status: status[position], massFlow: flow[position] * units.density, volumeFlow: flow[position],
            velocity: element.diameter.map { diameter in
                let metres = diameter * units.diameter
                return flow[position] / (Double.pi / 4 * metres * metres)
            },
            headLoss: isKnown ? headLoss : nil, pressureLoss: isKnown ? units.pascals(head: headLoss) : nil,
            setting: setting(of: element, position))
    }

    private func setting(of element: EpanetLink.Element, _ position: Int) -> Double? {
        switch element {
        case .pipe: nil
        case .pump: state.setting[position]
        case .valve(let valve): valve.kind == .generalPurpose || state.status[position] != .active ? nil : state.setting[position]
        }
    }

    /// The nodes in the order of the network: junctions, reservoirs, tanks.
    public func nodeRows(_ network: EpanetNetwork) -> [NodeRow] { network.nodes.indices.map { nodeRow($0, of: network) } }

    /// One node, by its place in the network.
    public func nodeRow(_ position: Int, of network: EpanetNetwork) -> NodeRow {
        let elevation = network.nodes[position].elevation * units.length
        let head = isReachable[position] ? self.head[position] : nil
        return NodeRow(
            id: network.nodes[position].id, kind: network.nodes[position].kind.name, elevation: elevation, head: head,
            pressure: head.map { units.pascals(head: $0 - elevation) }, massDemand: demand[position] * units.density,
            volumeDemand: demand[position], isReachable: isReachable[position])
    }
}

extension EpanetLink.Element {
    /// `pipe`, `pump`, or the kind of valve in lower case.
    var kind: String {
        switch self {
        case .pipe: "pipe"
        case .pump: "pump"
        case .valve(let valve):
            switch valve.kind {
            case .pressureReducing: "prv"
            case .pressureSustaining: "psv"
            case .pressureBreaking: "pbv"
            case .flowControl: "fcv"
            case .throttleControl: "tcv"
            case .generalPurpose: "gpv"
            case .positionControl: "pcv"
            }
        }
    }

    /// Diameter in the file's unit; nil for a pump.
    var diameter: Double? {
        switch self {
        case .pipe(let pipe): pipe.diameter
        case .valve(let valve): valve.diameter
        case .pump: nil
        }
    }
}

extension EpanetNode.Kind {
    /// `junction`, `reservoir` or `tank`.
    var name: String {
        switch self {
        case .junction: "junction"
        case .reservoir: "reservoir"
        case .tank: "tank"
        }
    }
}
