import NetworkModel
import Quantities

/// Buildings: parameters by place, shape, design heat and flow.
extension ExpansionWork {
    /// Resolves every building of the table; dwellings get their positions here.
    mutating func planBuildings() {
        let table = document[.buildings]
        let columns = BuildingColumns(table)
        let substationZones = document[.substations].texts("zone")
        let shapes = readShapes()
        var dwellingCount = 0
        buildingPlans.reserveCapacity(table.rowCount)
        for row in uniqueRows(.buildings) {
            let id = columns.id[row]
            _ = buildings.insert(id, buildingPlans.count)
            let inherited = feedingSubstation(columns, row).map { substationZones[substationPlans[$0].row] } ?? .absent
            let zone = zone(named: columns.zone[row], .buildings, row, inherited: inherited)
            var parameters = zoneParameters[zone.position]
            parameters.overlay(columns.parameters, .buildings, row)
            var plan = plan(row, columns, parameters, zone, shapes)
            plan.firstDwelling = dwellingCount
            if dwellingCount + plan.dwellingCount > dwellingLimit {
                report(.tooLarge, .error, .buildings, row, "floors", ["\(dwellingCount + plan.dwellingCount)", "\(dwellingLimit)"])
                plan.dwellingCount = 0
                isTooLarge = true
            }
            dwellingCount += plan.dwellingCount
            buildingPlans.append(plan)
        }
        settleShapes(shapes)
        states = [DwellingState](repeating: .open, count: dwellingCount)
    }

    /// The substation that a building names, or whose circuit its pair belongs to.
    private mutating func feedingSubstation(_ columns: BuildingColumns, _ row: Int) -> Int? {
        if !columns.substation[row].isAbsent {
            if let known = substations[columns.substation[row]] { return known }
            reportDangling(columns.substation[row], "substation", .buildings, row, "substation", among: ids(.substations))
        }
        let at = columns.at[row].isAbsent ? columns.id[row] : columns.at[row]
        guard let pair = pairs[at] else { return nil }
        return circuits[groups.root(pair)].substation
    }

    private mutating func plan(
        _ row: Int, _ columns: BuildingColumns, _ parameters: Parameters, _ zone: ZoneIndex, _ shapes: ShapeRows
    ) -> BuildingPlan {
        let id = ElementID(document.text(columns.id[row]))
        let isCompact = columns.floors[row] != nil
        let pair = isCompact ? pairs[columns.at[row].isAbsent ? columns.id[row] : columns.at[row]] : nil
        func element() -> ElementReference { ElementReference(kind: TableName.buildings.rawValue, id: id) }
        var geometry = geometry(row, columns, isCompact: isCompact, element())
        var envelope = envelope(parameters.envelope, isCompact ? element() : nil)
        let emitter = emitter(parameters.emitter, isCompact ? element() : nil)
        let envelopeName = isCompact || !parameters.envelope.symbol.isAbsent ? envelope.name : ""
        apply(parameters, emitter, &envelope)
        geometry.envelope = envelope
        if isCompact {
            geometry.storeyHeight = parameters.storeyHeight ?? assume(.storeyHeight, element())
            geometry.depth = parameters.depth ?? assume(.depth, element())
            geometry.windowShare = parameters.windowShare ?? envelope.windowShare ?? assume(.windowShare, element())
            geometry.jointTransmittance =
                parameters.joint ?? (geometry.units > 1 ? assume(.jointTransmittance, element()) : numbers[DefaultKey.jointTransmittance.rawValue])
        }
        let loss = parameters.terminalLoss ?? emitter.terminalLoss ?? (isCompact ? assume(.terminalLoss, element()) : 10)
        var plan = BuildingPlan(
            row: row, id: id, zone: zone, pair: pair, place: Self.place(columns.x[row], columns.y[row]),
            elevation: columns.elevation[row] ?? pair.map { pairs.elevation[$0] } ?? 0, geometry: geometry, emitter: emitter,
            envelopeName: envelopeName, room: parameters.room ?? conditions.room.celsius, hasOwnRoom: parameters.room != nil,
            gains: parameters.gains ?? (isCompact ? assume(.gains, element()) : 0),
            oversize: parameters.oversize ?? (isCompact ? assume(.emitterOversize, element()) : 1), terminalLoss: loss * 1000,
            roughness: (parameters.roughness ?? (isCompact ? assume(.roughness, element()) : 0.5)) / 1000, firstDwelling: 0,
            dwellingCount: isCompact && pair != nil ? geometry.dwellingCount : 0)
        if isCompact { plan.onePipe = riserDesign(row, element()) }
        if isCompact && pair != nil && plan.dwellingCount <= Self.mostRooms {
            plan.shape = shape(row, shapes, geometry, parameters, element())
            if let shape = plan.shape {
                plan.dwellingCount = shape.layout.nodeCount
                plan.geometry.floors = min(geometry.floors, shape.layout.floors)
            }
        }
        if isCompact && emitter.meanDifference(toRoom: plan.room) <= 0 {
            report(
                .emitterTooCold, .error, .buildings, row, "emitter",
                [Self.plain(emitter.supply), Self.plain(emitter.return), Self.plain(plan.room)])
        }
        plan.substation = pair.flatMap { circuits[groups.root($0)].substation } ?? substations[columns.substation[row]]
        return plan
    }

