import Balancing
import Heating
import NetworkFiles
import NetworkModel

/// `results.geojson`: pipes as lines with flow, velocity, temperature and change; sources, substations and buildings as points with
/// heat, rooms and imbalance. For QGIS and the like.
struct ResultGeoJSON {
    private let result: RunResult
    private let network: Network
    private let outcome: Outcome

    /// The map of a run.
    init(_ result: RunResult) {
        self.result = result
        network = result.network
        outcome = result.outcome
    }

    /// The text; what has no place is left out.
    var bytes: [UInt8] {
        var text = GeoJSONText(title: network.title)
        addPipes(to: &text)
        addPlants(to: &text)
        addBuildings(to: &text)
        return text.finished()
    }

    private func addPipes(to text: inout GeoJSONText) {
        let before = result.recommendation?.before
        for pipe in network.pipes {
            let link = network.links[pipe.link]
            let (from, to) = (network.nodes[link.from], network.nodes[link.to])
            guard let start = from.position, let end = to.position, start != end else { continue }
            let position = pipe.link.position
            let flow = outcome.massFlow[position]
            let area = Double.pi / 4 * pipe.innerDiameter.metres * pipe.innerDiameter.metres
            let upstream = flow >= 0 ? link.from : link.to
            let earlier = before?.massFlow[position]
            text.add(
                [start, end],
                [
                    ("kind", .text("pipe")), ("id", .text(link.id.text)), ("line", .text(from.line.kind)),
                    ("inner_diameter_mm", .number(pipe.innerDiameter.metres * 1000)), ("length_m", .number(pipe.length.metres)),
                    ("mass_flow_kg_s", .number(flow)), ("velocity_m_s", .number(flow / outcome.density[position] / area)),
                    ("pressure_loss_kpa", .number(outcome.pressureLoss[position] / 1000)),
                    ("temperature_in_c", .number(outcome.temperature[upstream.position])),
                    ("temperature_out_c", .number(outcome.linkOutletTemperature[position])),
                    ("pressure_kpa", .number(outcome.pressure[upstream.position] / 1000)),
                    ("mass_flow_before_kg_s", GeoJSONText.Value(earlier)),
                    ("change", GeoJSONText.Value(earlier.flatMap { $0 != 0 ? (flow - $0) / $0.magnitude : nil })),
                ])
        }
    }

    private func addPlants(to text: inout GeoJSONText) {
        for (source, state) in zip(network.sources, outcome.sources) {
            guard let place = place(of: source.link) else { continue }
            text.add(
                [place],
                [
                    ("kind", .text("source")), ("id", .text(source.id.text)), ("heat_kw", .number(state.heat / 1000)),
                    ("limit_kw", GeoJSONText.Value(source.heatLimit.map { $0.watts / 1000 })), ("supply_c", .number(state.supply)),
                    ("return_c", .number(state.return)), ("mass_flow_kg_s", .number(state.massFlow)),
                ])
        }
        let areas = AreaFigures.substations(of: result)
        for (position, (substation, state)) in zip(network.substations, outcome.substations).enumerated() {
            guard let place = place(of: substation.primaryLink) else { continue }
            let area = areas.indices.contains(position) ? areas[position] : nil
            text.add(
                [place],
                [
                    ("kind", .text("substation")), ("id", .text(substation.id.text)), ("heat_kw", .number(state.heat / 1000)),
                    ("primary_supply_c", .number(state.primarySupply)), ("primary_return_c", .number(state.primaryReturn)),
                    ("secondary_supply_c", .number(state.secondarySupply)), ("secondary_return_c", .number(state.secondaryReturn)),
                    ("primary_flow_kg_s", .number(state.primaryFlow)), ("secondary_flow_kg_s", .number(state.secondaryFlow)),
                    ("open_rate", GeoJSONText.Value(area?.summary.openRate)), ("tilt", GeoJSONText.Value(area?.summary.tilt)),
                    ("room_mean_c", GeoJSONText.Value(area?.rooms.mean)), ("room_min_c", GeoJSONText.Value(area?.rooms.lowest)),
                    ("share_at_target", GeoJSONText.Value(area?.rooms.shareAtTarget)),
                ])
        }
    }

    private func addBuildings(to text: inout GeoJSONText) {
        let required = result.requiredFlow
        let turned = turnedValves()
        for (position, building) in network.buildings.enumerated() {
            guard let place = building.position else { continue }
            let members = building.dwellings.map { DwellingIndex($0) }
            let open = members.filter { network.dwellings[$0].state.isHeated }
            let rooms = RoomSummary(of: outcome.room, in: network, members: members)
            let wanted = open.reduce(0) { $0 + required[$1.position] }
            let flow = open.reduce(0) { $0 + outcome.dwellingFlow[$1.position] }
            let earlier = result.recommendation?.before.map { before in open.reduce(0) { $0 + before.dwellingFlow[$1.position] } }
            text.add(
                [place],
                [
                    ("kind", .text("building")), ("id", .text(building.id.text)), ("zone", .text(network.zones[building.zone].id.text)),
                    ("dwellings", .number(Double(members.count))), ("open", .number(Double(open.count))),
                    ("open_rate", GeoJSONText.Value(members.isEmpty ? nil : Double(open.count) / Double(members.count))),
                    ("required_flow_kg_s", .number(wanted)), ("flow_kg_s", .number(flow)),
                    ("imbalance", GeoJSONText.Value(wanted > 0 ? flow / wanted : nil)),
                    ("imbalance_before", GeoJSONText.Value(wanted > 0 ? earlier.map { $0 / wanted } : nil)),
                    ("room_mean_c", .number(rooms.mean)), ("room_min_c", .number(rooms.lowest)),
                    ("share_at_target", GeoJSONText.Value(rooms.count > 0 ? rooms.shareAtTarget : nil)),
                    ("valves_to_turn", .number(Double(turned[position]))),
                ])
        }
    }

    /// Valves to turn by building.
    private func turnedValves() -> [Int] {
        var turned = [Int](repeating: 0, count: network.buildings.count)
        for row in result.recommendation?.schedule.valves ?? [] where row.isChanged {
            let part = network.valves[row.valve].serves
            if let building = part.building ?? part.dwelling.map({ network.dwellings[$0].building }) { turned[building.position] += 1 }
        }
        return turned
    }

    private func place(of link: LinkIndex) -> MapPoint? {
        let link = network.links[link]
        return network.nodes[link.from].position ?? network.nodes[link.to].position
    }
}

extension ResultFiles {
    /// Adds `results.geojson`.
    public mutating func addGeoJSON(_ result: RunResult) { add("results.geojson", ResultGeoJSON(result).bytes) }
}
