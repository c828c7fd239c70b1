/// What exchanges remember from round to round so that they settle.
///
/// Where water is short laws are curved: the reach of a room grows while it goes on one way and shrinks when it turns, so that
/// rooms end where neither way gains (the rule of Riedmiller & Braun's resilient propagation, 1993).
struct ExchangeReach: Sendable {
    /// Farthest move of each dwelling, K.
    private(set) var distance: [Double]
    /// What heat and water cost in each circuit; nil where nothing stops it.
    var price: [LimitPrice?]
    /// Where the last exchange of each circuit that water stops started.
    var base: [Base?]
    /// The same for pipes, by the link.
    var pipeBase: [LimitSite: PipeBase] = [:]
    private var last: [Double]
    private var levels: [Bracket]

    /// Between which levels of a circuit the one is that its limit allows with the best exchanges.
    private struct Bracket: Sendable {
        var low = -Double.infinity
        var high = Double.infinity
        var last: Double?
    }

    /// A state to go back to.
    struct Base: Sendable {
        /// The level it was filled to, °C.
        var level: Double
        /// Circuits that the limit stops, and their rooms.
        var members: [Int]
        var states: [[RoomState]]
        /// Held rooms, see ``RoomDemand/floor``.
        var floor: [Double]
        var slope: [Double]
    }

    /// Held rooms behind a pipe to go back to.
    struct PipeBase: Sendable {
        /// The level that the pipe allowed, °C.
        var level: Double
        /// Held rooms of its members, see ``RoomDemand/floor``.
        var floor: [Double]
        var slope: [Double]
    }

    init(dwellings: Int, circuits: Int) {
        distance = [Double](repeating: 0.5, count: dwellings)
        last = [Double](repeating: 0, count: dwellings)
        price = [LimitPrice?](repeating: nil, count: circuits)
        base = [Base?](repeating: nil, count: circuits)
        levels = [Bracket](repeating: Bracket(), count: circuits)
    }

    /// Takes note of a move.
    mutating func note(_ dwelling: Int, move: Double) {
        guard move != 0 else { return }
        if last[dwelling] * move > 0 { distance[dwelling] = min(2, 1.5 * distance[dwelling]) }
        if last[dwelling] * move < 0 { distance[dwelling] *= 0.4 }
        last[dwelling] = move
    }

    /// Shortens the next move of a dwelling after one that was no gain.
    mutating func shrink(_ dwelling: Int) {
        distance[dwelling] *= 0.4
        last[dwelling] = 0
    }

    /// Mixes a new price of a circuit with what it was.
    mutating func take(_ new: LimitPrice?, _ circuit: Int) {
        guard let new, let old = price[circuit], old.flow.count == new.flow.count else {
            price[circuit] = new
            return
        }
        price[circuit] = LimitPrice(
            heat: 0.5 * (old.heat + new.heat), flow: zip(old.flow, new.flow).map { 0.5 * ($0 + $1) })
    }

    /// The level at which a circuit is to exchange when its filling stopped at one.
    ///
    /// Exchanges at a level that the filling then cannot keep were made too high, and the other way round: so the two last ones
    /// enclose the one that is sought. A filling that leaps out of them is not followed.
    mutating func level(_ found: Double, _ circuit: Int) -> Double {
        var bracket = levels[circuit]
        if let last = bracket.last {
            if found < last { bracket.high = min(bracket.high, last) } else { bracket.low = max(bracket.low, last) }
        }
        // Temperatures of the water move it a little.
        let (slack, width) = (0.002, bracket.high - bracket.low)
        (bracket.low, bracket.high) = (bracket.low - slack, bracket.high + slack)
        var trial = found
        let edge = width.isFinite ? 0.1 * width : 0
        if found <= bracket.low + edge || found >= bracket.high - edge {
            if width.isFinite && width > 0.02 {
                trial = 0.5 * (bracket.low + bracket.high)
            } else {
                bracket = Bracket()
            }
        }
        bracket.last = trial
        levels[circuit] = bracket
        return trial
    }
}
