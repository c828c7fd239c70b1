/// Water temperatures of one circuit from its flows: upwind mixing in the order of flow.
///
/// Every link gives its outlet temperature as `offset + factor · inlet`: a pipe e^(−N) and Ta (1 − e^(−N)), a load of given drop
/// 1 and −drop, a source of given supply temperature 0 and that temperature (it *cuts* the circuit, which closes
/// the loops of a heating network). A node mixes what flows in by mass. Links are oriented by their flow, nodes are
/// put in the order of flow once (and again only when a flow turns round); one pass then is exact. Nodes inside a
/// closed ring of flow without any cut (a recirculation pump) are found by repeated passes.
///
/// Only water that comes from a cut or from outside has a temperature. Nodes and links without flow, and rings that
/// circulate by themselves without any of it, have none: NaN.
public struct TemperatureTransport: Sendable {
    /// Number of nodes.
    public let nodeCount: Int
    let from: [Int32]
    let to: [Int32]
    /// Links at each node: `incident[incidentStart[n]..<incidentStart[n + 1]]`.
    private let incidentStart: [Int32]
    private let incident: [Int32]

    /// +1 along the link, −1 against it, 0 still; +2 and −2 where the link is a cut.
    private var flowDirection: [Int8]
    /// The same, but 0 where the water has no temperature.
    private var direction: [Int8]
    /// Node that the water of each link comes from; −1 where it has no temperature.
    package private(set) var inletNode: [Int32]
    /// Whether water enters from outside, by node.
    private var hasInflow: [Bool]
    private var isOrdered = false
    /// Nodes in the order of flow; from `acyclicCount` on they lie on or behind a ring.
    private var order: [Int32]
    private var acyclicCount = 0
    /// What flows into the node at each place of the order: `inLink[inStart[p]..<inStart[p + 1]]`.
    private var inStart: [Int32]
    private var inLink: [Int32]
    private var inNode: [Int32]
    /// Share of each inflow in the mixture, and the share from outside by place of the order.
    private var share: [Double]
    private var outsideShare: [Double]

    /// A circuit by the ends of its links.
    ///
    /// - Precondition: ends lie in `0..<nodeCount`.
    public init(nodeCount: Int, from: [Int32], to: [Int32]) {
        self.nodeCount = nodeCount
        self.from = from
        self.to = to
        var start = [Int32](repeating: 0, count: nodeCount + 1)
        for link in from.indices where from[link] != to[link] {
            start[Int(from[link]) + 1] += 1
            start[Int(to[link]) + 1] += 1
        }
        for node in 0..<nodeCount { start[node + 1] += start[node] }
        var next = start
        var incident = [Int32](repeating: 0, count: Int(start[nodeCount]))
        for link in from.indices where from[link] != to[link] {
            for node in [Int(from[link]), Int(to[link])] {
                incident[Int(next[node])] = Int32(link)
                next[node] += 1
            }
        }
        incidentStart = start
        self.incident = incident
        flowDirection = Array(repeating: 0, count: from.count)
        direction = flowDirection
        inletNode = Array(repeating: -1, count: from.count)
        hasInflow = Array(repeating: false, count: nodeCount)
        order = Array(repeating: 0, count: nodeCount)
        inStart = Array(repeating: 0, count: nodeCount + 1)
        inLink = Array(repeating: 0, count: from.count)
        inNode = inLink
        share = Array(repeating: 0, count: from.count)
        outsideShare = Array(repeating: 0, count: nodeCount)
    }

    /// Takes over flows: orients links, orders nodes where a direction has changed, and weighs the mixtures.
    ///
    /// - Parameters:
    ///   - massFlow: by link, kg/s.
    ///   - isCut: by link, whether its outlet temperature does not depend on its inlet.
    ///   - inflow: by node, water entering from outside the circuit, kg/s, not negative.
    ///   - stillBelow: flows of no more than this count as none, kg/s.
    /// - Complexity: O(nodes + links).
    public mutating func orient(massFlow: [Double], isCut: [Bool], inflow: [Double], stillBelow: Double) {
        precondition(massFlow.count == from.count && isCut.count == from.count && inflow.count == nodeCount)
        if flowDirection.follow(massFlow, from, to, isCut, stillBelow: stillBelow) { isOrdered = false }
        for node in 0..<nodeCount where (inflow[node] > stillBelow) != hasInflow[node] {
            hasInflow[node].toggle()
            isOrdered = false
        }
        if !isOrdered { sort() }
        weigh(massFlow, inflow, stillBelow: stillBelow)
    }

    /// Shares of the mixtures by the flows.
    private mutating func weigh(_ massFlow: [Double], _ inflow: [Double], stillBelow: Double) {
        Self.weigh(
            Mixtures(order: order, inStart: inStart, inLink: inLink, massFlow: massFlow, inflow: inflow, stillBelow: stillBelow), &share,
            &outsideShare)
    }

    /// What the shares of mixtures follow from.
    private struct Mixtures {
        let order: [Int32]
        let inStart: [Int32]
        let inLink: [Int32]
        let massFlow: [Double]
        let inflow: [Double]
        let stillBelow: Double
    }

