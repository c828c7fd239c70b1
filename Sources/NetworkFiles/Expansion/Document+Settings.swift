import NetworkModel
import Quantities

extension Document {
    /// This document with the settings of valves and pumps written into its `settings` table; everything else as it
    /// was, so that a compact document stays compact.
    ///
    /// A row of the table that names the valve or pump is changed, its `status` and note kept; others are added at its end.
    ///
    /// - Parameter network: the network that this document expands to, whose elements the settings name.
    /// - Complexity: O(settings + rows).
    public func applying(_ settings: Settings, of network: Network) -> Document {
        var copy = self
        var rows: [Symbol: Int] = [:]
        let ids = self[.settings].texts("id")
        for row in 0..<self[.settings].rowCount where rows[ids[row]] == nil { rows[ids[row]] = row }
        func row(of link: LinkIndex) -> Int {
            let id = network.links[link].id.text
            if let symbol = symbol(for: id), let known = rows[symbol] { return known }
            return copy.append(to: .settings, ["id": .text(id)])
        }
        for change in settings.valves {
            let valve = network.valves[change.valve]
            let row = row(of: valve.link)
            let hasScale = valve.model.map { network.valveModels[$0].setPoints != nil } ?? false
            let isScaled = change.function == nil || hasScale
            copy.set(.settings, row, "setting", .number(isScaled ? change.setting ?? .nan : .nan))
            if !isScaled {
                // A controller without a scale says what it holds.
                switch change.function {
                case .differentialPressure(let held, _, _): copy.set(.settings, row, "pressure_kpa", .number(ExplicitWriter.kilo(held.pascals)))
                case .pressureIndependent(let held): copy.set(.settings, row, "flow_limit_kg_s", .number(held.kilogramsPerSecond))
                default: break
                }
            }
            // A setting of a catalogue has one Kv; writing it as well would let the two drift apart.
            let implied = change.setting.flatMap { setting in valve.model.map { network.valveModels[$0].kv(at: setting) } }
            copy.set(.settings, row, "kv_m3_h", .number(implied == change.kv ? .nan : change.kv.cubicMetresPerHour))
        }
        for change in settings.pumps {
            let row = row(of: network.pumps[change.pump].link)
            if case .constantHead(let head) = change.characteristic {
                copy.set(.settings, row, "head_kpa", .number(ExplicitWriter.kilo(head.pascals)))
                if change.speed == 1 && network.pumps[change.pump].speed == 1 { continue }
            }
            copy.set(.settings, row, "speed", .number(change.speed))
        }
        return copy
    }
}
