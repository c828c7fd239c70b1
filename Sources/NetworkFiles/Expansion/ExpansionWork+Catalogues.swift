import NetworkModel
import Quantities

/// Catalogues of the document over those that ship, design conditions and parameters.
extension ExpansionWork {
    /// Reads design conditions and the parameters of the whole network.
    mutating func expandConditions() {
        let table = document[.design]
        func given(_ field: String) -> Double? { table.numbers(field)[0] }
        let design = ElementReference(kind: TableName.design.rawValue, id: "design")
        conditions.outdoor = Temperature(celsius: given("outdoor_c") ?? assume(.outdoor, design))
        conditions.room = Temperature(celsius: given("room_c") ?? assume(.room, design))
        conditions.ground = Temperature(celsius: given("ground_c") ?? assume(.ground, design))
        let fluid = (given("fluid.density_kg_m3"), given("fluid.viscosity_pa_s"), given("fluid.heat_capacity_j_kg_k"))
        switch fluid {
        case (nil, nil, nil): conditions.fluid = .water
        case (let density?, let viscosity?, let heatCapacity):
            conditions.fluid = .constant(
                Density(kilogramsPerCubicMetre: density), Viscosity(viscosity),
                heatCapacity.map { HeatCapacity(joulesPerKilogramKelvin: $0) } ?? Fluid.waterHeatCapacity)
        default: report(.neededField, .error, .design, 0, "fluid", ["fluid.density_kg_m3, fluid.viscosity_pa_s"])
        }
        if document[.defaults].rowCount > 0 {
            let table = document[.defaults]
            if let limit = table.numbers("frost_limit_c")[0] { conditions.frostLimit = Temperature(celsius: limit) }
            if let noise = table.numbers("valve_noise_kpa")[0] {
                conditions.limits.valveNoise = noise > 0 ? PressureDifference(kilopascals: noise) : nil
            }
            if let least = table.numbers("least_flow_kg_s")[0] { conditions.limits.leastFlow = MassFlow(least) }
            conditions.limits.pipes = PipeLimits(
                velocity: table.numbers("pipe_velocity_m_s")[0], friction: table.numbers("pipe_friction_pa_m")[0], size: nil, otherwise: PipeLimits())
            if let heeds = table.flags("least_setting")[0] { conditions.limits.heedsLeastSetting = heeds }
            let lower = table.numbers("flow_degree_low")[0] ?? conditions.balanced.lowerBound
            let upper = table.numbers("flow_degree_high")[0] ?? conditions.balanced.upperBound
            if lower <= upper {
                conditions.balanced = lower...upper
            } else {
                report(.conflictingFields, .error, .defaults, 0, "flow_degree_low", ["flow_degree_low", "flow_degree_high"])
            }
        }
        builder = NetworkBuilder(title: builder.current.title, conditions: conditions)
        if document[.defaults].rowCount > 0 {
            networkParameters.overlay(ParameterColumns(document[.defaults]), .defaults, 0)
        }
    }

    /// A network-wide number of `defaults`, or of the table of defaults.
    mutating func networkNumber(_ field: String, _ key: DefaultKey, _ table: TableName = .defaults, _ row: Int = 0) -> Double {
        document[.defaults].numbers(field)[0] ?? assume(key, table, row)
    }

    /// Lays the catalogues of the document over those that ship.
    mutating func expandCatalogues() {
        expandValveCatalogue()
        expandPipeCatalogue()
        expandEmitterClasses()
        expandEnvelopeClasses()
    }

