import Heating
import NetworkModel
import Quantities

/// An independent judgement of an allocation: how far, to first order, any dwelling below its target could still rise
/// without a colder or equally cold one falling.
///
/// It knows the allocation, the network and the laws of emitters, exchangers and pipes, and nothing of how the shares were
/// found. Buildings are joined only by the limits they share; each of these is relaxed by itself (what all others can free
/// of it at most is added to what is left), so that the gain is a bound from above: linear programmes as small as a
/// building prove what one programme over the whole network would (THEORY.md §8).
public struct FairnessCertificate: Sendable {
    /// Greatest gain that could not be excluded, K.
    public var greatestGain: Double
    /// The dwelling it belongs to; nil where there is none.
    public var dwelling: DwellingIndex?
    /// Dwellings below target that were judged.
    public var judged: Int
    /// Linear programmes solved.
    public var programmes: Int
    /// Dwellings below target that were not judged, because their circuit has one-pipe risers: the water of one of those is shared
    /// by all its dwellings, so that the programmes of buildings prove nothing there.
    public var unjudged = 0

    /// Whether nobody who was judged can gain more than ``tolerance``.
    public var isFair: Bool { greatestGain <= Self.tolerance }

    /// What counts as no gain, K.
    public static let tolerance = 0.01

    /// Rooms that differ by less than this are equally cold, K: half of what counts as a gain.
    static let sameRoom = 0.005

    /// Judges an allocation that is meant to be fair by room temperature.
    ///
    /// - Parameters:
    ///   - allocation: as ``Allocation/init(of:policy:in:setPoints:options:)`` gave it.
    ///   - setPoints: those it was made with; nil = ``SetPoints/init(of:in:)``.
    /// - Complexity: a few linear programmes a building, those of one level and limit by parallel workers.
    public init(
        _ allocation: Allocation, in network: Network, setPoints: SetPoints? = nil, options: AllocationOptions = AllocationOptions()
    ) {
        self.init(
            allocation, over: Distribution(of: network, threads: options.workers),
            setPoints: setPoints ?? SetPoints(of: network, in: allocation.weather), options: options)
    }

    init(_ allocation: Allocation, over distribution: Distribution, setPoints: SetPoints, options: AllocationOptions) {
        let limits = SharedLimits(allocation, distribution, setPoints, options)
        var judge = FairnessJudge(allocation, distribution, limits, options)
        judge.run()
        self = judge.certificate
    }

    init(greatestGain: Double, dwelling: DwellingIndex?, judged: Int, programmes: Int) {
        (self.greatestGain, self.dwelling, self.judged, self.programmes) = (greatestGain, dwelling, judged, programmes)
    }
}
