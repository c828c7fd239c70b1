import Heating
import NetworkModel
import Quantities

/// The pressure diagram (水压图) of one way through a circuit as numbers: heads by distance, ground, buildings, limits.
///
/// Heads are metres of the water of this way above the network's datum, H = z + p/(ρ g) with ρ the mean density of its links: one
/// density, so that the lines of supply and return can be read against each other and against heights.
struct PressureProfile {
    /// A place on a line.
    struct Point {
        /// Distance from where the water is heated, m.
        var distance: Double
        /// Head, m.
        var head: Double
        /// Ground level, m.
        var ground: Double
    }

    /// A pump on the way.
    struct Lift {
        /// Its id.
        var name: String
        /// Where it stands, m.
        var distance: Double
        /// Heads before and behind it, m.
        var from, to: Double
        /// What it adds, kPa.
        var head: Double
    }

    /// Supply line from the heated end to the consumer.
    var supply: [Point] = []
    /// Return line from the heated end to the consumer, against the water.
    var back: [Point] = []
    /// Pumps on the way.
    var pumps: [Lift] = []
    /// Head of the whole circuit at rest, m: that of its held pressure; nil where none is held.
    var restingHead: Double?
    /// Where the building at the end begins, m, and its top, m above datum; nil where the consumer is no dwelling.
    var building: (start: Double, bottom: Double, top: Double)?
    /// Highest roof of the circuit, m above datum; nil without buildings.
    var highestTop: Double?
    /// Lowest emitter of the circuit, m above datum; nil without dwellings.
    var lowestEmitter: Double?
    /// Hottest water on the way, °C.
    var hottest = -Double.infinity
    /// Metres of water column a pascal.
    private(set) var metresPerPascal = 1 / (1000 * Self.gravity)

    /// Standard gravity, m/s².
    private static let gravity = 9.80665

    /// Reads a way off a simulation; nil where a pressure on it is unknown or it has no length.
    init?(_ way: CircuitPaths.Way, in circuit: CircuitHeights, of network: Network, _ outcome: Outcome) {
        let links = way.out + [way.consumer] + way.back
        let densities = links.map { outcome.density[$0.position] }.filter { $0.isFinite && $0 > 0 }
        guard !densities.isEmpty else { return nil }
        metresPerPascal = 1 / (densities.reduce(0, +) / Double(densities.count) * Self.gravity)
        (restingHead, highestTop, lowestEmitter) = (nil, circuit.highestTop, circuit.lowestEmitter)
        if let held = circuit.held, let pressure = network.nodes[held].fixedPressure {
            restingHead = network.nodes[held].elevation.metres + pressure.value * metresPerPascal
        }
        for link in way.out {
            let end = network.links[link].to.position
            if outcome.temperature[end].isFinite { hottest = max(hottest, outcome.temperature[end]) }
        }
        // From the heated link outwards; the return is followed against the water, so both lines start at the plant.
        let flowsForward = outcome.massFlow[way.origin.position] > 0
        let origin = network.links[way.origin]
        guard let supply = line(way.out, from: flowsForward ? origin.to : origin.from, network, outcome, isReturn: false),
            var back = line(way.back.reversed(), from: flowsForward ? origin.from : origin.to, network, outcome, isReturn: true),
            let length = supply.last?.distance, length > 0
        else { return nil }
        // Where the return takes another way round a loop, its distances are fitted to those of the supply.
        if let other = back.last?.distance, other > 0 {
            for position in back.indices { back[position].distance *= length / other }
        }
        (self.supply, self.back) = (supply, back)
        if case .terminal(let terminal) = network.links[way.consumer].element,
            case .emitter(let dwelling) = network.terminals[terminal].load
        {
            let index = network.dwellings[dwelling].building
            if let top = circuit.top[index], let bottom = circuit.bottom[index] {
                building = (supply.first { $0.ground.isNaN }?.distance ?? length, bottom, top)
            }
        }
        settleGround()
    }

    private mutating func line(
        _ links: [LinkIndex], from start: NodeIndex, _ network: Network, _ outcome: Outcome, isReturn: Bool
    ) -> [Point]? {
        var node = start
        var distance = 0.0
        var isIndoors = false
        func point(_ node: NodeIndex) -> Point? {
            let (pressure, height) = (outcome.pressure[node.position], network.nodes[node].elevation.metres)
            guard pressure.isFinite else { return nil }
            return Point(distance: distance, head: height + pressure * metresPerPascal, ground: isIndoors ? .nan : height)
        }
        guard let first = point(node) else { return nil }
        var points = [first]
        for index in links {
            let link = network.links[index]
            let next = link.from == node ? link.to : link.from
            if case .pipe(let pipe) = link.element {
                distance += network.pipes[pipe].length.metres
                if case .indoors = network.pipes[pipe].surroundings { isIndoors = true }
            }
            guard let reached = point(next), let last = points.last else { return nil }
            if case .pump = link.element {
                let ends = isReturn ? (reached.head, last.head) : (last.head, reached.head)
                pumps.append(
                    Lift(
                        name: link.id.text, distance: distance, from: ends.0, to: ends.1,
                        head: -outcome.pressureLoss[index.position] / 1000))
            }
            points.append(reached)
            node = next
        }
        return points
    }

