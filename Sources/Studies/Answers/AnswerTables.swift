import NetworkModel
import Reporting

/// The tables of a study's answers by name.
struct AnswerTables {
    let model: StudyModel
    let counts: RoomCounts
    let answers: Answers

    /// A table: its name without `.csv`, and its bytes.
    struct Table {
        var name: String
        var bytes: [UInt8]
    }

    /// The tables that the study has anything for.
    var all: [Table] {
        var tables: [Table] = []
        if counts.scenarios > 0 { tables += [zoneRooms, dwellingRooms] }
        if !answers.sensitivities.isEmpty { tables.append(sensitivities) }
        if !answers.remedies.isEmpty { tables.append(remedies) }
        if !answers.outages.isEmpty { tables.append(outages) }
        if let year = answers.year { tables.append(table(of: year)) }
        return tables
    }

    static let shares = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99]

    private var zoneRooms: Table {
        let network = model.network
        var table = ResultTable(
            ["id", "readings"] + Self.shares.map { "p" + (($0 * 100 < 10) ? "0" : "") + "\(Int(($0 * 100).rounded()))_c" }, rows: network.zones.count + 1)
        for zone in 0...network.zones.count where zone == network.zones.count || counts.count(ofZone: zone) > 0 {
            table.add(zone < network.zones.count ? network.zones[zone].id.text : "")
            table.add(Int(clamping: counts.count(ofZone: zone)))
            for share in Self.shares { table.add(Self.milli(counts.quantile(share, ofZone: zone))) }
        }
        return Table(name: "zone_rooms", bytes: table.bytes)
    }

    private var dwellingRooms: Table {
        let network = model.network
        var table = ResultTable(
            ["id", "zone", "building", "promised", "share_at_target", "min_c", "p02_c", "p10_c", "p50_c", "p90_c", "max_c", "mean_c"],
            rows: network.dwellings.count)
        for position in network.dwellings.indices {
            let dwelling = network.dwellings[position]
            let zone = network.zone(of: DwellingIndex(position)).position
            let promised = Int(counts.promised[position])
            table.add(dwelling.id)
            table.add(network.zones.indices.contains(zone) ? network.zones[zone].id.text : "")
            table.add(network.buildings[dwelling.building].id)
            table.add(promised)
            guard promised > 0 else {
                for _ in 0..<8 { table.add(nil as Double?) }
                continue
            }
            table.add((Double(counts.reached[position]) / Double(promised) * 1e5).rounded() / 1e5)
            table.add(Double(counts.least[position]) / 1000)
            for share in [0.02, 0.1, 0.5, 0.9] { table.add(Self.milli(counts.quantile(share, ofDwelling: position))) }
            table.add(Double(counts.greatest[position]) / 1000)
            table.add(Self.milli(Double(counts.sum[position]) / Double(promised) / 1000))
        }
        return Table(name: "dwelling_rooms", bytes: table.bytes)
    }

    private var sensitivities: Table {
        var table = ResultTable(
            ["output", "rank", "factor", "slope", "standardized", "swing", "explained_share"], rows: answers.sensitivities.count)
        var rank = 0
        var last: Output?
        for row in answers.sensitivities {
            rank = row.output == last ? rank + 1 : 1
            last = row.output
            table.add(row.output.name)
            table.add(rank)
            table.add(row.factor)
            table.add(Self.significant(row.slope))
            table.add(Self.significant(row.standardized))
            table.add(Self.significant(row.swing))
            table.add(Self.significant(row.explained))
        }
        return Table(name: "sensitivities", bytes: table.bytes)
    }

    private var remedies: Table {
        var table = ResultTable(
            [
                "rank", "id", "cost", "scenarios", "delta_degree_dwellings", "delta_share_at_target", "delta_room_min_k", "delta_source_heat_kw",
                "delta_pump_kw", "degree_dwellings_per_cost",
            ], rows: answers.remedies.count)
        for (place, remedy) in answers.remedies.enumerated() {
            table.add(place + 1)
            table.add(remedy.id)
            table.add(remedy.cost)
            table.add(remedy.count)
            for value in [remedy.degreeDwellings, remedy.share, remedy.coldest, remedy.heat, remedy.pump, remedy.gainPerCost] {
                table.add(Self.significant(value))
            }
        }
        return Table(name: "remedies", bytes: table.bytes)
    }

    private var outages: Table {
        var table = ResultTable(
            ["rank", "kind", "id", "share_at_target", "room_min_c", "degree_dwellings", "dwellings_below", "source_heat_kw", "reason"],
            rows: answers.outages.count)
        for (place, outage) in answers.outages.enumerated() {
            table.add(place + 1)
            table.add(outage.kind)
            table.add(outage.id)
            for value in [outage.share, outage.coldest, outage.degreeDwellings, outage.below, outage.heat] { table.add(value) }
            table.add(outage.reason)
        }
        return Table(name: "outages", bytes: table.bytes)
    }

    private func table(of year: Answers.YearAnswer) -> Table {
        var table = ResultTable(["month", "hours", "heat_mwh", "pump_mwh", "loss_mwh", "degree_dwelling_hours"], rows: 14)
        func add(_ name: String, _ month: Answers.YearAnswer.Month) {
            table.add(name)
            table.add(month.hours)
            for value in [month.heat / 1000, month.pump / 1000, month.losses / 1000, month.degreeDwellingHours] { table.add(Self.milli(value)) }
        }
        for month in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0] where year.months[month].hours > 0 {
            add(month == 0 ? "" : "\(month)", year.months[month])
        }
        add("all", year.total)
        return Table(name: "year", bytes: table.bytes)
    }

    static func milli(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    /// A value to six significant digits: what a fit over many rows is worth.
    static func significant(_ value: Double) -> Double {
        guard value.isFinite, value != 0 else { return value }
        var scale = 1.0
        while value.magnitude * scale < 1e5 && scale < 1e15 { scale *= 10 }
        while value.magnitude * scale >= 1e6 { scale /= 10 }
        return (value * scale).rounded() / scale
    }
}
