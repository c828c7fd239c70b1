import Balancing

/// One scenario of a study, by value: everything that makes it differ from the base case.
public struct Scenario: Sendable {
    /// Its place in the study, from 0, the base case.
    public var index: Int
    /// The part of the study it belongs to.
    public var block: Block
    /// Value by factor; nil where the factor stays as in the base case and the network has its own value.
    public var values: [Double?]
    /// Draw from 1; nil for today's roster and nothing uncertain.
    public var draw: Int?
    /// Policy by its place in ``Study/policies``.
    public var policy = 0
    /// Measures taken.
    public var remedies: [Int] = []
    /// What is out.
    public var outage: Int?
    /// Hour by its place in ``Study/weather``.
    public var hour: Int?

    /// The parts of a study, in their order.
    public enum Block: String, Sendable, CaseIterable {
        case base, design, remedies, outages, hours
    }
}

/// All scenarios of a study in order; each is computed from its number, so that a million of them take no memory.
struct ScenarioList: Sendable {
    let study: Study
    /// Points of the design without draws.
    let points: Int
    /// Number of scenarios by block, in the order of ``Scenario/Block``.
    let counts: [Int]
    private let permutations: [Permutation]
    private let random: CounterRandom
    /// Number of factor values tried one at a time, by factor.
    private let steps: [[Double]]

    init(_ study: Study) {
        self.study = study
        random = CounterRandom(seed: study.seed)
        steps = study.factors.map { factor in factor.levels.filter { $0 != factor.base } }
        switch study.design {
        case .grid:
            // Values of factors and policies, saturating: the reader has refused absurd products.
            let sizes = study.factors.map(\.levels.count) + [study.policies.count]
            points = sizes.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        case .oneAtATime: points = steps.reduce(1) { $0 + $1.count } + study.policies.count - 1
        case .latinHypercube, .random: points = study.samples * study.policies.count
        }
        let points = points
        permutations = study.design == .latinHypercube
            ? study.factors.indices.map { Permutation(count: study.samples, number: $0, random: CounterRandom(seed: study.seed)) } : []
        let draws = study.draws?.count ?? 1
        // Without draws the first point of a design without factors is the base case once more.
        let design = points == 1 && study.draws == nil ? 0 : points * draws
        let remedies = study.remedies.isEmpty ? 0 : study.remedies.count * Self.remedyDraws(study) + (study.draws == nil ? 0 : Self.remedyDraws(study))
        counts = [1, design, remedies, study.outages.count, study.weather?.hours.count ?? 0]
    }

    /// Number of scenarios.
    var count: Int { counts.reduce(0, +) }

    /// Draws that each remedy is judged by: at most 16, and the same ones for all of them.
    static func remedyDraws(_ study: Study) -> Int { min(study.draws?.count ?? 1, 16) }

    /// The first scenario of a block, and how many it has.
    func range(of block: Scenario.Block) -> Range<Int> {
        let place = Scenario.Block.allCases.firstIndex(of: block) ?? 0
        let start = counts[..<place].reduce(0, +)
        return start..<start + counts[place]
    }

    /// The scenario of a number.
    subscript(index: Int) -> Scenario {
        var rest = index
        var scenario = Scenario(index: index, block: .base, values: study.factors.map(\.base), draw: nil)
        for (block, count) in zip(Scenario.Block.allCases, counts) {
            if rest >= count {
                rest -= count
                continue
            }
            scenario.block = block
            switch block {
            case .base: break
            case .design: fillDesign(rest, &scenario)
            case .remedies: fillRemedy(rest, &scenario)
            case .outages: scenario.outage = rest
            case .hours: scenario.hour = rest
            }
            break
        }
        return scenario
    }

    private func fillRemedy(_ number: Int, _ scenario: inout Scenario) {
        let draws = Self.remedyDraws(study)
        if study.draws != nil { scenario.draw = number % draws + 1 }
        // With draws the first of them go without any measure, to compare with.
        let remedy = number / draws - (study.draws == nil ? 0 : 1)
        if remedy >= 0 { scenario.remedies = [remedy] }
    }

    private func fillDesign(_ number: Int, _ scenario: inout Scenario) {
        let draws = study.draws?.count ?? 1
        var point = number / draws
        if study.draws != nil { scenario.draw = number % draws + 1 }
        switch study.design {
        case .grid:
            scenario.policy = point % study.policies.count
            point /= study.policies.count
            for (place, factor) in study.factors.enumerated().reversed() {
                scenario.values[place] = factor.levels[point % factor.levels.count]
                point /= factor.levels.count
            }
        case .oneAtATime:
            if point == 0 { break }
            point -= 1
            for (place, values) in steps.enumerated() {
                if point < values.count {
                    scenario.values[place] = values[point]
                    return
                }
                point -= values.count
            }
            scenario.policy = point + 1
        case .random, .latinHypercube:
            scenario.policy = point % study.policies.count
            point /= study.policies.count
            for (place, factor) in study.factors.enumerated() {
                var share = random.unit(.factor, draw: point, element: place)
                if study.design == .latinHypercube {
                    share = (Double(permutations[place](point)) + share) / Double(study.samples)
                }
                scenario.values[place] = factor.value(at: share)
            }
        }
        for (place, factor) in study.factors.enumerated() where factor.parameter == .remedy {
            if case .remedy(let remedy) = factor.part, scenario.values[place] == 1 { scenario.remedies.append(remedy) }
        }
    }
}

extension Factor {
    /// The value below which a share of its distribution lies.
    func value(at share: Double) -> Double {
        if parameter == .remedy { return share < 0.5 ? 0 : 1 }
        if !weights.isEmpty { return level(at: share) }
        let (low, high) = (range.lowerBound, range.upperBound)
        switch distribution {
        case .uniform: return low + share * (high - low)
        case .normal(let mean, let deviation):
            let value = mean + deviation * NormalDistribution.quantile(min(max(share, 1e-9), 1 - 1e-9))
            return min(max(value, low), high)
        case .triangular(let peak):
            guard high > low else { return low }
            let rise = (peak - low) / (high - low)
            return share < rise
                ? low + (share * (high - low) * (peak - low)).squareRoot()
                : high - ((1 - share) * (high - low) * (high - peak)).squareRoot()
        }
    }

    private func level(at share: Double) -> Double {
        let total = weights.reduce(0, +)
        var sum = 0.0
        for (level, weight) in zip(levels, weights) {
            sum += weight / total
            if share < sum { return level }
        }
        return levels[levels.count - 1]
    }
}
