import Quantities

/// A counter-flow heat exchanger of constant size, by the ε-NTU method (Kays & London 1984, eq. 2-13).
///
/// Capacity flows ṁ cp are in W/K, temperatures in °C. Valid for any flows, nought included.
public struct HeatExchanger: Hashable, Sendable {
    /// Size UA, W/K.
    public var conductance: Double

    /// An exchanger of a size UA.
    public init(conductance: ThermalConductance) { self.conductance = conductance.value }

    /// Effectiveness ε: heat over the greatest heat C_min (T_hot,in − T_cold,in).
    ///
    /// ε = (1 − e^(−N(1−c))) / (1 − c e^(−N(1−c))), N = UA/C_min, c = C_min/C_max; N/(1+N) at c = 1. 1 where a flow is nought.
    public func effectiveness(hotFlow: Double, coldFlow: Double) -> Double {
        let least = min(hotFlow, coldFlow)
        guard conductance > 0 else { return 0 }
        guard least > 0 else { return 1 }
        let n = conductance / least
        if hotFlow == coldFlow { return n / (1 + n) }
        let c = least / max(hotFlow, coldFlow)
        // Both parts are written so that they keep their digits as c → 1.
        let cooled = -exponentialMinusOne(-n * (1 - c))
        return cooled / ((1 - c) + c * cooled)
    }

    /// Heat from hot to cold, W; negative where the cold side enters hotter.
    public func heat(hotFlow: Double, coldFlow: Double, hotInlet: Double, coldInlet: Double) -> Double {
        let least = min(hotFlow, coldFlow)
        guard least > 0 else { return 0 }
        return effectiveness(hotFlow: hotFlow, coldFlow: coldFlow) * least * (hotInlet - coldInlet)
    }

    /// The hot inlet temperature at which a hot capacity flow heats the cold flow from its inlet to `coldOutlet`, °C.
    ///
    /// +∞ where nothing flows.
    public func hotInlet(holding coldOutlet: Double, hotFlow: Double, coldFlow: Double, coldInlet: Double) -> Double {
        let heat = coldFlow * (coldOutlet - coldInlet)
        guard heat > 0 else { return coldInlet }
        return coldInlet + heat / (effectiveness(hotFlow: hotFlow, coldFlow: coldFlow) * min(hotFlow, coldFlow))
    }

    /// The hot (primary) capacity flow that heats the cold flow from its inlet to `coldOutlet`, W/K.
    ///
    /// 0 where nothing needs heating; +∞ where no flow is enough: the set point cannot be held.
    public func hotFlow(holding coldOutlet: Double, coldFlow: Double, hotInlet: Double, coldInlet: Double) -> Double {
        let heat = coldFlow * (coldOutlet - coldInlet)
        guard heat > 0 else { return 0 }
        let near = hotInlet - coldOutlet
        guard near > 0, conductance > 0 else { return .infinity }
        // LMTD(near, far) = Q/UA determines far = T_hot,out − T_cold,in.
        let far = near * exponential(min(LogarithmicMean.logarithm(ofRatio: heat / conductance / near), 700))
        let drop = hotInlet - coldInlet - far
        return drop > 0 ? heat / drop : .infinity
    }
}
