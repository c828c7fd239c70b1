import NetworkModel
import Quantities

/// Trenches and single pipes.
extension ExpansionWork {
    /// Makes the supply and the return pipe of every trench.
    mutating func expandTrenches() {
        let table = document[.trenches]
        guard table.rowCount > 0 else { return }
        let columns = PipeColumns(table)
        let flows = needsSizing(columns, table.rowCount) ? trenchFlows(columns) : []
        for row in uniqueRows(.trenches) {
            guard let from = pairs[columns.from[row]], let to = pairs[columns.to[row]] else { continue }
            if from == to { report(.selfLoop, .error, .trenches, row, "to", [document.text(columns.to[row])]) }
            let isPrimary = circuits[groups.root(from)].substation == nil
            let sized = { (work: inout ExpansionWork) in work.trenchSize(flows.isEmpty ? 0 : flows[row], isPrimary: isPrimary, row) }
            guard let pipe = pipe(row, .trenches, columns, sizedBy: sized) else { continue }
            let id = ElementID(document.text(columns.id[row]))
            let isOpen = isOpen(columns.status, row)
            builder.add(pipe, id: id.part("supply"), from: pairs.supply[from], to: pairs.supply[to], isOpen: isOpen)
            builder.add(pipe, id: id.part("return"), from: pairs.back[to], to: pairs.back[from], isOpen: isOpen)
        }
    }

    /// Makes the single pipes of the table.
    mutating func expandPipes() {
        let table = document[.pipes]
        guard table.rowCount > 0 else { return }
        let columns = PipeColumns(table)
        let check = table.flags("check_valve")
        for row in uniqueRows(.pipes) {
            guard let from = node(columns.from[row], .pipes, row, "from"), let to = node(columns.to[row], .pipes, row, "to")
            else { continue }
            guard var pipe = pipe(row, .pipes, columns, sizedBy: nil) else { continue }
            pipe.hasCheckValve = check[row] ?? false
            builder.add(
                pipe, id: ElementID(document.text(columns.id[row])), from: from, to: to, isOpen: isOpen(columns.status, row))
        }
    }

    /// Size, wall and losses of a row; where it gives no size, the size that `sizedBy` finds.
    mutating func pipe(
        _ row: Int, _ table: TableName, _ columns: PipeColumns, sizedBy: ((inout ExpansionWork) -> PipeSize)?
    ) -> Pipe? {
        guard let length = columns.length[row] else { return nil }
        var size: PipeSize?
        if let dn = columns.size.integer(row) {
            size = pipeCatalogue[dn]
            if size == nil && columns.inner[row] == nil { reportUnknownSize(dn, table, row, "dn") }
        } else if columns.inner[row] == nil {
            if let sizedBy {
                size = sizedBy(&self)
            } else {
                report(.neededField, .error, table, row, "dn", ["dn / inner_diameter_mm"])
            }
        }
        guard let diameter = columns.inner[row].map({ Length(millimetres: $0) }) ?? size?.innerDiameter else { return nil }
        let element = reference(table, row)
        let roughness =
            columns.roughness[row].map { Length(millimetres: $0) } ?? size?.roughness
            ?? Length(millimetres: networkParameters.roughness ?? assume(.roughness, element))
        var pipe = Pipe(
            length: Length(metres: length), innerDiameter: diameter, roughness: roughness, minorLoss: columns.minorLoss[row] ?? 0,
            heatLoss: heatLoss(row, columns, size, diameter, element), surroundings: surroundings(row, table, columns))
        pipe.limits = PipeLimits(
            velocity: columns.velocityLimit[row], friction: columns.frictionLimit[row], size: size, otherwise: conditions.limits.pipes)
        return pipe
    }

    private mutating func heatLoss(
        _ row: Int, _ columns: PipeColumns, _ size: PipeSize?, _ diameter: Length, _ element: ElementReference?
    ) -> LinearTransmittance {
        if let given = columns.heatLoss[row] ?? networkParameters.pipeHeatLoss { return LinearTransmittance(given) }
        if let known = size?.heatLoss { return known }
        used.use(.insulation, element)
        let nearest = size ?? pipeCatalogue.sizes.min { abs(($0.innerDiameter - diameter).value) < abs(($1.innerDiameter - diameter).value) }
        return nearest?.heatLoss(insulationConductivity: 0.033) ?? .zero
    }

    private mutating func surroundings(_ row: Int, _ table: TableName, _ columns: PipeColumns) -> Surroundings {
        let given = columns.surroundingsTemperature[row]
        switch document.text(columns.surroundings[row]) {
        case "air":
            if given != nil { report(.conflictingFields, .error, table, row, "surroundings_c", ["surroundings", "surroundings_c"]) }
            return .air
        case "indoor": return .indoors(given.map { Temperature(celsius: $0) } ?? conditions.room)
        default:
            if given != nil { report(.conflictingFields, .error, table, row, "surroundings_c", ["surroundings", "surroundings_c"]) }
            return .ground
        }
    }

    private func needsSizing(_ columns: PipeColumns, _ count: Int) -> Bool {
        (0..<count).contains { columns.size[$0] == nil && columns.inner[$0] == nil }
    }

    private mutating func trenchSize(_ massFlow: Double, isPrimary: Bool, _ row: Int) -> PipeSize {
        let friction =
            isPrimary
            ? networkNumber("main_friction_pa_m", .mainFriction, .trenches, row)
            : networkNumber("secondary_friction_pa_m", .secondaryFriction, .trenches, row)
        let roughness = (networkParameters.roughness ?? numbers[DefaultKey.roughness.rawValue]) / 1000
        let limits = PipeSizing.Limits(friction: friction, velocity: 3, roughness: roughness, temperature: isPrimary ? 80 : 55)
        return sizing(limits).pipe(carrying: massFlow)
    }

