import NetworkModel
import Quantities

/// What sources and substations are set to at every outdoor temperature: supply temperatures and pump points.
///
/// Each substation's secondary follows a ``HeatingCurve`` through its design temperatures with the exponent of the emitters that it
/// feeds. The primary follows from its exchangers (``HeatExchanger``, size as installed): the supply temperature at which the
/// primary flows of all substations together are what the regulation asks for, with the secondaries under quality regulation.
public struct HeatingSchedule: Sendable {
    /// All points: substations and then sources in the order of the network, by regulation, then from cold to mild.
    public let points: [Point]

    /// One source or substation under one regulation in one weather.
    public struct Point: Sendable {
        /// Whose point it is.
        public var element: ElementReference
        /// How it follows the weather.
        public var regulation: Regulation
        /// Outdoor temperature, °C.
        public var outdoor: Double
        /// Load over design load.
        public var relativeLoad: Double
        /// Supply temperature, °C.
        public var supply: Double
        /// Return temperature, °C.
        public var `return`: Double
        /// Flow over design flow.
        public var relativeFlow: Double
        /// Mass flow, kg/s.
        public var massFlow: Double
        /// Heat, W.
        public var heat: Double
        /// Head of its pump at that flow in the unchanged network, Pa; NaN without a pump.
        public var pumpHead: Double
        /// Need of the open dwellings over their need with everybody heated.
        public var occupancy: Double
        /// Supply temperature that covers that need as well, °C.
        public var correctedSupply: Double
    }

    /// Where the table begins and ends, and what it assumes.
    public struct Options: Sendable {
        /// Step of the outdoor temperature, K.
        public var step = 1.0
        /// Mildest outdoor temperature, °C: no heating above (JGJ 26 counts days of up to 5 °C as heating days; a margin for cold ones).
        public var mildest = 10.0
        /// Exponent of the flow under combined regulation, G = q^p (a third: usual practice, engineering judgement).
        public var combinedPower = 1.0 / 3
        /// The defaults.
        public init() {}
    }

    /// The schedule of a simulated network.
    ///
    /// - Parameters:
    ///   - outcome: gives the design flows: those that the settings let pass.
    ///   - demand: gives the occupancy correction.
    public init(of network: Network, from outcome: Outcome, demand: HeatDemand, options: Options = Options()) {
        let work = ScheduleWork(network, outcome, demand, options)
        points = work.substationPoints() + work.sourcePoints()
    }
}

/// Gathers design points and walks through the weathers.
private struct ScheduleWork {
    let network: Network
    let outcome: Outcome
    let options: HeatingSchedule.Options
    let emitters: ServedEmitters
    let occupancy: (bySubstation: [Double], direct: Double)
    let capacity: Double
    let regulations: [Regulation]
    let weathers: [Double]

    init(_ network: Network, _ outcome: Outcome, _ demand: HeatDemand, _ options: HeatingSchedule.Options) {
        self.network = network
        self.outcome = outcome
        self.options = options
        emitters = ServedEmitters(of: network)
        capacity = network.conditions.fluid.heatCapacity.value
        regulations = [.quality, .combined(power: options.combinedPower), .quantity]
        occupancy = Self.occupancy(network, demand)
        let (design, step) = (network.conditions.outdoor.celsius, max(options.step, 0.1))
        // The design point itself, then whole steps; a table longer than any climate needs is cut.
        var weathers = [design]
        var next = ((design / step).rounded(.down) + 1) * step
        while next <= min(options.mildest, network.conditions.room.celsius - 1), weathers.count < 500 {
            weathers.append(next)
            next += step
        }
        self.weathers = weathers
    }

    /// Need of open dwellings over their need in a full house, by substation and for those without one.
    private static func occupancy(_ network: Network, _ demand: HeatDemand) -> ([Double], Double) {
        var sums = [(need: Double, full: Double)](repeating: (0, 0), count: network.substations.count + 1)
        for building in network.buildings {
            let place = building.substation?.position ?? network.substations.count
            for position in building.dwellings where network.dwellings[position].state == .open {
                sums[place].need += demand.requiredHeat[position]
                sums[place].full += max(0, demand.fullOccupancyHeat[position])
            }
        }
        let factors = sums.map { $0.full > 0 ? $0.need / $0.full : 1 }
        return (Array(factors.dropLast()), factors[network.substations.count])
    }

    private func curve(_ supply: Temperature, _ back: Temperature, _ exponent: Double?) -> HeatingCurve {
        HeatingCurve(
            room: network.conditions.room, designOutdoor: network.conditions.outdoor, designSupply: supply, designReturn: back,
            exponent: exponent ?? 1.3)
    }

