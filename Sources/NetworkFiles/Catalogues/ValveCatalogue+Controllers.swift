import NetworkModel
import Quantities

/// Self-acting controllers that ship: they are chosen like valves and set to what they hold.
extension ValveCatalogue {
    /// Δp controllers AVP and AVPQ by their sheets, one family a spring (`AVP 20-100` is the one of 20 to 100 kPa), its smaller
    /// Kvs of DN 15 named by them (`AVP-1.6 20-100`); STAP; pressure-independent valves AB-QM; the generic families `dp-controller` and `flow-limiter`.
    static func controllers() -> [ValveModel] {
        springs("AVP", [(5, 50), (20, 100), (80, 160)], "Danfoss data sheet AVP, PN 16: DN 15-32, Kvs and setting ranges (data sheet)")
            + springs("AVPQ", [(10, 50), (20, 100)], "Danfoss data sheet AVPQ, PN 16, VD.DB.H5.03: Kvs and setting ranges (data sheet)")
            + districtSprings() + flangedSprings() + flowControllers() + genericControllers()
    }

    /// AVPQ of PN 25: the sizes of district heating, to 2 bar.
    private static func districtSprings() -> [ValveModel] {
        let kvs: [(size: Int, kvs: Double, name: String)] = [
            (15, 0.4, "-0.4"), (15, 1, "-1.0"), (15, 1.6, "-1.6"), (15, 2.5, "-2.5"), (15, 4, ""), (20, 6.3, ""), (25, 8, ""), (32, 12.5, ""),
            (40, 16, ""), (50, 20, ""), (40, 20, " flanged"), (50, 25, " flanged"),
        ]
        return [(20.0, 100.0), (30, 200)].flatMap { low, high in
            kvs.map { size in
                controller(
                    "AVPQ PN25\(size.name) \(Int(low))-\(Int(high))", size.size, .differentialPressure, kvs: size.kvs,
                    SetPointScale(low...high, step: 1), leastLoss: nil,
                    source: "Danfoss data sheet AVPQ, PN 25, VD.CC.X7.02, 2017.01: Kvs and setting ranges (data sheet)")
            }
        }
    }

    /// STAP with flanges, by the Kv at which it still controls; no more than 350 kPa across it.
    private static func flangedSprings() -> [ValveModel] {
        [(20.0, 80.0), (40, 160)].flatMap { low, high in
            [(65, 36.0), (80, 55), (100, 110)].map { size, kvm in
                var model = controller(
                    "STAP \(Int(low))-\(Int(high))", size, .differentialPressure, kvs: kvm, SetPointScale(low...high, step: 1), leastLoss: nil,
                    source: "TA data sheet STAP, DN 65-100: Kvm, setting ranges, largest difference (data sheet)")
                model.greatestLoss = PressureDifference(kilopascals: 350)
                return model
            }
        }
    }

    /// AB-QM by the flow at which its dial stands at 100 %, l/h; `AB-QM LF` are those of low flow.
    private static func flowControllers() -> [ValveModel] {
        let flows: [(family: String, size: Int, flow: Double, least: Double)] = [
            ("AB-QM LF", 10, 150, 16), ("AB-QM", 10, 275, 16), ("AB-QM LF", 15, 275, 16), ("AB-QM", 15, 450, 16), ("AB-QM", 20, 900, 16),
            ("AB-QM", 25, 1700, 20), ("AB-QM", 32, 3200, 20),
        ]
        let source = "Danfoss data sheet QT for AB-QM, VD.GO.A2.49, 04/2012 (greatest flows: data sheet; scale from 20 % on and least difference: "
            + "as commonly quoted, not seen on the sheet; reading to 2 % of the scale: our judgement)"
        return flows.map { family, size, flow, least in
            controller(
                family, size, .pressureIndependent, kvs: 1, SetPointScale(0.2 * flow...flow, step: 0.02 * flow), leastLoss: least, source: source)
        }
    }

    /// - Parameter ranges: kPa.
    private static func springs(_ family: String, _ ranges: [(Double, Double)], _ source: String) -> [ValveModel] {
        let kvs: [(size: Int, kvs: Double, name: String)] = [
            (15, 1.6, "-1.6"), (15, 2.5, "-2.5"), (15, 4, ""), (20, 6.3, ""), (25, 8, ""), (32, 10, ""),
        ]
        return ranges.flatMap { low, high in
            kvs.map { size in
                controller(
                    "\(family)\(size.name) \(Int(low))-\(Int(high))", size.size, .differentialPressure, kvs: size.kvs,
                    SetPointScale(low...high, step: 1), leastLoss: nil, source: source)
            }
        }
    }

    /// Controllers for networks whose products are not known: Kvs of a balancing valve of the size; flows from a fifth to the
    /// whole of what heating pipes of the size carry at 0.8 to 1.1 m/s.
    private static func genericControllers() -> [ValveModel] {
        let source = "generic controller (our judgement)"
        let differences: [(Int, Double)] = [
            (15, 2.5), (20, 5.5), (25, 8.7), (32, 14.2), (40, 19.2), (50, 33), (65, 60), (80, 90), (100, 140), (125, 220), (150, 320),
        ]
        let flows: [(Int, Double, Double)] = [(10, 60, 300), (15, 120, 600), (20, 240, 1200), (25, 400, 2000), (32, 700, 3500)]
        return differences.map { size, kvs in
            controller("dp-controller", size, .differentialPressure, kvs: kvs, SetPointScale(5...160, step: 1), leastLoss: nil, source: source)
        }
            + flows.map { size, least, greatest in
                controller(
                    "flow-limiter", size, .pressureIndependent, kvs: 1, SetPointScale(least...greatest, step: greatest / 100), leastLoss: 16,
                    source: source)
            }
    }

    private static func controller(
        _ family: String, _ size: Int, _ kind: ValveKind, kvs: Double, _ scale: SetPointScale, leastLoss: Double?, source: String
    ) -> ValveModel {
        let kv = FlowCoefficient(cubicMetresPerHour: kvs)
        var model = ValveModel(
            family: family, nominalSize: size, points: [ValveSettingPoint(setting: scale.range.upperBound, label: "", kv: kv)],
            step: nil, notation: .turns, source: source)
        model.kind = kind
        model.setPoints = scale
        model.leastLoss = leastLoss.map { PressureDifference(kilopascals: $0) }
        if kind == .pressureIndependent { model.points[0].kv = model.kv(at: scale.range.upperBound) }
        return model
    }
}
