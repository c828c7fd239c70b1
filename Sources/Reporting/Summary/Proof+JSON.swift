import Balancing
import Heating

extension SettingsProof {
    /// As the entry `settings` of `summary.json`.
    var json: JSONText {
        .object([
            "flows": .list(bounds.map(\.json)),
            "tolerance": tolerance.map { .object([
                "share_at_target_expected": .number($0.expectedShare), "share_at_target_bad": .number($0.badShare),
                "share_within_1_k_expected": .number($0.nearShare.expected), "share_within_1_k_bad": .number($0.nearShare.bad),
            ]) } ?? .null,
            "robustness": .list((robustness?.cases ?? []).map(\.json)),
            "visits": .list((visits?.curve ?? []).map(\.json)),
        ])
    }
}

extension PresetBound {
    fileprivate var json: JSONText {
        .object([
            "band": .number(band), "dwellings": .count(dwellings), "share_within": .number(shareReached),
            "bound": .number(sharePossible), "gap": .number(sharePossible - shareReached),
        ])
    }
}

extension Robustness.Case {
    fileprivate var json: JSONText {
        .object([
            "event": .text(event.rawValue), "share_at_target": .number(rooms.shareAtTarget), "room_min_c": .number(rooms.lowest),
            "share_of_flows_kept": .number(shareOfFlowsKept), "share_within_1_k": .number(shareNearTarget),
        ])
    }
}

extension VisitPoint {
    fileprivate var json: JSONText {
        .object([
            "visits": .count(visits), "places": .count(places), "dwellings_at_target": .count(dwellingsAtTarget),
            "share_at_target": .number(rooms.shareAtTarget), "room_min_c": .number(rooms.lowest),
        ])
    }
}
