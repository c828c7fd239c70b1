import NetworkModel
import Quantities

/// A scenario's network: the study's own with what the scenario changes. Everything but states of dwellings, weather and supply
/// temperatures is *structure*, for which circuits are compiled anew.
struct ScenarioNetwork {
    private let study: Study
    private let random: CounterRandom

    init(_ study: Study) {
        self.study = study
        random = CounterRandom(seed: study.seed)
    }

    /// What a scenario's structure depends on; scenarios of one key share it.
    struct Key: Hashable {
        /// Value by factor that changes the structure; nil for the others.
        var values: [Double?]
        var remedies: [Int]
        /// The draw, where something uncertain is drawn.
        var draw: Int?

        /// Whether it is the structure of the study's own network.
        var isPlain: Bool { values.allSatisfy { $0 == nil } && remedies.isEmpty && draw == nil }
    }

    /// The key of a scenario's structure.
    func key(of scenario: Scenario) -> Key {
        let values = zip(study.factors, scenario.values).map { factor, value in factor.parameter.isStructure ? value : nil }
        let isUncertain = (study.draws?.envelopeDeviation ?? 0) > 0 || (study.draws?.roughnessDeviation ?? 0) > 0
        return Key(values: values, remedies: scenario.remedies, draw: isUncertain ? scenario.draw : nil)
    }

    /// Changes a network to the structure of a key.
    func apply(_ key: Key, to network: inout Network) {
        let finder = PartRanges(network)
        for (factor, value) in zip(study.factors, key.values) {
            if let value { apply(factor, value, finder, &network) }
        }
        for remedy in key.remedies { apply(study.remedies[remedy].change, finder, &network) }
        if let draw = key.draw, let draws = study.draws { apply(draws, draw, &network) }
    }

    private func apply(_ factor: Factor, _ value: Double, _ finder: PartRanges, _ network: inout Network) {
        switch factor.parameter {
        case .heatLimit: scaleHeatLimits(factor.part, value, &network)
        case .pumpSpeed:
            if case .pump(let pump) = factor.part { return network.scaleSpeed(by: value, of: pump) }
            for pump in network.pumps.indices { network.scaleSpeed(by: value, of: PumpIndex(pump)) }
        case .envelope: for range in finder.ranges(factor.part) { network.scaleEnvelope(by: value, of: range) }
        case .neighbour: for building in finder.buildings(factor.part) { network.scaleCouplings(by: value, of: building) }
        case .gains: for range in finder.ranges(factor.part) { network.scaleGains(by: value, of: range) }
        case .emitter: for range in finder.ranges(factor.part) { network.scaleEmitters(by: value, of: range) }
        case .roughness:
            if case .pipes(let pipes) = factor.part {
                for pipe in pipes { network.scaleRoughness(by: value, of: pipe) }
            } else {
                for pipe in network.pipes.indices { network.scaleRoughness(by: value, of: PipeIndex(pipe)) }
            }
        case .outdoor, .ground, .target, .supply, .openRate, .clustering, .remedy: break
        }
    }

    private func scaleHeatLimits(_ part: NetworkPart?, _ factor: Double, _ network: inout Network) {
        for source in network.sources.indices {
            if case .source(let only) = part, only.position != source { continue }
            guard let limit = network.sources[source].heatLimit else { continue }
            network.setHeatLimit(Power(watts: limit.watts * factor), of: SourceIndex(source))
        }
    }

    private func apply(_ change: Remedy.Change, _ finder: PartRanges, _ network: inout Network) {
        switch change {
        case .pipeSize(let pipes, let diameters):
            for (pipe, diameter) in zip(pipes, diameters) { network.setInnerDiameter(Length(diameter), of: pipe) }
        case .emitters(let ranges, let factor): for range in ranges { network.scaleEmitters(by: factor, of: range) }
        case .insulation(let ranges, let factor): for range in ranges { network.scaleEnvelope(by: factor, of: range) }
        case .valves(let valves, let factor): for valve in valves { network.scaleKv(by: factor, of: valve) }
        case .pump(let pump, let factor): network.scaleSpeed(by: factor, of: pump)
        case .exchanger(let substation, let factor): network.scaleExchanger(by: factor, of: substation)
        case .moreHeat(let source, let watts):
            guard let limit = network.sources[source].heatLimit else { return }
            network.setHeatLimit(Power(watts: limit.watts + watts), of: source)
        // The network that stands for this one has the source already.
        case .newSource: break
        }
    }

    private func apply(_ draws: Study.Draws, _ draw: Int, _ network: inout Network) {
        for building in network.buildings.indices where draws.envelopeDeviation > 0 {
            let factor = NormalDistribution.factor(
                deviation: draws.envelopeDeviation, normal: random.normal(.envelope, draw: draw, element: building))
            network.scaleEnvelope(by: factor, of: network.buildings[building].dwellings)
        }
        for pipe in network.pipes.indices where draws.roughnessDeviation > 0 {
            let factor = NormalDistribution.factor(
                deviation: draws.roughnessDeviation, normal: random.normal(.roughness, draw: draw, element: pipe))
            network.scaleRoughness(by: factor, of: PipeIndex(pipe))
        }
    }
}

extension Factor.Parameter {
    /// Whether a value of it changes what is compiled.
    var isStructure: Bool {
        switch self {
        case .heatLimit, .pumpSpeed, .envelope, .neighbour, .gains, .roughness, .emitter: true
        case .outdoor, .ground, .target, .supply, .openRate, .clustering, .remedy: false
        }
    }

    /// Whether its values are degrees Celsius.
    var isTemperature: Bool {
        switch self {
        case .outdoor, .ground, .target, .supply: true
        default: false
        }
    }
}

/// Dwellings and buildings of parts of a network.
private struct PartRanges {
    private let network: Network

    init(_ network: Network) { self.network = network }

    func buildings(_ part: NetworkPart?) -> [BuildingIndex] {
        let all = network.buildings.indices.map { BuildingIndex($0) }
        switch part {
        case .zone(let zone): return all.filter { network.buildings[$0].zone == zone }
        case .building(let building): return [building]
        default: return all
        }
    }

    func ranges(_ part: NetworkPart?) -> [Range<Int>] { buildings(part).map { network.buildings[$0].dwellings } }
}