    private mutating func expandValveCatalogue() {
        let table = document[.catalogueValves]
        guard table.rowCount > 0 else { return }
        let (family, size, setting) = (table.texts("family"), table.numbers("dn"), table.numbers("setting"))
        let (label, kv) = (table.texts("label"), table.numbers("kv_m3_h"))
        var rows: [ValveCatalogue.Key: [Int]] = [:]
        var order: [ValveCatalogue.Key] = []
        for row in 0..<table.rowCount {
            guard let dn = size.integer(row), setting[row] != nil, kv[row] != nil, !family[row].isAbsent else { continue }
            let key = ValveCatalogue.Key(family: document.text(family[row]), nominalSize: dn)
            if rows[key] == nil { order.append(key) }
            rows[key, default: []].append(row)
        }
        for key in order {
            let mine = rows[key] ?? []
            let points = mine.map { row in
                let value = setting[row] ?? 0
                return ValveSettingPoint(
                    setting: value, label: label[row].isAbsent ? Self.plain(value) : document.text(label[row]),
                    kv: FlowCoefficient(cubicMetresPerHour: kv[row] ?? 0))
            }
            let model = valveModel(key, points, rows: mine, table)
            if model.fault != nil, let first = mine.first {
                report(.valveTableRows, .error, .catalogueValves, first, "kv_m3_h", ["\(key.family) DN\(key.nominalSize)"])
            } else {
                valveCatalogue.insert(model)
            }
        }
    }

    /// Properties of a size may stand in any of its rows; the first given counts.
    private func valveModel(_ key: ValveCatalogue.Key, _ points: [ValveSettingPoint], rows: [Int], _ table: Table) -> ValveModel {
        func number(_ field: String) -> Double? {
            let column = table.numbers(field)
            return rows.lazy.compactMap { column[$0] }.first
        }
        func text(_ field: String) -> String {
            let column = table.texts(field)
            return rows.lazy.map { column[$0] }.first { !$0.isAbsent }.map(document.text) ?? ""
        }
        let (source, confidence) = (text("source"), text("confidence"))
        var model = ValveModel(
            family: key.family, nominalSize: key.nominalSize, points: points, step: number("step"),
            notation: SettingNotation(rawValue: text("notation")) ?? .turns, tolerance: number("tolerance") ?? 0.1,
            noiseLimit: number("noise_limit_kpa").map { PressureDifference(kilopascals: $0) },
            source: confidence.isEmpty ? source : "\(source) (\(confidence))")
        model.kind = ValveKind(rawValue: text("kind")) ?? .balancing
        model.smallestTolerance = number("tolerance_at_smallest")
        model.leastLoss = number("least_loss_kpa").map { PressureDifference(kilopascals: $0) }
        model.greatestLoss = number("greatest_loss_kpa").map { PressureDifference(kilopascals: $0) }
        guard model.kind == .pressureIndependent || model.kind == .differentialPressure else { return model }
        let scale = points.map(\.setting)
        guard let least = scale.min(), let greatest = scale.max(), least < greatest else { return model }
        // Where no step is given a hundredth of the scale is what a person can set.
        model.setPoints = SetPointScale(least...greatest, step: model.step ?? (greatest - least) / 100)
        let widest = points.max { $0.kv < $1.kv }?.kv ?? .zero
        model.points = [ValveSettingPoint(setting: greatest, label: "", kv: widest)]
        if model.kind == .pressureIndependent, model.leastLoss != nil { model.points[0].kv = model.kv(at: greatest) }
        return model
    }

