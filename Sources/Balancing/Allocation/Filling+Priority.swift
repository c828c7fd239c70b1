import Hydraulics
import NetworkModel

extension Filling {
    /// Serves classes one after the other: each as if it were alone with those before it, whose rooms stay as they were given.
    ///
    /// - Parameter classes: class of each dwelling, lower ones first.
    mutating func fill(inOrderOf classes: [Int]) throws(HydraulicFailure) -> [Load] {
        let given = shares.demand.heat
        let order = Set(classes.indices.filter { model.isServed[$0] }.map { classes[$0] }).sorted()
        var loads = try fillStage(order.first, of: classes, given: given)
        for stage in order.dropFirst() {
            keepRooms(of: classes, before: stage)
            loads = try fillStage(stage, of: classes, given: given)
        }
        shares.demand.heat = given
        return loads
    }

    private mutating func fillStage(_ stage: Int?, of classes: [Int], given: [Double]) throws(HydraulicFailure) -> [Load] {
        for position in classes.indices {
            shares.demand.heat[position] = stage.map { classes[position] > $0 } ?? false ? 0 : given[position]
            if classes[position] >= stage ?? .min { (shares.demand.floor[position], shares.demand.floorSlope[position]) = (-.infinity, 0) }
        }
        // What the last stage found says nothing about this one.
        startsFromLast = false
        for circuit in slack.indices {
            slack[circuit] = nil
            rooms[circuit] = []
        }
        return try fill()
    }

    /// Earlier classes keep the level that stopped them, or their target.
    private mutating func keepRooms(of classes: [Int], before stage: Int) {
        for (circuit, feed) in distribution.feeds.enumerated() {
            let bound = boundCircuit(circuit).map { caps[$0].level }
            for building in feed.buildings {
                for position in model.ranges[building] where classes[position] < stage && shares.demand.floor[position] == -.infinity {
                    shares.demand.floor[position] = shares.demand.level(position, bound ?? .greatestFiniteMagnitude)
                }
            }
        }
    }
}
