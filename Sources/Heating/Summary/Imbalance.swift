import NetworkModel

/// Hydraulic imbalance as the trade knows it: degree x = actual flow / required flow.
///
/// JGJ/T 132-2009 (inspection of energy efficiency of residential buildings) measures x at building inlets and asks for
/// 0.9…1.2. Here *horizontal* imbalance is that of the buildings, x_b = Σ actual / Σ required over a building's heated
/// dwellings; *vertical* imbalance is that of the floors inside a building, x_f / x_b, so that a building that gets too much as
/// a whole is not counted again on each of its floors. What needs no water has no degree (NaN) and does not count.
public struct Imbalance: Sendable {
    /// Degrees that count as balanced.
    public var limits: ClosedRange<Double>
    /// Degree by dwelling; NaN where none is heated.
    public var dwelling: [Double]
    /// Degree by building; NaN where none of its dwellings is heated.
    public var building: [Double]
    /// Degree by building and floor (from the lowest), relative to the building's; NaN where nothing is heated.
    public var floor: [[Double]]
    /// Spread of the buildings.
    public var horizontal: Spread
    /// Spread of the floors within their buildings.
    public var vertical: Spread
    /// Spread of the dwellings.
    public var dwellings: Spread
    /// Degrees of the dwellings in the lowest third of the floors of their buildings (one floor at least).
    public var lowFloors: Spread
    /// Degrees of the dwellings in the highest third of the floors of their buildings.
    public var topFloors: Spread
    /// Degrees of the tenth of the dwellings of each circuit that the water has the longest way to; nothing counts where the
    /// distance was not given.
    public var networkEnd: Spread

    /// The degrees of an outcome against a demand for the same network and weather.
    public init(of outcome: Outcome, against demand: HeatDemand, in network: Network, limits: ClosedRange<Double>? = nil) {
        self.init(flow: outcome.dwellingFlow, required: demand.requiredFlow, in: network, limits: limits)
    }

    /// The degrees of flows against required flows, both by dwelling in kg/s.
    ///
    /// - Parameters:
    ///   - limits: degrees that count as balanced; nil = those of the network.
    ///   - distance: how far water has to go, for ``networkEnd``.
    public init(
        flow: [Double], required: [Double], in network: Network, limits: ClosedRange<Double>? = nil, distance: NetworkDistance? = nil
    ) {
        let limits = limits ?? network.conditions.balanced
        self.limits = limits
        dwelling = zip(flow, required).map { $1 > 0 ? $0 / $1 : .nan }
        building = []
        floor = []
        var buildings = Spread.Gathering(limits)
        var floors = Spread.Gathering(limits)
        var single = Spread.Gathering(limits)
        var (low, top) = (Spread.Gathering(limits), Spread.Gathering(limits))
        for data in network.buildings {
            var levels = [(flow: Double, required: Double)](repeating: (0, 0), count: max(0, data.floors))
            var whole = (flow: 0.0, required: 0.0)
            for position in data.dwellings where required[position] > 0 {
                whole.flow += flow[position]
                whole.required += required[position]
                single.add(dwelling[position], weight: required[position])
                let third = max(1, data.floors / 3)
                let number = Int(network.dwellings[position].floor)
                if data.floors > 1 && number <= third { low.add(dwelling[position], weight: required[position]) }
                if data.floors > 1 && number > data.floors - third { top.add(dwelling[position], weight: required[position]) }
                let level = Int(network.dwellings[position].floor) - 1
                guard levels.indices.contains(level) else { continue }
                levels[level].flow += flow[position]
                levels[level].required += required[position]
            }
            let degree = whole.required > 0 ? whole.flow / whole.required : .nan
            building.append(degree)
            buildings.add(degree, weight: whole.required)
            let relative = levels.map { $0.required > 0 && degree > 0 ? $0.flow / $0.required / degree : .nan }
            floor.append(relative)
            for (value, level) in zip(relative, levels) { floors.add(value, weight: level.required) }
        }
        horizontal = buildings.spread
        vertical = floors.spread
        dwellings = single.spread
        lowFloors = low.spread
        topFloors = top.spread
        networkEnd = Self.networkEnd(degree: dwelling, required, in: network, distance, limits)
    }

    private static func networkEnd(
        degree: [Double], _ required: [Double], in network: Network, _ distance: NetworkDistance?, _ limits: ClosedRange<Double>
    ) -> Spread {
        var end = Spread.Gathering(limits)
        guard let distance else { return end.spread }
        var members = [[(metres: Double, dwelling: Int)]](repeating: [], count: network.substations.count + 1)
        for building in network.buildings {
            let circuit = building.substation?.position ?? network.substations.count
            for position in building.dwellings where required[position] > 0 {
                guard let terminal = network.dwellings[position].terminal else { continue }
                let metres = distance.metres[network.links[network.terminals[terminal].link].from.position]
                if metres.isFinite { members[circuit].append((metres, position)) }
            }
        }
        for circuit in members {
            let far = circuit.sorted { ($0.metres, $0.dwelling) > ($1.metres, $1.dwelling) }
            for (_, dwelling) in far.prefix((far.count + 9) / 10) { end.add(degree[dwelling], weight: required[dwelling]) }
        }
        return end.spread
    }

    /// Spread of degrees, weighted by required flow.
    public struct Spread: Hashable, Sendable {
        /// Lowest degree; NaN where nothing counts, like the next three.
        public var lowest: Double
        /// Highest degree.
        public var highest: Double
        /// Mean degree.
        public var mean: Double
        /// Standard deviation over the mean.
        public var variation: Double
        /// Share of the required flow whose degree lies within the limits; 1 where nothing counts.
        public var shareWithin: Double

        /// Sums on the way to a spread.
        struct Gathering {
            private let limits: ClosedRange<Double>
            private var lowest = Double.infinity
            private var highest = -Double.infinity
            private var (weight, sum, squares, within) = (0.0, 0.0, 0.0, 0.0)

            init(_ limits: ClosedRange<Double>) { self.limits = limits }

            mutating func add(_ degree: Double, weight: Double) {
                guard weight > 0, degree.isFinite else { return }
                lowest = min(lowest, degree)
                highest = max(highest, degree)
                self.weight += weight
                sum += weight * degree
                squares += weight * degree * degree
                if limits.contains(degree) { within += weight }
            }

            var spread: Spread {
                guard weight > 0 else {
                    return Spread(lowest: .nan, highest: .nan, mean: .nan, variation: .nan, shareWithin: 1)
                }
                let mean = sum / weight
                let deviation = max(0, squares / weight - mean * mean).squareRoot()
                return Spread(
                    lowest: lowest, highest: highest, mean: mean, variation: mean > 0 ? deviation / mean : .nan,
                    shareWithin: within / weight)
            }
        }
    }
}