    /// A number as a person writes it: no decimal point where it is whole.
    static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }

    private mutating func expandPipeCatalogue() {
        let table = document[.cataloguePipes]
        let (size, inner, loss) = (table.numbers("dn"), table.numbers("inner_diameter_mm"), table.numbers("u_w_m_k"))
        let roughness = table.numbers("roughness_mm")
        let (velocity, friction) = (table.numbers("velocity_limit_m_s"), table.numbers("friction_limit_pa_m"))
        var seen: Set<Int> = []
        for row in 0..<table.rowCount {
            guard let dn = size.integer(row), let diameter = inner[row], seen.insert(dn).inserted else { continue }
            let known = pipeCatalogue[dn]
            var pipe = PipeSize(
                nominal: dn, innerDiameter: Length(millimetres: diameter),
                outerDiameter: known?.outerDiameter ?? Length(millimetres: diameter),
                casingDiameter: known?.casingDiameter ?? Length(millimetres: diameter))
            pipe.heatLoss = loss[row].map { LinearTransmittance($0) }
            pipe.roughness = roughness[row].map { Length(millimetres: $0) }
            pipe.velocityLimit = velocity[row].map { Velocity($0) }
            pipe.frictionLimit = friction[row]
            pipeCatalogue.insert(pipe)
        }
    }

    private mutating func expandEmitterClasses() {
        let table = document[.catalogueEmitters]
        let (ids, supply, back) = (table.texts("id"), table.numbers("supply_c"), table.numbers("return_c"))
        let (room, exponent) = (table.numbers("room_c"), table.numbers("exponent"))
        let (slab, loss) = (table.numbers("u_slab_w_m2_k"), table.numbers("terminal_loss_kpa"))
        let mean = table.texts("mean")
        for row in uniqueRows(.catalogueEmitters) {
            guard let supply = supply[row], let back = back[row], let room = room[row], let exponent = exponent[row] else { continue }
            classes.insert(
                EmitterClass(
                    name: document.text(ids[row]), supply: supply, return: back, room: room, exponent: exponent, slab: slab[row],
                    terminalLoss: loss[row], mean: EmitterMean(rawValue: document.text(mean[row])) ?? .logarithmic))
        }
    }

    private mutating func expandEnvelopeClasses() {
        let table = document[.catalogueEnvelopes]
        let ids = table.texts("id")
        let (wall, window) = (table.numbers("u_wall_w_m2_k"), table.numbers("u_window_w_m2_k"))
        let (roof, ground) = (table.numbers("u_roof_w_m2_k"), table.numbers("u_ground_w_m2_k"))
        let (partition, slab) = (table.numbers("u_partition_w_m2_k"), table.numbers("u_slab_w_m2_k"))
        let (air, share) = (table.numbers("air_changes_1_h"), table.numbers("window_share"))
        for row in uniqueRows(.catalogueEnvelopes) {
            guard let wall = wall[row], let window = window[row], let roof = roof[row], let ground = ground[row],
                let air = air[row], let partition = partition[row], let slab = slab[row]
            else { continue }
            classes.insert(
                EnvelopeClass(
                    name: document.text(ids[row]), wall: wall, window: window, roof: roof, ground: ground, airChanges: air,
                    partition: partition, slab: slab, windowShare: share[row]))
        }
    }

    /// Makes the zones of the table, with their parameters.
    mutating func expandZones() {
        let table = document[.zones]
        let (ids, names) = (table.texts("id"), table.texts("name"))
        let columns = ParameterColumns(table)
        for row in uniqueRows(.zones) {
            let name = names[row].isAbsent ? nil : document.text(names[row])
            let zone = builder.add(Zone(id: ElementID(document.text(ids[row])), name: name))
            _ = zones.insert(ids[row], zone.position)
            var parameters = networkParameters
            parameters.overlay(columns, .zones, row)
            zoneParameters.append(parameters)
        }
    }

    /// The zone that a row names, or that its substation names, or the network's own.
    mutating func zone(named symbol: Symbol, _ table: TableName, _ row: Int, inherited: Symbol) -> ZoneIndex {
        let wanted = symbol.isAbsent ? inherited : symbol
        if let known = zones[wanted] { return ZoneIndex(known) }
        if wanted.isAbsent {
            note(.zone, table, row)
            return wholeNetwork()
        }
        if document[.zones].rowCount > 0 {
            if !symbol.isAbsent { reportDangling(symbol, "zone", table, row, "zone", among: ids(.zones)) }
            return wholeNetwork()
        }
        // Without a table of zones a zone is made by naming it.
        let zone = builder.add(Zone(id: ElementID(document.text(wanted))))
        _ = zones.insert(wanted, zone.position)
        zoneParameters.append(networkParameters)
        return zone
    }

    private mutating func wholeNetwork() -> ZoneIndex {
        if let defaultZone { return defaultZone }
        let zone = builder.add(Zone(id: "network"))
        zoneParameters.append(networkParameters)
        defaultZone = zone
        return zone
    }
}
