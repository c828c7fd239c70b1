import NetworkModel

/// What joins junctions.
extension PandapipesReader {
    /// Valves of the newer form stand on an element: one on a pipe closes or throttles that pipe.
    mutating func readValvesOfPipes() {
        guard let frame = frames.frame("valve", &state), frame.columns["et"] != nil else { return }
        for row in frame.rows where frame.text("et", row) == "pi" {
            guard let number = frame.number("element", row), let pipe = Int(exactly: number) else { continue }
            var own = pipeValves[pipe] ?? (false, 0)
            if case .flag(false) = frame["opened", row] { own.isClosed = true }
            own.loss += frame.number("loss_coefficient", row) ?? 0
            pipeValves[pipe] = own
        }
    }

    /// Pipes with their friction, heat loss and local losses.
    mutating func readPipes() {
        guard let frame = frames.frame("pipe", &state) else { return }
        for (row, id) in zip(frame.rows, ids(frame, prefix: "P")) {
            guard let from = node("from_junction", row, frame), let to = node("to_junction", row, frame),
                let length = needed("length_km", row, frame), let diameter = diameter(row, frame)
            else { continue }
            let place = row.offset..<row.offset + 1
            var cells: Cells = [
                ("id", .text(id, place)), ("from", .text(from.name, place)), ("to", .text(to.name, place)),
                ("length_m", .number(ForeignCell.converted(length, 1000), frame.range("length_km", row) ?? place)),
                ("inner_diameter_mm", .number(diameter.value, diameter.range)),
            ]
            if let roughness = frame.number("k_mm", row) { cells.append(("roughness_mm", .number(roughness, frame.range("k_mm", row) ?? place))) }
            let loss = (frame.number("loss_coefficient", row) ?? 0) + (pipeValves[row.index]?.loss ?? 0)
            if loss != 0 { cells.append(("minor_loss", .number(loss, frame.range("loss_coefficient", row) ?? place))) }
            addHeatLoss(row, frame, diameter.value, &cells)
            let isOpen = isInService(row, frame) && pipeValves[row.index]?.isClosed != true
            if !isOpen { cells.append(("status", .text("closed", place))) }
            if let heat = frame.number("qext_w", row), heat != 0 {
                state.report(.pandapipesElement, at: row.offset, id, "pipe with qext_w")
            }
            add(.pipes, at: row.offset, cells)
        }
        if !frame.rows.isEmpty { remark(.pandapipesRead, String(frame.rows.count), "pipe", "pipes") }
        if frame.rows.contains(where: { frame.number("sections", $0) ?? 1 > 1 }) { remark(.pandapipesSections) }
    }

    /// The inner diameter, mm: newer files give millimetres, older ones metres.
    private mutating func diameter(_ row: PandapipesFrames.Row, _ frame: PandapipesFrames.Frame) -> (value: Double, range: Range<Int>)? {
        if let millimetres = frame.number("inner_diameter_mm", row), let range = frame.range("inner_diameter_mm", row) { return (millimetres, range) }
        guard let metres = frame.number("diameter_m", row), let range = frame.range("diameter_m", row) else {
            _ = needed("inner_diameter_mm", row, frame)
            return nil
        }
        return (ForeignCell.converted(metres, 1000), range)
    }

    /// Heat loss by a metre: the transmittance over the outer surface, as pandapipes has it (inner where no outer diameter is given).
    private func addHeatLoss(_ row: PandapipesFrames.Row, _ frame: PandapipesFrames.Frame, _ inner: Double, _ cells: inout Cells) {
        let place = row.offset..<row.offset + 1
        let transmittance = frame.number("u_w_per_m2k", row) ?? frame.number("alpha_w_per_m2k", row) ?? 0
        let outer = frame.number("outer_diameter_mm", row) ?? inner
        let loss = transmittance * .pi * outer / 1000
        cells.append(("u_w_m_k", .number(loss, frame.range("u_w_per_m2k", row) ?? place)))
        guard loss > 0, let surroundings = frame.number("text_k", row) else { return }
        cells.append(("surroundings", .text("indoor", place)))
        cells.append(("surroundings_c", .number(Self.celsius(surroundings), frame.range("text_k", row) ?? place)))
    }

    /// Valves between junctions, heat exchangers that exchange nothing, and controlled flows.
    mutating func readValves() {
        for name in ["valve", "heat_exchanger"] {
            guard let frame = frames.frame(name, &state) else { continue }
            for (row, id) in zip(frame.rows, ids(frame, prefix: name == "valve" ? "V" : "X")) {
                if frame.columns["et"] != nil, frame.text("et", row) == "pi" { continue }
                readValve(row, frame, id)
            }
            if !frame.rows.isEmpty { remark(.pandapipesRead, String(frame.rows.count), name, name == "valve" ? "valves, pipes" : "valves") }
        }
        guard let frame = frames.frame("flow_control", &state), !frame.rows.isEmpty else { return }
        for (row, id) in zip(frame.rows, ids(frame, prefix: "FC")) where isInService(row, frame) {
            guard let from = node("from_junction", row, frame), let to = node("to_junction", row, frame) else { continue }
            let place = row.offset..<row.offset + 1
            if case .flag(false) = frame["control_active", row] {
                addWide(id, from.name, to.name, isOpen: true, place)
                continue
            }
            guard let flow = needed("controlled_mdot_kg_per_s", row, frame) else { continue }
            add(
                .terminals, at: row.offset,
                [
                    ("id", .text(id, place)), ("from", .text(from.name, place)), ("to", .text(to.name, place)), ("kind", .text("flow", place)),
                    ("mass_flow_kg_s", .number(flow, place)), ("temperature_drop_k", .number(0, place)),
                ])
        }
        remark(.pandapipesRead, String(frame.rows.count), "flow_control", "terminals")
    }

