import Heating

/// What decides the heat of one dwelling: the least of what is held, given and possible.
///
/// A class, so that passing it on counts one reference rather than one for each of its arrays.
final class RoomRule: Sendable {
    /// The thermal network.
    let model: RoomModel
    /// What the policy asks for.
    let demand: RoomDemand

    init(model: RoomModel, demand: RoomDemand) { (self.model, self.demand) = (model, demand) }

    /// The temperature at which a dwelling is held, °C.
    func held(_ position: Int, _ level: Double) -> Double { hold(position, level).room }

    /// The temperature at which a dwelling is held, °C, and its derivative by the level.
    @inline(__always) func hold(_ position: Int, _ common: Double) -> (room: Double, slope: Double) {
        let level = demand.level(position, common)
        let held = hold(position, at: level)
        return level < common ? (held.room, 0) : held
    }

    private func hold(_ position: Int, at level: Double) -> (room: Double, slope: Double) {
        let (target, floor) = (model.target[position], demand.floor[position])
        guard level < target else { return level == target ? (target, 1) : (target, 0) }
        guard floor > -.infinity else { return (level, 1) }
        let lifted = floor + demand.floorSlope[position] * level
        if lifted <= level { return (level, 1) }
        return lifted < target ? (lifted, demand.floorSlope[position]) : (target, 0)
    }

    /// Most heat that an emitter gives, W, and how it falls as the room warms, W/K.
    func emitterHeat(_ position: Int, room: Double) -> (heat: Double, slope: Double) {
        let excess = demand.supply[position] - room
        let law = model.law[position]
        guard excess > 0 else { return (0, 0) }
        let share = demand.ownShare.isEmpty ? demand.emitterShare : demand.ownShare[position]
        let heat = share * law.coefficient * power(excess, law.exponent)
        return (heat, law.exponent * heat / excess)
    }

    /// Heat of the least flow, W, and how it falls as the room warms, W/K; none where there is no least flow.
    func leastHeat(_ position: Int, room: Double) -> (heat: Double, slope: Double) {
        guard !demand.leastFlow.isEmpty, demand.leastFlow[position] > 0, demand.supply[position] > room else { return (0, 0) }
        let law = model.law[position].response(capacityFlow: demand.leastFlow[position], supply: demand.supply[position], room: room)
        return (law.heat, law.heatPerKelvin)
    }

    /// The mode that a dwelling should be in, given its room and the heat that room needs.
    func nextMode(_ mode: RoomMode, _ position: Int, level: Double, room: Double, needed: Double) -> RoomMode {
        if demand.holdsRooms {
            if mode == .held && staysHeld(position, room: room, needed: needed) { return .held }
            let temperature = held(position, level)
            switch mode {
            case .held:
                let least = leastHeat(position, room: room)
                if needed < least.heat - 1e-9 * least.heat { return least.heat > 0 ? .least : .idle }
            case .idle, .least: return room < temperature - 1e-10 ? .held : mode
            case .emitter, .heat, .flow:
                if room > temperature + 1e-10 { return .held }
            default: break
            }
        }
        // The least heat on offer at this room temperature decides.
        let slack = 1e-9 * abs(needed) + 1e-12
        var (least, choice) = (mode == .held ? needed - slack : .infinity, mode)
        func offer(_ heat: Double, _ other: RoomMode) {
            let value = other == mode ? heat - slack : heat
            if value < least { (least, choice) = (value, other) }
        }
        let emitter = emitterHeat(position, room: room).heat
        offer(emitter, .emitter)
        let given = demand.heatGiven(position, level)
        if given < .infinity { offer(given, .heat) }
        let flow = demand.flowGiven(position, level)
        if flow < .infinity && !isFlowIdle(mode, position, room: room, needed: needed, flow: flow, emitter: emitter) {
            offer(model.law[position].heat(capacityFlow: flow, supply: demand.supply[position], room: room), .flow)
        }
        return choice
    }

    /// Whether a held room certainly has the heat that it needs and no more: told without powers, for most rooms at most levels.
    @inline(__always)
    private func staysHeld(_ position: Int, room: Double, needed: Double) -> Bool {
        let share = demand.ownShare.isEmpty ? demand.emitterShare : demand.ownShare[position]
        guard demand.leastFlow.isEmpty, needed >= 0, demand.heat[position] == .infinity, room <= model.target[position],
            needed <= share * model.tangent[position].heat(excess: demand.supply[position] - room)
        else { return false }
        return needed <= demand.branchHeat[position]
    }

    /// Whether a branch's limit certainly leaves more than the emitter gives or the held room needs.
    private func isFlowIdle(
        _ mode: RoomMode, _ position: Int, room: Double, needed: Double, flow: Double, emitter: Double
    ) -> Bool {
        guard demand.holdsRooms, mode != .flow else { return false }
        if mode == .held && needed <= demand.branchHeat[position] && room <= model.target[position] { return true }
        return flow * demand.emitterDrop[position] * (demand.supply[position] - room) >= emitter
    }
}
