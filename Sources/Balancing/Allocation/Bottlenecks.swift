import Heating
import NetworkModel
import Quantities

/// Ranks the limits that keep dwellings below their targets.
struct Bottlenecks {
    private let network: Network
    private let shares: DwellingShares
    private let need: HeatDemand
    private let remedies: [LimitSite: KnownRemedy]
    private let alternatives: [LimitSite: [Bottleneck.Alternative]]

    init(
        _ network: Network, _ shares: DwellingShares, _ need: HeatDemand, remedies: [LimitSite: KnownRemedy],
        alternatives: [LimitSite: [Bottleneck.Alternative]]
    ) {
        self.alternatives = alternatives
        self.network = network
        self.shares = shares
        self.need = need
        self.remedies = remedies
    }

    /// A remedy, with the changes of the network where they do not follow from it.
    struct KnownRemedy {
        var remedy: Remedy
        var reinforcements: [Reinforcement] = []
    }

    private struct Row {
        var site: LimitSite
        var dwellings = 0
        var degrees = 0.0
        /// Emitter power lacking at nominal temperatures, W.
        var emitter = 0.0
        /// Supply temperature that would do for all of them, °C, and the largest share of a heat loss to be saved.
        var supply = -Double.infinity
        var lossReduction = 0.0
        /// Its dwellings.
        var members: [Int] = []
        /// Emitter power that each lacks, W, and the heat it needs, W, where an emitter stops it.
        var lacking: [(dwelling: Int, power: Double, heat: Double)] = []
        /// How much hotter the supply would have to be for all of them, K.
        var hotter = 0.0
    }

    /// Rows by degree-dwellings lost, then by dwellings, then by the order of the file.
    func ranked() -> [Bottleneck] {
        var place: [LimitSite: Int] = [:]
        var rows: [Row] = []
        for (position, site) in shares.limit.enumerated() {
            // What is withheld on purpose is no bottleneck that a repair could lift.
            guard site.limit != .none, site.limit != .restricted, site.limit != .leastFlow else { continue }
            let row: Int
            if let known = place[site] {
                row = known
            } else {
                row = rows.count
                place[site] = row
                rows.append(Row(site: site))
            }
            rows[row].dwellings += 1
            rows[row].members.append(position)
            rows[row].degrees += max(0, network.target(of: DwellingIndex(position)).celsius - shares.room[position])
        }
        for row in rows.indices where rows[row].site.limit == .emitter { addLacks(&rows[row]) }
        let order = rows.indices.sorted { left, right in
            if rows[left].degrees != rows[right].degrees { return rows[left].degrees > rows[right].degrees }
            return rows[left].dwellings != rows[right].dwellings ? rows[left].dwellings > rows[right].dwellings : left < right
        }
        return order.map { bottleneck(rows[$0]) }
    }

    private func bottleneck(_ row: Row) -> Bottleneck {
        let element = row.site.element.map { network.reference(to: $0) }
            ?? ElementReference(kind: "network", id: ElementID(network.title))
        let remedy: Remedy? = row.site.limit == .emitter ? .moreEmitter(Power(watts: row.emitter)) : remedies[row.site]?.remedy
        var result = Bottleneck(
            element: element, limit: row.site.limit, dwellings: row.dwellings, degreeDwellings: row.degrees, remedy: remedy)
        result.alternatives = row.site.limit == .emitter ? ways(row) : alternatives[row.site] ?? []
        result.reinforcements = reinforcements(row, remedy)
        return result
    }

    /// The remedy as changes of the network, with a thousandth in hand so that rounding does not take it back.
    private func reinforcements(_ row: Row, _ remedy: Remedy?) -> [Reinforcement] {
        if row.site.limit == .emitter {
            return row.lacking.map { .emitter(DwellingIndex($0.dwelling), Power(watts: 1.001 * $0.power)) }
        }
        if let known = remedies[row.site], !known.reinforcements.isEmpty { return known.reinforcements }
        switch (remedy, row.site.element) {
        case (.moreHeat(let heat), .source(let source)): return [.sourceHeat(source, Power(watts: 1.001 * heat.watts))]
        case (.moreHeat(let heat), .substation(let index)): return [.substationHeat(index, Power(watts: 1.001 * heat.watts))]
        case (.moreFlow(let flow), .source(let source)): return [.sourceFlow(source, MassFlow(1.001 * flow.value))]
        case (.moreFlow(let flow), .substation(let index)): return [.primaryFlow(index, MassFlow(1.001 * flow.value))]
        case (.moreExchanger(let more), .substation(let index)):
            return [.exchanger(index, ThermalConductance(1.001 * more.value))]
        case (.moreHead(let head), .pump(let pump)): return [.pumpHead(pump, PressureDifference(pascals: 1.001 * head.value))]
        case (.largerValve(let kv), .link(let link)):
            guard case .valve(let valve) = network.links[link].element else { return [] }
            return [.valve(valve, FlowCoefficient(1.001 * kv.value))]
        default: return []
        }
    }

