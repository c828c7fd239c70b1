import SparseAlgebra

/// The water that reaches each dwelling of a building, for ``BuildingLattice/respond(to:outdoor:rooms:heats:)``.
public struct EmitterFeed: Sendable {
    /// Emitter laws.
    public var laws: [EmitterLaw]
    /// ṁ cp, W/K; 0 where no water comes.
    public var capacityFlow: [Double]
    /// Supply temperature at the emitter, °C; not read where no water comes.
    public var supply: [Double]
    /// Arrays by dwelling of one building.
    public init(laws: [EmitterLaw], capacityFlow: [Double], supply: [Double]) {
        (self.laws, self.capacityFlow, self.supply) = (laws, capacityFlow, supply)
    }
}

extension BuildingLattice {
    /// Room temperatures and heats when every emitter follows its law and nothing is held: Newton on the rooms.
    ///
    /// An emitter gives less as its room warms, so its −∂Q/∂T adds to the diagonal and the matrix stays positive definite;
    /// heat is convex in the room, so Newton approaches from one side after its first step.
    /// - Parameters:
    ///   - rooms: the start on entry, the answer on return, °C.
    ///   - heats: written, W; where it stops early, those of the laws' tangents, so that the building still balances.
    ///   - iterations: most Newton iterations.
    /// - Returns: Newton iterations made, and the last change of any room in K. It stops after a change below
    ///   1e-4 K, which leaves an error below 1e-9 K: Newton's error is some 4e-3 1/K times the square of its last step.
    /// - Complexity: O(n bandwidth²) an iteration; usually 2 or 3 iterations, 1 near the answer.
    @discardableResult
    public mutating func respond(
        to feed: EmitterFeed, outdoor: Double, rooms: inout [Double], heats: inout [Double], iterations: Int = 40
    ) -> (iterations: Int, change: Double) {
        precondition(rooms.count == count && heats.count == count && feed.laws.count == count)
        if form != .responding {
            assemble(isolating: nil)
            form = .responding
        }
        var change = 0.0
        for iteration in 1...max(1, iterations) {
            balanceWork(outdoor: outdoor, rooms: rooms)
            for i in 0..<count {
                var slope = 0.0
                heats[i] = 0
                if feed.capacityFlow[i] > 0 {
                    let response = feed.laws[i].response(
                        capacityFlow: feed.capacityFlow[i], supply: feed.supply[i], room: rooms[i], start: &starts[i])
                    heats[i] = response.heat
                    slope = response.heatPerKelvin
                }
                feedback[i] = slope
                work[i] = gains[i] + heats[i] - work[i]
            }
            matrix.setDiagonal(diagonal, plus: feedback)
            do { try matrix.factor() } catch { fail() }
            if form == .responding { matrix.solve(&work) }
            change = 0
            for i in 0..<count {
                rooms[i] += work[i]
                heats[i] -= feedback[i] * work[i]
                change = work[i].magnitude > change || work[i].isNaN ? work[i].magnitude : change
            }
            if !(change > 1e-4) { return (iteration, change) }
        }
        return (max(1, iterations), change)
    }

    /// How rooms follow supply temperatures, with the factor of the last ``respond(to:outdoor:rooms:heats:)``.
    ///
    /// - Parameter changes: on entry d supply by dwelling, K; on return d room, K.
    public mutating func propagate(_ changes: inout [Double]) {
        precondition(changes.count == count)
        guard form == .responding else {
            for i in 0..<count { changes[i] = 0 }
            return
        }
        for i in 0..<count { changes[i] *= feedback[i] }
        matrix.solve(&changes)
    }
}
