import Quantities

/// Supply and return temperature, and relative flow, of a heating circuit by outdoor temperature.
///
/// Arithmetic-mean regulation (He Ping et al., 供热工程; Glück 1985): with q = (Ti − To)/(Ti − To') the relative load
/// and G the relative flow, `ts, tr = Ti + ½ (ts' + tr' − 2 Ti) q^(1/n) ± ½ (ts' − tr') q/G`. The mean is arithmetic, as in the
/// published tables; against the logarithmic mean it errs by less than 1 K within the range of heating.
public struct HeatingCurve: Hashable, Sendable {
    /// Room temperature Ti that the curve holds, °C.
    public var room: Double
    /// Design outdoor temperature To', °C.
    public var designOutdoor: Double
    /// Design supply temperature ts', °C.
    public var designSupply: Double
    /// Design return temperature tr', °C.
    public var designReturn: Double
    /// Exponent n of the emitters.
    public var exponent: Double

    /// A curve through a design point.
    public init(
        room: Temperature, designOutdoor: Temperature, designSupply: Temperature, designReturn: Temperature, exponent: Double
    ) {
        self.room = room.celsius
        self.designOutdoor = designOutdoor.celsius
        self.designSupply = designSupply.celsius
        self.designReturn = designReturn.celsius
        self.exponent = exponent > 0 ? exponent : 1
    }

    /// One point of the curve.
    public struct Point: Hashable, Sendable {
        /// Supply temperature, °C.
        public var supply: Double
        /// Return temperature, °C.
        public var `return`: Double
        /// Flow over design flow.
        public var relativeFlow: Double
        /// Load over design load.
        public var relativeLoad: Double
    }

    /// q = (Ti − To)/(Ti − To'): 1 at the design outdoor temperature, 0 from the room temperature up; at most 1, because
    /// below the design outdoor temperature a plant keeps its design set points.
    public func relativeLoad(at outdoor: Temperature) -> Double {
        let span = room - designOutdoor
        guard span > 0 else { return 1 }
        return min(1, max(0, (room - outdoor.celsius) / span))
    }

    /// The point for a weather; exactly the design point at the design outdoor temperature.
    ///
    /// - Parameter occupancy: factor on the load of an open dwelling because closed neighbours draw heat from it.
    public func point(at outdoor: Temperature, by regulation: Regulation = .quality, occupancy: Double = 1) -> Point {
        let q = relativeLoad(at: outdoor) * max(0, occupancy)
        if q == 1 { return Point(supply: designSupply, return: designReturn, relativeFlow: 1, relativeLoad: 1) }
        guard q > 0 else { return Point(supply: room, return: room, relativeFlow: 0, relativeLoad: 0) }
        let mean = room + 0.5 * (designSupply + designReturn - 2 * room) * power(q, 1 / exponent)
        let half = 0.5 * (designSupply - designReturn) * q
        let flow: Double
        switch regulation {
        case .quality: flow = 1
        case .combined(let exponent): flow = power(q, exponent)
        case .quantity: flow = designSupply > mean ? half / (designSupply - mean) : 1
        }
        return Point(supply: mean + half / flow, return: mean - half / flow, relativeFlow: flow, relativeLoad: q)
    }
}

/// How a plant follows the weather.
public enum Regulation: Hashable, Sendable {
    /// Temperatures follow, flow stays.
    case quality
    /// Flow follows, supply temperature stays.
    case quantity
    /// Flow follows as G = q^power, temperatures do the rest; 0 is quality regulation.
    case combined(power: Double)
}
