import Hydraulics
import NetworkModel
import Quantities

/// Circuits that share buildings, with those buildings: what can be solved by itself between two rounds.
///
/// Usually one circuit: a secondary with its buildings, or the primary. Flows, temperatures and rooms are brought
/// to agreement here; what comes from and goes to other cells stands in the substations' ``Exchange``.
struct Cell: Sendable {
    var circuits: [CircuitModel]
    var buildings: [BuildingModel]
    /// Largest change of a temperature that another round would make, K, by the rate of the last two.
    var change = Double.infinity
    /// Largest change in the last round, K.
    private var lastStep = Double.infinity
    var worst: ElementReference?
    var failure: HydraulicFailure?
    /// Answers of the substations that this cell takes part in, written for the others.
    var answers: [Exchange.Answer] = []
    /// What the answers were made from; nothing is done while it stays the same.
    private var lastInputs: [Double] = []
    /// How node temperatures followed the supplies at the last answer; empty where nobody asked.
    var slopes: [[Double]] = []
    /// Supply of the only substation that they were found at, °C; NaN where the state was a first guess.
    var slopesSupply = Double.nan
    /// Supply of the only substation at the last answer, °C.
    var lastSupply = Double.nan

    /// Circuits and buildings of a network; `compiled` has the circuits compiled, or is empty.
    init(_ network: Network, circuits: [Circuit], compiled: [CompiledNetwork], buildings: [BuildingIndex]) {
        self.circuits = circuits.indices.map {
            CircuitModel(network, circuits[$0], compiled: compiled.isEmpty ? nil : compiled[$0])
        }
        self.buildings = buildings.map { BuildingModel(network, $0) }
        for c in self.circuits.indices { self.circuits[c].groupEmitters(by: self.buildings) }
    }

    /// Surroundings of a run.
    struct Conditions: Sendable {
        var outdoor: Double
        var heatCapacity: Double
        var isothermal: Bool
        /// Change of a temperature below which hydraulics are solved as closely as they are judged, K.
        var closelyBelow: Double
        /// Pressure error that flows are solved to in the end, Pa.
        var pressureTolerance: Double
    }

    /// Change of mean water temperatures, over the change of temperatures that ends the rounds, for which flows are not solved
    /// again: gravity makes one of 1 K move a branch's flow by some 1 % and its return by some 0.05 K. Four times as much leaves flows through
    /// wide open valves short of what a cold start finds.
    private static var unmoving: Double { 10 }

    /// Inner rounds before a cell lets the others go on; without buildings they cost little.
    private var innerRounds: Int { buildings.isEmpty ? 60 : 20 }

    /// Brings flows, temperatures and rooms to agreement for given exchanges, down to a change of `tolerance` K, or of
    /// `closest` K where they are the same as last time.
    mutating func advance(_ exchanges: [Exchange], _ conditions: Conditions, tolerance: Double, closest: Double) {
        let inputs = gatherInputs(exchanges)
        // What hears nothing new need not wait for the others.
        let isAlone = inputs == lastInputs || isNegligible(inputs, below: Self.negligibleNews * closest)
        let isCold = circuits.indices.contains { circuits[$0].solution == nil }
        let tolerance = isAlone ? closest : tolerance
        answers.removeAll(keepingCapacity: true)
        if isAlone && change <= tolerance { return }
        var isContinuing = isAlone
        if !isAlone && !foresee(exchanges) { lastStep = .infinity }
        lastInputs = inputs
        var local = exchanges
        for round in 1...innerRounds {
            do throws(HydraulicFailure) {
                try self.round(&local, conditions, negligible: max(Self.unmoving * closest, tolerance), isContinuing: isContinuing)
            } catch {
                failure = error
                return
            }
            isContinuing = true
            // The first look is at guesses of what others will say: closer than that it need not be.
            if change <= tolerance || round == innerRounds || (isCold && !isAlone && !feedsOthers) { break }
        }
        answer(&local, conditions)
    }

    /// Share of the tolerance that news may have which are not worth another round.
    private static var negligibleNews: Double { 0.1 }

    /// Whether the cell heats others.
    private var feedsOthers: Bool { circuits.indices.contains { !circuits[$0].primaries.isEmpty } }

    /// Whether news are temperatures alone, and hardly differ from the last ones.
    private func isNegligible(_ inputs: [Double], below limit: Double) -> Bool {
        guard inputs.count == lastInputs.count, !feedsOthers else { return false }
        return zip(inputs, lastInputs).allSatisfy { ($0 - $1).magnitude <= limit }
    }

    /// Moves water and rooms along their tangents where one supply feeds all of them and has changed: only the curvature is
    /// then left to the rounds.
    ///
    /// - Returns: whether it did.
    private mutating func foresee(_ exchanges: [Exchange]) -> Bool {
        guard slopes.count == circuits.count, lastSupply.isFinite, let substation = onlyFeed else { return false }
        let step = exchanges[substation].supply - lastSupply
        guard step != 0, step.magnitude < Self.farthestForesight else { return false }
        for c in circuits.indices { circuits[c].move(along: slopes[c], by: step) }
        for b in buildings.indices { buildings[b].moveAlongTangent(by: step) }
        return true
    }

    /// Change of a supply beyond which tangents are not trusted, K.
    private static var farthestForesight: Double { 40 }

    /// The substation that alone heats the cell; nil where there is none, or more than one, or a source.
    var onlyFeed: Int? {
        var found: Int?
        for c in circuits.indices {
            guard circuits[c].sources.isEmpty, circuits[c].secondaries.count <= 1 else { return nil }
            guard let side = circuits[c].secondaries.first else { continue }
            guard found == nil else { return nil }
            found = side.substation
        }
        return found
    }

