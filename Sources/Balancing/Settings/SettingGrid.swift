import NetworkModel
import Quantities

/// The settings of a valve model that a fitter can make, with their Kv: the table that rounding looks things up in.
///
/// A model answers one question at a time by walking its table; settings chosen together ask thousands.
struct SettingGrid: Sendable {
    /// Settings, rising.
    let setting: [Double]
    /// Kv of each, m³/h, rising.
    let kv: [Double]

    /// Longer grids than this are not laid out: a scale so fine has no rounding worth choosing.
    private static var limit: Int { 4096 }

    /// The grid of a model; nil where it is finer than any person can turn.
    init?(_ model: ValveModel) {
        guard model.setPoints == nil, let first = model.points.first, let last = model.points.last else { return nil }
        if let step = model.step, (last.setting - first.setting) / step > Double(Self.limit) { return nil }
        var settings = [first.setting]
        while settings.count <= Self.limit {
            let next = model.setting(settings[settings.count - 1], movedBy: 1)
            if next <= settings[settings.count - 1] { break }
            settings.append(next)
        }
        setting = settings
        kv = settings.map { model.kv(at: $0).value }
    }

    /// Places of the settings next below and next above a Kv; equal beyond the ends. - Complexity: O(log settings).
    func places(around wanted: Double) -> (below: Int, above: Int) {
        var (low, high) = (0, kv.count)
        while low < high {
            let middle = (low + high) / 2
            if kv[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        if low == kv.count { return (kv.count - 1, kv.count - 1) }
        if low == 0 || kv[low] == wanted { return (low, low) }
        return (low - 1, low)
    }

    /// Place of the setting nearest to one of the scale. - Complexity: O(log settings).
    func place(of wanted: Double) -> Int {
        var (low, high) = (0, setting.count)
        while low < high {
            let middle = (low + high) / 2
            if setting[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        if low == setting.count { return low - 1 }
        return low > 0 && wanted - setting[low - 1] < setting[low] - wanted ? low - 1 : low
    }
}
