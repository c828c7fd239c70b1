import Balancing
import Heating
import Hydraulics
import NetworkFiles
import NetworkModel

/// Why there is no trustworthy answer, said with the element to look at and how far the iteration came.
public struct FailureText: Sendable {
    /// The lines to show.
    public let lines: [String]
    /// Those of them that say how far the iteration came, at the end.
    private let historyLines: Int

    /// Why there is no answer, in one line, without how far the iteration came.
    public var reason: String {
        lines.dropLast(historyLines).flatMap { $0.split(separator: "\n") }.map { line in
            String(line.drop { $0 == " " })
        }.joined(separator: " ")
    }

    /// The text of a failed simulation.
    public init(_ failure: SimulationFailure, in network: Network, texts: Texts) {
        lines = Self.lines(failure, in: network, texts: texts)
        historyLines = lines.count - 1
    }

    /// The text of a failed hydraulic solve.
    public init(_ failure: HydraulicFailure, in network: Network, texts: Texts) {
        let last = failure.residualHistory.suffix(8).map { DisplayNumber.scientific($0.pressure) }.joined(separator: ", ")
        lines = [Self.text(failure, in: network, texts: texts)] + (last.isEmpty ? [] : [texts(ConsoleText.pressureHistory, last)])
        historyLines = lines.count - 1
    }

    /// The text of a failed balance.
    public init(_ failure: BalanceFailure, in network: Network, texts: Texts) {
        switch failure {
        case .hydraulics(let hydraulics):
            lines = [Self.text(hydraulics, in: network, texts: texts)]
            historyLines = 0
        case .verification(let failure):
            lines = [texts(ConsoleText.failedVerification)] + Self.lines(failure, in: network, texts: texts)
            historyLines = lines.count - 2
        }
    }

    private static func lines(_ failure: SimulationFailure, in network: Network, texts: Texts) -> [String] {
        var lines: [String] = []
        switch failure.reason {
        case .hydraulics(let hydraulics):
            lines.append(text(hydraulics, in: network, texts: texts))
        case .contradicted(let check):
            let misses = SolutionCheck.Criterion.allCases.compactMap { criterion -> String? in
                let worst = check.worst(of: criterion)
                guard !worst.passes else { return nil }
                return "\(criterion.rawValue) \(DisplayNumber.scientific(worst.error)) \(criterion.unit)"
            }
            let element = failure.worst.map { "\($0.kind) \($0.id.text)" } ?? DisplayNumber.none
            lines.append(texts(ConsoleText.contradicted, misses.joined(separator: ", "), element))
        case .notConverged:
            let element = failure.worst.map { "\($0.kind) \($0.id.text)" } ?? DisplayNumber.none
            lines.append(
                texts(
                    ConsoleText.notConverged, DisplayNumber.count(failure.history.count),
                    DisplayNumber.scientific(failure.history.last ?? .nan), element,
                    DisplayNumber.scientific(failure.energyResidual)))
        }
        let last = failure.history.suffix(8).map(DisplayNumber.scientific).joined(separator: ", ")
        if !last.isEmpty { lines.append(texts(ConsoleText.residualHistory, last)) }
        return lines
    }

    private static func text(_ failure: HydraulicFailure, in network: Network, texts: Texts) -> String {
        var text = ProblemRenderer(sources: [], language: texts.language).text(failure.problem(in: network))
        while text.last == "\n" { text.removeLast() }
        return text
    }
}

extension SolutionCheck {
    fileprivate func worst(of criterion: Criterion) -> Worst {
        switch criterion {
        case .mass: mass
        case .energy: energy
        case .loop: loop
        case .setPoint: setPoint
        }
    }
}
