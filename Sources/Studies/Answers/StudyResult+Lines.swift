import NetworkFiles
import Reporting

extension StudyResult {
    /// What a person reads on the console: how it went, and the answers in a line each.
    public func lines(texts: Texts) -> [String] {
        var lines = [texts(StudyText.finished, DisplayNumber.count(answers.solved + answers.failed), DisplayNumber.count(answers.failed))]
        lines += answers.reasons.prefix(3).map { "  " + texts(StudyText.failedScenarios, "\($0.scenario)", $0.reason(texts)) }
        if !answers.breakEvens.isEmpty {
            lines += ["", texts(StudyText.breakEvens)]
            let text = AnswerText(study: model.study, texts: texts)
            lines += answers.breakEvens.flatMap { ["  " + text.question($0), "    " + text.answer($0)] }
        }
        let told = Output.told(model.study.run)[0]
        if let first = answers.sensitivities.first(where: { $0.output == told }), first.standardized.isFinite || first.swing.isFinite {
            lines += ["", texts(first.swing.isFinite ? StudyText.consoleSwing : .consoleStandard, told.text.map { texts($0) } ?? told.name)]
            lines += answers.sensitivities.filter { $0.output == told }.prefix(5).map { row in
                "  \(row.factor): \(row.swing.isFinite ? (told == .share ? DisplayNumber.percent(row.swing) : DisplayNumber.fixed(row.swing, 0)) : DisplayNumber.fixed(row.standardized, 2))"
            }
        }
        if !answers.remedies.isEmpty {
            lines += ["", texts(StudyText.consoleRemedies)]
            lines += answers.remedies.prefix(5).map { remedy in
                let gain = remedy.gainPerCost.isFinite ? " (" + texts(StudyText.consolePerCost, DisplayNumber.significant(remedy.gainPerCost)) + ")" : ""
                return "  \(remedy.id): \(DisplayNumber.fixed(-remedy.degreeDwellings, 1))\(gain)"
            }
        }
        if !answers.outages.isEmpty {
            lines += ["", texts(StudyText.consoleOutages, texts(StudyText.outShare))]
            let text = AnswerText(study: model.study, texts: texts)
            lines += answers.outages.prefix(3).map { outage in
                "  \(text.outage(outage)): " + (outage.reason.isEmpty ? DisplayNumber.percent(outage.share) : texts(StudyText.noAnswer))
            }
        }
        if let year = answers.year {
            lines += ["", texts(StudyText.year)]
            lines.append("  " + texts(
                StudyText.consoleYear, DisplayNumber.fixed(year.total.heat / 1000, 0), DisplayNumber.fixed(year.total.pump / 1000, 1)))
        }
        return lines + [""]
    }
}
