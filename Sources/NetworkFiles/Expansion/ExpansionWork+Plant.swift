import Heating
import NetworkModel
import Quantities

/// Sources and substations with their pumps, valves and pressure holding.
extension ExpansionWork {
    /// Makes the sources of the table.
    mutating func expandSources() {
        let table = document[.sources]
        let columns = SourceColumns(table)
        for row in uniqueRows(.sources) {
            guard let ends = sourceEnds(row, columns) else { continue }
            var source = source(row, columns)
            let id = source.id
            guard let pump = pump(columns.pump, .sources, row, fallback: nil) else {
                builder.add(source, from: ends.back, to: ends.supply)
                holdPressure(ofSource: row, ends.pair, columns)
                continue
            }
            let inlet = builder.add(like(ends.back, id: id.part("inlet")))
            source.pump = builder.add(pump, id: id.part("pump"), from: ends.back, to: inlet)
            builder.add(source, from: inlet, to: ends.supply)
            holdPressure(ofSource: row, ends.pair, columns)
        }
    }

    /// What a row says of a source but its pump.
    mutating func source(_ row: Int, _ columns: SourceColumns) -> Source {
        Source(
            id: ElementID(document.text(columns.id[row])), supplyTemperature: Temperature(celsius: columns.supply[row] ?? 110),
            heatLimit: columns.heatLimit[row].map { Power(kilowatts: $0) },
            flowLimit: columns.flowLimit[row].map { MassFlow(kilogramsPerSecond: $0) },
            givenHeat: columns.heat[row].map { Power(kilowatts: $0) }, kv: sourceKv(row, columns))
    }

    /// Where a source stands, reported where its row does not say.
    mutating func sourceEnds(_ row: Int, _ columns: SourceColumns) -> (supply: NodeIndex, back: NodeIndex, pair: Int?)? {
        if let pair = pairs[columns.at[row]] {
            if !columns.from[row].isAbsent || !columns.to[row].isAbsent {
                report(.conflictingFields, .error, .sources, row, "at", ["at", "from, to"])
            }
            return (pairs.supply[pair], pairs.back[pair], pair)
        }
        if columns.from[row].isAbsent || columns.to[row].isAbsent {
            if columns.at[row].isAbsent { report(.neededField, .error, .sources, row, "at", ["at"]) }
            return nil
        }
        guard let back = node(columns.from[row], .sources, row, "from"), let supply = node(columns.to[row], .sources, row, "to")
        else { return nil }
        return (supply, back, nil)
    }

    private mutating func sourceKv(_ row: Int, _ columns: SourceColumns) -> FlowCoefficient? {
        if let kv = columns.kv[row] {
            if columns.loss[row] != nil { report(.conflictingFields, .error, .sources, row, "loss_kpa", ["kv_m3_h", "loss_kpa"]) }
            return FlowCoefficient(cubicMetresPerHour: kv)
        }
        guard let loss = columns.loss[row], loss > 0 else { return nil }
        guard let flow = columns.flowLimit[row] else {
            report(.neededField, .error, .sources, row, "flow_limit_kg_s", ["flow_limit_kg_s"])
            return nil
        }
        let density = conditions.fluid.density(at: Temperature(celsius: columns.supply[row] ?? 110))
        return FlowCoefficient(
            passing: MassFlow(kilogramsPerSecond: flow), atLoss: PressureDifference(kilopascals: loss), density: density)
    }

    /// A node beside another: same line, height and place.
    private func like(_ node: NodeIndex, id: ElementID) -> Node {
        let beside = builder.current.nodes[node]
        return Node(id: id, line: beside.line, elevation: beside.elevation, position: beside.position)
    }

    /// The pressure is held at a source's return where that is said, otherwise at the first source of its circuit.
    private mutating func holdPressure(ofSource row: Int, _ pair: Int?, _ columns: SourceColumns) {
        guard let pair else { return }
        hold(pair, columns.pressure[row], reference(.sources, row))
    }

    private mutating func hold(_ pair: Int, _ given: Double?, _ element: ElementReference?) {
        let root = groups.root(pair)
        if given == nil && circuits[root].isHeld { return }
        circuits[root].isHeld = true
        let held: Double
        if let given {
            held = given
        } else {
            used.use(.pressureHolding, element)
            let column = max(circuits[root].highest - pairs.elevation[pair], 0) * 9.80665
            // Nothing runs empty, and with the pumps at rest water still hot does not boil at the highest point.
            let boiling = Boiling.gaugePressure(at: Temperature(celsius: supply(of: root)))?.kilopascals ?? 0
            held = ((column + boiling + 50) / 50).rounded(.up) * 50
        }
        builder.update(pairs.back[pair]) { $0.fixedPressure = Pressure(kilopascals: held) }
    }