    private func secondary(_ position: Int) -> HeatingCurve {
        let substation = network.substations[position]
        return curve(substation.secondarySupply, substation.secondaryReturn, emitters.bySubstation[position].exponent)
    }

    /// Head of a pump at a share of its flow in the outcome: losses grow with its square.
    private func head(_ pump: PumpIndex?, _ relativeFlow: Double) -> Double {
        guard let pump else { return .nan }
        return -outcome.pressureLoss[network.pumps[pump].link.position] * relativeFlow * relativeFlow
    }

    func substationPoints() -> [HeatingSchedule.Point] {
        var points: [HeatingSchedule.Point] = []
        for (position, substation) in network.substations.enumerated() {
            let flow = outcome.substations[position].secondaryFlow
            guard flow > 0 else { continue }
            let element = ElementReference(kind: "substations", id: substation.id)
            for regulation in regulations {
                points += self.points(
                    secondary(position), element, regulation, flow: flow, pump: substation.secondaryPump,
                    occupancy: occupancy.bySubstation[position])
            }
        }
        return points
    }

    private func points(
        _ curve: HeatingCurve, _ element: ElementReference, _ regulation: Regulation, flow: Double, pump: PumpIndex?, occupancy: Double
    ) -> [HeatingSchedule.Point] {
        weathers.map { outdoor in
            let weather = Temperature(celsius: outdoor)
            let point = curve.point(at: weather, by: regulation)
            let corrected = curve.point(at: weather, by: regulation, occupancy: occupancy)
            let mass = flow * point.relativeFlow
            return HeatingSchedule.Point(
                element: element, regulation: regulation, outdoor: outdoor, relativeLoad: point.relativeLoad, supply: point.supply,
                return: point.return, relativeFlow: point.relativeFlow, massFlow: mass,
                heat: mass * capacity * (point.supply - point.return), pumpHead: head(pump, point.relativeFlow), occupancy: occupancy,
                correctedSupply: corrected.supply)
        }
    }

    func sourcePoints() -> [HeatingSchedule.Point] {
        let primaries = Primaries(network, outcome)
        var states: [PrimaryDesign: [PrimaryWeather]] = [:]
        var points: [HeatingSchedule.Point] = []
        for (position, source) in network.sources.enumerated() where outcome.sources[position].massFlow > 0 {
            let element = ElementReference(kind: "sources", id: source.id)
            let flow = outcome.sources[position].massFlow
            let place = primaries.ofSource[position]
            let substations = primaries.substations[place]
            if !substations.isEmpty {
                // Sources side by side on one primary at one supply temperature share its points.
                let design = PrimaryDesign(primary: place, supply: source.supplyTemperature.celsius)
                let primary = states[design] ?? weatherStates(of: substations, source.supplyTemperature)
                states[design] = primary
                points += primaryPoints(source, element, primary, share: flow / primaries.flow[place])
            } else if let exponent = emitters.direct.exponent, let back = emitters.direct.nominalReturn {
                let curve = curve(source.supplyTemperature, Temperature(celsius: back), exponent)
                for regulation in regulations {
                    points += self.points(curve, element, regulation, flow: flow, pump: source.pump, occupancy: occupancy.direct)
                }
            }
        }
        return points
    }

    /// A primary under one design supply temperature.
    private struct PrimaryDesign: Hashable {
        var primary: Int
        var supply: Double
    }

    /// One primary in one weather under one regulation, relative to its design.
    private struct PrimaryWeather {
        var regulation: Regulation
        var outdoor: Double
        var relativeLoad: Double
        var relativeFlow: Double
        var supply: Double
        var correctedSupply: Double
        /// Capacity flow, W/K, and heat, W.
        var state: PrimaryState
    }

    /// What substations take together: capacity flow W/K, heat W, and need over need with everybody heated, weighted by heat.
    private struct PrimaryState {
        var (flow, heat, occupancy) = (0.0, 0.0, 1.0)
    }

    /// What the secondary side of an exchanger asks for.
    private struct SecondaryLoad {
        var exchanger: HeatExchanger
        var coldFlow: Double
        var supply: Double
        var back: Double
        var occupancy: Double
    }

