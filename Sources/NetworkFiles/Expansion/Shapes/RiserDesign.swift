import NetworkModel
import Quantities

/// How the risers of a compact building are one-pipe.
struct RiserDesign {
    /// Whether the water meets the top floor first.
    var isTopFed: Bool
    /// Share of a riser's design water that goes past the emitters of a floor; 0 for a series loop through the emitters.
    var bypassShare: Double
    /// Loss of a floor's emitters and bypass at design flow, Pa.
    var loss: Double
    /// Whether emitters are sized for the water that reaches them, or all for that of the first.
    var isGraded: Bool

    /// Water at a floor of a riser, at design.
    struct Stage {
        /// The pipe that brings the riser's water.
        var pipe: PipeIndex
        /// Supply and return temperature of its emitters, °C.
        var supply: Double
        var back: Double
        /// Flow through its emitters together, and their heat, kg/s and W.
        var flow: Double
        var heat: Double
    }

    /// Stages in the order of the water for the heat of each, W: T falls by Σ Q / C from stage to stage, and within the emitters by
    /// that over the share of the water that passes them.
    func stages(heats: [Double], supply: Double, return back: Double, heatCapacity: Double) -> [Stage] {
        let drop = max(supply - back, 1)
        let flow = heats.reduce(0, +) / (heatCapacity * drop)
        var here = supply
        return heats.map { heat in
            let fall = flow > 0 ? heat / (heatCapacity * flow) : 0
            defer { here -= fall }
            return Stage(pipe: PipeIndex(-1), supply: here, back: here - fall / (1 - bypassShare), flow: (1 - bypassShare) * flow, heat: heat)
        }
    }
}

extension ExpansionWork {
    /// What a row of `buildings` says about its risers; nil for two-pipe ones.
    mutating func riserDesign(_ row: Int, _ element: ElementReference) -> RiserDesign? {
        let table = document[.buildings]
        let given = ["riser.feed", "riser.emitters"].filter { !table.texts($0)[row].isAbsent }
            + ["riser.bypass_share", "riser.loss_kpa"].filter { table.numbers($0)[row] != nil }
        guard document.text(table.texts("riser.kind")[row]) == "one-pipe" else {
            if let field = given.first { report(.riserFieldOfTwoPipe, .error, .buildings, row, field, [field]) }
            return nil
        }
        if !table.texts("valves.dwelling")[row].isAbsent && document.text(table.texts("valves.dwelling")[row]) != "none" {
            report(.valveOnOnePipe, .error, .buildings, row, "valves.dwelling")
        }
        return RiserDesign(
            isTopFed: document.text(table.texts("riser.feed")[row]) != "bottom",
            bypassShare: table.numbers("riser.bypass_share")[row] ?? assume(.riserBypass, element),
            loss: 1000 * (table.numbers("riser.loss_kpa")[row] ?? assume(.riserLoss, element)),
            isGraded: document.text(table.texts("riser.emitters")[row]) != "equal")
    }

    /// The one-pipe riser of a unit: up to the first floor of the water, from floor to floor, and down to its foot.
    ///
    /// - Parameter heats: design heat of each floor from the bottom, W.
    mutating func makeOnePipeRiser(
        _ design: RiserDesign, _ prefix: String, _ heats: [Double], _ ends: NodePair, _ interior: inout BuildingInterior
    ) {
        let plan = interior.plan
        var (order, stages) = riserStages(design, heats, plan, heatCapacity: interior.tools.heatCapacity)
        let flow = heats.reduce(0, +) / (interior.tools.heatCapacity * max(plan.emitter.supply - plan.emitter.return, 1))
        let size = interior.riser ?? interior.sizing.pipe(carrying: flow)
        func pipe(_ storeys: Int) -> Pipe {
            var pipe = interior.pipe(size, Double(max(storeys, 1)) * plan.geometry.storeyHeight)
            pipe.minorLoss *= Double(max(storeys, 1))
            return pipe
        }
        var nodes: [Int: NodePair] = [:]
        var above = ends.high
        var carrier = PipeIndex(0)
        for (place, floor) in order.enumerated() {
            let id = ElementID(prefix + "/" + Self.floorName(floor))
            let height = Length(metres: plan.elevation + Double(floor - 1) * plan.geometry.storeyHeight)
            let inlet = builder.add(Node(id: id.part("supply"), line: .supply, elevation: height, position: plan.place))
            let outlet = builder.add(Node(id: id.part("return"), line: .return, elevation: height, position: plan.place))
            let length = place == 0 ? floor : abs(floor - order[place - 1])
            let index = builder.add(pipe(length), id: place == 0 ? ElementID(prefix).part("riser") : id.part("riser"), from: above, to: inlet)
            if place == 0 { carrier = index }
            if design.bypassShare > 0 {
                let past = design.bypassShare * flow
                builder.add(Valve(kv: kv(past, design.loss, interior.density)), id: id.part("bypass"), from: inlet, to: outlet)
            }
            nodes[floor] = NodePair(high: inlet, low: outlet)
            above = outlet
        }
        builder.add(pipe(order.last ?? 1), id: ElementID(prefix).part("back"), from: above, to: ends.low)
        for place in stages.indices { stages[place].pipe = carrier }
        for floor in 1...heats.count {
            let pair = nodes[floor] ?? NodePair(high: interior.supply, low: interior.back)
            interior.floorNodes.append((pair.high, pair.low))
            interior.stages.append(order.firstIndex(of: floor).map { stages[$0] })
        }
    }

