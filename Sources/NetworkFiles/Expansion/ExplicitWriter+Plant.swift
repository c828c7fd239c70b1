import NetworkModel
import Quantities

/// Pumps, sources, substations, buildings, dwellings and terminals.
extension ExplicitWriter {
    mutating func writePumps() {
        for pump in network.pumps {
            var (head, curve) = (Cell.absent, Cell.absent)
            switch pump.characteristic {
            case .constantHead(let held): head = .number(Self.kilo(held.pascals))
            case .powerFunction, .constantPower: break  // the format cannot say these, see ExplicitDocument.problems(of:)
            case .curve(let points), .segments(let points):
                curve = .points(points.map { TablePoint(Self.hourly($0.flow.value), Self.kilo($0.head.pascals)) })
            }
            let row = document.append(
                to: .pumps,
                [
                    "id": id(pump.link), "from": from(pump.link), "to": to(pump.link), "head_kpa": head, "curve": curve,
                    "speed": .number(pump.speed), "efficiency": .number(pump.efficiency), "status": status(pump.link),
                ])
            if !pump.efficiencyCurve.isEmpty {
                document.set(
                    .pumps, row, "efficiency_curve",
                    .points(pump.efficiencyCurve.map { TablePoint(Self.hourly($0.flow.value), $0.efficiency) }))
            }
            write(pump, row)
        }
    }

    /// What a pump's drive follows.
    private mutating func write(_ pump: Pump, _ row: Int) {
        func set(_ field: String, _ cell: Cell) { document.set(.pumps, row, field, cell) }
        switch pump.control {
        case .fixedSpeed: return
        case .constantDifference(let held):
            set("control", "constant_difference")
            set("set_kpa", .number(Self.kilo(held.pascals)))
        case .proportionalDifference(let held, let share, let flow):
            set("control", "proportional_difference")
            set("set_kpa", .number(Self.kilo(held.pascals)))
            set("rest_share", .number(share))
            set("set_flow_m3_h", Cell(flow.map { Self.hourly($0.value) }))
        case .worstPoint(let held, let pairs):
            set("control", "worst_point")
            set("set_kpa", .number(Self.kilo(held.pascals)))
            let texts = pairs.map { "\(network.nodes[$0.high].id.text)|\(network.nodes[$0.low].id.text)" }
            set("worst_points", .text(texts.joined(separator: "; ")))
        }
        set("least_speed", .number(pump.leastSpeed))
    }

    mutating func writeSources() {
        for source in network.sources {
            document.append(
                to: .sources,
                [
                    "id": .text(source.id.text), "from": from(source.link), "to": to(source.link),
                    "pump_id": Cell(source.pump.map { network.links[network.pumps[$0].link].id.text }),
                    "supply_c": .number(source.supplyTemperature.celsius), "heat_limit_kw": Cell(source.heatLimit.map { Self.kilo($0.watts) }),
                    "flow_limit_kg_s": Cell(source.flowLimit?.kilogramsPerSecond), "heat_kw": Cell(source.givenHeat.map { Self.kilo($0.watts) }),
                    "kv_m3_h": Cell(source.kv?.cubicMetresPerHour),
                ])
        }
    }

    mutating func writeSubstations() {
        for substation in network.substations {
            document.append(
                to: .substations,
                [
                    "id": .text(substation.id.text), "primary_from": from(substation.primaryLink),
                    "primary_to": to(substation.primaryLink), "secondary_from": from(substation.secondaryLink),
                    "secondary_to": to(substation.secondaryLink),
                    "secondary_pump_id": Cell(substation.secondaryPump.map { network.links[network.pumps[$0].link].id.text }),
                    "exchanger_ua_kw_k": .number(Self.kilo(substation.exchangerConductance.wattsPerKelvin)),
                    "heat_limit_kw": Cell(substation.heatLimit.map { Self.kilo($0.watts) }),
                    "primary.flow_limit_kg_s": Cell(substation.primaryFlowLimit?.kilogramsPerSecond),
                    "primary.kv_m3_h": .number(substation.primaryKv.cubicMetresPerHour),
                    "secondary.supply_c": .number(substation.secondarySupply.celsius),
                    "secondary.return_c": .number(substation.secondaryReturn.celsius),
                    "secondary.kv_m3_h": .number(substation.secondaryKv.cubicMetresPerHour),
                ])
        }
    }