    /// The pump that the fields under a prefix describe; nil where they describe none and there is no fallback head in kPa.
    mutating func pump(_ columns: PumpColumns, _ table: TableName, _ row: Int, fallback: Double?) -> Pump? {
        let characteristic: PumpCharacteristic
        if let curve = columns.curve[row] {
            if columns.head[row] != nil { report(.conflictingFields, .error, table, row, columns.prefix + "curve", [columns.prefix + "head_kpa", columns.prefix + "curve"]) }
            characteristic = .curve(
                curve.map { PumpPoint(flow: VolumeFlow(cubicMetresPerHour: $0.first), head: PressureDifference(kilopascals: $0.second)) })
        } else if let head = columns.head[row] ?? fallback {
            characteristic = .constantHead(PressureDifference(kilopascals: head))
        } else {
            if columns.speed[row] != nil { report(.neededField, .error, table, row, columns.prefix + "head_kpa", [columns.prefix + "head_kpa"]) }
            return nil
        }
        let common = document[.defaults].numbers("pump_efficiency")[0]
        let points = columns.efficiencyCurve[row] ?? []
        let best = points.map(\.second).max()
        let efficiency = columns.efficiency[row] ?? best ?? common ?? assume(.pumpEfficiency, table, row)
        var pump = Pump(characteristic: characteristic, speed: columns.speed[row] ?? 1, efficiency: efficiency)
        pump.efficiencyCurve = points.map { EfficiencyPoint(flow: VolumeFlow(cubicMetresPerHour: $0.first), efficiency: $0.second) }
        setControl(of: &pump, columns, table, row)
        return pump
    }

    /// Makes the substations of the table.
    mutating func expandSubstations() {
        let table = document[.substations]
        let columns = SubstationColumns(table)
        for position in substationPlans.indices {
            let plan = substationPlans[position]
            if let primary = plan.primary, let secondary = plan.secondary {
                judgeForm(plan.row, columns)
                makeSubstation(position, primary, secondary, columns)
            } else {
                listSubstation(position, columns)
            }
        }
    }

    /// A substation is compact or explicit, not both.
    mutating func judgeForm(_ row: Int, _ columns: SubstationColumns) {
        if columns.primaryFrom[row].isAbsent { return }
        report(.conflictingFields, .error, .substations, row, "at", ["at", "primary_from"])
    }

    /// The compact form: exchanger, primary valve, secondary pump, pressure holding.
    private mutating func makeSubstation(_ position: Int, _ primary: Int, _ secondary: Int, _ columns: SubstationColumns) {
        let row = substationPlans[position].row
        let index = SubstationIndex(position)
        var substation = describe(position, columns)
        let id = substation.id
        let outlet = builder.add(like(pairs.back[primary], id: id.part("primary-outlet")))
        let inlet = builder.add(like(pairs.back[secondary], id: id.part("inlet")))
        if let pump = secondaryPump(row, columns) {
            substation.secondaryPump = builder.add(pump, id: id.part("pump"), from: pairs.back[secondary], to: inlet)
        }
        let choice = valveChoice(columns.valve[row], .substations, row, "primary.valve", .substationValve)
        let density = conditions.fluid.density(at: Temperature(celsius: substationPlans[position].back)).value
        var end = pairs.back[primary]
        if let model = model(
            choice, massFlow: substationPlans[position].primaryFlow,
            loss: 1000 * networkNumber("valve_loss_kpa", .valveLoss), density: density)
        {
            substation.primaryValve = addValve(
                model, id: id.part("valve"), from: outlet, to: end, level: .substation, serves: ServedPart(substation: index),
                held: NodePair(high: pairs.supply[primary], low: outlet))
            end = outlet
        }
        builder.add(
            substation, primary: (pairs.supply[primary], end), secondary: (inlet, pairs.supply[secondary]))
        hold(secondary, columns.pressure[row], reference(.substations, row))
    }

    /// The pump of the compact form.
    mutating func secondaryPump(_ row: Int, _ columns: SubstationColumns) -> Pump? {
        let fallback = columns.pump.curve[row] == nil && columns.pump.head[row] == nil
            ? networkNumber("secondary_head_kpa", .secondaryHead, .substations, row) : nil
        return pump(columns.pump, .substations, row, fallback: fallback)
    }

    /// The explicit form: four nodes named one by one; valve and pump stand in their own tables.
    private mutating func listSubstation(_ position: Int, _ columns: SubstationColumns) {
        let nodes = listedEnds(substationPlans[position].row, columns)
        guard nodes.count == 4 else {
            // Keeps positions of substations in step with their plans; the error above forbids using the network.
            builder.add(describe(position, columns), primary: (NodeIndex(0), NodeIndex(0)), secondary: (NodeIndex(0), NodeIndex(0)))
            return
        }
        builder.add(describe(position, columns), primary: (nodes[0], nodes[1]), secondary: (nodes[2], nodes[3]))
    }

    /// The four nodes of the explicit form; fewer where some are missing, which is reported.
    mutating func listedEnds(_ row: Int, _ columns: SubstationColumns) -> [NodeIndex] {
        let ends = [
            ("primary_from", columns.primaryFrom), ("primary_to", columns.primaryTo), ("secondary_from", columns.secondaryFrom),
            ("secondary_to", columns.secondaryTo),
        ]
        let missing = ends.filter { $0.1[row].isAbsent }.map(\.0)
        if missing.count == 4 {
            report(.neededField, .error, .substations, row, "at", ["at"])
        } else if !missing.isEmpty {
            report(.neededField, .error, .substations, row, missing[0], [missing.joined(separator: ", ")])
        }
        return ends.compactMap { field, column in column[row].isAbsent ? nil : node(column[row], .substations, row, field) }
    }

