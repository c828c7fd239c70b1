/// Curves that a run may have computed beside its settings, for the report; empty where it did not.
public struct ReportCurves: Sendable {
    /// What is reached after so many visits.
    public struct VisitPoint: Sendable, Hashable {
        /// Valves and pumps set.
        public var visits: Int
        /// Share of open dwellings at their target then, 0…1.
        public var shareAtTarget: Double
        /// Coldest open dwelling then, °C.
        public var coldest: Double

        /// A point of the curve of visits.
        public init(visits: Int, shareAtTarget: Double, coldest: Double) {
            (self.visits, self.shareAtTarget, self.coldest) = (visits, shareAtTarget, coldest)
        }
    }

    /// What a way of sharing heat reaches.
    public struct TradeOffPoint: Sendable, Hashable {
        /// The policy as the command line calls it.
        public var policy: String
        /// Coldest open dwelling that sharing decides, see ``PolicyComparison/TradeOff/coldestShared``, °C.
        public var coldest: Double
        /// Share of open dwellings at their target, 0…1.
        public var shareAtTarget: Double

        /// A point between the coldest dwelling and the share at target.
        public init(policy: String, coldest: Double, shareAtTarget: Double) {
            (self.policy, self.coldest, self.shareAtTarget) = (policy, coldest, shareAtTarget)
        }
    }

    /// By rising number of visits.
    public var visits: [VisitPoint] = []
    /// By rising temperature of the coldest dwelling.
    public var tradeOff: [TradeOffPoint] = []
    /// Policies side by side.
    public var policies: [TradeOffPoint] = []

    /// No curves yet.
    public init() {}
}