    mutating func writeBuildings() {
        for building in network.buildings {
            document.append(
                to: .buildings,
                [
                    "id": .text(building.id.text), "zone": .text(network.zones[building.zone].id.text),
                    "substation": Cell(building.substation.map { network.substations[$0].id.text }),
                    "units": Cell(building.units), "dwellings_per_floor": Cell(building.dwellingsPerFloor),
                    "x_m": Cell(building.position?.x), "y_m": Cell(building.position?.y),
                    "envelope": Cell(building.envelope.isEmpty ? nil : building.envelope),
                    "emitter": Cell(building.emitter.isEmpty ? nil : building.emitter),
                ])
        }
        for coupling in network.couplings {
            document.append(
                to: .couplings,
                [
                    "first": .text(network.dwellings[coupling.first].id.text),
                    "second": .text(network.dwellings[coupling.second].id.text),
                    "conductance_w_k": .number(coupling.conductance.wattsPerKelvin),
                    "kind": coupling.kind == .slab ? "slab" : "partition",
                ])
        }
        for wall in network.partyWalls where wall.dwelling.position < wall.neighbour.position {
            document.append(
                to: .couplings,
                [
                    "first": .text(network.dwellings[wall.dwelling].id.text),
                    "second": .text(network.dwellings[wall.neighbour].id.text),
                    "conductance_w_k": .number(wall.conductance.wattsPerKelvin), "kind": "partition",
                ])
        }
    }

    mutating func writeDwellings() {
        for dwelling in network.dwellings {
            if dwelling.use != .dwelling {
                writeSpace(dwelling)
                continue
            }
            let emitter = dwelling.emitter
            var (state, share) = ("open", Cell.absent)
            switch dwelling.state {
            case .open: break
            case .closed: state = "closed"
            case .restricted(let given): (state, share) = ("restricted", .number(given))
            }
            let row = document.append(
                to: .dwellings,
                [
                    "id": .text(dwelling.id.text), "building": .text(network.buildings[dwelling.building].id.text),
                    "unit": .number(Double(dwelling.unit)), "floor": .number(Double(dwelling.floor)),
                    "door": .number(Double(dwelling.door)), "area_m2": .number(dwelling.area.squareMetres),
                    "exterior_w_k": .number(dwelling.exteriorConductance.wattsPerKelvin), "gains_w": .number(dwelling.gains.watts),
                    "state": .text(state), "share": share, "target_c": Cell(dwelling.target?.celsius),
                    "emitter_nominal.power_w": .number(emitter.nominalPower.watts),
                    "emitter_nominal.supply_c": .number(emitter.nominalSupply.celsius),
                    "emitter_nominal.return_c": .number(emitter.nominalReturn.celsius),
                    "emitter_nominal.room_c": .number(emitter.nominalRoom.celsius),
                    "emitter_nominal.exponent": .number(emitter.exponent),
                    "priority": dwelling.priority == Dwelling.ordinaryPriority ? .absent : .number(Double(dwelling.priority)),
                ])
            if emitter.mean != .logarithmic { document.set(.dwellings, row, "emitter_nominal.mean", .text(emitter.mean.rawValue)) }
            if let riser = dwelling.riser { document.set(.dwellings, row, "riser", id(network.pipes[riser].link)) }
            write(dwelling.contact, row)
        }
    }

    private mutating func writeSpace(_ space: Dwelling) {
        let row = document.append(
            to: .dwellings,
            [
                "id": .text(space.id.text), "building": .text(network.buildings[space.building].id.text),
                "unit": space.unit > 0 ? .number(Double(space.unit)) : .absent, "floor": .number(Double(space.floor)),
                "door": .number(Double(space.door)), "use": .text(space.use.rawValue),
                "exterior_w_k": .number(space.exteriorConductance.wattsPerKelvin),
            ])
        write(space.contact, row)
    }

    private mutating func write(_ contact: ThermalContact, _ row: Int) {
        if contact == .none { return }
        if contact.ground.value > 0 { document.set(.dwellings, row, "ground_w_k", .number(contact.ground.wattsPerKelvin)) }
        guard contact.held.value > 0 else { return }
        document.set(.dwellings, row, "held_w_k", .number(contact.held.wattsPerKelvin))
        document.set(.dwellings, row, "held_c", .number(contact.heldTemperature.celsius))
    }

    mutating func writeTerminals() {
        for terminal in network.terminals {
            var cells: [(String, Cell)] = []
            switch terminal.load {
            case .emitter(let dwelling): cells = [("kind", "emitter"), ("dwelling", .text(network.dwellings[dwelling].id.text))]
            case .heat(let heat, let back):
                cells = [("kind", "heat"), ("heat_kw", .number(Self.kilo(heat.watts))), ("return_c", .number(back.celsius))]
            case .flow(let flow, let drop):
                cells = [
                    ("kind", "flow"), ("mass_flow_kg_s", .number(flow.kilogramsPerSecond)), ("temperature_drop_k", .number(drop.value)),
                ]
            case .flowAndHeat(let flow, let heat):
                cells = [("kind", "flow"), ("mass_flow_kg_s", .number(flow.kilogramsPerSecond)), ("heat_kw", .number(Self.kilo(heat.watts)))]
            case .none: cells = [("kind", "none")]
            }
            let row = document.append(
                to: .terminals,
                [
                    "id": id(terminal.link), "from": from(terminal.link), "to": to(terminal.link),
                    "kv_m3_h": Cell(terminal.kv?.cubicMetresPerHour), "status": status(terminal.link),
                ])
            for (field, cell) in cells { document.set(.terminals, row, field, cell) }
        }
    }
}