    private mutating func readValve(_ row: PandapipesFrames.Row, _ frame: PandapipesFrames.Frame, _ id: String) {
        let fromColumn = frame.columns["from_junction"] == nil ? "junction" : "from_junction"
        let toColumn = frame.columns["to_junction"] == nil ? "element" : "to_junction"
        guard let from = node(fromColumn, row, frame), let to = node(toColumn, row, frame) else { return }
        if let heat = frame.number("qext_w", row), heat != 0, isInService(row, frame) {
            return state.report(.pandapipesElement, at: row.offset, id, "heat_exchanger with qext_w")
        }
        var isOpen = isInService(row, frame)
        if case .flag(false) = frame["opened", row] { isOpen = false }
        let place = row.offset..<row.offset + 1
        let loss = frame.number("loss_coefficient", row) ?? 0
        guard loss > 0 else { return addWide(id, from.name, to.name, isOpen: isOpen, place) }
        guard let diameter = diameter(row, frame) else { return }
        addValve(id, from.name, to.name, kv: Self.kv(loss: loss, diameter: diameter.value / 1000), isOpen: isOpen, place)
    }

    /// The Kv of a local loss ζ in a bore d: Δp = ζ ρ v²/2 and Δp = (V̇/Kv)² ρ/ρ₀ · 1 bar give Kv = 3600 A √(2·10⁵/(ζ ρ₀)), m³/h.
    private static func kv(loss: Double, diameter: Double) -> Double {
        let area = Double.pi / 4 * diameter * diameter
        return 3600 * area * (2e5 / (loss * 1000)).squareRoot()
    }

    private mutating func addWide(_ id: String, _ from: String, _ to: String, isOpen: Bool, _ place: Range<Int>) {
        if isOpen { wideValves += 1 }
        addValve(id, from, to, kv: 20_000, isOpen: isOpen, place)
    }

    private mutating func addValve(_ id: String, _ from: String, _ to: String, kv: Double, isOpen: Bool, _ place: Range<Int>) {
        add(
            .valves, at: place.lowerBound,
            [
                ("id", .text(id, place)), ("from", .text(from, place)), ("to", .text(to, place)), ("kv_m3_h", .number(kv, place)),
                ("status", .text(isOpen ? "open" : "closed", place)),
            ])
    }

    // MARK: Pumps and consumers

    /// Pumps by their curve, and circulation pumps, which heat as well.
    mutating func readPumps() {
        if let frame = frames.frame("pump", &state), !frame.rows.isEmpty {
            for (row, id) in zip(frame.rows, ids(frame, prefix: "PU")) {
                guard let from = node("from_junction", row, frame), let to = node("to_junction", row, frame) else { continue }
                let place = row.offset..<row.offset + 1
                guard let type = frame.text("std_type", row), let curve = curve(type) else {
                    state.report(.pandapipesMissing, at: row.offset, id, "pump", "std_type")
                    continue
                }
                add(
                    .pumps, at: row.offset,
                    [
                        ("id", .text(id, place)), ("from", .text(from.name, place)), ("to", .text(to.name, place)), ("curve", .points(curve)),
                        ("status", .text(isInService(row, frame) ? "open" : "closed", place)),
                    ])
            }
            remark(.pandapipesRead, String(frame.rows.count), "pump", "pumps")
        }
        readPressurePumps()
        readMassPumps()
    }

    /// Points of a pump's polynomial of pressure, bar, over flow, m³/h, as far as it falls and is above zero.
    private mutating func curve(_ type: String) -> [TablePoint]? {
        let types = pumpTypes ?? frames.objects("std_types", "pump")
        pumpTypes = types
        guard let object = types[type].flatMap({ frames.object(at: $0) }) else { return nil }
        let polynomial = Self.numbers("reg_par", object) ?? Self.numbers("_reg_par", object)
        let flows = Self.numbers("_x_values", object) ?? Self.numbers("_flowrate_list", object)
        guard let polynomial, let last = flows?.max(), last > 0 else { return nil }
        var points: [TablePoint] = []
        for step in 0...10 {
            let flow = last * Double(step) / 10
            let head = polynomial.reduce(0) { $0 * flow + $1 } * 100
            guard head > 0, points.last.map({ head < $0.second }) ?? true else { break }
            points.append(TablePoint(flow, head))
        }
        return points.count >= 2 ? points : nil
    }

