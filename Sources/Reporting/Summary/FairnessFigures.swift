import Balancing
import NetworkModel

/// What a run says of its shares beyond them: certificate, floor, rule of thumb, comparison of policies.
struct FairnessFigures {
    private let result: RunResult

    init(_ result: RunResult) { self.result = result }

    /// `certificate` of `summary.json`.
    var certificate: JSONText {
        guard let certificate = result.certificate else { return .null }
        return .object([
            "fair": .flag(certificate.isFair), "greatest_gain_k": .number(certificate.greatestGain),
            "dwelling": certificate.dwelling.map { .text(result.network.dwellings[$0].id.text) } ?? .null,
            "judged": .count(certificate.judged), "programmes": .count(certificate.programmes),
            "not_judged": .count(certificate.unjudged),
        ])
    }

    /// `floor` of `summary.json`, with those whose emitter or branch cannot keep it.
    var floor: JSONText {
        guard let allocation = result.recommendation?.allocation, case .mostAtTarget(let asked) = allocation.policy else { return .null }
        return .object([
            "asked_c": .number(asked), "kept_c": .number(allocation.floor),
            "exempt": .list(exempt(allocation).map { .text(result.network.dwellings[$0].id.text) }),
        ])
    }

    /// Open dwellings below the floor that is kept.
    func exempt(_ allocation: Allocation) -> [Int] {
        guard let floor = allocation.floor else { return [] }
        return result.network.dwellings.indices.filter {
            result.network.dwellings[$0].state == .open && allocation.dwellings.room[$0] < floor - 0.01
        }
    }

    /// `tilt_law` of `summary.json`.
    var tiltLaw: JSONText {
        guard let law = result.tiltLaw else { return .null }
        return .object([
            "rules": .list(
                law.rules.map {
                    .object([
                        "envelope": .text($0.envelope), "base_kg_h_m2": .number(3600 * $0.base),
                        "slope_kg_h_m2": .number(3600 * $0.slope), "buildings": .count($0.buildings),
                    ])
                }),
            "zone_error": .number(law.zoneError), "worst_zone_error": .number(law.worstZoneError),
            "worst_zone": law.worstZone.map { .text(result.network.zones[$0].id.text) } ?? .null,
        ])
    }

    /// `policies` of `summary.json`.
    var policies: JSONText {
        guard let comparison = result.comparison else { return .null }
        return .list(
            comparison.entries.map { entry in
                let figures = PolicyFigures(entry)
                return .object([
                    "policy": .text(entry.allocation.policy.name), "label": .text(figures.name),
                    "share_at_target": .number(figures.state.rooms.shareAtTarget), "room_min_c": .number(figures.state.rooms.lowest),
                    "room_mean_c": .number(figures.state.rooms.mean), "source_heat_w": .number(figures.state.sourceHeat),
                    "return_c": .number(figures.state.sourceReturn), "pump_w": .number(figures.state.pumpPower),
                    "tilt_min": .number(figures.tilts.least), "tilt_max": .number(figures.tilts.greatest),
                    "shared_share_at_target": .number(figures.shared.shareAtTarget), "shared_room_min_c": .number(figures.shared.lowest),
                ])
            })
    }

    /// `trade_off` of `summary.json`.
    var tradeOff: JSONText {
        guard let comparison = result.comparison else { return .null }
        return .list(
            comparison.curve.map {
                .object([
                    "policy": .text($0.policy.name), "floor_c": .number($0.policy.floor), "room_min_c": .number($0.coldest),
                    "share_at_target": .number($0.shareAtTarget), "decided_room_min_c": .number($0.coldestShared),
                ])
            })
    }
}