    /// The floors of a riser in the order of the water, and the water at each, reported where it would have to be too cold.
    mutating func riserStages(
        _ design: RiserDesign, _ heats: [Double], _ plan: BuildingPlan, heatCapacity: Double
    ) -> (order: [Int], stages: [RiserDesign.Stage]) {
        let floors = heats.indices.filter { heats[$0] > 0 }.map { $0 + 1 }
        let order = design.isTopFed ? floors.reversed() : floors
        let stages = design.stages(
            heats: order.map { heats[$0 - 1] }, supply: plan.emitter.supply, return: plan.emitter.return, heatCapacity: heatCapacity)
        judge(stages, order, plan)
        return (order, stages)
    }

    /// Kv that passes a flow, kg/s, at a loss, Pa.
    private func kv(_ flow: Double, _ loss: Double, _ density: Double) -> FlowCoefficient {
        FlowCoefficient(cubicMetresPerHour: 3600 * flow * (100 / (density * loss)).squareRoot())
    }

    /// With so little water through the emitters that it would have to come back colder than the room no emitter is large enough.
    private mutating func judge(_ stages: [RiserDesign.Stage], _ order: [Int], _ plan: BuildingPlan) {
        guard let place = stages.indices.first(where: { stages[$0].back <= plan.room + 1 }) else { return }
        report(
            .riserTooCold, .error, .buildings, plan.row, "riser.bypass_share",
            ["\(order[place])", Self.plain((10 * stages[place].back).rounded() / 10), Self.plain(plan.room)])
    }

    /// A dwelling's design on a one-pipe riser: the temperatures and the flow of its stage.
    func onePipe(_ design: DwellingDesign, _ stage: RiserDesign.Stage, _ riser: RiserDesign, _ density: Double) -> (design: DwellingDesign, kv: FlowCoefficient) {
        var placed = design
        if riser.isGraded { (placed.emitter.supply, placed.emitter.return) = (stage.supply, stage.back) }
        let flow = stage.heat > 0 ? stage.flow * design.load / stage.heat : 0
        return (placed, kv(flow, riser.loss, density))
    }

    /// Gives dwellings that are listed one by one the one-pipe riser that their rows name.
    mutating func attachRisers() {
        let table = document[.dwellings]
        let (ids, risers) = (table.texts("id"), table.texts("riser"))
        guard (0..<table.rowCount).contains(where: { !risers[$0].isAbsent }) else { return }
        var pipes: [ElementID: PipeIndex] = [:]
        for (position, pipe) in builder.current.pipes.enumerated() { pipes[builder.current.links[pipe.link].id] = PipeIndex(position) }
        for row in 0..<table.rowCount where !risers[row].isAbsent {
            guard let position = namedDwellings[ids[row]], position >= listedStart else {
                report(.conflictingFields, .error, .dwellings, row, "riser", ["riser", "building"])
                continue
            }
            guard let pipe = pipes[ElementID(document.text(risers[row]))] else {
                reportDangling(risers[row], "pipe", .dwellings, row, "riser", among: builder.current.pipes.lazy.map { [builder] in builder.current.links[$0.link].id.text })
                continue
            }
            builder.update(DwellingIndex(position)) { $0.riser = pipe }
        }
    }
}