    private static func numbers(_ name: String, _ tree: JSONTree) -> [Double]? {
        guard let member = tree.member(name, of: tree.root) else { return nil }
        let list = tree.member("_object", of: member) ?? member
        return tree.children(of: list).compactMap { tree.number($0) ?? tree.member("_object", of: $0).flatMap { tree.number($0) } }
    }

    private mutating func readPressurePumps() {
        guard let frame = frames.frame("circ_pump_pressure", &state), !frame.rows.isEmpty else { return }
        for (row, id) in zip(frame.rows, ids(frame, prefix: "CP")) where isInService(row, frame) {
            guard let back = node("return_junction", row, frame), let flow = node("flow_junction", row, frame),
                let lift = needed("plift_bar", row, frame), let supply = needed("t_flow_k", row, frame), let held = needed("p_flow_bar", row, frame)
            else { continue }
            let place = row.offset..<row.offset + 1
            var own = taken[flow.index] ?? (0, nil, nil)
            own.pressure = held
            taken[flow.index] = own
            let inlet = id + "/inlet"
            add(.nodes, at: row.offset, [("id", .text(inlet, place)), ("line", .text("single", place)), ("elevation_m", .number(height(of: flow.index), place))])
            add(
                .pumps, at: row.offset,
                [
                    ("id", .text(id + "/pump", place)), ("from", .text(back.name, place)), ("to", .text(inlet, place)),
                    ("head_kpa", .number(ForeignCell.converted(lift, 100), place)),
                ])
            add(
                .sources, at: row.offset,
                [
                    ("id", .text(id, place)), ("from", .text(inlet, place)), ("to", .text(flow.name, place)),
                    ("pump_id", .text(id + "/pump", place)), ("supply_c", .number(Self.celsius(supply), place)),
                ])
        }
        remark(.pandapipesRead, String(frame.rows.count), "circ_pump_pressure", "sources, pumps")
    }

    private mutating func readMassPumps() {
        guard let frame = frames.frame("circ_pump_mass", &state), !frame.rows.isEmpty else { return }
        for row in frame.rows where isInService(row, frame) {
            guard let back = node("return_junction", row, frame), let flow = node("flow_junction", row, frame),
                let held = needed("p_flow_bar", row, frame), let amount = needed("mdot_flow_kg_per_s", row, frame),
                let supply = needed("t_flow_k", row, frame)
            else { continue }
            var own = taken[flow.index] ?? (0, nil, nil)
            (own.pressure, own.temperature) = (held, supply)
            taken[flow.index] = own
            var other = taken[back.index] ?? (0, nil, nil)
            other.demand += amount
            taken[back.index] = other
        }
        remark(.pandapipesRead, String(frame.rows.count), "circ_pump_mass", "nodes")
        remark(.pandapipesMass, String(frame.rows.count))
    }

    /// Heat consumers: two of flow, heat, temperature drop and return temperature are given.
    mutating func readConsumers() {
        guard let frame = frames.frame("heat_consumer", &state), !frame.rows.isEmpty else { return }
        for (row, id) in zip(frame.rows, ids(frame, prefix: "HC")) where isInService(row, frame) {
            guard let from = node("from_junction", row, frame), let to = node("to_junction", row, frame) else { continue }
            let place = row.offset..<row.offset + 1
            var cells: Cells = [("id", .text(id, place)), ("from", .text(from.name, place)), ("to", .text(to.name, place))]
            let heat = frame.number("qext_w", row)
            let flow = frame.number("controlled_mdot_kg_per_s", row)
            let drop = frame.number("deltat_k", row)
            let back = frame.number("treturn_k", row)
            func number(_ field: String, _ value: Double, _ column: String) { cells.append((field, .number(value, frame.range(column, row) ?? place))) }
            if let flow, let heat {
                cells.append(("kind", .text("flow", place)))
                number("mass_flow_kg_s", flow, "controlled_mdot_kg_per_s")
                number("heat_kw", heat / 1000, "qext_w")
            } else if let flow, let drop {
                cells.append(("kind", .text("flow", place)))
                number("mass_flow_kg_s", flow, "controlled_mdot_kg_per_s")
                number("temperature_drop_k", drop, "deltat_k")
            } else if let heat, let drop, drop != 0 {
                cells.append(("kind", .text("flow", place)))
                number("mass_flow_kg_s", heat / (Fluid.waterHeatCapacity.value * drop), "qext_w")
                number("heat_kw", heat / 1000, "qext_w")
            } else if let heat, let back {
                cells.append(("kind", .text("heat", place)))
                number("heat_kw", heat / 1000, "qext_w")
                number("return_c", Self.celsius(back), "treturn_k")
            } else {
                let given = [("qext_w", heat), ("controlled_mdot_kg_per_s", flow), ("deltat_k", drop), ("treturn_k", back)]
                state.report(.pandapipesMode, at: row.offset, id, given.filter { $0.1 != nil }.map(\.0).joined(separator: " + "))
                continue
            }
            add(.terminals, at: row.offset, cells)
        }
        remark(.pandapipesRead, String(frame.rows.count), "heat_consumer", "terminals")
    }
}