    /// Inside a building the ground stays what it is outside.
    private mutating func settleGround() {
        var last = supply.first { $0.ground.isFinite }?.ground ?? building?.bottom ?? 0
        for position in supply.indices {
            if supply[position].ground.isFinite { last = supply[position].ground } else { supply[position].ground = last }
        }
    }
}

/// Heights of one circuit that its pressure must respect.
struct CircuitHeights {
    /// The node whose pressure is held.
    var held: NodeIndex?
    /// Roof of each building of the circuit, m above datum.
    var top: [BuildingIndex: Double] = [:]
    /// Lowest emitter of each building, m above datum.
    var bottom: [BuildingIndex: Double] = [:]
    /// Highest roof.
    var highestTop: Double?
    /// Lowest emitter.
    var lowestEmitter: Double?

    /// Height of a storey where it cannot be told from the floors of a building, m.
    private static let storey = 3.0

    /// The heights of all circuits, by node.
    ///
    /// - Complexity: O(nodes + links + dwellings).
    static func all(of network: Network) -> (circuitOf: [Int32], heights: [CircuitHeights]) {
        let circuits = network.circuits()
        var circuitOf = [Int32](repeating: -1, count: network.nodes.count)
        var heights = [CircuitHeights](repeating: CircuitHeights(), count: circuits.count)
        for (position, circuit) in circuits.enumerated() {
            for node in circuit.nodes { circuitOf[node.position] = Int32(position) }
            heights[position].held = circuit.nodes.first { network.nodes[$0].fixedPressure != nil }
        }
        for (position, building) in network.buildings.enumerated() {
            var (low, high, lowFloor, highFloor) = (Double.infinity, -Double.infinity, Int32.max, Int32.min)
            var circuit = -1
            for dwelling in network.dwellings[building.dwellings] {
                guard let terminal = dwelling.terminal else { continue }
                let node = network.links[network.terminals[terminal].link].from
                let height = network.nodes[node].elevation.metres
                circuit = Int(circuitOf[node.position])
                if height < low { (low, lowFloor) = (height, dwelling.floor) }
                if height > high { (high, highFloor) = (height, dwelling.floor) }
            }
            guard heights.indices.contains(circuit), low.isFinite else { continue }
            let storey = highFloor > lowFloor && high > low ? (high - low) / Double(highFloor - lowFloor) : Self.storey
            let index = BuildingIndex(position)
            heights[circuit].bottom[index] = low
            heights[circuit].top[index] = high + storey
            heights[circuit].highestTop = max(heights[circuit].highestTop ?? -.infinity, high + storey)
            heights[circuit].lowestEmitter = min(heights[circuit].lowestEmitter ?? .infinity, low)
        }
        return (circuitOf, heights)
    }
}

/// What the pressures of a circuit have to respect, judged for one way.
///
/// The margins that design rules for heating networks ask for (as CJJ 34-2010 does; assumed, to be held against one's own rules):
/// supply water keeps 30…50 kPa above boiling, also when the pumps rest, return water stays 50 kPa above the highest point so that nothing runs empty, and no
/// emitter gets more than it is rated for.
struct PressureVerdicts {
    /// Margin above boiling and above emptying, Pa.
    static let margin = 50_000.0
    /// What emitters are assumed to bear, Pa: 0.8 MPa, what rules for floor heating allow (as JGJ 142-2012 does).
    static let emitterRating = 800_000.0

    /// Head that the supply line must keep above ground lest it boils, m; nil below 100 °C.
    let boiling: Double?
    /// Least head of supply line over its boiling limit, m.
    let boilingReserve: Double?
    /// Least of the resting head over that limit, m: water that is still hot when the pumps stop.
    let restingReserve: Double?
    /// Head below which the highest point of the circuit runs empty, m above datum.
    let emptying: Double?
    /// Least of return line and resting head over that, m.
    let emptyingReserve: Double?
    /// Head above which the lowest emitter of the circuit bursts, m above datum.
    let rupture: Double?
    /// What is left to that from the higher of the return line at the consumer and the resting line, m: valves before emitters
    /// keep the pressure of the supply away from them.
    let ruptureReserve: Double?

    /// Judges a way.
    init(_ profile: PressureProfile) {
        let metres = profile.metresPerPascal
        boiling = Boiling.gaugePressure(at: Temperature(celsius: profile.hottest)).map { ($0.pascals + Self.margin) * metres }
        let grounds = profile.supply.map(\.ground)
        boilingReserve = boiling.flatMap { limit in zip(profile.supply, grounds).map { $0.head - $1 - limit }.min() }
        restingReserve = boiling.flatMap { limit in profile.restingHead.flatMap { head in grounds.max().map { head - $0 - limit } } }
        emptying = profile.highestTop.map { $0 + Self.margin * metres }
        let lowest = (profile.back.map(\.head) + [profile.restingHead].compactMap { $0 }).min()
        emptyingReserve = emptying.flatMap { limit in lowest.map { $0 - limit } }
        rupture = profile.lowestEmitter.map { $0 + Self.emitterRating * metres }
        let ends = [profile.back.last?.head, profile.restingHead].compactMap { $0 }
        ruptureReserve = rupture.flatMap { limit in ends.max().map { limit - $0 } }
    }
}
