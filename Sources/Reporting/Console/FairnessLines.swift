import Balancing
import Heating
import NetworkModel

/// What the console says of fairness: rule of thumb, certificate, floor, policies side by side.
struct FairnessLines {
    private let result: RunResult
    private let texts: Texts

    init(_ result: RunResult, texts: Texts) { (self.result, self.texts) = (result, texts) }

    /// The blocks, each with a heading of its own; empty ones where a run has no such figures.
    var blocks: [[String]] { [tiltLaw, verdicts, policies, tradeOff] }

    private var tiltLaw: [String] {
        guard let law = result.tiltLaw, result.network.zones.count > 1 else { return [] }
        var table = TextTable(leading: [0, 1])
        for rule in law.rules.prefix(6) {
            let formula = texts(
                ConsoleText.tiltRule, DisplayNumber.fixed(3600 * rule.base, 2), rule.slope < 0 ? "−" : "+",
                DisplayNumber.fixed(3600 * abs(rule.slope), 2))
            table.add(rule.envelope, formula)
        }
        let zone = law.worstZone.map { result.network.zones[$0].name } ?? ""
        return [texts(ConsoleText.tiltLaw, DisplayNumber.percent(law.zoneError), DisplayNumber.percent(abs(law.worstZoneError)), zone)]
            + table.lines
    }

    private var verdicts: [String] {
        var lines: [String] = []
        if let certificate = result.certificate {
            let gain = DisplayNumber.fixed(certificate.greatestGain, 3)
            let name = certificate.dwelling.map { result.network.dwellings[$0].id.text } ?? ""
            // Of nobody judged there is nothing to say but why.
            if certificate.judged > 0 || certificate.unjudged == 0 {
                lines.append(
                    certificate.isFair
                        ? texts(ConsoleText.certified, DisplayNumber.count(certificate.judged), gain)
                        : texts(ConsoleText.notCertified, name, gain, DisplayNumber.count(certificate.judged)))
            }
            if certificate.unjudged > 0 { lines.append(texts(ConsoleText.notJudged, DisplayNumber.count(certificate.unjudged))) }
        }
        if result.recommendation?.allocation.dropsLeastFlow == true { lines.append(texts(ConsoleText.leastFlowDropped)) }
        if let allocation = result.recommendation?.allocation, allocation.policy == .equalTemperature, isSharedShort(allocation) {
            lines.append(texts(ConsoleText.mostInstead))
        }
        if let allocation = result.recommendation?.allocation, case .mostAtTarget(let asked) = allocation.policy, let kept = allocation.floor {
            if kept < asked { lines.append(texts(ConsoleText.floorLowered, DisplayNumber.celsius(asked), DisplayNumber.celsius(kept))) }
            let exempt = FairnessFigures(result).exempt(allocation).count
            if exempt > 0 { lines.append(texts(ConsoleText.floorExempt, DisplayNumber.count(exempt), DisplayNumber.celsius(kept))) }
        }
        return lines
    }

    /// Whether what all share is so short that fewer than half of the open dwellings reach the target.
    private func isSharedShort(_ allocation: Allocation) -> Bool {
        let share = RoomSummary(of: allocation.dwellings.room, in: result.network).shareAtTarget
        switch allocation.bottlenecks.first?.limit {
        case .sourceHeat, .sourceFlow, .exchanger, .primaryFlow, .substationHeat, .pumpHead, .pipe: return share < 0.5
        default: return false
        }
    }

    private var policies: [String] {
        guard let comparison = result.comparison else { return [] }
        var table = TextTable()
        let target = DisplayNumber.celsius(result.network.conditions.room.celsius)
        table.add(
            "", texts(FigureText.shareAtTarget, target), texts(FigureText.coldest), texts(FigureText.meanRoom), texts(FigureText.tilt),
            texts(FigureText.sourceHeat), texts(FigureText.returnTemperature), texts(FigureText.pumpPower),
            texts(FigureText.sharedAtTarget), texts(FigureText.sharedColdest))
        for entry in comparison.entries {
            let figures = PolicyFigures(entry)
            table.add(
                figures.name, DisplayNumber.percent(figures.state.rooms.shareAtTarget), DisplayNumber.celsius(figures.state.rooms.lowest),
                DisplayNumber.celsius(figures.state.rooms.mean),
                "\(DisplayNumber.fixed(figures.tilts.least, 2))–\(DisplayNumber.fixed(figures.tilts.greatest, 2))",
                DisplayNumber.power(figures.state.sourceHeat), DisplayNumber.celsius(figures.state.sourceReturn),
                DisplayNumber.power(figures.state.pumpPower), DisplayNumber.percent(figures.shared.shareAtTarget),
                DisplayNumber.celsius(figures.shared.lowest))
        }
        return [texts(ConsoleText.policies)] + table.lines + zoneFlows(comparison)
    }

    /// Flow and heat of every zone by policy.
    private func zoneFlows(_ comparison: PolicyComparison) -> [String] {
        let zones = result.network.zones
        guard zones.count > 1 else { return [] }
        var table = TextTable()
        table.add([""] + zones.prefix(6).map(\.name))
        for entry in comparison.entries {
            table.add(
                [entry.allocation.policy.label]
                    + entry.allocation.zoneSummaries.prefix(6).map {
                        "\(DisplayNumber.fixed(3.6 * $0.allocatedFlow.kilogramsPerSecond, 1)) t/h \(DisplayNumber.power($0.allocatedHeat.watts))"
                    })
        }
        return [texts(ConsoleText.zoneFlows)] + table.lines + (zones.count > 6 ? ["  … policies.csv"] : [])
    }

    private var tradeOff: [String] {
        guard let comparison = result.comparison, !comparison.curve.isEmpty else { return [] }
        var table = TextTable()
        for point in comparison.curve {
            table.add(point.policy.label, DisplayNumber.celsius(point.coldestShared), DisplayNumber.percent(point.shareAtTarget))
        }
        return [texts(ConsoleText.tradeOff)] + table.lines
    }
}
