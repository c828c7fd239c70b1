import NetworkModel

/// How evenly water is shared, whatever its amount: the degree of imbalance x = actual / required flow (JGJ/T 132),
/// each taken relative to the mean of the level above, so that a shortage alone is no imbalance.
public struct Imbalance: Sendable, Equatable {
    /// Deviations of one level.
    public struct Level: Sendable, Equatable {
        /// Mean of |x/x̄ − 1| weighted with the required flow; 0 = even. NaN where nothing is required.
        public let mean: Double
        /// Least x/x̄.
        public let least: Double
        /// Greatest x/x̄.
        public let greatest: Double

        /// Whether every part lies within 0.9…1.2 of the mean, the limits of JGJ/T 132.
        public var isWithinLimits: Bool { !(least < Imbalance.limits.lowerBound) && !(greatest > Imbalance.limits.upperBound) }
    }

    /// Between buildings, relative to the network.
    public let horizontal: Level
    /// Between the floors of a building, relative to the building.
    public let vertical: Level

    /// Limits of x/x̄ in JGJ/T 132.
    public static let limits = 0.9...1.2

    /// Compares the heated dwellings' flows with what they require.
    ///
    /// - Parameters:
    ///   - flow: flow by dwelling, kg/s.
    ///   - required: required flow by dwelling, kg/s; a dwelling whose figure is not finite is left out.
    /// - Complexity: O(dwellings).
    public init(flow: [Double], required: [Double], in network: Network) {
        var whole = Share()
        var buildings: [Share] = []
        var floors: [(floor: Share, building: Int)] = []
        for building in network.buildings {
            var perFloor = [Share](repeating: Share(), count: max(building.floors, 0))
            var sum = Share()
            for position in building.dwellings where network.dwellings[position].state.isHeated {
                guard flow.indices.contains(position), required.indices.contains(position),
                    flow[position].isFinite, required[position].isFinite, required[position] > 0
                else { continue }
                sum.add(flow[position], of: required[position])
                let floor = Int(network.dwellings[position].floor) - 1
                if perFloor.indices.contains(floor) { perFloor[floor].add(flow[position], of: required[position]) }
            }
            whole.add(sum.actual, of: sum.required)
            for floor in perFloor { floors.append((floor, buildings.count)) }
            buildings.append(sum)
        }
        horizontal = Self.level(buildings.map { ($0, whole) })
        vertical = Self.level(floors.map { ($0.floor, buildings[$0.building]) })
    }

    private struct Share {
        var actual = 0.0
        var required = 0.0
        mutating func add(_ actual: Double, of required: Double) {
            self.actual += actual
            self.required += required
        }
        var degree: Double { actual / required }
    }

    private static func level(_ parts: [(part: Share, whole: Share)]) -> Level {
        var (weight, sum, least, greatest) = (0.0, 0.0, Double.infinity, -Double.infinity)
        for (part, whole) in parts where part.required > 0 && whole.actual > 0 {
            let relative = part.degree / whole.degree
            weight += part.required
            sum += part.required * (relative - 1).magnitude
            least = min(least, relative)
            greatest = max(greatest, relative)
        }
        guard weight > 0 else { return Level(mean: .nan, least: .nan, greatest: .nan) }
        return Level(mean: sum / weight, least: least, greatest: greatest)
    }
}
