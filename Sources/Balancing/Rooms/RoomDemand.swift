/// What decides the heat of a dwelling while a common level rises.
enum RoomMode: UInt8, Sendable {
    /// Not served: the room floats.
    case floating
    /// Its room is held at its level temperature.
    case held
    /// Its neighbours keep it above its level: no heat.
    case idle
    /// Its emitter gives its greatest share.
    case emitter
    /// Its heat is given: a share of the policy, or of a dwelling in arrears.
    case heat
    /// Its least flow gives it more than its level asks.
    case least
    /// Its flow is given: a share of the policy, or what its own branch lets through.
    case flow
}

/// What a policy asks for every dwelling at a level, in the order of ``Network/dwellings``.
///
/// A dwelling takes the least heat of: what holds its room at min(level, target), its given heat, the heat of its given
/// flow, and the emitter's greatest share.
struct RoomDemand: Sendable {
    /// Whether the level is a room temperature in °C (else a scale of ``heat`` and ``flow``).
    var holdsRooms: Bool
    /// Share of the heat at endless flow that an emitter may reach.
    var emitterShare: Double
    /// The same by dwelling where it is not one for all: on one-pipe risers water cools little in an emitter and the flow has bounds of
    /// its own. Empty = ``emitterShare``.
    var ownShare: [Double] = []
    /// Given heat, W (a unit of level where rooms are not held); +∞ for none.
    var heat: [Double]
    /// Given capacity flow ṁ cp, W/K (a unit of level where rooms are not held); +∞ for none.
    var flow: [Double]
    /// Greatest capacity flow that the branch lets through, W/K; +∞ for none.
    var branchFlow: [Double]
    /// Heat at ``branchFlow`` with the room at its target, W: as much or more reaches any cooler room. +∞ without a limit.
    var branchHeat: [Double]
    /// What the water cools by at the emitter's share, over its excess above the room: the same at every temperature.
    var emitterDrop: [Double]
    /// Capacity flow that it gets at least, W/K. Empty = none.
    var leastFlow: [Double] = []
    /// Supply temperature at the emitter, °C; NaN where no water comes.
    var supply: [Double]
    /// Rooms that exchanges hold above the level: at `floor` + `floorSlope` · level, °C; −∞ for none.
    var floor: [Double]
    var floorSlope: [Double]

    /// Level that a pipe on its way allows a dwelling; +∞ where none stops it. Empty = none stops anyone.
    var ceiling: [Double] = []

    /// The level that counts for a dwelling: the common one, or what a pipe on its way allows.
    @inline(__always) func level(_ position: Int, _ level: Double) -> Double {
        ceiling.isEmpty ? level : min(level, ceiling[position])
    }

    /// Heat given to a dwelling at a level, W.
    func heatGiven(_ position: Int, _ level: Double) -> Double {
        holdsRooms || heat[position] == .infinity ? heat[position] : max(self.level(position, level), 0) * heat[position]
    }

    /// Capacity flow given to a dwelling at a level, W/K.
    func flowGiven(_ position: Int, _ level: Double) -> Double {
        let given = holdsRooms || flow[position] == .infinity ? flow[position] : max(self.level(position, level), 0) * flow[position]
        return min(given, branchFlow[position])
    }
}

/// Rooms of one building at one level.
struct RoomState: Sendable {
    /// The level they hold for.
    var level: Double
    /// Room temperature by dwelling of the building, °C.
    var room: [Double]
    /// Its derivative by the level.
    var roomSlope: [Double]
    /// Heat from the emitter, W.
    var heat: [Double]
    /// Its derivative by the level.
    var heatSlope: [Double]
    /// What decides it.
    var mode: [RoomMode]
    /// Sum of ``heat``, W.
    var sum: Double
    /// Its derivative by the level.
    var slope: Double
    /// Whether rooms and heats are linear in the level as long as no mode switches.
    var isLinear: Bool
}
