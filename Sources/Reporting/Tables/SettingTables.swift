import Balancing
import NetworkFiles
import NetworkModel
import Quantities

/// `valves.csv` and `pumps.csv`: what operations set.
struct SettingTables: Sendable {
    private let network: Network
    private let schedule: Schedule

    private let proof: SettingsProof?

    /// Tables of a schedule for a network.
    init(_ network: Network, _ schedule: Schedule, proof: SettingsProof? = nil) {
        self.network = network
        self.schedule = schedule
        self.proof = proof
    }

    /// `valves.csv`.
    var valves: LongTable {
        LongTable(
            header: [
                "id", "substation", "zone", "building", "unit", "dwelling", "dn", "catalogue", "kv_required_m3_h", "setting",
                "kv_set_m3_h", "previous_setting", "changed", "design_flow_m3_h", "predicted_flow_m3_h", "flow_ratio",
                "pressure_loss_kpa", "authority", "note", "kv_tolerance", "flow_deviation", "room_deviation_k",
                "next_setting", "next_flow_ratio",
            ], rowCount: schedule.valves.count
        ) { rows, table in addValves(rows, to: &table) }
    }

    private func addValves(_ rows: Range<Int>, to table: inout ResultTable) {
        for row in schedule.valves[rows] {
            let valve = network.valves[row.valve]
            let model = valve.model.map { network.valveModels[$0] }
            let place = ServedPlace(valve.serves, in: network)
            table.add(network.links[valve.link].id)
            table.add(place.substation)
            table.add(place.zone)
            table.add(place.building)
            table.add(valve.serves.unit.map { Int($0) })
            table.add(valve.serves.dwelling.map { network.dwellings[$0].id })
            table.add(model?.nominalSize)
            table.add(model?.family)
            table.add(row.requiredKv?.cubicMetresPerHour)
            table.add(row.settingLabel)
            table.add(row.kv.cubicMetresPerHour)
            table.add(row.previousLabel(in: network) ?? row.previousSetting.map { NumberText.shortest($0) })
            table.add(row.isChanged)
            table.add(row.designVolumeFlow.cubicMetresPerHour)
            table.add(row.predictedVolumeFlow.cubicMetresPerHour)
            table.add(row.flowRatio)
            table.add(row.pressureLoss.kilopascals)
            table.add(row.authority)
            table.add(row.notes.map(\.rawValue).joined(separator: " "))
            let dwelling = valve.serves.dwelling?.position
            table.add(row.setting.flatMap { setting in model.map { $0.tolerance(at: setting) } })
            table.add(dwelling.flatMap { proof?.tolerance?.flowDeviation[$0] })
            table.add(dwelling.flatMap { proof?.tolerance?.roomDeviation[$0] })
            table.add(row.next?.label)
            table.add(row.next?.flowRatio)
        }
    }

    /// `pumps.csv`.
    var pumps: ResultTable {
        var table = ResultTable(["id", "head_kpa", "flow_m3_h", "speed", "electric_w", "efficiency", "previous_speed", "changed"], rows: schedule.pumps.count)
        for row in schedule.pumps {
            table.add(network.links[network.pumps[row.pump].link].id)
            table.add(row.head.kilopascals)
            table.add(row.volumeFlow.cubicMetresPerHour)
            table.add(row.speed)
            table.add(row.electricPower.watts)
            table.add(row.efficiency)
            table.add(row.previousSpeed)
            // A hundredth of a thousandth of the speed is below what any drive shows.
            table.add(abs(row.speed - row.previousSpeed) > 1e-5)
        }
        return table
    }
}

/// Ids of the substation, zone and building around what a valve serves, as far as they are known.
struct ServedPlace {
    let substation: ElementID?
    let zone: ElementID?
    let building: ElementID?

    /// Looks up what a valve's own record leaves out: the building of its dwelling, the substation of its building.
    init(_ part: ServedPart, in network: Network) {
        let building = (part.building ?? part.dwelling.map { network.dwellings[$0].building }).map { network.buildings[$0] }
        self.building = building?.id
        zone = building.map { network.zones[$0.zone].id }
        substation = (part.substation ?? building?.substation).map { network.substations[$0].id }
    }
}
