import NetworkModel
import Quantities

extension Emitter {
    /// Heat given to a room, W, at a mass flow: solves Q/Q_N = (LMTD/LMTD_N)ⁿ with Q = ṁ cp (ts − tr).
    ///
    /// Zero where the supply is not warmer than the room or no water flows; ``greatestHeat(supply:room:)`` at endless flow.
    /// For many evaluations make an ``EmitterLaw`` once.
    public func heat(massFlow: MassFlow, supply: Temperature, room: Temperature, heatCapacity: HeatCapacity) -> Power {
        Power(watts: EmitterLaw(self).heat(
            capacityFlow: massFlow.value * heatCapacity.value, supply: supply.celsius, room: room.celsius))
    }

    /// Return temperature at a mass flow.
    public func returnTemperature(
        massFlow: MassFlow, supply: Temperature, room: Temperature, heatCapacity: HeatCapacity
    ) -> Temperature {
        Temperature(celsius: EmitterLaw(self).response(
            capacityFlow: massFlow.value * heatCapacity.value, supply: supply.celsius, room: room.celsius
        ).returnTemperature)
    }

    /// Heat at endless flow: no flow gives more.
    public func greatestHeat(supply: Temperature, room: Temperature) -> Power {
        Power(watts: EmitterLaw(self).greatestHeat(supply: supply.celsius, room: room.celsius))
    }

    /// The mass flow that gives a heat, or the saturation that forbids it.
    public func massFlow(
        delivering heat: Power, supply: Temperature, room: Temperature, heatCapacity: HeatCapacity
    ) -> EmitterFlow {
        let law = EmitterLaw(self)
        let capacityFlow = law.capacityFlow(delivering: heat.watts, supply: supply.celsius, room: room.celsius)
        guard capacityFlow.isFinite else {
            return .saturated(greatest: Power(watts: law.greatestHeat(supply: supply.celsius, room: room.celsius)))
        }
        return .flow(MassFlow(capacityFlow / heatCapacity.value))
    }

    /// What would let this emitter give a heat to a room at a mass flow: one of the two is enough.
    ///
    /// - Returns: nil where the heat is no more than the emitter gives already at that flow.
    public func cure(
        delivering heat: Power, massFlow: MassFlow, supply: Temperature, room: Temperature, heatCapacity: HeatCapacity
    ) -> EmitterCure? {
        let law = EmitterLaw(self)
        let flow = massFlow.value * heatCapacity.value
        guard heat.watts > law.heat(capacityFlow: flow, supply: supply.celsius, room: room.celsius) else { return nil }
        let coefficient = law.coefficient(
            delivering: heat.watts, capacityFlow: flow, supply: supply.celsius, room: room.celsius)
        let needed = law.supply(delivering: heat.watts, capacityFlow: flow, room: room.celsius)
        let given = law.heat(capacityFlow: flow, supply: supply.celsius, room: room.celsius)
        return EmitterCure(
            nominalPower: coefficient.flatMap { law.coefficient > 0 ? nominalPower * ($0 / law.coefficient) : nil },
            supply: needed.isFinite ? Temperature(celsius: needed) : nil, lossReduction: 1 - given / heat.watts)
    }
}

/// The flow that an emitter needs for a heat.
public enum EmitterFlow: Hashable, Sendable {
    /// This mass flow gives the heat.
    case flow(MassFlow)
    /// No flow is enough; the emitter gives at most this.
    case saturated(greatest: Power)
}

/// Three ways, each sufficient, to get a heat that an emitter cannot give now.
public struct EmitterCure: Hashable, Sendable {
    /// Nominal power that the emitter would have to have; nil where the water does not carry the heat at that flow.
    public var nominalPower: Power?
    /// Supply temperature that would do it with the present emitter; nil where no temperature would.
    public var supply: Temperature?
    /// Share of the heat loss that insulation would have to save so that what the emitter gives now is enough, 0…1.
    public var lossReduction: Double
}
