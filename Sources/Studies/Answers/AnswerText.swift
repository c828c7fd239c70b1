import NetworkModel
import Reporting

/// Words and numbers of a study's answers, the same on the page and on the console.
struct AnswerText {
    let study: Study
    let texts: Texts

    /// A figure with its unit.
    func number(_ value: Double, _ output: Output) -> String {
        switch output {
        case .share, .openRate, .horizontal, .vertical, .flowLowest, .flowMean: DisplayNumber.percent(value)
        case .heat, .pump, .dwellingHeat, .losses: DisplayNumber.power(value * 1000)
        case .coldest, .secondPercentile, .mean, .warmest, .returnTemperature, .outdoor: DisplayNumber.celsius(value)
        case .dwellingFlow: DisplayNumber.fixed(value, 1)
        default: DisplayNumber.fixed(value, 0)
        }
    }

    /// The name of a figure for people.
    func name(_ output: Output) -> String { output.text.map { texts($0) } ?? output.name }

    /// What is out.
    func outage(_ outage: Answers.OutageAnswer) -> String {
        switch outage.kind {
        case "pumps": texts(StudyText.outPumpOff, outage.id)
        case "sources": texts(StudyText.outSourceOff, outage.id)
        case "pipes": texts(StudyText.outMainOff, outage.id)
        default: outage.id
        }
    }

    /// What a search looked for.
    func question(_ found: Answers.BreakEvenAnswer) -> String {
        let output = WatchedOutput(rawValue: found.output)?.output
        let watched = output.map { name($0) } ?? found.output
        let place = found.zone.isEmpty ? watched : texts(StudyText.inZone, watched, found.zone)
        let limit = output.map { number(found.limit, $0) } ?? DisplayNumber.written(found.limit)
        return "\(found.id): \(place) = \(limit)"
    }

    /// What it found.
    func answer(_ found: Answers.BreakEvenAnswer) -> String {
        switch found.status {
        case "found":
            let isTemperature = study.factors.first { $0.id == found.factor }?.parameter.isTemperature ?? false
            let text = texts(
                StudyText.breakEvenFound, found.factor, at(found) + (isTemperature ? " °C" : ""),
                DisplayNumber.significant(found.width) + (isTemperature ? " K" : ""))
            return found.crossings > 1 ? text + texts(StudyText.several, "\(found.crossings)") : text
        case "never":
            guard let factor = study.factors.first(where: { $0.id == found.factor }) else { return found.status }
            let output = WatchedOutput(rawValue: found.output)?.output
            return texts(
                StudyText.breakEvenNever, DisplayNumber.written(factor.range.lowerBound), DisplayNumber.written(factor.range.upperBound),
                output.map { number(found.low, $0) } ?? "", output.map { number(found.high, $0) } ?? "")
        default: return texts(StudyText.breakEvenFailed)
        }
    }

    /// A point found, to a digit beyond the width it is known to.
    private func at(_ found: Answers.BreakEvenAnswer) -> String {
        var (decimals, scale) = (0, found.width.isFinite ? found.width : 0)
        while scale > 0, scale < 1, decimals < 6 { (decimals, scale) = (decimals + 1, scale * 10) }
        return DisplayNumber.fixed(found.value, decimals)
    }
}
