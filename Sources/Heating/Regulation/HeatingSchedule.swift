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
        let total = outcome.sources.reduce(0) { $0 + max(0, $1.massFlow) }
        guard total > 0 else { return [] }
        var points: [HeatingSchedule.Point] = []
        for (position, source) in network.sources.enumerated() where outcome.sources[position].massFlow > 0 {
            let element = ElementReference(kind: "sources", id: source.id)
            let flow = outcome.sources[position].massFlow
            if !network.substations.isEmpty {
                for regulation in regulations {
                    points += primaryPoints(source, element, regulation, share: flow / total)
                }
            } else if let exponent = emitters.direct.exponent, let back = emitters.direct.nominalReturn {
                let curve = curve(source.supplyTemperature, Temperature(celsius: back), exponent)
                for regulation in regulations {
                    points += self.points(curve, element, regulation, flow: flow, pump: source.pump, occupancy: occupancy.direct)
                }
            }
        }
        return points
    }

    private func primaryPoints(
        _ source: Source, _ element: ElementReference, _ regulation: Regulation, share: Double
    ) -> [HeatingSchedule.Point] {
        let design = source.supplyTemperature.celsius
        let atDesign = primary(at: network.conditions.outdoor.celsius, supply: design, corrected: false)
        guard atDesign.flow > 0, atDesign.flow < .infinity else { return [] }
        return weathers.compactMap { outdoor in
            func supply(corrected: Bool) -> Double {
                let q = curve(source.supplyTemperature, source.supplyTemperature, 1).relativeLoad(at: Temperature(celsius: outdoor))
                let wanted: Double
                switch regulation {
                case .quantity: return design
                case .quality: wanted = atDesign.flow
                case .combined(let exponent): wanted = atDesign.flow * power(q, exponent)
                }
                return coldestSupply(at: outdoor, flow: wanted, corrected: corrected)
            }
            let temperature = supply(corrected: false)
            let state = primary(at: outdoor, supply: temperature, corrected: false)
            guard state.flow > 0, state.flow < .infinity else { return nil }
            let relative = state.flow / atDesign.flow
            return HeatingSchedule.Point(
                element: element, regulation: regulation, outdoor: outdoor, relativeLoad: state.heat / atDesign.heat,
                supply: temperature, return: temperature - state.heat / state.flow, relativeFlow: relative,
                massFlow: share * state.flow / capacity, heat: share * state.heat, pumpHead: head(source.pump, relative),
                occupancy: state.occupancy, correctedSupply: supply(corrected: true))
        }
    }

    /// What all substations take together at a primary supply temperature: capacity flow W/K and heat W.
    ///
    /// - Parameter corrected: whether the secondaries cover what open dwellings lose to closed ones as well.
    private func primary(at outdoor: Double, supply: Double, corrected: Bool) -> (flow: Double, heat: Double, occupancy: Double) {
        var (flow, heat, weighted) = (0.0, 0.0, 0.0)
        for (position, substation) in network.substations.enumerated() {
            let coldFlow = outcome.substations[position].secondaryFlow * capacity
            guard coldFlow > 0 else { continue }
            let factor = occupancy.bySubstation[position]
            let point = secondary(position).point(at: Temperature(celsius: outdoor), occupancy: corrected ? factor : 1)
            let taken = coldFlow * (point.supply - point.return)
            flow += HeatExchanger(conductance: substation.exchangerConductance).hotFlow(
                holding: point.supply, coldFlow: coldFlow, hotInlet: supply, coldInlet: point.return)
            heat += taken
            weighted += taken * factor
        }
        return (flow, heat, heat > 0 ? weighted / heat : 1)
    }

    /// The supply temperature at which the substations take no more than a capacity flow, °C: bisection, the flow falls with it.
    private func coldestSupply(at outdoor: Double, flow: Double, corrected: Bool) -> Double {
        var (low, high) = (network.conditions.room.celsius, 250.0)
        for _ in 0..<60 {
            let middle = 0.5 * (low + high)
            if primary(at: outdoor, supply: middle, corrected: corrected).flow > flow { low = middle } else { high = middle }
        }
        return high
    }
}
