/// The ends of the links of a circuit, and the links at each node.
struct LinkEnds {
    let from: [Int32]
    let to: [Int32]
    /// Links at each node: `incident[incidentStart[n]..<incidentStart[n + 1]]`.
    let incidentStart: [Int32]
    let incident: [Int32]
}

extension [Int8] {
    /// Finds the water that comes from a cut or from outside; the rest counts as still.
    ///
    /// - Parameter hasInflow: whether water enters from outside, by node.
    /// - Complexity: O(nodes + links).
    mutating func feed(_ ends: LinkEnds, _ hasInflow: [Bool]) {
        let (from, to, start, incident) = (ends.from.span, ends.to.span, ends.incidentStart.span, ends.incident.span)
        var isFed = hasInflow
        var reached = [Int32](repeating: 0, count: hasInflow.count)
        var count = 0
        var direction = mutableSpan
        var fed = isFed.mutableSpan
        var waiting = reached.mutableSpan
        for node in 0..<fed.count where fed[node] {
            waiting[count] = Int32(truncatingIfNeeded: node)
            count += 1
        }
        for link in 0..<direction.count where direction[link].magnitude == 2 {
            let next = direction[link] > 0 ? to[link] : from[link]
            if fed[Int(next)] { continue }
            fed[Int(next)] = true
            waiting[count] = next
            count += 1
        }
        while count > 0 {
            count -= 1
            let node = waiting[count]
            for entry in Int(start[Int(node)])..<Int(start[Int(node) + 1]) {
                let link = Int(incident[entry])
                let sign = direction[link]
                guard sign != 0, (sign > 0 ? from[link] : to[link]) == node else { continue }
                let next = sign > 0 ? to[link] : from[link]
                if fed[Int(next)] { continue }
                fed[Int(next)] = true
                waiting[count] = next
                count += 1
            }
        }
        for link in 0..<direction.count where direction[link].magnitude == 1 {
            if !fed[Int(direction[link] > 0 ? from[link] : to[link])] { direction[link] = 0 }
        }
    }
}

extension [Int32] {
    /// Becomes the nodes in the order of flow: Kahn's algorithm on the moving links that are no cuts; what is left over lies on or behind
    /// rings.
    ///
    /// - Returns: how many nodes are in front of all rings.
    /// - Complexity: O(nodes + links).
    mutating func sort(_ ends: LinkEnds, _ direction: [Int8]) -> Int {
        let (from, to, start, incident) = (ends.from.span, ends.to.span, ends.incidentStart.span, ends.incident.span)
        let direction = direction.span
        var inflows = [Int32](repeating: 0, count: self.count)
        var waiting = inflows.mutableSpan
        var order = mutableSpan
        for link in 0..<direction.count where direction[link].magnitude == 1 { waiting[Int(direction[link] > 0 ? to[link] : from[link])] += 1 }
        var count = 0
        for node in 0..<order.count where waiting[node] == 0 {
            order[count] = Int32(truncatingIfNeeded: node)
            count += 1
        }
        var place = 0
        while place < count {
            let node = order[place]
            place += 1
            for entry in Int(start[Int(node)])..<Int(start[Int(node) + 1]) {
                let link = Int(incident[entry])
                let sign = direction[link]
                guard sign.magnitude == 1, (sign > 0 ? from[link] : to[link]) == node else { continue }
                let next = sign > 0 ? to[link] : from[link]
                waiting[Int(next)] -= 1
                if waiting[Int(next)] == 0 {
                    order[count] = next
                    count += 1
                }
            }
        }
        let acyclic = count
        for node in 0..<order.count where waiting[node] > 0 {
            order[count] = Int32(truncatingIfNeeded: node)
            count += 1
        }
        return acyclic
    }

    /// Becomes the node that the water of each link comes from; −1 where it has no temperature.
    mutating func takeInlets(_ ends: LinkEnds, _ direction: [Int8]) {
        let (from, to, direction) = (ends.from.span, ends.to.span, direction.span)
        var own = mutableSpan
        for link in 0..<own.count { own[link] = direction[link] == 0 ? -1 : direction[link] > 0 ? from[link] : to[link] }
    }
}

/// What flows into nodes.
enum Inflows {
    /// Lists what flows into the node at each place of an order: `link[start[p]..<start[p + 1]]`, and the node that it comes from, −1 behind a cut.
    ///
    /// - Complexity: O(nodes + links).
    static func gather(
        _ ends: LinkEnds, _ direction: [Int8], _ order: [Int32], start: inout [Int32], link: inout [Int32], node: inout [Int32]
    ) {
        let (from, to, incidentStart, incident) = (ends.from.span, ends.to.span, ends.incidentStart.span, ends.incident.span)
        let (direction, order) = (direction.span, order.span)
        var start = start.mutableSpan
        var links = link.mutableSpan
        var nodes = node.mutableSpan
        var entries = 0
        for place in 0..<order.count {
            let node = order[place]
            start[place] = Int32(truncatingIfNeeded: entries)
            for entry in Int(incidentStart[Int(node)])..<Int(incidentStart[Int(node) + 1]) {
                let link = Int(incident[entry])
                let sign = direction[link]
                guard sign != 0, (sign > 0 ? to[link] : from[link]) == node else { continue }
                links[entries] = Int32(truncatingIfNeeded: link)
                nodes[entries] = sign.magnitude == 2 ? -1 : sign > 0 ? from[link] : to[link]
                entries += 1
            }
        }
        start[order.count] = Int32(truncatingIfNeeded: entries)
    }
}