    /// Sets the temperatures behind party walls; a change of them is news to this cell.
    mutating func meetNeighbours(_ rooms: [Double]) -> Double {
        var change = 0.0
        for b in buildings.indices where buildings[b].lattice.hasPartyWalls {
            change = max(change, buildings[b].lattice.setNeighbours(rooms))
        }
        if change > 0 { lastInputs = [.nan] }
        return change
    }

    private func gatherInputs(_ exchanges: [Exchange]) -> [Double] {
        var inputs: [Double] = []
        for c in circuits.indices {
            for side in circuits[c].secondaries { inputs.append(exchanges[side.substation].supply) }
            for side in circuits[c].primaries {
                let exchange = exchanges[side.substation]
                inputs += [exchange.secondaryFlow, exchange.secondaryReturn, exchange.returnSlope, exchange.answeredSupply]
            }
        }
        return inputs
    }

    private mutating func round(
        _ exchanges: inout [Exchange], _ conditions: Conditions, negligible: Double, isContinuing: Bool
    ) throws(HydraulicFailure) {
        let capacity = conditions.heatCapacity
        var worst = 0.0
        for c in circuits.indices {
            // First thing in a round, so that in the end flows, water and the state they were solved for agree.
            if !conditions.isothermal { circuits[c].updateLinkTemperatures(negligible: negligible, isContinuing: isContinuing) }
            for primary in circuits[c].primaries {
                exchanges[primary.substation].control(heatCapacity: capacity)
            }
            circuits[c].updateFlows(exchanges, heatCapacity: capacity)
            try circuits[c].solveFlows(conditions, change: min(lastStep, change))
            circuits[c].setBoundaries(exchanges, heatCapacity: capacity)
            circuits[c].propagate()
        }
        respondRooms(conditions, &worst)
        var moved = 0.0
        for c in circuits.indices {
            if !circuits[c].emitters.isEmpty { circuits[c].propagate() }
            noteChange(of: c, &moved)
            worst = max(worst, moved)
            worst = max(worst, circuits[c].answerPrimaries(&exchanges, heatCapacity: capacity))
        }
        if hasLimitedSource(heatCapacity: capacity) {
            let slopes = tangents()
            for c in circuits.indices { circuits[c].takeReturnSlopes(slopes[c]) }
        }
        let others = worst
        var correction = 0.0
        for c in circuits.indices { correction = max(correction, limitSources(c, others: others, heatCapacity: capacity)) }
        worst = max(worst, correction)
        // Twice the step that a steady rate would make next; a rate that is not clearly falling promises nothing.
        let rate = lastStep < .infinity && lastStep > 0 ? worst / lastStep : .nan
        // A source's supply that has just been corrected is right when the next correction says so.
        change = max(rate < 0.1 ? 2 * rate * worst : worst, correction)
        // Water whose step was left out has its share of a change still to make.
        for c in circuits.indices { change = max(change, circuits[c].skippedStep / Self.unmoving) }
        lastStep = worst
    }

    private mutating func noteChange(of c: Int, _ worst: inout Double) {
        let moved = circuits[c].takeChange()
        guard moved.change > worst else { return }
        worst = moved.change
        worstNode = circuits[c].compiled.nodes[moved.node]
    }

    /// Node that moved most in the last round.
    private(set) var worstNode: NodeIndex?

    /// Rooms and emitters for the supply temperatures that have just been found.
    private mutating func respondRooms(_ conditions: Conditions, _ worst: inout Double) {
        guard !buildings.isEmpty else { return }
        for c in circuits.indices { circuits[c].feed(&buildings, heatCapacity: conditions.heatCapacity) }
        for b in buildings.indices { worst = max(worst, buildings[b].respond(outdoor: conditions.outdoor)) }
        for c in circuits.indices { circuits[c].takeReturns(of: buildings) }
    }

    /// Whether the heat limit of a source binds or is about to.
    private func hasLimitedSource(heatCapacity: Double) -> Bool {
        circuits.indices.contains { c in
            circuits[c].sourceStates.contains { source in
                let flow = circuits[c].movingFlow(source.link) * heatCapacity
                return flow * (source.setPoint - circuits[c].inletTemperature(source.link)) > source.heatLimit
            }
        }
    }

    /// Lowers (or raises again) the supply of sources whose heat limit binds; returns the largest correction, K.
    ///
    /// A correction waits until flows and controllers have answered the last one, at most for a few rounds: controllers
    /// that just reach or just miss their set point would otherwise be judged half way.
    private mutating func limitSources(_ c: Int, others: Double, heatCapacity: Double) -> Double {
        var largest = 0.0
        for place in circuits[c].sourceStates.indices {
            var source = circuits[c].sourceStates[place]
            let flow = circuits[c].movingFlow(source.link) * heatCapacity
            let inlet = circuits[c].inletTemperature(source.link)
            guard flow > 0, inlet.isFinite, circuits[c].isCut[source.link] else { continue }
            var supply = source.setPoint
            if source.heatLimit < .infinity {
                let drop = source.supply - inlet
                let spare = source.heatLimit - flow * drop
                supply = min(supply, source.supply + source.step(spare: spare, capacityFlow: flow, drop: drop))
                source.spare = spare
            }
            // A source does not cool.
            supply = max(supply, min(inlet, source.setPoint))
            let step = supply - source.supply
            largest = max(largest, step.magnitude)
            if others > 0.2 * step.magnitude && source.waited < 4 {
                source.waited += 1
            } else {
                source.take(step)
                source.waited = 0
            }
            circuits[c].sourceStates[place] = source
        }
        return largest
    }
}
