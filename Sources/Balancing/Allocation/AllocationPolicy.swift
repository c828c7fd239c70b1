import Quantities

/// How heat that is too little for all, or flow that is enough, is shared among open dwellings.
///
/// One mechanism serves all of them: a common level (a room temperature, a flow a square metre, a share of the need)
/// rises for everyone until a limit stops a part of the network, then for the rest, and so on.
public enum AllocationPolicy: Hashable, Sendable {
    /// Lexicographically best room temperatures (max–min fairness), nobody above the target. The default.
    case equalTemperature
    /// Flow by open heated area: who pays gets; the usual practice.
    case openArea
    /// Building shares by total heated area, open or not; inside a building by open area (flows left as designed).
    case area
    /// Zone shares of heat by open area × (1 + k (need per open m² ÷ network mean − 1)), need from the lattice; inside
    /// a zone by each dwelling's own need. 0 shares by open area, 1 by physical need, above 1 over-tilts.
    case tilt(Double)
    /// The greatest share of dwellings at the target with nobody else below a floor, °C; who cannot reach the floor at
    /// all is exempt.
    case mostAtTarget(floor: Double)
    /// Classes one after the other, see ``Dwelling/priority``; inside a class as ``equalTemperature``.
    case priority

    /// Whether the policy holds room temperatures (else it gives heats or flows).
    var holdsRooms: Bool {
        switch self {
        case .equalTemperature, .mostAtTarget, .priority: true
        case .openArea, .area, .tilt: false
        }
    }

    /// The name used on the command line and in files.
    public var name: String {
        switch self {
        case .equalTemperature: "equal-temperature"
        case .openArea: "open-area"
        case .area: "area"
        case .tilt: "tilt"
        case .mostAtTarget: "most-at-target"
        case .priority: "priority"
        }
    }
}

/// Numbers that an allocation may depend on, with their defaults.
public struct AllocationOptions: Hashable, Sendable {
    /// Greatest tilt of a zone's heat per open m² over the network's mean that `tilt` may ask for; nil = no cap.
    public var tiltCap: Double?
    /// A dwelling gets at most the flow that gives this share of what its emitter could give at infinite flow:
    /// beyond it flow grows without bound for nothing. 0.9 is about 3.7 × design flow at 75/50.
    public var emitterShare = 0.9
    /// A substation takes at most the primary flow that gives this share of the heat at infinite primary flow.
    public var exchangerShare = 0.98
    /// Share of the pump's head that a dwelling's branch, its valve fully open, may take at least; beyond it the dwelling is
    /// limited by itself, gets what head is left on its path, and does not stop those who share the pump.
    public var branchHeadShare = 0.4
    /// Loss that a dwelling's valve takes at its least setting, Pa: less would not govern its flow.
    public var governingLoss = 3_000.0
    /// Share of the pump's head that such dwellings leave in hand: what rounded settings above them may cost.
    public var headReserve = 0.1
    /// Most rounds of allocation and temperature transport.
    public var transportRounds = 50
    /// Most rounds of exchanges after filling; 0 for filling alone.
    public var exchangeRounds = 40
    /// The same in networks of more than ``largeNetwork`` dwellings, where each takes long and a few bring most.
    public var exchangeRoundsOfLarge = 6
    /// Dwellings from which a network is large.
    public var largeNetwork = 20_000
    /// Rounds end when no dwelling's supply temperature moves by more than this, K.
    public var transportTolerance = 0.02
    /// Part of the head left on the path of a dwelling that its branch stops which it is given, round by round: halves, so that those who
    /// share a riser do not overdraw it together, then more of what is left, which by then is too little to be overdrawn.
    public var branchSteps = [0.5, 0.5, 0.5, 0.5, 0.75, 1]
    /// How closely the last round meets the limit that stops a circuit, relative.
    public var levelAccuracy = 1e-12
    /// Whether pump heads limit flows; false to see what the thermal limits alone allow.
    public var limitsPressure = true
    /// One density and viscosity a circuit, as in a simulation with the same option.
    public var isothermal = false
    /// Workers that share the buildings; the result does not depend on it.
    public var workers = 2

    /// The defaults.
    public init() {}
}
