import NetworkModel
import Quantities

/// Writes a network out in full: every node, pipe, valve, dwelling and shared wall as a row of its own.
public enum ExplicitDocument {
    /// The document of a network with explicit tables only; expanding it gives the same network again.
    ///
    /// Elements keep their order, and links are put by kind as the expander does, so all arrays of the result are equal
    /// to those of the network; numbers differ at most by the rounding of their units (kPa for Pa, mm for m).
    ///
    /// - Complexity: O(elements).
    public static func document(of network: Network) -> Document {
        var writer = ExplicitWriter(network)
        writer.writeConditions()
        writer.writeNodes()
        writer.writePipes()
        writer.writeValveModels()
        writer.writeValves()
        writer.writePumps()
        writer.writeSources()
        writer.writeSubstations()
        writer.writeBuildings()
        writer.writeDwellings()
        writer.writeTerminals()
        return writer.document
    }
}

/// A document while a network is written into it.
struct ExplicitWriter {
    let network: Network
    var document = Document()

    init(_ network: Network) { self.network = network }

    func name(_ node: NodeIndex) -> Cell { .text(network.nodes[node].id.text) }

    func from(_ link: LinkIndex) -> Cell { name(network.links[link].from) }
    func to(_ link: LinkIndex) -> Cell { name(network.links[link].to) }
    func id(_ link: LinkIndex) -> Cell { .text(network.links[link].id.text) }

    // Numbers in the unit of the file that read back as the same number in SI, where there is one (all but about one in
    // forty of those divided by 1000): the nearest product may read back one unit in the last place off.

    static func kilo(_ value: Double) -> Double { readingBack(value, value / 1000) { $0 * 1000 } }
    static func milli(_ value: Double) -> Double { readingBack(value, value * 1000) { $0 / 1000 } }
    static func hourly(_ value: Double) -> Double { readingBack(value, value * 3600) { $0 / 3600 } }

    private static func readingBack(_ value: Double, _ guess: Double, _ read: (Double) -> Double) -> Double {
        [guess, guess.nextUp, guess.nextDown].first { read($0) == value } ?? guess
    }

    /// `closed`, or nothing for an open link.
    func status(_ link: LinkIndex) -> Cell { network.links[link].isOpen ? .absent : "closed" }

    mutating func writeConditions() {
        document.append(to: .manifest, ["format": .text(document.schema.format), "title": Cell(network.title.isEmpty ? nil : network.title)])
        let conditions = network.conditions
        var (density, viscosity, heatCapacity) = (Cell.absent, Cell.absent, Cell.absent)
        if case .constant(let a, let b, let c) = conditions.fluid {
            (density, viscosity, heatCapacity) = (.number(a.value), .number(b.value), .number(c.value))
        }
        document.append(
            to: .design,
            [
                "outdoor_c": .number(conditions.outdoor.celsius), "room_c": .number(conditions.room.celsius),
                "ground_c": .number(conditions.ground.celsius), "fluid.density_kg_m3": density, "fluid.viscosity_pa_s": viscosity,
                "fluid.heat_capacity_j_kg_k": heatCapacity,
            ])
        // Limits of pipes stand with the pipes.
        var (plain, limits) = (DesignConditions(), conditions.limits)
        (plain.limits.pipes, limits.pipes) = (PipeLimits(), PipeLimits())
        if conditions.frostLimit != plain.frostLimit || conditions.balanced != plain.balanced || limits != plain.limits {
            document.append(
                to: .defaults,
                [
                    "frost_limit_c": .number(conditions.frostLimit.celsius),
                    "flow_degree_low": .number(conditions.balanced.lowerBound),
                    "flow_degree_high": .number(conditions.balanced.upperBound),
                    "valve_noise_kpa": .number(conditions.limits.valveNoise.map { Self.kilo($0.pascals) } ?? 0),
                    "least_flow_kg_s": .number(conditions.limits.leastFlow.value),
                    "least_setting": .flag(conditions.limits.heedsLeastSetting),
                ])
        }
        for zone in network.zones {
            document.append(
                to: .zones, ["id": .text(zone.id.text), "name": zone.name == zone.id.text ? .absent : .text(zone.name)])
        }
    }

    mutating func writeNodes() {
        for node in network.nodes {
            document.append(
                to: .nodes,
                [
                    "id": .text(node.id.text), "line": .text(Self.line(node.line)), "x_m": Cell(node.position?.x),
                    "y_m": Cell(node.position?.y), "elevation_m": .number(node.elevation.metres),
                    "fixed_pressure_kpa": Cell(node.fixedPressure.map { Self.kilo($0.pascals) }),
                    "demand_kg_s": node.demand == .zero ? .absent : .number(node.demand.kilogramsPerSecond),
                    "injection_c": Cell(node.injectionTemperature?.celsius),
                ])
        }
    }

    private static func line(_ line: Line) -> String {
        switch line {
        case .supply: "supply"
        case .return: "return"
        case .single: "single"
        }
    }

