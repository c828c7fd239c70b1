/// Parts that only shut devices join to the rest.
///
/// Nothing says how high their pressure stands: what is left there is that of an earlier iterate. Since no water can go anywhere,
/// such a part may as well stand open to the rest through one of those devices, and then its pressure is that of rest.
extension HydraulicSolver {
    /// Frees one shut device for each part; whether there was one. Once a solve: a part that is cut off again stays so.
    ///
    /// - Complexity: O(devices) where none is shut, else O(nodes + links).
    mutating func freeParts(_ state: CircuitState) -> Bool {
        guard !progress.hasFreedParts else { return false }
        let shut = shutDevices()
        guard !shut.isEmpty else { return false }
        var isJoined = state.fixedPressure.map { !$0.isNaN }
        join(&isJoined, from: isJoined.indices.filter { isJoined[$0] })
        var isAny = false
        for device in shut {
            let ends = (Int(compiled.from[device.link]), Int(compiled.to[device.link]))
            guard isJoined[ends.0] != isJoined[ends.1] else { continue }
            let part = isJoined[ends.0] ? ends.1 : ends.0
            if let place = device.place { open(place) } else { release(device.link) }
            isJoined[part] = true
            join(&isJoined, from: [part])
            isAny = true
        }
        if isAny {
            progress.hasFreedParts = true
            progress.isBalanced = false
            balance(state)
        }
        return isAny
    }

    /// One-way links that hold at nought, and valves that follow a sensor and have nothing to hold.
    private func shutDevices() -> [(link: Int, place: Int?)] {
        var shut: [(link: Int, place: Int?)] = []
        for bound in bounded where bound.lower == 0 && iterate.mode[Int(bound.link)] == .lower { shut.append((Int(bound.link), nil)) }
        for (place, control) in controls.enumerated() where iterate.mode[control.link] == .lower && control.laws == nil {
            if control.excess(iterate.pressure, 0) < -tolerance { shut.append((control.link, place)) }
        }
        return shut
    }

    /// Marks what moving links join to nodes that are marked.
    private func join(_ isJoined: inout [Bool], from nodes: [Int]) {
        var queue = nodes
        while let node = queue.popLast() {
            for entry in compiled.adjacency.entries(of: node) {
                let link = Int(compiled.adjacency.links[entry])
                guard iterate.mode[link].isMoving else { continue }
                let other = Int(compiled.from[link]) == node ? Int(compiled.to[link]) : Int(compiled.from[link])
                if isJoined[other] { continue }
                isJoined[other] = true
                queue.append(other)
            }
        }
    }
}