    /// A primary's points under all regulations, by regulation and then from cold to mild.
    private func weatherStates(of substations: [Int], _ supply: Temperature) -> [PrimaryWeather] {
        let design = supply.celsius
        let atDesign = primary(loads(of: substations, at: network.conditions.outdoor.celsius, corrected: false), supply: design)
        guard atDesign.flow > 0, atDesign.flow < .infinity else { return [] }
        let asked = weathers.map { (plain: loads(of: substations, at: $0, corrected: false), corrected: loads(of: substations, at: $0, corrected: true)) }
        var states: [PrimaryWeather] = []
        for regulation in regulations {
            for (outdoor, loads) in zip(weathers, asked) {
                let wanted: Double? =
                    switch regulation {
                    case .quantity: nil
                    case .quality: atDesign.flow
                    case .combined(let exponent):
                        atDesign.flow * power(curve(supply, supply, 1).relativeLoad(at: Temperature(celsius: outdoor)), exponent)
                    }
                let temperature = wanted.map { coldestSupply(loads.plain, flow: $0) } ?? design
                let state = primary(loads.plain, supply: temperature)
                guard state.flow > 0, state.flow < .infinity else { continue }
                states.append(PrimaryWeather(
                    regulation: regulation, outdoor: outdoor, relativeLoad: state.heat / atDesign.heat,
                    relativeFlow: state.flow / atDesign.flow, supply: temperature,
                    correctedSupply: wanted.map { coldestSupply(loads.corrected, flow: $0) } ?? design, state: state))
            }
        }
        return states
    }

    private func primaryPoints(
        _ source: Source, _ element: ElementReference, _ primary: [PrimaryWeather], share: Double
    ) -> [HeatingSchedule.Point] {
        primary.map { weather in
            HeatingSchedule.Point(
                element: element, regulation: weather.regulation, outdoor: weather.outdoor, relativeLoad: weather.relativeLoad,
                supply: weather.supply, return: weather.supply - weather.state.heat / weather.state.flow, relativeFlow: weather.relativeFlow,
                massFlow: share * weather.state.flow / capacity, heat: share * weather.state.heat,
                pumpHead: head(source.pump, weather.relativeFlow), occupancy: weather.state.occupancy, correctedSupply: weather.correctedSupply)
        }
    }

    /// What the secondaries ask of their exchangers in a weather, under quality regulation.
    ///
    /// - Parameter corrected: whether they cover what open dwellings lose to closed ones as well.
    private func loads(of substations: [Int], at outdoor: Double, corrected: Bool) -> [SecondaryLoad] {
        substations.compactMap { position in
            let coldFlow = outcome.substations[position].secondaryFlow * capacity
            guard coldFlow > 0 else { return nil }
            let factor = occupancy.bySubstation[position]
            let point = secondary(position).point(at: Temperature(celsius: outdoor), occupancy: corrected ? factor : 1)
            return SecondaryLoad(
                exchanger: HeatExchanger(conductance: network.substations[position].exchangerConductance), coldFlow: coldFlow,
                supply: point.supply, back: point.return, occupancy: factor)
        }
    }

    /// What substations take together at a primary supply temperature.
    private func primary(_ loads: [SecondaryLoad], supply: Double) -> PrimaryState {
        var state = PrimaryState()
        var weighted = 0.0
        for load in loads {
            let taken = load.coldFlow * (load.supply - load.back)
            state.flow += load.exchanger.hotFlow(holding: load.supply, coldFlow: load.coldFlow, hotInlet: supply, coldInlet: load.back)
            state.heat += taken
            weighted += taken * load.occupancy
        }
        if state.heat > 0 { state.occupancy = weighted / state.heat }
        return state
    }

    /// The supply temperature at which the substations take no more than a capacity flow, °C, to a billionth of a kelvin: bisection, the flow
    /// falls with it.
    private func coldestSupply(_ loads: [SecondaryLoad], flow: Double) -> Double {
        var (low, high) = (network.conditions.room.celsius, 250.0)
        for _ in 0..<38 {
            let middle = 0.5 * (low + high)
            if primary(loads, supply: middle).flow > flow { low = middle } else { high = middle }
        }
        return high
    }
}

/// The primaries of a network: which sources and substations stand on the same one.
private struct Primaries {
    /// Primary of each source.
    let ofSource: [Int]
    /// Substations by primary.
    let substations: [[Int]]
    /// What all its sources together let flow in the outcome, kg/s, by primary.
    let flow: [Double]

    init(_ network: Network, _ outcome: Outcome) {
        var primaryOfNode = [Int32](repeating: -1, count: network.nodes.count)
        let circuits = network.circuits()
        for (place, circuit) in circuits.enumerated() {
            for node in circuit.nodes { primaryOfNode[node.position] = Int32(truncatingIfNeeded: place) }
        }
        func place(_ link: LinkIndex) -> Int { Int(primaryOfNode[network.links[link].from.position]) }
        ofSource = network.sources.map { place($0.link) }
        var (substations, flow) = ([[Int]](repeating: [], count: circuits.count), [Double](repeating: 0, count: circuits.count))
        for (position, substation) in network.substations.enumerated() { substations[place(substation.primaryLink)].append(position) }
        for (position, place) in ofSource.enumerated() { flow[place] += max(0, outcome.sources[position].massFlow) }
        (self.substations, self.flow) = (substations, flow)
    }
}