    mutating func writePipes() {
        for pipe in network.pipes {
            var (surroundings, temperature) = ("ground", Cell.absent)
            switch pipe.surroundings {
            case .ground: break
            case .air: surroundings = "air"
            case .indoors(let room): (surroundings, temperature) = ("indoor", .number(room.celsius))
            }
            document.append(
                to: .pipes,
                [
                    "id": id(pipe.link), "from": from(pipe.link), "to": to(pipe.link), "length_m": .number(pipe.length.metres),
                    "inner_diameter_mm": .number(Self.milli(pipe.innerDiameter.metres)), "roughness_mm": .number(Self.milli(pipe.roughness.metres)),
                    "minor_loss": pipe.minorLoss == 0 ? .absent : .number(pipe.minorLoss), "u_w_m_k": .number(pipe.heatLoss.value),
                    "surroundings": .text(surroundings), "surroundings_c": temperature,
                    "check_valve": pipe.hasCheckValve ? true : .absent, "status": status(pipe.link),
                    "velocity_limit_m_s": Cell(pipe.limits.velocity?.value), "friction_limit_pa_m": Cell(pipe.limits.friction),
                ])
        }
    }

    /// Models in the order in which valves use them, so that a network that is read back is written the same.
    mutating func writeValveModels() {
        var isWritten = [Bool](repeating: false, count: network.valveModels.count)
        var order: [ValveModelIndex] = []
        for case let index? in network.valves.map(\.model) where !isWritten[index.position] {
            isWritten[index.position] = true
            order.append(index)
        }
        for index in order {
            let model = network.valveModels[index]
            let ends = model.setPoints.map { scale in
                [scale.range.lowerBound, scale.range.upperBound].map { ValveSettingPoint(setting: $0, label: "", kv: model.kv(at: $0)) }
            }
            for (position, point) in (ends ?? model.points).enumerated() {
                let isFirst = position == 0
                document.append(
                    to: .catalogueValves,
                    [
                        "family": .text(model.family), "dn": Cell(model.nominalSize), "setting": .number(point.setting),
                        "label": Cell(point.label.isEmpty ? nil : point.label), "kv_m3_h": .number(point.kv.cubicMetresPerHour),
                        "step": isFirst ? Cell(model.setPoints?.step ?? model.step) : .absent, "notation": isFirst ? .text(model.notation.rawValue) : .absent,
                        "tolerance": isFirst ? .number(model.tolerance) : .absent,
                        "noise_limit_kpa": isFirst ? Cell(model.noiseLimit.map { Self.kilo($0.pascals) }) : .absent,
                        "source": isFirst && !model.source.isEmpty ? .text(model.source) : .absent,
                        "tolerance_at_smallest": isFirst ? Cell(model.smallestTolerance) : .absent,
                        "kind": isFirst && model.kind != .balancing ? .text(model.kind.rawValue) : .absent,
                        "least_loss_kpa": isFirst ? Cell(model.leastLoss.map { Self.kilo($0.pascals) }) : .absent,
                        "greatest_loss_kpa": isFirst ? Cell(model.greatestLoss.map { Self.kilo($0.pascals) }) : .absent,
                    ])
            }
        }
    }

    mutating func writeValves() {
        for valve in network.valves {
            let model = valve.model.map { network.valveModels[$0] }
            let row = document.append(
                to: .valves,
                [
                    "id": id(valve.link), "from": from(valve.link), "to": to(valve.link), "catalogue": Cell(model?.family),
                    "dn": Cell(model?.nominalSize), "kv_m3_h": .number(valve.kv.cubicMetresPerHour), "setting": Cell(valve.setting),
                    "status": status(valve.link), "level": Cell(valve.level.map(Self.level)),
                    "substation": Cell(valve.serves.substation.map { network.substations[$0].id.text }),
                    "building": Cell(valve.serves.building.map { network.buildings[$0].id.text }),
                    "unit": Cell(valve.serves.unit.map(Int.init)),
                    "dwelling": Cell(valve.serves.dwelling.map { network.dwellings[$0].id.text }),
                ])
            write(valve.function, row)
        }
    }

    private mutating func write(_ function: ValveFunction, _ row: Int) {
        func set(_ field: String, _ cell: Cell) { document.set(.valves, row, field, cell) }
        switch function {
        case .throttling: break
        case .check: set("function", "check")
        case .flowLimiting(let flow):
            set("function", "flow_limiting")
            set("flow_limit_kg_s", .number(flow.kilogramsPerSecond))
        case .pressureIndependent(let flow):
            set("function", "pressure_independent")
            set("flow_limit_kg_s", .number(flow.kilogramsPerSecond))
        case .pressureReducing(let pressure):
            set("function", "pressure_reducing")
            set("pressure_kpa", .number(Self.kilo(pressure.pascals)))
        case .pressureSustaining(let pressure):
            set("function", "pressure_sustaining")
            set("pressure_kpa", .number(Self.kilo(pressure.pascals)))
        case .pressureBreaking(let pressure):
            set("function", "pressure_breaking")
            set("pressure_kpa", .number(Self.kilo(pressure.pascals)))
        case .differentialPressure(let pressure, let high, let low):
            set("function", "differential_pressure")
            set("pressure_kpa", .number(Self.kilo(pressure.pascals)))
            set("high", name(high))
            set("low", name(low))
        case .overflow(let pressure, let high, let low):
            set("function", "overflow")
            set("pressure_kpa", .number(Self.kilo(pressure.pascals)))
            set("high", name(high))
            set("low", name(low))
        case .headLossCurve, .outlet: break  // the format cannot say these, see ExplicitDocument.problems(of:)
        }
    }

    private static func level(_ level: ValveLevel) -> String {
        switch level {
        case .substation: "substation"
        case .building: "building"
        case .unit: "unit"
        case .dwelling: "dwelling"
        }
    }
}
