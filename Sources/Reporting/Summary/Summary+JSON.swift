import Balancing
import Heating
import NetworkModel

extension Summary {
    /// `summary.json` of a run: everything but `timings_s` is the same for the same input, options and version.
    public func json(of result: RunResult, texts: Texts) -> String {
        let outcome = result.outcome
        let hasRooms = !result.network.dwellings.isEmpty
        return JSONText.object([
            "format": .text("equitherm/1"),
            "tool": .text(result.tool),
            "input": result.input.json(in: texts.language),
            "outdoor_c": .number(outcome.weather.outdoor.celsius),
            "target_c": .number(result.network.conditions.room.celsius),
            "policy": result.recommendation.map { Self.policy($0.allocation.policy) } ?? .null,
            "converged": .flag(true),
            "iterations": .count(outcome.iterations),
            "hydraulic_iterations": .count(outcome.hydraulicIterations),
            "residuals": .object([
                "mass_kg_s": .number(residuals.mass), "loop_pa": .number(residuals.loop), "energy_w": .number(residuals.energy),
            ]),
            "counts": counts.json,
            "timings_s": result.timings.json,
            "room_temperature": hasRooms ? after.rooms.json : .null,
            "imbalance": hasRooms ? after.imbalanceJSON : .null,
            "source_heat_w": .number(after.sourceHeat),
            "source_heat_limit_w": .number(result.network.sourceHeatLimit),
            "source_return_c": .number(after.sourceReturn),
            "pump_power_w": .number(after.pumpPower),
            "energy_w": .object([
                "sources": .number(outcome.energy.sources), "boundaries": .number(outcome.energy.boundaries),
                "dwellings": .number(outcome.energy.dwellings), "loads": .number(outcome.energy.loads),
                "losses": .number(outcome.energy.losses),
            ]),
            "frost": hasRooms ? after.frost.json : .null,
            "before": before?.json ?? .null,
            "valves": result.recommendation.map { Self.valves($0.schedule) } ?? .null,
            "settings": result.recommendation.flatMap { $0.proof?.json } ?? .null,
            "warnings": .list(result.warnings.map { $0.json(in: texts.language) }),
            "tilt_law": FairnessFigures(result).tiltLaw,
            "certificate": FairnessFigures(result).certificate,
            "floor": FairnessFigures(result).floor,
            "policies": FairnessFigures(result).policies,
            "trade_off": FairnessFigures(result).tradeOff,
            "cases": .list(result.cases.map(\.json)),
        ]).text
    }

    private static func policy(_ policy: AllocationPolicy) -> JSONText {
        if case .tilt(let factor) = policy { return .object(["name": .text(policy.name), "tilt": .number(factor)]) }
        return .object(["name": .text(policy.name)])
    }

    private static func valves(_ schedule: Schedule) -> JSONText {
        .object(["total": .count(schedule.valves.count), "changed": .count(schedule.valves.count { $0.isChanged })])
    }
}

extension InputRecord {
    /// As the member `input` of `summary.json`.
    func json(in language: Language) -> JSONText {
        .object([
            "path": .text(path),
            "sha256": .text(digest),
            "files": .list(
                files.map { .object(["path": .text($0.path), "sha256": .text($0.sha256), "bytes": .count($0.byteCount)]) }),
            "imported": imported.isEmpty ? .null : imported.json(in: language),
        ])
    }
}

extension Problem {
    /// As an entry of `warnings`.
    func json(in language: Language) -> JSONText {
        .object([
            "code": .text(code.name),
            "element": element.map { .text("\($0.kind) \($0.id.text)") } ?? .null,
            "text": .text(message(in: language)),
        ])
    }
}

extension Summary.Counts {
    fileprivate var json: JSONText {
        .object([
            "nodes": .count(nodes), "links": .count(links), "pipes": .count(pipes), "valves": .count(valves),
            "pumps": .count(pumps), "sources": .count(sources), "substations": .count(substations),
            "terminals": .count(terminals), "zones": .count(zones), "buildings": .count(buildings),
            "dwellings": .count(dwellings), "open_dwellings": .count(openDwellings), "unheated_spaces": .count(unheatedSpaces),
        ])
    }
}

extension Timings {
    var json: JSONText {
        .object([
            "read": .number(read), "compile": .number(compile), "need": .number(need), "allocate": .number(allocate),
            "settings": .number(settings), "solve": .number(solve), "write": .number(write),
            "settings_cpu": .number(settingsProcessor), "allocate_cpu": .number(allocateProcessor),
        ])
    }
}

extension StateFigures {
    fileprivate var json: JSONText {
        .object([
            "room_temperature": rooms.json, "imbalance": imbalanceJSON, "source_heat_w": .number(sourceHeat),
            "source_return_c": .number(sourceReturn), "pump_power_w": .number(pumpPower),
        ])
    }
}

extension RoomSummary {
    fileprivate var json: JSONText {
        .object([
            "min": .number(lowest), "mean": .number(mean), "p02": .number(secondPercentile), "max": .number(highest),
            "share_at_target": count == 0 ? .null : .number(shareAtTarget),
        ])
    }
}

extension StateFigures {
    fileprivate var imbalanceJSON: JSONText {
        .object([
            "horizontal": .number(imbalance.horizontal.variation), "vertical": .number(imbalance.vertical.variation),
            "horizontal_min": .number(imbalance.horizontal.lowest), "horizontal_max": .number(imbalance.horizontal.highest),
            "horizontal_mean": .number(imbalance.horizontal.mean), "horizontal_share_within": .number(imbalance.horizontal.shareWithin),
            "vertical_min": .number(imbalance.vertical.lowest), "vertical_max": .number(imbalance.vertical.highest),
            "vertical_share_within": .number(imbalance.vertical.shareWithin),
            "vertical_without_gravity": .number(verticalWithoutGravity?.variation),
            "low_floors": imbalance.lowFloors.json, "top_floors": imbalance.topFloors.json,
            "network_end": imbalance.networkEnd.json,
            "limits": .list([.number(imbalance.limits.lowerBound), .number(imbalance.limits.upperBound)]),
        ])
    }
}

extension Imbalance.Spread {
    fileprivate var json: JSONText {
        .object([
            "mean": .number(mean), "min": .number(lowest), "max": .number(highest),
            "share_within": mean.isNaN ? .null : .number(shareWithin),
        ])
    }
}

extension FrostSummary {
    fileprivate var json: JSONText {
        .object([
            "limit_c": .number(limit), "closed_dwellings": .count(dwellings), "closed_min_c": .number(lowest),
            "dwellings_below": .count(dwellingsBelow), "spaces_below": .count(spacesBelow),
        ])
    }
}
