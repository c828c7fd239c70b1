import Heating
import NetworkModel
import Quantities

/// How the settings hold when the world does not stay as it was: simulations of the balanced network, changed.
public struct Robustness: Sendable {
    /// What was changed, and what came of it; the state the settings were made for is first.
    public let cases: [Case]

    /// One changed state.
    public struct Case: Sendable {
        /// What changed.
        public var event: Event
        /// Outdoor temperature.
        public var outdoor: Temperature
        /// Dwellings promised their target.
        public var dwellings: Int
        /// Their rooms.
        public var rooms: RoomSummary
        /// Flows of dwellings open before and after, over their flows before: lowest, mean, highest; NaN where there are none.
        public var flowRatio: (lowest: Double, mean: Double, highest: Double)
        /// Share of them whose flow stays within a twentieth.
        public var shareOfFlowsKept: Double
        /// Heat from the sources, W.
        public var sourceHeat: Double
        /// Share of the promised dwellings no more than 1 K below their target.
        public var shareNearTarget: Double
    }

    /// What happens.
    public enum Event: String, Hashable, Sendable, CaseIterable {
        /// Nothing: what the settings were made for.
        case asPlanned = "as-planned"
        /// A twentieth of the open dwellings are shut off.
        case dwellingsClose = "dwellings-close"
        /// A twentieth of the closed dwellings pay and are opened.
        case dwellingsOpen = "dwellings-open"
        /// All pumps run a tenth slower.
        case pumpsSlower = "pumps-slower"
        /// It gets 10 K colder; supply temperatures follow the heating curve as far as they go.
        case colder
    }

    /// Share of dwellings that change from one week to the next.
    private static var weeklyChange: Int { 20 }
    /// A step of a pump, as a ratio of its speed.
    private static var pumpStep: Double { 0.9 }
    /// Fall of the outdoor temperature, K.
    private static var coldSpell: Double { 10 }

    /// Simulates every event for the settings of a run; an event that has no trustworthy answer is left out.
    ///
    /// Which dwellings change is drawn by position, alike in every run of the same network.
    /// - Complexity: one simulation an event.
    public init(of run: BalanceRun, options: BalanceOptions = BalanceOptions()) {
        var simulation = Simulation(run.balanced, options: options.simulation)
        let points = SetPoints(of: run.balanced, in: run.weather)
        let planned = run.balanced.dwellings.map(\.state)
        var cases: [Case] = [Case(.asPlanned, run.after, run.after, run.balanced)]
        func attempt(_ event: Event, _ weather: Weather, _ points: SetPoints) {
            do throws(SimulationFailure) {
                let outcome = try simulation.run(weather, setPoints: points)
                cases.append(Case(event, outcome, run.after, simulation.network))
            } catch {}
        }
        for event in [Event.dwellingsClose, .dwellingsOpen] {
            let changed = Self.nextWeek(planned, event)
            guard changed != planned else { continue }
            simulation.setStates(changed)
            attempt(event, run.weather, points)
        }
        simulation.setStates(planned)
        var slower = Settings()
        slower.pumps = run.balanced.pumps.enumerated().map { position, pump in
            Settings.PumpChange(
                pump: PumpIndex(position), characteristic: pump.characteristic, speed: pump.speed * Self.pumpStep)
        }
        if !slower.pumps.isEmpty {
            simulation.apply(slower)
            attempt(.pumpsSlower, run.weather, points)
            for position in slower.pumps.indices { slower.pumps[position].speed = run.balanced.pumps[position].speed }
            simulation.apply(slower)
        }
        var weather = run.weather
        weather.outdoor = Temperature(celsius: weather.outdoor.celsius - Self.coldSpell)
        attempt(.colder, weather, SetPoints(of: run.balanced, in: weather))
        self.cases = cases
    }

    /// The states of the dwellings when a twentieth of the open ones close, or of the closed ones open.
    private static func nextWeek(_ states: [DwellingState], _ event: Event) -> [DwellingState] {
        var states = states
        var candidates = states.indices.filter { event == .dwellingsClose ? states[$0] == .open : states[$0] == .closed }
        let count = (candidates.count + weeklyChange / 2) / weeklyChange
        // Multiplying by an odd number shuffles positions over 64 bits; every run draws the same.
        candidates.sort { (UInt64($0) &* 0x9E37_79B9_7F4A_7C15, $0) < (UInt64($1) &* 0x9E37_79B9_7F4A_7C15, $1) }
        for position in candidates.prefix(count) { states[position] = event == .dwellingsClose ? .closed : .open }
        return states
    }
}

extension Robustness.Case {
    init(_ event: Robustness.Event, _ outcome: Outcome, _ planned: Outcome, _ network: Network) {
        self.event = event
        outdoor = outcome.weather.outdoor
        rooms = RoomSummary(of: outcome.room, in: network)
        dwellings = rooms.count
        var (lowest, highest, sum, kept, count) = (Double.infinity, 0.0, 0.0, 0, 0)
        for position in network.dwellings.indices where planned.dwellingFlow[position] > 0 && network.dwellings[position].state.isHeated {
            let ratio = outcome.dwellingFlow[position] / planned.dwellingFlow[position]
            lowest = min(lowest, ratio)
            highest = max(highest, ratio)
            sum += ratio
            count += 1
            if (ratio - 1).magnitude <= 0.05 { kept += 1 }
        }
        flowRatio = count > 0 ? (lowest, sum / Double(count), highest) : (.nan, .nan, .nan)
        shareOfFlowsKept = count > 0 ? Double(kept) / Double(count) : 1
        sourceHeat = outcome.sources.reduce(0) { $0 + $1.heat }
        let promised = network.dwellings.indices.filter { network.dwellings[$0].isPromised }
        let near = promised.count { outcome.room[$0] >= network.target(of: DwellingIndex($0)).celsius - 1 - RoomSummary.tolerance }
        shareNearTarget = promised.isEmpty ? 1 : Double(near) / Double(promised.count)
    }
}
