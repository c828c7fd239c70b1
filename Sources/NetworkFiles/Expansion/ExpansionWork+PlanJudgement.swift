import NetworkModel
import Quantities

/// What can be said of substations, buildings and dwellings of a large document once they are planned, before any is made.
extension ExpansionWork {
    /// Judges the plans on a copy: what is sound is judged again, and noted, when it is made.
    ///
    /// - Parameter parts: which of the named nodes belong together.
    mutating func judgePlans(_ parts: inout NamedParts) {
        var trial = self
        trial.foreseen = Foreseen(document)
        let owners = ProblemOwners(document)
        var rules = ProblemReport { owners.wasJudged($0) }
        trial.judgeSubstations(&rules)
        trial.judgeBuildings(&rules)
        let isHeated = trial.judgeServed()
        trial.judgeListedDwellings(isHeated, &rules)
        trial.judgeCouplings(&rules)
        trial.judgeRiserNames()
        trial.judgeListedRisers(&rules)
        var compact = CompactParts(document, tools: trial.buildingTools())
        trial.judgeInsideNames(&compact)
        trial.judgeCompactSettings(&compact, &rules)
        for model in trial.builder.current.valveModels { rules.check(model) }
        trial.judgeSensors(&parts)
        trial.log.merge(rules.log.mapped(owners.placed))
        if trial.log.hasErrors { log = trial.log }
    }

    /// Judges what rows name of dwellings; which dwellings some terminal heats.
    private mutating func judgeServed() -> [Bool] {
        let valves = ValveColumns(document[.valves])
        for row in 0..<document[.valves].rowCount { _ = serves(row, valves) }
        var isHeated = [Bool](repeating: false, count: listedRow.count)
        let terminals = TerminalColumns(document[.terminals])
        for row in 0..<document[.terminals].rowCount where isEmitter(row, terminals) {
            guard let dwelling = dwelling(terminals.dwelling[row], .terminals, row, "dwelling") else { continue }
            if dwelling.position >= listedStart { isHeated[dwelling.position - listedStart] = true }
        }
        return isHeated
    }

    private mutating func judgeSubstations(_ rules: inout ProblemReport) {
        let columns = SubstationColumns(document[.substations])
        for (position, plan) in substationPlans.enumerated() {
            let substation = describe(position, columns)
            rules.check(substation)
            guard plan.primary != nil, let secondary = plan.secondary else {
                _ = listedEnds(plan.row, columns)
                continue
            }
            judgeForm(plan.row, columns)
            _ = valveChoice(columns.valve[plan.row], .substations, plan.row, "primary.valve", .substationValve)
            if let pump = secondaryPump(plan.row, columns) {
                judge(pump, .substations, plan.row, at: pairs.back[secondary], substation.id.part("pump"), &rules)
            }
        }
    }

    /// Compact buildings: their parts, and those of their dwellings that are not like all others.
    private mutating func judgeBuildings(_ rules: inout ProblemReport) {
        let columns = BuildingPartColumns(document[.buildings])
        let tools = buildingTools()
        for (position, plan) in buildingPlans.enumerated() where plan.pair != nil && plan.dwellingCount > 0 {
            let interior = interior(plan, BuildingIndex(position), columns, tools)
            if let riser = plan.onePipe {
                for unit in 1...max(plan.geometry.units, 1) { judge(riser, of: unit, plan, heatCapacity: tools.heatCapacity, &rules) }
            }
            var isFirst = true
            for offset in 0..<plan.dwellingCount {
                let own = ownID(plan.firstDwelling + offset)
                // Without a shape of their own, and rows of their own, dwellings differ in their area and surface only.
                guard isFirst || plan.shape != nil || own != nil || !overrideRow.isEmpty && overrideRow[plan.firstDwelling + offset] >= 0 else { continue }
                let spot = plan.spot(offset)
                if spot.use != .dwelling { continue }
                isFirst = false
                let place = DwellingPlace(
                    id: own ?? plan.id(of: spot), unit: spot.unit, floor: spot.floor, door: spot.door, supply: NodeIndex(0), back: NodeIndex(0))
                let design = design(of: plan, offset: offset)
                rules.check(dwelling(design, place, plan.firstDwelling + offset, interior), hasEmitter: true)
            }
        }
    }

