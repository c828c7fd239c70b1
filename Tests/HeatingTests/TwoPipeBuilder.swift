import NetworkModel
import Quantities

/// Builds two-pipe networks: every place is a pair of nodes, every trench a supply and a return pipe.
struct TwoPipeBuilder {
    var network: NetworkBuilder
    private var pairs: [String: (supply: NodeIndex, back: NodeIndex)] = [:]

    init(conditions: DesignConditions) { network = NetworkBuilder(conditions: conditions) }

    mutating func pair(_ name: String, elevation: Double = 0) -> (supply: NodeIndex, back: NodeIndex) {
        if let pair = pairs[name] { return pair }
        let height = Length(metres: elevation)
        let pair = (
            supply: network.add(Node(id: ElementID(name + "/supply"), line: .supply, elevation: height)),
            back: network.add(Node(id: ElementID(name + "/return"), line: .return, elevation: height))
        )
        pairs[name] = pair
        return pair
    }

    /// Holds the pressure at a place's return.
    mutating func holdPressure(at name: String) {
        network.update(pair(name).back) { $0.fixedPressure = Pressure(kilopascals: 900) }
    }

    mutating func trench(_ id: String, _ from: String, _ to: String, _ pipe: Pipe) {
        let (a, b) = (pair(from), pair(to))
        network.add(pipe, id: ElementID(id + "/supply"), from: a.supply, to: b.supply)
        network.add(pipe, id: ElementID(id + "/return"), from: b.back, to: a.back)
    }

    @discardableResult
    mutating func load(_ id: String, at name: String, _ load: TerminalLoad, kv: Double? = nil) -> TerminalIndex {
        let place = pair(name)
        return network.add(
            Terminal(load: load, kv: kv.map { FlowCoefficient(cubicMetresPerHour: $0) }), id: ElementID(id),
            from: place.supply, to: place.back)
    }

    /// A source from return to supply, with a pump of constant head before it where one is given.
    @discardableResult
    mutating func source(_ source: Source, at name: String, head: Double? = nil) -> SourceIndex {
        let place = pair(name)
        guard let head else { return network.add(source, from: place.back, to: place.supply) }
        let inlet = network.add(Node(id: source.id.part("inlet"), line: .return))
        network.add(
            Pump(characteristic: .constantHead(PressureDifference(pascals: head))), id: source.id.part("pump"),
            from: place.back, to: inlet)
        return network.add(source, from: inlet, to: place.supply)
    }
}

extension Pipe {
    /// A pipe by its usual measures: m, mm, mm, W/(m K).
    static func of(_ length: Double, _ diameter: Double, roughness: Double, loss: Double) -> Pipe {
        Pipe(
            length: Length(metres: length), innerDiameter: Length(millimetres: diameter),
            roughness: Length(millimetres: roughness), heatLoss: LinearTransmittance(loss))
    }
}
