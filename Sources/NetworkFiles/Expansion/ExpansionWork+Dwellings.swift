import NetworkModel
import Quantities

/// Dwellings and shared walls of buildings whose dwellings are listed one by one.
extension ExpansionWork {
    /// Gives listed dwellings their positions: after all compact ones, building by building, floor by floor.
    mutating func planListedDwellings() {
        listedStart = states.count
        let table = document[.dwellings]
        guard table.rowCount > 0 else { return }
        let columns = PlaceColumns(table)
        var rows: [[Int]] = Array(repeating: [], count: buildingPlans.count)
        for row in 0..<table.rowCount {
            guard !columns.building[row].isAbsent else {
                if generatedDwelling(document.text(columns.id[row])) == nil {
                    report(.neededField, .error, .dwellings, row, "building", ["building"])
                }
                continue
            }
            guard let building = buildings[columns.building[row]] else {
                reportDangling(columns.building[row], "building", .dwellings, row, "building", among: ids(.buildings))
                continue
            }
            if buildingPlans[building].pair == nil { rows[building].append(row) }
        }
        for building in rows.indices where !rows[building].isEmpty {
            let ordered = rows[building].enumerated().sorted { left, right in
                let (a, b) = (left.element, right.element)
                let keyA = (columns.floor[a] ?? 1, columns.unit[a] ?? 1, columns.door[a] ?? 1, Double(left.offset))
                return keyA < (columns.floor[b] ?? 1, columns.unit[b] ?? 1, columns.door[b] ?? 1, Double(right.offset))
            }.map(\.element)
            list(ordered, in: building, columns)
        }
        states += [DwellingState](repeating: .open, count: listedRow.count)
        if !overrideRow.isEmpty { overrideRow += [Int32](repeating: -1, count: listedRow.count) }
    }

    private mutating func list(_ rows: [Int], in building: Int, _ columns: PlaceColumns) {
        buildingPlans[building].firstDwelling = listedStart + listedRow.count
        buildingPlans[building].dwellingCount = rows.count
        var shape = buildingPlans[building].geometry
        for row in rows {
            if columns.id[row].isAbsent {
                report(.neededField, .error, .dwellings, row, "id", ["id"])
            } else if !namedDwellings.insert(columns.id[row], listedStart + listedRow.count) {
                report(.repeatedRow, .error, .dwellings, row, "id", [document.text(columns.id[row]), TableName.dwellings.rawValue])
            }
            listedRow.append(row)
            if listedUse(row) != .dwelling { continue }
            shape.floors = max(shape.floors, columns.floor.integer(row) ?? 1)
            shape.units = max(shape.units, columns.unit.integer(row) ?? 1)
            shape.dwellingsPerFloor = max(shape.dwellingsPerFloor, columns.door.integer(row) ?? 1)
        }
        buildingPlans[building].geometry = shape
    }

    /// What a row of `dwellings` describes.
    private func listedUse(_ row: Int) -> SpaceUse {
        SpaceUse(rawValue: document.text(document[.dwellings].texts("use")[row])) ?? .dwelling
    }

    /// Makes the listed dwellings, and gives each building its walls.
    mutating func expandListedDwellings() {
        let columns = ListedColumns(document[.dwellings])
        for (offset, row) in listedRow.enumerated() {
            guard let dwelling = listedDwelling(row, at: listedStart + offset, columns) else { continue }
            if dwelling.use != .dwelling { states[listedStart + offset] = .closed }
            builder.add(dwelling)
        }
        expandCouplings()
    }

    /// The dwelling or space that a row lists, without its connection.
    mutating func listedDwelling(_ row: Int, at position: Int, _ columns: ListedColumns) -> Dwelling? {
        guard let building = buildings[columns.place.building[row]] else { return nil }
        let plan = buildingPlans[building]
        let area = columns.area[row] ?? plan.geometry.area
        if columns.exterior[row] == nil { report(.neededField, .error, .dwellings, row, "exterior_w_k", ["exterior_w_k"]) }
        let exterior = columns.exterior[row] ?? 1
        let id = ElementID(document.text(columns.place.id[row]))
        let floor = Int32(truncatingIfNeeded: columns.place.floor.integer(row) ?? 1)
        let door = Int32(truncatingIfNeeded: columns.place.door.integer(row) ?? 1)
        let contact = ThermalContact(
            ground: ThermalConductance(wattsPerKelvin: columns.ground[row] ?? 0),
            held: ThermalConductance(wattsPerKelvin: columns.held[row] ?? 0),
            heldTemperature: columns.heldTemperature[row].map { Temperature(celsius: $0) } ?? ThermalContact.none.heldTemperature)
        if listedUse(row) != .dwelling {
            var space = Self.space(id, in: BuildingIndex(building), use: listedUse(row))
            (space.unit, space.floor, space.door) = (Int32(truncatingIfNeeded: columns.place.unit.integer(row) ?? 0), floor, door)
            (space.exteriorConductance, space.contact) = (ThermalConductance(wattsPerKelvin: exterior), contact)
            return space
        }
        let target = columns.target[row] ?? columns.room[row] ?? (plan.hasOwnRoom ? plan.room : nil)
        let gains = columns.gains[row] ?? plan.gains * area
        var dwelling =
            Dwelling(
                id: id, building: BuildingIndex(building), unit: Int32(truncatingIfNeeded: columns.place.unit.integer(row) ?? 1),
                floor: floor, door: door, area: Area(squareMetres: area),
                exteriorConductance: ThermalConductance(wattsPerKelvin: exterior), gains: Power(watts: gains),
                state: states[position], target: target.map { Temperature(celsius: $0) },
                emitter: listedEmitter(row, columns, plan, exterior: exterior, gains: gains, area: area, room: target))
        dwelling.contact = contact
        if !priorities.isEmpty { dwelling.priority = priorities[position] }
        return dwelling
    }