    /// The one-pipe riser of a unit: whether its water may be warm enough, and whether it can pass.
    private mutating func judge(_ design: RiserDesign, of unit: Int, _ plan: BuildingPlan, heatCapacity: Double, _ rules: inout ProblemReport) {
        let stages = riserStages(design, unitHeats(unit, plan), plan, heatCapacity: heatCapacity).order.map { floor in
            OnePipeRiser.Stage(
                emitters: plan.offsets(unit: unit, floor: floor).map { offset in
                    let position = plan.firstDwelling + offset
                    return OnePipeRiser.Branch(dwelling: DwellingIndex(position), terminal: TerminalIndex(0), kv: 1, isOpen: states[position].isHeated)
                }, bypass: design.bypassShare > 0 ? 1 : 0)
        }
        let riser = OnePipeRiser(pipe: PipeIndex(0), stages: stages, missing: [])
        rules.check(riser, pipe: plan.id.part("u\(unit)").part("riser")) { dwelling in
            (ownID(dwelling.position) ?? plan.id(of: plan.spot(dwelling.position - plan.firstDwelling)), false)
        }
    }

    private mutating func judgeListedDwellings(_ isHeated: [Bool], _ rules: inout ProblemReport) {
        let columns = ListedColumns(document[.dwellings])
        for (offset, row) in listedRow.enumerated() {
            guard let dwelling = listedDwelling(row, at: listedStart + offset, columns) else { continue }
            rules.check(dwelling, hasEmitter: isHeated[offset])
        }
    }

    private mutating func judgeCouplings(_ rules: inout ProblemReport) {
        let table = document[.couplings]
        let (first, second, conductance) = (table.texts("first"), table.texts("second"), table.numbers("conductance_w_k"))
        let building = document[.dwellings].texts("building")
        func owner(_ dwelling: DwellingIndex) -> Int? {
            if dwelling.position >= listedStart { return buildings[building[listedRow[dwelling.position - listedStart]]] }
            return compactBuilding(ofDwelling: dwelling.position)
        }
        for row in 0..<table.rowCount {
            guard let a = dwelling(first[row], .couplings, row, "first"), let b = dwelling(second[row], .couplings, row, "second"),
                let one = owner(a), one == owner(b)
            else { continue }
            if buildingPlans[one].pair != nil {
                report(.couplingOfCompact, .error, .couplings, row, "first")
            } else {
                let coupling = Coupling(first: a, second: b, conductance: ThermalConductance(wattsPerKelvin: conductance[row] ?? 0), kind: .partition)
                rules.check(coupling, from: ElementID(document.text(first[row])))
            }
        }
    }

    /// The compact building that a dwelling is in.
    /// - Complexity: O(log buildings) where no building is listed.
    func compactBuilding(ofDwelling position: Int) -> Int? {
        // Plans of compact buildings follow one another; those of listed ones begin behind all of them.
        var (low, high) = (0, buildingPlans.count)
        while low < high {
            let middle = (low + high) / 2
            var compact = middle
            while compact > low && !isCompact(compact) { compact -= 1 }
            if !isCompact(compact) || buildingPlans[compact].firstDwelling <= position { low = middle + 1 } else { high = compact }
        }
        while low > 0 && !isCompact(low - 1) { low -= 1 }
        return low > 0 ? low - 1 : nil
    }

    private func isCompact(_ building: Int) -> Bool { buildingPlans[building].pair != nil && buildingPlans[building].dwellingCount > 0 }

    /// Pipes that dwellings name as their riser.
    private mutating func judgeRiserNames() {
        let table = document[.dwellings]
        let (ids, risers, pipes) = (table.texts("id"), table.texts("riser"), document[.pipes].texts("id"))
        guard !risers.isEmpty, (0..<table.rowCount).contains(where: { !risers[$0].isAbsent }) else { return }
        var isPipe = SymbolMap(symbolCount: document.pool.count)
        for row in 0..<document[.pipes].rowCount { _ = isPipe.insert(pipes[row], row) }
        var isTrench = SymbolMap(symbolCount: document.pool.count)
        let trenches = document[.trenches].texts("id")
        for row in 0..<document[.trenches].rowCount { _ = isTrench.insert(trenches[row], row) }
        for row in 0..<table.rowCount where !risers[row].isAbsent {
            if namedDwellings[ids[row]].map({ $0 >= listedStart }) != true {
                report(.conflictingFields, .error, .dwellings, row, "riser", ["riser", "building"])
                continue
            }
            let name = document.text(risers[row])
            if isPipe[risers[row]] != nil || foreseen?.isInside(name, document) == true { continue }
            if let (trench, _) = Self.splitNode(name), document.symbol(for: trench).flatMap({ isTrench[$0] }) != nil { continue }
            reportDangling(risers[row], "pipe", .dwellings, row, "riser", among: self.ids(.pipes))
        }
    }
}
