import Hydraulics
import NetworkModel
import Quantities

/// The dwellings behind one common valve as choosing their presets sees them: what each branch has, and how all of it
/// falls when the group as a whole takes more.
///
/// Where inlet and riser take most of the pressure, a dwelling's pressure follows the group's own flow: rounding that lets
/// the group take 1 % more costs the branches 2 % of all that is lost above them, which may be a third of what they have.
/// So presets are judged at the flow at which supply and demand of the group meet, not at pressures held as they are.
struct GroupResponse: Sendable {
    /// The dwellings.
    var branches: [Branch]
    /// Flow of the group in the last forward solve, kg/s.
    var flow = 0.0
    /// Sum of the design flows, kg/s.
    var design = 0.0
    /// Loss of the common valve in the last forward solve, Pa, and its Kv there; 0 without one.
    var commonLoss = 0.0
    var commonKv = 0.0

    /// What the valves above do about the pressure of the branches.
    struct Supply {
        /// Pressure that valves above the common one gave up for the group, Pa.
        var gain = 0.0
        /// (Kv of the common valve in the last solve / its Kv now)².
        var commonFactor = 1.0
    }

    /// Pressure of a branch when the group takes `ratio` times its flow of the last solve, Pa.
    @inline(__always)
    func pressure(_ branch: Branch, _ ratio: Double, _ supply: Supply) -> Double {
        let square = ratio * ratio
        return branch.aim + supply.gain + commonLoss * (1 - square * supply.commonFactor) + branch.feedback * (1 - square)
    }

    /// Flows of the branches over their designs with given settings: where supply and demand of the group meet, by Newton.
    ///
    /// - Parameters:
    ///   - taken: what each branch takes at its design flow, Pa.
    ///   - commonFactor: (Kv of the common valve in the last forward solve / its Kv now)².
    /// - Complexity: O(branches).
    func flowRatios(taken: [Double], commonFactor: Double = 1) -> [Double] {
        let supply = Supply(commonFactor: commonFactor)
        var ratio = 1.0
        for _ in 0..<8 {
            var (demand, slope) = (0.0, -flow)
            for (place, branch) in branches.enumerated() {
                let there = max(pressure(branch, ratio, supply), 1e-3 * branch.aim)
                guard there > 0 else { continue }
                let part = branch.design * (there / taken[place]).squareRoot()
                demand += part
                slope -= part / there * (commonLoss * commonFactor + branch.feedback) * ratio
            }
            guard slope < 0 else { break }
            let step = (demand - ratio * flow) / slope
            ratio = min(max(ratio - step, 0.5 * ratio), 2 * ratio)
            if step.magnitude < 1e-9 { break }
        }
        return branches.indices.map { (max(pressure(branches[$0], ratio, supply), 0) / taken[$0]).squareRoot() }
    }
}