    /// The emitter that a row gives, or one of its class sized by the dwelling's own load.
    private mutating func listedEmitter(
        _ row: Int, _ columns: ListedColumns, _ plan: BuildingPlan, exterior: Double, gains: Double, area: Double, room: Double?
    ) -> Emitter {
        var given = Parameters()
        given.overlay(columns.parameters, .dwellings, row)
        var emitter = plan.emitter
        if !given.emitter.symbol.isAbsent { emitter = self.emitter(given.emitter, reference(.dwellings, row)) }
        emitter.supply = columns.supply[row] ?? emitter.supply
        emitter.return = columns.back[row] ?? emitter.return
        emitter.room = columns.nominalRoom[row] ?? emitter.room
        emitter.exponent = columns.exponent[row] ?? emitter.exponent
        emitter.mean = EmitterMean(rawValue: document.text(columns.mean[row])) ?? emitter.mean
        let target = room ?? conditions.room.celsius
        let design = DwellingDesign(
            area: area, exterior: exterior, gains: gains, room: target, hasOwnRoom: room != nil, emitter: emitter,
            oversize: given.oversize ?? plan.oversize,
            load: max(exterior * (target - conditions.outdoor.celsius) - gains, DwellingDesign.leastLoad * area), terminalLoss: 1)
        var result = design.networkEmitter
        if let power = columns.power[row] { result.nominalPower = Power(watts: power) }
        return result
    }

    private mutating func expandCouplings() {
        let table = document[.couplings]
        guard table.rowCount > 0 else { return }
        let (first, second, kind) = (table.texts("first"), table.texts("second"), table.texts("kind"))
        let conductance = table.numbers("conductance_w_k")
        var rows: [[(Int, DwellingIndex, DwellingIndex)]] = Array(repeating: [], count: buildingPlans.count)
        for row in 0..<table.rowCount {
            guard let a = dwelling(first[row], .couplings, row, "first"), let b = dwelling(second[row], .couplings, row, "second")
            else { continue }
            guard a.position < builder.current.dwellings.count, b.position < builder.current.dwellings.count else { continue }
            let (one, other) = (builder.current.dwellings[a].building, builder.current.dwellings[b].building)
            if one != other {
                partyWalls.append(
                    Coupling(first: a, second: b, conductance: ThermalConductance(wattsPerKelvin: conductance[row] ?? 0), kind: .partition))
            } else if buildingPlans[one.position].pair != nil {
                report(.couplingOfCompact, .error, .couplings, row, "first")
            } else {
                rows[one.position].append((row, a, b))
            }
        }
        for building in rows.indices where !rows[building].isEmpty {
            let start = builder.current.couplings.count
            for (row, a, b) in rows[building] {
                builder.add(
                    Coupling(
                        first: a, second: b, conductance: ThermalConductance(wattsPerKelvin: conductance[row] ?? 0),
                        kind: document.text(kind[row]) == "slab" ? .slab : .partition))
            }
            let end = builder.current.couplings.count
            builder.update(BuildingIndex(building)) { $0.couplings = start..<end }
        }
    }
}

/// The columns of dwellings that are listed one by one.
struct ListedColumns {
    let place: PlaceColumns
    let parameters: ParameterColumns
    let mean: SymbolColumn
    let area, exterior, ground, held, heldTemperature, gains, target, room, power, supply, back, nominalRoom, exponent: NumberColumn

    init(_ table: Table) {
        place = PlaceColumns(table)
        parameters = ParameterColumns(table)
        mean = table.texts("emitter_nominal.mean")
        area = table.numbers("area_m2")
        exterior = table.numbers("exterior_w_k")
        ground = table.numbers("ground_w_k")
        held = table.numbers("held_w_k")
        heldTemperature = table.numbers("held_c")
        gains = table.numbers("gains_w")
        target = table.numbers("target_c")
        room = table.numbers("room_c")
        power = table.numbers("emitter_nominal.power_w")
        supply = table.numbers("emitter_nominal.supply_c")
        back = table.numbers("emitter_nominal.return_c")
        nominalRoom = table.numbers("emitter_nominal.room_c")
        exponent = table.numbers("emitter_nominal.exponent")
    }
}