    /// A hotter supply, or less loss, in place of more emitter.
    private func ways(_ row: Row) -> [Bottleneck.Alternative] {
        guard row.lossReduction > 0, row.supply.isFinite, let first = row.members.first else { return [] }
        let hotter = TemperatureDifference(1.001 * row.hotter)
        var supply: [Reinforcement] = []
        if let substation = network.buildings[network.dwellings[first].building].substation {
            supply = [.secondarySupply(substation, hotter)]
        } else {
            supply = network.sources.indices.map { .sourceSupply(SourceIndex($0), hotter) }
        }
        let outdoor = need.weather.outdoor.celsius
        let envelope = row.lacking.map { entry -> Reinforcement in
            let excess = max(need.room[entry.dwelling] - outdoor, 1)
            return .envelope(DwellingIndex(entry.dwelling), ThermalConductance(1.001 * row.lossReduction * entry.heat / excess))
        }
        return [
            Bottleneck.Alternative(remedy: .hotterSupply(Temperature(celsius: row.supply)), reinforcements: supply),
            Bottleneck.Alternative(remedy: .lessLoss(row.lossReduction), reinforcements: envelope),
        ]
    }

    /// Sums up what the emitters of a row lack, and notes which supply and which saving of heat would do for all of them.
    private func addLacks(_ row: inout Row) {
        guard let first = row.members.first else { return }
        let heats = heatsAtTarget(network.dwellings[first].building, row.members)
        for position in row.members {
            guard let heat = heats[position], let lack = emitterLack(position, heat: heat) else { continue }
            row.lacking.append((position, lack.power, heat))
            row.hotter = max(row.hotter, lack.supply - shares.supply[position])
            row.emitter += lack.power
            row.supply = max(row.supply, lack.supply)
            row.lossReduction = max(row.lossReduction, lack.lossReduction)
        }
    }

    /// Heat that each of some dwellings of a building needs at its target, W, when all of them have it.
    ///
    /// The other open dwellings stay as warm as they are; closed and restricted ones float with the heat they have, so that the need is
    /// not that of a building where everyone else has the target as well.
    private func heatsAtTarget(_ building: BuildingIndex, _ members: [Int]) -> [Int: Double] {
        var lattice = BuildingLattice(building, of: network)
        let range = lattice.dwellings
        lattice.setGround(need.weather.ground.celsius)
        lattice.setNeighbours(shares.room)
        var rooms = range.map { shares.room[$0] }
        var heats = range.map { shares.heat[$0] }
        for position in members { rooms[position - range.lowerBound] = need.room[position] }
        lattice.hold(range.map { network.dwellings[$0].state == .open && network.dwellings[$0].use == .dwelling && shares.room[$0].isFinite })
        lattice.solve(outdoor: need.weather.outdoor.celsius, rooms: &rooms, heats: &heats)
        return Dictionary(uniqueKeysWithValues: members.map { ($0, heats[$0 - range.lowerBound]) })
    }

    /// What the emitter lacks to give a heat at the target with the water it gets now: nominal power, W; supply temperature, °C; or the
    /// share of the heat that the dwelling would have to save.
    ///
    /// With the same water, since a larger emitter that asks for more of it may be stopped by its branch; where that water does not
    /// carry the heat, with the same share of what endless flow gives.
    private func emitterLack(_ position: Int, heat: Double) -> (power: Double, supply: Double, lossReduction: Double)? {
        let emitter = network.dwellings[position].emitter
        let law = EmitterLaw(emitter)
        let (supply, room) = (shares.supply[position], need.room[position])
        guard supply > room, law.coefficient > 0, heat > 0 else { return nil }
        let cure = emitter.cure(
            delivering: Power(watts: heat), massFlow: MassFlow(shares.massFlow[position]), supply: Temperature(celsius: supply),
            room: Temperature(celsius: room), heatCapacity: network.conditions.fluid.heatCapacity)
        if let cure, let power = cure.nominalPower, let hotter = cure.supply, hotter.celsius > supply {
            return ((power - emitter.nominalPower).watts, hotter.celsius, cure.lossReduction)
        }
        // At endless flow Q = K (ts − Ti)ⁿ: the least emitter that could do it, taken at the share of it that flow reaches.
        let available = shares.heat[position] > 0 ? shares.heat[position] / law.greatestHeat(supply: supply, room: shares.room[position]) : 1
        let factor = heat / (available * law.greatestHeat(supply: supply, room: room))
        guard factor > 1 else { return nil }
        return (
            (factor - 1) * emitter.nominalPower.watts, room + (supply - room) * power(factor, 1 / law.exponent), 1 - 1 / factor)
    }
}