    /// Rooms of one building whose walls are worked out one by one; more are a mistake in a number.
    private static var mostRooms: Int { 2_000_000 }

    private mutating func geometry(
        _ row: Int, _ columns: BuildingColumns, isCompact: Bool, _ element: ElementReference
    ) -> BuildingGeometry {
        func whole(_ column: NumberColumn, _ key: DefaultKey, _ work: inout ExpansionWork) -> Int {
            if let given = column.integer(row) { return max(given, 1) }
            return isCompact ? Int(work.assume(key, element)) : 1
        }
        let units = whole(columns.units, .units, &self)
        let perFloor = whole(columns.dwellingsPerFloor, .dwellingsPerFloor, &self)
        let area = columns.area[row] ?? (isCompact ? assume(.area, element) : numbers[DefaultKey.area.rawValue])
        return BuildingGeometry(
            floors: columns.floors.integer(row) ?? 0, units: units, dwellingsPerFloor: perFloor, area: area,
            storeyHeight: numbers[DefaultKey.storeyHeight.rawValue], depth: numbers[DefaultKey.depth.rawValue],
            windowShare: numbers[DefaultKey.windowShare.rawValue], envelope: classes.envelopes[0],
            jointTransmittance: numbers[DefaultKey.jointTransmittance.rawValue])
    }

    /// The envelope class that a parameter names; the default where none does.
    mutating func envelope(_ given: Parameters.Given, _ element: ElementReference?) -> EnvelopeClass {
        if !given.symbol.isAbsent {
            let name = document.text(given.symbol)
            if let known = classes.envelope(name) { return known }
            guard element != nil else { return unknownEnvelope(name) }
            reportDangling(given.symbol, "envelope", given.table, given.row, "envelope", among: classes.envelopes.map(\.name))
        } else if let element {
            used.use(.envelope, element)
        }
        return classes.envelope(DefaultKey.envelope.value.value) ?? classes.envelopes[0]
    }

    /// A class that only names a building whose dwellings are all given, for reports.
    private func unknownEnvelope(_ name: String) -> EnvelopeClass {
        var envelope = classes.envelopes[0]
        envelope.name = name
        return envelope
    }

    /// The emitter class that a parameter names; the default where none does.
    mutating func emitter(_ given: Parameters.Given, _ element: ElementReference?) -> EmitterClass {
        if !given.symbol.isAbsent {
            let name = document.text(given.symbol)
            if let known = classes.emitter(name) { return known }
            if element != nil {
                reportDangling(given.symbol, "emitter", given.table, given.row, "emitter", among: classes.emitters.map(\.name))
            } else {
                var emitter = classes.emitters[0]
                emitter.name = name
                return emitter
            }
        } else if let element {
            used.use(.emitter, element)
        } else {
            var emitter = classes.emitters[0]
            emitter.name = ""
            return emitter
        }
        return classes.emitter(DefaultKey.emitter.value.value) ?? classes.emitters[0]
    }

    /// Single figures of a place go before those of its class; floor heating insulates the slab it lies on.
    func apply(_ parameters: Parameters, _ emitter: EmitterClass, _ envelope: inout EnvelopeClass) {
        if let slab = emitter.slab { envelope.slab = min(envelope.slab, slab) }
        envelope.slab = parameters.slab ?? envelope.slab
        envelope.partition = parameters.partition ?? envelope.partition
        envelope.airChanges = parameters.airChanges ?? envelope.airChanges
    }
}

/// The columns of the table of buildings.
struct BuildingColumns {
    let id, at, zone, substation: SymbolColumn
    let floors, units, dwellingsPerFloor, area, x, y, elevation: NumberColumn
    let parameters: ParameterColumns

    init(_ table: Table) {
        id = table.texts("id")
        at = table.texts("at")
        zone = table.texts("zone")
        substation = table.texts("substation")
        floors = table.numbers("floors")
        units = table.numbers("units")
        dwellingsPerFloor = table.numbers("dwellings_per_floor")
        area = table.numbers("dwelling_area_m2")
        x = table.numbers("x_m")
        y = table.numbers("y_m")
        elevation = table.numbers("elevation_m")
        parameters = ParameterColumns(table)
    }
}
