import Hydraulics
import SparseAlgebra

/// The water that reaches each dwelling of a building, for ``BuildingLattice/respond(to:outdoor:rooms:heats:)``.
public struct EmitterFeed: Sendable {
    /// Emitter laws.
    public let laws: [EmitterLaw]
    /// ṁ cp, W/K; 0 where no water comes.
    public var capacityFlow: [Double]
    /// Supply temperature at the emitter, °C; not read where no water comes.
    public var supply: [Double]
    /// The laws, four to a vector.
    let quads: [EmitterQuad]

    /// Arrays by dwelling of one building.
    public init(laws: [EmitterLaw], capacityFlow: [Double], supply: [Double]) {
        (self.laws, self.capacityFlow, self.supply) = (laws, capacityFlow, supply)
        quads = EmitterQuad.blocks(laws[...])
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
            feed.give(rooms, &starts, &heats, &feedback, &tangent.heatPerFlow)
            tangent.hold(feed, rooms, heats)
            work.becomeRest(gains, heats)
            matrix.setDiagonal(diagonal, plus: feedback)
            do { try matrix.factor() } catch { fail() }
            if form == .responding { matrix.solve(&work) }
            change = rooms.step(work, feedback, &heats)
            if !(change > 1e-4) { return (iteration, change) }
        }
        return (max(1, iterations), change)
    }

    /// The same by the tangents and the factor of the last ``respond(to:outdoor:rooms:heats:iterations:)``, where feed and rooms are still so near
    /// its own that emitters follow them: what is left of a change of 1e-3 K is of the order of 1e-8 K.
    ///
    /// - Returns: the largest change of a room, K; nil, and nothing is done, where something has moved further.
    /// - Complexity: O(n bandwidth).
    mutating func follow(_ feed: EmitterFeed, outdoor: Double, rooms: inout [Double], heats: inout [Double]) -> Double? {
        guard form == .responding, tangent.isNear(feed, rooms) else { return nil }
        balanceWork(outdoor: outdoor, rooms: rooms)
        tangent.give(feed, rooms, feedback, &heats)
        work.becomeRest(gains, heats)
        matrix.solve(&work)
        return rooms.step(work, feedback, &heats)
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

/// Where the emitters of a building were last solved: their tangents hold near it.
struct EmitterTangent: Sendable {
    private var capacityFlow: [Double] = []
    private var supply: [Double] = []
    private var rooms: [Double] = []
    private var heats: [Double] = []
    /// ∂heat/∂(ṁ cp), K.
    fileprivate(set) var heatPerFlow: [Double]

    /// Nothing solved yet, by dwelling of a building.
    init(count: Int) { heatPerFlow = [Double](repeating: 0, count: count) }

    /// Takes over a state.
    fileprivate mutating func hold(_ feed: EmitterFeed, _ rooms: [Double], _ heats: [Double]) {
        capacityFlow.copy(feed.capacityFlow)
        supply.copy(feed.supply)
        self.rooms.copy(rooms)
        self.heats.copy(heats)
    }

    /// Whether all temperatures are within 1e-3 K, and flows within 1e-4, of that state, and the same emitters get water.
    fileprivate func isNear(_ feed: EmitterFeed, _ rooms: [Double]) -> Bool {
        guard capacityFlow.count == rooms.count else { return false }
        let (flow, supply, room) = (feed.capacityFlow.span, feed.supply.span, rooms.span)
        let (ownFlow, ownSupply, ownRoom) = (capacityFlow.span, self.supply.span, self.rooms.span)
        for i in 0..<room.count {
            guard (room[i] - ownRoom[i]).magnitude <= 1e-3, (flow[i] - ownFlow[i]).magnitude <= 1e-4 * ownFlow[i] else { return false }
            guard flow[i] == 0 || (supply[i] - ownSupply[i]).magnitude <= 1e-3 else { return false }
        }
        return true
    }

    /// Heats near that state, W.
    fileprivate func give(_ feed: EmitterFeed, _ rooms: [Double], _ slopes: [Double], _ heats: inout [Double]) {
        let (flow, supply, room, slopes) = (feed.capacityFlow.span, feed.supply.span, rooms.span, slopes.span)
        let (ownFlow, ownSupply, ownRoom) = (capacityFlow.span, self.supply.span, self.rooms.span)
        let (ownHeat, overFlow) = (self.heats.span, heatPerFlow.span)
        var heats = heats.mutableSpan
        for i in 0..<room.count {
            guard flow[i] > 0 else {
                heats[i] = ownHeat[i]
                continue
            }
            let excess = (supply[i] - ownSupply[i]) - (room[i] - ownRoom[i])
            heats[i] = ownHeat[i] + slopes[i] * excess + overFlow[i] * (flow[i] - ownFlow[i])
        }
    }
}

extension EmitterFeed {
    /// Heats of all emitters and their −∂heat/∂room.
    fileprivate func give(
        _ rooms: [Double], _ starts: inout [Double], _ heats: inout [Double], _ slopes: inout [Double], _ overFlow: inout [Double]
    ) {
        let (flow, supply, rooms, quads) = (capacityFlow.span, supply.span, rooms.span, quads.span)
        var starts = starts.mutableSpan
        var heats = heats.mutableSpan
        var slopes = slopes.mutableSpan
        var overFlow = overFlow.mutableSpan
        for block in 0..<quads.count {
            let first = 4 * block
            let width = min(4, rooms.count - first)
            var (passing, excess, start) = (Quad.zero, Quad.zero, Quad(repeating: .nan))
            for lane in 0..<width {
                passing[lane] = flow[first + lane]
                excess[lane] = supply[first + lane] - rooms[first + lane]
                start[lane] = starts[first + lane]
            }
            var found = quads[block].response(flow: passing, excess: excess, start: &start)
            if any(found.left) { complete(&found, first, rooms, &start) }
            for lane in 0..<width {
                starts[first + lane] = start[lane]
                heats[first + lane] = found.heat[lane]
                slopes[first + lane] = found.slope[lane]
                overFlow[first + lane] = found.slopeOverFlow[lane]
            }
        }
    }

    /// Emitters that vectors do not know.
    @inline(never)
    private func complete(_ found: inout EmitterQuad.Response, _ first: Int, _ rooms: Span<Double>, _ start: inout Quad) {
        for lane in 0..<4 where found.left[lane] {
            let place = first + lane
            let response = laws[place].response(
                capacityFlow: capacityFlow[place], supply: supply[place], room: rooms[place], start: &start[lane])
            (found.heat[lane], found.slope[lane]) = (response.heat, response.heatPerKelvin)
            found.slopeOverFlow[lane] = response.heatPerCapacityFlow
        }
    }
}

extension [Double] {
    /// Becomes the same numbers, in its own storage.
    fileprivate mutating func copy(_ values: [Double]) {
        guard count == values.count else {
            self = values
            return
        }
        let values = values.span
        var own = mutableSpan
        for i in 0..<own.count { own[i] = values[i] }
    }

    /// Becomes what gains and heats leave over these losses, W.
    fileprivate mutating func becomeRest(_ gains: [Double], _ heats: [Double]) {
        let (gains, heats) = (gains.span, heats.span)
        var own = mutableSpan
        for i in 0..<own.count { own[i] = gains[i] + heats[i] - own[i] }
    }

    /// Takes a Newton step, along which heats follow their tangents; the largest part of it, K.
    fileprivate mutating func step(_ steps: [Double], _ feedback: [Double], _ heats: inout [Double]) -> Double {
        let (steps, feedback) = (steps.span, feedback.span)
        var own = mutableSpan
        var heats = heats.mutableSpan
        var largest = 0.0
        for i in 0..<own.count {
            let step = steps[i]
            own[i] += step
            heats[i] -= feedback[i] * step
            largest = step.magnitude > largest || step.isNaN ? step.magnitude : largest
        }
        return largest
    }
}