    /// The size that each trench of the table would be given by flow; loads must have been found.
    mutating func trenchSizes() -> [PipeSize] {
        let columns = PipeColumns(document[.trenches])
        let flows = trenchFlows(columns)
        return flows.indices.map { row in
            let isPrimary = pairs[columns.from[row]].map { circuits[groups.root($0)].substation == nil } ?? true
            return trenchSize(flows[row], isPrimary: isPrimary, row)
        }
    }

    /// Design flow of every trench, kg/s: what hangs behind it in the breadth-first tree from the source or substation;
    /// a trench that closes a loop takes half of the smaller flow at its ends, our judgement.
    private mutating func trenchFlows(_ columns: PipeColumns) -> [Double] {
        let count = document[.trenches].rowCount
        let graph = TrenchGraph(pairs: pairs, columns, count: count)
        var load = pairLoads()
        var reached = [Bool](repeating: false, count: pairs.count)
        var order: [(pair: Int, trench: Int, before: Int)] = []
        for root in circuits.roots {
            guard let start = circuits[root].root, !reached[start] else { continue }
            reached[start] = true
            var head = order.count
            order.append((start, -1, -1))
            while head < order.count {
                let here = order[head].pair
                head += 1
                for (trench, next) in graph.neighbours(of: here) where !reached[next] {
                    reached[next] = true
                    order.append((next, trench, here))
                }
            }
        }
        var flows = [Double](repeating: -1, count: count)
        for (pair, trench, before) in order.reversed() where trench >= 0 {
            flows[trench] = load[pair]
            load[before] += load[pair]
        }
        for row in 0..<count where flows[row] < 0 {
            guard let from = pairs[columns.from[row]], let to = pairs[columns.to[row]] else { continue }
            flows[row] = 0.5 * min(load[from], load[to])
        }
        return flows
    }

    /// Design flow that each pair itself takes, kg/s.
    private mutating func pairLoads() -> [Double] {
        var load = [Double](repeating: 0, count: pairs.count)
        for plan in buildingPlans {
            if let pair = plan.pair { load[pair] += plan.massFlow }
        }
        for plan in substationPlans {
            if let primary = plan.primary { load[primary] += plan.primaryFlow }
        }
        let table = document[.terminals]
        let (at, heat, flow) = (table.texts("at"), table.numbers("heat_kw"), table.numbers("mass_flow_kg_s"))
        let back = table.numbers("return_c")
        let heatCapacity = conditions.fluid.heatCapacity.value
        for row in 0..<table.rowCount {
            guard let pair = pairs[at[row]] else { continue }
            let spread = max(supply(of: groups.root(pair)) - (back[row] ?? 50), 1)
            load[pair] += flow[row] ?? (heat[row] ?? 0) * 1000 / (heatCapacity * spread)
        }
        return load
    }
}

/// Trenches by the pairs they meet, as compressed rows.
private struct TrenchGraph {
    private var starts: [Int]
    private var entries: [(trench: Int, pair: Int)]

    init(pairs: NodePairs, _ columns: PipeColumns, count: Int) {
        var degree = [Int](repeating: 0, count: pairs.count + 1)
        let ends = (0..<count).map { row -> (Int, Int)? in
            guard let from = pairs[columns.from[row]], let to = pairs[columns.to[row]] else { return nil }
            return (from, to)
        }
        for case let (from, to)? in ends {
            degree[from] += 1
            degree[to] += 1
        }
        starts = [0]
        for pair in 0..<pairs.count { starts.append(starts[pair] + degree[pair]) }
        var next = starts
        entries = [(Int, Int)](repeating: (0, 0), count: starts[pairs.count])
        for (row, end) in ends.enumerated() {
            guard let (from, to) = end else { continue }
            entries[next[from]] = (row, to)
            entries[next[to]] = (row, from)
            next[from] += 1
            next[to] += 1
        }
    }

    func neighbours(of pair: Int) -> ArraySlice<(trench: Int, pair: Int)> { entries[starts[pair]..<starts[pair + 1]] }
}

/// The columns of pipes and trenches.
struct PipeColumns {
    let id, from, to, status, surroundings: SymbolColumn
    let length, size, inner, roughness, minorLoss, heatLoss, surroundingsTemperature, velocityLimit, frictionLimit: NumberColumn

    init(_ table: Table) {
        id = table.texts("id")
        from = table.texts("from")
        to = table.texts("to")
        status = table.texts("status")
        surroundings = table.texts("surroundings")
        length = table.numbers("length_m")
        size = table.numbers("dn")
        inner = table.numbers("inner_diameter_mm")
        roughness = table.numbers("roughness_mm")
        minorLoss = table.numbers("minor_loss")
        heatLoss = table.numbers("u_w_m_k")
        surroundingsTemperature = table.numbers("surroundings_c")
        velocityLimit = table.numbers("velocity_limit_m_s")
        frictionLimit = table.numbers("friction_limit_pa_m")
    }
}

extension PipeLimits {
    /// Limits as a row gives them (m/s and Pa/m, 0 = none), otherwise those of its size, otherwise those of the network.
    init(velocity: Double?, friction: Double?, size: PipeSize?, otherwise: PipeLimits) {
        func positive(_ value: Double?) -> Double? { value.flatMap { $0 > 0 ? $0 : nil } }
        let (ownVelocity, ownFriction) = (velocity ?? size?.velocityLimit?.value, friction ?? size?.frictionLimit)
        self.init(
            velocity: ownVelocity == nil ? otherwise.velocity : positive(ownVelocity).map { Velocity($0) },
            friction: ownFriction == nil ? otherwise.friction : positive(ownFriction))
    }
}
