import Heating
import NetworkModel
import Quantities

/// The headline figures of one simulated state.
public struct StateFigures: Sendable {
    /// Room temperatures of open dwellings.
    public let rooms: RoomSummary
    /// How evenly flow is shared.
    public let imbalance: Imbalance
    /// Spread of the floors with the water at one temperature, so without gravity head; nil where it was not simulated.
    public let verticalWithoutGravity: Imbalance.Spread?
    /// Rooms without heat.
    public let frost: FrostSummary
    /// Heat that the sources give, W.
    public let sourceHeat: Double
    /// Temperature of the water that comes back to the sources, mixed, °C; NaN without flow.
    public let sourceReturn: Double
    /// Electric power of all pumps, W.
    public let pumpPower: Double

    /// Figures of a state; `requiredFlow` by dwelling, kg/s; `distance` tells the dwellings at the network's end.
    public init(_ outcome: Outcome, of network: Network, requiredFlow: [Double], distance: NetworkDistance? = nil) {
        rooms = RoomSummary(of: outcome.room, in: network)
        imbalance = Imbalance(flow: outcome.dwellingFlow, required: requiredFlow, in: network, distance: distance)
        verticalWithoutGravity = outcome.flowWithoutGravity.map { Imbalance(flow: $0, required: requiredFlow, in: network).vertical }
        frost = FrostSummary(of: outcome.room, in: network)
        sourceHeat = outcome.sources.reduce(0) { $0 + $1.heat }
        let running = outcome.sources.filter { $0.massFlow > 0 && $0.return.isFinite }
        let flow = running.reduce(0) { $0 + $1.massFlow }
        sourceReturn = flow > 0 ? running.reduce(0) { $0 + $1.massFlow * $1.return } / flow : .nan
        pumpPower = network.pumps.reduce(0) { sum, pump in
            let power = Self.electricPower(of: pump, in: outcome)
            return power.isFinite ? sum + power : sum
        }
    }

    /// Electric power of a pump, W: volume flow × head / efficiency; 0 where it passes nothing, NaN where unknown.
    static func electricPower(of pump: Pump, in outcome: Outcome) -> Double {
        let link = pump.link.position
        let flow = outcome.massFlow[link]
        guard flow > 0 else { return 0 }
        let (volume, head) = (VolumeFlow(flow / outcome.density[link]), PressureDifference(-outcome.pressureLoss[link]))
        return pump.electricPower(flow: volume, head: head, speed: pump.speed).watts
    }
}

extension Network {
    /// The heat that all sources together can give, W; nil where one of them is unlimited or there is none.
    var sourceHeatLimit: Double? {
        guard !sources.isEmpty else { return nil }
        var sum = 0.0
        for source in sources {
            guard let limit = source.heatLimit else { return nil }
            sum += limit.watts
        }
        return sum
    }
}