    private static func weigh(_ mixtures: Mixtures, _ share: inout [Double], _ outsideShare: inout [Double]) {
        let (massFlow, inflow, order) = (mixtures.massFlow.span, mixtures.inflow.span, mixtures.order.span)
        let (inStart, inLink) = (mixtures.inStart.span, mixtures.inLink.span)
        var share = share.mutableSpan
        var outsideShare = outsideShare.mutableSpan
        for place in 0..<order.count {
            let (begin, end) = (Int(inStart[place]), Int(inStart[place + 1]))
            let entering = inflow[Int(order[place])]
            let outside = entering > mixtures.stillBelow ? entering : 0
            if end - begin == 1 && outside == 0 {
                share[begin] = 1
                outsideShare[place] = 0
                continue
            }
            var sum = outside
            for entry in begin..<end { sum += massFlow[Int(inLink[entry])].magnitude }
            outsideShare[place] = sum > 0 ? outside / sum : 0
            for entry in begin..<end { share[entry] = massFlow[Int(inLink[entry])].magnitude / sum }
        }
    }

    /// Puts the nodes in the order of flow anew.
    private mutating func sort() {
        let ends = LinkEnds(from: from, to: to, incidentStart: incidentStart, incident: incident)
        direction = flowDirection
        direction.feed(ends, hasInflow)
        acyclicCount = order.sort(ends, direction)
        Inflows.gather(ends, direction, order, start: &inStart, link: &inLink, node: &inNode)
        inletNode.takeInlets(ends, direction)
        isOrdered = true
    }

    /// Whether water that has a temperature moves through a link.
    public func isMoving(_ link: Int) -> Bool { direction[link] != 0 }

    /// The node that water of a moving link comes from; for a still one its `from` node.
    public func inlet(of link: Int) -> Int { direction[link] < 0 ? Int(to[link]) : Int(from[link]) }

    /// Node temperatures for the flows of the last ``orient(massFlow:isCut:inflow:stillBelow:)``.
    ///
    /// - Parameters:
    ///   - factor: by link.
    ///   - offset: by link, °C.
    ///   - outside: by node, temperature of water that enters from outside, °C; read only where some does.
    ///   - seed: where a ring of flow starts from when nothing is known, °C.
    ///   - temperature: by node, °C; on entry the start for rings, on return the answer.
    /// - Complexity: O(nodes + links), times the passes a ring needs.
    public func propagate(
        factor: [Double], offset: [Double], outside: [Double], seed: Double, into temperature: inout [Double]
    ) {
        precondition(factor.count == from.count && offset.count == from.count)
        precondition(outside.count == nodeCount && temperature.count == nodeCount)
        propagateAcyclic(factor, offset, outside, &temperature)
        guard acyclicCount < nodeCount else { return }
        for place in acyclicCount..<nodeCount where temperature[Int(order[place])].isNaN { temperature[Int(order[place])] = seed }
        for _ in 0..<Self.ringPassLimit {
            var change = 0.0
            for place in acyclicCount..<nodeCount {
                let node = Int(order[place])
                let value = mixture(place, factor, offset, outside, temperature)
                change = max(change, (value - temperature[node]).magnitude)
                temperature[node] = value
            }
            if !(change > 1e-11) { break }
        }
    }

    private func propagateAcyclic(_ factor: [Double], _ offset: [Double], _ outside: [Double], _ temperature: inout [Double]) {
        let (order, inStart, inLink, inNode) = (order.span, inStart.span, inLink.span, inNode.span)
        let (share, outsideShare) = (share.span, outsideShare.span)
        let (factor, offset, outside) = (factor.span, offset.span, outside.span)
        var temperature = temperature.mutableSpan
        var end = 0
        for place in 0..<acyclicCount {
            let begin = end
            end = Int(inStart[place + 1])
            let node = Int(order[place])
            if begin == end && outsideShare[place] == 0 {
                temperature[node] = .nan
                continue
            }
            var sum = outsideShare[place] > 0 ? outsideShare[place] * outside[node] : 0
            for entry in begin..<end {
                let (link, inlet) = (Int(inLink[entry]), Int(inNode[entry]))
                sum += share[entry] * (inlet < 0 ? offset[link] : offset[link] + factor[link] * temperature[inlet])
            }
            temperature[node] = sum
        }
    }

    private static var ringPassLimit: Int { 1000 }

    private func mixture(
        _ place: Int, _ factor: [Double], _ offset: [Double], _ outside: [Double], _ temperature: [Double]
    ) -> Double {
        let entries = Int(inStart[place])..<Int(inStart[place + 1])
        var sum = outsideShare[place] > 0 ? outsideShare[place] * outside[Int(order[place])] : 0
        if entries.isEmpty && outsideShare[place] == 0 { return .nan }
        for entry in entries {
            let link = Int(inLink[entry])
            let node = inNode[entry]
            sum += share[entry] * (node < 0 ? offset[link] : offset[link] + factor[link] * temperature[Int(node)])
        }
        return sum
    }

    /// Outlet temperature of a link, °C; NaN where it stands still.
    public func outlet(of link: Int, factor: [Double], offset: [Double], temperature: [Double]) -> Double {
        switch direction[link].magnitude {
        case 0: .nan
        case 2: offset[link]
        default: offset[link] + factor[link] * temperature[inlet(of: link)]
        }
    }
}

extension [Int8] {
    /// Takes over the directions of flows; whether one has changed.
    fileprivate mutating func follow(_ massFlow: [Double], _ from: [Int32], _ to: [Int32], _ isCut: [Bool], stillBelow: Double) -> Bool {
        let (massFlow, from, to, isCut) = (massFlow.span, from.span, to.span, isCut.span)
        var direction = mutableSpan
        var hasChanged = false
        for link in 0..<direction.count {
            let flow = massFlow[link]
            var sign: Int8 = flow.magnitude > stillBelow && from[link] != to[link] ? (flow > 0 ? 1 : -1) : 0
            if isCut[link] { sign *= 2 }
            if direction[link] != sign {
                direction[link] = sign
                hasChanged = true
            }
        }
        return hasChanged
    }
}
