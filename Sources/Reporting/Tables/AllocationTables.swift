import Balancing
import NetworkModel

/// `sources.csv`, `zones.csv`, `substations.csv` and `bottlenecks.csv`: who gets how much, and what stops more.
struct AllocationTables {
    private let result: RunResult
    private let allocation: Allocation
    private let texts: Texts

    /// Tables of a run with its allocation; the language is that of the remedies.
    init(_ result: RunResult, _ allocation: Allocation, texts: Texts) {
        self.result = result
        self.allocation = allocation
        self.texts = texts
    }

    /// `sources.csv`, as the forward simulation finds the sources.
    var sources: ResultTable {
        var table = ResultTable(["id", "heat_w", "limit_w", "supply_c", "return_c", "flow_kg_s"], rows: result.network.sources.count)
        for (source, outcome) in zip(result.network.sources, result.outcome.sources) {
            table.add(source.id)
            table.add(outcome.heat)
            table.add(source.heatLimit?.watts)
            table.add(outcome.supply)
            table.add(outcome.return)
            table.add(outcome.massFlow)
        }
        return table
    }

    /// `zones.csv`.
    var zones: ResultTable { table(AreaFigures.zones(of: result)) }

    /// `substations.csv`.
    var substations: ResultTable { table(AreaFigures.substations(of: result)) }

    private func table(_ areas: [AreaFigures]) -> ResultTable {
        var table = ResultTable(
            [
                "id", "heated_area_m2", "open_area_m2", "open_rate", "required_w", "allocated_w", "required_flow_kg_s",
                "allocated_flow_kg_s", "tilt", "room_min_c", "room_mean_c", "share_at_target", "bottleneck",
            ], rows: areas.count)
        for area in areas {
            table.add(area.summary.id)
            table.add(area.summary.heatedArea.squareMetres)
            table.add(area.summary.openArea.squareMetres)
            table.add(area.summary.openRate)
            table.add(area.summary.requiredHeat.watts)
            table.add(area.summary.allocatedHeat.watts)
            table.add(area.summary.requiredFlow.kilogramsPerSecond)
            table.add(area.summary.allocatedFlow.kilogramsPerSecond)
            table.add(area.summary.tilt)
            table.add(area.rooms.lowest)
            table.add(area.rooms.mean)
            table.add(area.rooms.shareAtTarget)
            table.add(area.summary.bottleneck.rawValue)
        }
        return table
    }

    /// `bottlenecks.csv`, worst first.
    var bottlenecks: ResultTable {
        var table = ResultTable(
            [
                "element", "kind", "limit", "dwellings", "degree_dwellings", "remedy", "alternatives", "effect_dwellings",
                "effect_degree_dwellings", "effect", "alternative_1_effect_dwellings", "alternative_1_effect_degree_dwellings",
                "alternative_2_effect_dwellings", "alternative_2_effect_degree_dwellings",
            ], rows: allocation.bottlenecks.count)
        for bottleneck in allocation.bottlenecks {
            table.add(bottleneck.element.id)
            table.add(bottleneck.element.kind)
            table.add(bottleneck.limit.rawValue)
            table.add(bottleneck.dwellings)
            table.add(bottleneck.degreeDwellings)
            table.add(bottleneck.remedy?.text(in: texts.language))
            table.add(bottleneck.alternatives.map { $0.remedy.text(in: texts.language) }.joined(separator: "; "))
            table.add(bottleneck.effect?.dwellings)
            table.add(bottleneck.effect?.degreeDwellings)
            // What was not computed again must not be taken for nothing.
            table.add(bottleneck.effect != nil ? "recomputed" : bottleneck.reinforcements.isEmpty ? "no-change-known" : "not-recomputed")
            for place in 0..<2 {
                let other = bottleneck.alternatives.indices.contains(place) ? bottleneck.alternatives[place].effect : nil
                table.add(other?.dwellings)
                table.add(other?.degreeDwellings)
            }
        }
        return table
    }
}
