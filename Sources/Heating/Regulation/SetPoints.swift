import NetworkModel
import Quantities

/// Supply temperatures that plants and substations are set to in one weather, °C.
public struct SetPoints: Hashable, Sendable {
    /// Supply set point by source.
    public var sourceSupply: [Double]
    /// Secondary supply set point by substation.
    public var secondarySupply: [Double]
    /// Secondary return expected at that set point, by substation.
    public var secondaryReturn: [Double]

    /// The design set points, whatever the weather.
    public init(designOf network: Network) {
        sourceSupply = network.sources.map(\.supplyTemperature.celsius)
        secondarySupply = network.substations.map(\.secondarySupply.celsius)
        secondaryReturn = network.substations.map(\.secondaryReturn.celsius)
    }

    /// Set points by the heating curves; at the design outdoor temperature exactly the design set points.
    ///
    /// Secondary circuits follow ``HeatingCurve`` with the exponent of the emitters they feed (mean by nominal power).
    /// A source that feeds substations follows `ts₁(q) = tr₂(q) + (ts₁' − tr₂') q`, which is what exchangers of constant
    /// flows and size need (their effectiveness is then constant), tr₂ the mean secondary return. A source
    /// that feeds dwellings directly follows the curve of their emitters; one that feeds given loads only keeps its set point.
    public init(of network: Network, in weather: Weather) {
        self.init(designOf: network)
        guard weather.outdoor != network.conditions.outdoor else { return }
        let emitters = ServedEmitters(of: network)
        let room = network.conditions.room
        let outdoor = network.conditions.outdoor
        for (position, substation) in network.substations.enumerated() {
            let curve = HeatingCurve(
                room: room, designOutdoor: outdoor, designSupply: substation.secondarySupply,
                designReturn: substation.secondaryReturn, exponent: emitters.bySubstation[position].exponent ?? 1.3)
            let point = curve.point(at: weather.outdoor)
            secondarySupply[position] = point.supply
            secondaryReturn[position] = point.return
        }
        let substations = network.substations
        let mean = substations.isEmpty ? nil : Self.meanReturns(design: substations.map(\.secondaryReturn.celsius), now: secondaryReturn)
        for (position, source) in network.sources.enumerated() {
            if let mean {
                let q = HeatingCurve(
                    room: room, designOutdoor: outdoor, designSupply: source.supplyTemperature,
                    designReturn: Temperature(celsius: mean.design), exponent: 1
                ).relativeLoad(at: weather.outdoor)
                sourceSupply[position] = mean.now + (source.supplyTemperature.celsius - mean.design) * q
            } else if let exponent = emitters.direct.exponent, let nominalReturn = emitters.direct.nominalReturn {
                sourceSupply[position] = HeatingCurve(
                    room: room, designOutdoor: outdoor, designSupply: source.supplyTemperature,
                    designReturn: Temperature(celsius: nominalReturn), exponent: exponent
                ).point(at: weather.outdoor).supply
            }
        }
    }

    private static func meanReturns(design: [Double], now: [Double]) -> (design: Double, now: Double) {
        let count = Double(max(1, design.count))
        return (design.reduce(0, +) / count, now.reduce(0, +) / count)
    }
}

/// Power-weighted means of the emitters behind each substation, and of those without one.
struct ServedEmitters {
    struct Mean {
        var power = 0.0
        var exponentSum = 0.0
        var returnSum = 0.0
        var exponent: Double? { power > 0 ? exponentSum / power : nil }
        var nominalReturn: Double? { power > 0 ? returnSum / power : nil }

        mutating func add(_ emitter: Emitter) {
            let weight = emitter.nominalPower.watts
            guard weight > 0, weight.isFinite else { return }
            power += weight
            exponentSum += weight * emitter.exponent
            returnSum += weight * emitter.nominalReturn.celsius
        }
    }

    var bySubstation: [Mean]
    var direct = Mean()

    init(of network: Network) {
        bySubstation = Array(repeating: Mean(), count: network.substations.count)
        for building in network.buildings {
            for dwelling in network.dwellings[building.dwellings] {
                if let substation = building.substation {
                    bySubstation[substation.position].add(dwelling.emitter)
                } else {
                    direct.add(dwelling.emitter)
                }
            }
        }
    }
}
