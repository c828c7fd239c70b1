import Heating
import NetworkModel

/// How flows are shared, against fixed required flows, in four rosters side by side; the definitions are those of ``Imbalance``.
struct FlowFigures: Sendable {
    /// A heated dwelling.
    private struct Member: Sendable {
        var dwelling: Int32
        var floor: Int32
        var required: Double
    }

    /// Members building by building, and where each building begins.
    private var members: [Member] = []
    private var starts: [Int32] = [0]
    private var floors: [Int32] = []

    /// A flow ratio below this is too little water: the lower limit of JGJ/T 132-2009 for the degree of hydraulic balance.
    static let short = 0.9

    /// What is found, by roster.
    struct Found {
        /// Flow of all dwellings, kg/s.
        var flow = SIMD4<Double>.zero
        /// Least ratio of flow to required flow of an open dwelling; +∞ without any.
        var lowest = SIMD4<Double>(repeating: .infinity)
        /// Flow of open dwellings over what they require.
        var mean = SIMD4<Double>.zero
        /// Open dwellings with a ratio below ``FlowFigures/short``.
        var short = SIMD4<Double>.zero
        /// Variation of the buildings' ratios, and of the floors' within their buildings.
        var horizontal = SIMD4<Double>.zero
        var vertical = SIMD4<Double>.zero
    }

    /// - Parameter required: by dwelling, kg/s.
    init(_ network: Network, required: [Double]) {
        for building in network.buildings {
            for position in building.dwellings where network.dwellings[position].terminal != nil && required[position] > 0 {
                let floor = min(max(network.dwellings[position].floor, 1), Int32(max(building.floors, 1))) - 1
                members.append(Member(dwelling: Int32(position), floor: floor, required: required[position]))
            }
            starts.append(Int32(members.count))
            floors.append(Int32(max(building.floors, 1)))
        }
    }

    /// The figures of four rosters.
    ///
    /// - Parameters:
    ///   - flow: by dwelling, kg/s.
    ///   - isOpen: by dwelling, 1 where it is open and 0 where it is shut.
    func found(_ flow: [SIMD4<Double>], _ isOpen: [SIMD4<Double>]) -> Found {
        var found = Found()
        var (buildings, levels) = (Variation(), Variation())
        var required = SIMD4<Double>.zero
        var sums = [(flow: SIMD4<Double>, required: SIMD4<Double>)](
            repeating: (.zero, .zero), count: Int(floors.max() ?? 0))
        let (flow, isOpen, members) = (flow.span, isOpen.span, members.span)
        for building in floors.indices {
            var whole = (flow: SIMD4<Double>.zero, required: SIMD4<Double>.zero)
            for floor in 0..<Int(floors[building]) { sums[floor] = (.zero, .zero) }
            for place in Int(starts[building])..<Int(starts[building + 1]) {
                let member = members[place]
                let open = isOpen[Int(member.dwelling)]
                let passed = flow[Int(member.dwelling)] * open
                let ratio = passed / member.required
                found.lowest.replace(with: ratio, where: (open .> 0) .& (ratio .< found.lowest))
                found.short += open.replacing(with: 0, where: ratio .>= Self.short)
                whole.flow += passed
                whole.required += open * member.required
                sums[Int(member.floor)].flow += passed
                sums[Int(member.floor)].required += open * member.required
            }
            found.flow += whole.flow
            required += whole.required
            let degree = whole.flow / whole.required
            buildings.add(degree, weight: whole.required)
            for floor in 0..<Int(floors[building]) {
                levels.add(sums[floor].flow / sums[floor].required / degree, weight: sums[floor].required)
            }
        }
        found.mean = found.flow / required
        (found.horizontal, found.vertical) = (buildings.variation, levels.variation)
        return found
    }

    /// Weighted standard deviation over mean.
    private struct Variation {
        private var (weight, sum, squares) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)

        /// Adds degrees; what weighs nothing has none.
        @inline(__always)
        mutating func add(_ degree: SIMD4<Double>, weight: SIMD4<Double>) {
            let counted = degree.replacing(with: 0, where: .!((weight .> 0) .& (degree .< .infinity)))
            self.weight += weight
            sum += weight * counted
            squares += weight * counted * counted
        }

        var variation: SIMD4<Double> {
            let mean = sum / weight
            let square = squares / weight - mean * mean
            return square.replacing(with: 0, where: square .< 0).squareRoot() / mean
        }
    }
}
