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
    public func linkRows(_ network: EpanetNetwork) -> [LinkRow] {
        network.links.enumerated().map { position, link in
            let headLoss = self.head[link.from] - self.head[link.to]
            let isKnown = headLoss.isFinite
            return LinkRow(
                id: link.id, kind: link.kind, from: network.nodes[link.from].id, to: network.nodes[link.to].id,
                status: status[position], massFlow: flow[position] * units.density, volumeFlow: flow[position],
                velocity: link.diameter.map { diameter in
                    let metres = diameter * units.diameter
                    return flow[position] / (Double.pi / 4 * metres * metres)
                },
                headLoss: isKnown ? headLoss : nil, pressureLoss: isKnown ? units.pascals(head: headLoss) : nil,
                setting: setting(of: link, position))
        }
    }

    private func setting(of link: EpanetLink, _ position: Int) -> Double? {
        switch link.element {
        case .pipe: nil
        case .pump: state.setting[position]
        case .valve(let valve): valve.kind == .generalPurpose || state.status[position] != .active ? nil : state.setting[position]
        }
    }

    /// The nodes in the order of the network: junctions, reservoirs, tanks.
    public func nodeRows(_ network: EpanetNetwork) -> [NodeRow] {
        network.nodes.enumerated().map { position, node in
            let elevation = node.elevation * units.length
            let head = isReachable[position] ? self.head[position] : nil
            return NodeRow(
                id: node.id, kind: node.kindName, elevation: elevation, head: head,
                pressure: head.map { units.pascals(head: $0 - elevation) }, massDemand: demand[position] * units.density,
                volumeDemand: demand[position], isReachable: isReachable[position])
        }
    }
}

extension EpanetLink {
    /// `pipe`, `pump`, or the kind of valve in lower case.
    var kind: String {
        switch element {
        case .pipe: "pipe"
        case .pump: "pump"
        case .valve(let valve): valve.kind.rawValue.lowercased()
        }
    }

    /// Diameter in the file's unit; nil for a pump.
    var diameter: Double? {
        switch element {
        case .pipe(let pipe): pipe.diameter
        case .valve(let valve): valve.diameter
        case .pump: nil
        }
    }
}

extension EpanetNode {
    /// `junction`, `reservoir` or `tank`.
    var kindName: String {
        switch kind {
        case .junction: "junction"
        case .reservoir: "reservoir"
        case .tank: "tank"
        }
    }
}