    mutating func describe(_ position: Int, _ columns: SubstationColumns) -> Substation {
        let plan = substationPlans[position]
        let row = plan.row
        let element = reference(.substations, row)
        let approach = plan.heat > 0 ? networkNumber("exchanger_approach_k", .exchangerApproach, .substations, row) : 5
        let primarySupply = plan.primary.map { supply(of: groups.root($0)) } ?? plan.supply + 30
        var conductance = columns.exchanger[row].map { $0 * 1000 }
        if conductance == nil {
            used.use(.exchangerSize, element)
            let mean = logarithmicMean(max(primarySupply - plan.supply, 1), approach)
            conductance = plan.heat > 0 ? 1.15 * plan.heat / max(mean, 1) : 1000
        }
        let loss = PressureDifference(
            kilopascals: columns.primaryKv[row] == nil || columns.secondaryKv[row] == nil
                ? networkNumber("exchanger_loss_kpa", .exchangerLoss, .substations, row) : 30)
        func kv(_ given: Double?, _ flow: Double, _ temperature: Double) -> FlowCoefficient {
            if let given { return FlowCoefficient(cubicMetresPerHour: given) }
            let density = conditions.fluid.density(at: Temperature(celsius: temperature))
            return FlowCoefficient(passing: MassFlow(kilogramsPerSecond: max(flow, 0.01)), atLoss: loss, density: density)
        }
        return Substation(
            id: ElementID(document.text(columns.id[row])),
            exchangerConductance: ThermalConductance(wattsPerKelvin: conductance ?? 1000),
            secondarySupply: Temperature(celsius: plan.supply), secondaryReturn: Temperature(celsius: plan.back),
            primaryFlowLimit: columns.flowLimit[row].map { MassFlow(kilogramsPerSecond: $0) },
            heatLimit: columns.heatLimit[row].map { Power(kilowatts: $0) },
            primaryKv: kv(columns.primaryKv[row], plan.primaryFlow, plan.back), secondaryKv: kv(columns.secondaryKv[row], plan.secondaryFlow, plan.back))
    }
}

/// The columns of the table of sources.
struct SourceColumns {
    let id, at, from, to: SymbolColumn
    let supply, heatLimit, flowLimit, heat, pressure, kv, loss: NumberColumn
    let pump: PumpColumns

    init(_ table: Table) {
        id = table.texts("id")
        at = table.texts("at")
        from = table.texts("from")
        to = table.texts("to")
        supply = table.numbers("supply_c")
        heatLimit = table.numbers("heat_limit_kw")
        flowLimit = table.numbers("flow_limit_kg_s")
        heat = table.numbers("heat_kw")
        pressure = table.numbers("static_pressure_kpa")
        kv = table.numbers("kv_m3_h")
        loss = table.numbers("loss_kpa")
        pump = PumpColumns(table, prefix: "pump.")
    }
}

/// The columns of the table of substations.
struct SubstationColumns {
    let id, primaryFrom, primaryTo, secondaryFrom, secondaryTo, valve: SymbolColumn
    let exchanger, heatLimit, flowLimit, primaryKv, secondaryKv, pressure: NumberColumn
    let pump: PumpColumns

    init(_ table: Table) {
        id = table.texts("id")
        primaryFrom = table.texts("primary_from")
        primaryTo = table.texts("primary_to")
        secondaryFrom = table.texts("secondary_from")
        secondaryTo = table.texts("secondary_to")
        valve = table.texts("primary.valve")
        exchanger = table.numbers("exchanger_ua_kw_k")
        heatLimit = table.numbers("heat_limit_kw")
        flowLimit = table.numbers("primary.flow_limit_kg_s")
        primaryKv = table.numbers("primary.kv_m3_h")
        secondaryKv = table.numbers("secondary.kv_m3_h")
        pressure = table.numbers("secondary.static_pressure_kpa")
        pump = PumpColumns(table, prefix: "secondary.pump.")
    }
}

/// The columns that describe a pump, under a prefix.
struct PumpColumns {
    let prefix: String
    let head, speed, efficiency, set, restShare, setFlow, leastSpeed: NumberColumn
    let control, worstPoints: SymbolColumn
    let curve, efficiencyCurve: PointsColumn

    init(_ table: Table, prefix: String) {
        self.prefix = prefix
        efficiencyCurve = table.points(prefix + "efficiency_curve")
        head = table.numbers(prefix + "head_kpa")
        speed = table.numbers(prefix + "speed")
        efficiency = table.numbers(prefix + "efficiency")
        curve = table.points(prefix + "curve")
        set = table.numbers(prefix + "set_kpa")
        restShare = table.numbers(prefix + "rest_share")
        setFlow = table.numbers(prefix + "set_flow_m3_h")
        leastSpeed = table.numbers(prefix + "least_speed")
        control = table.texts(prefix + "control")
        worstPoints = table.texts(prefix + "worst_points")
    }
}
