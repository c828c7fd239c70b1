import Balancing
import NetworkModel

extension ValveRow {
    /// Its notes as sentences; one about a flow that is missed names the setting and the one next to it with what each gives.
    func noteText(_ texts: Texts) -> String {
        notes.map { $0.text(in: texts.language) + ($0.isAboutMiss ? missText(texts) : "") }.joined(separator: texts.language == .chinese ? "；" : "; ")
    }

    /// The flow errors of the setting and of the one next to it; empty where the flow is met.
    private func missText(_ texts: Texts) -> String {
        guard let flowRatio, abs(flowRatio - 1) > Self.flowLimit, !settingLabel.isEmpty else { return "" }
        func miss(_ ratio: Double) -> String { (ratio > 1 ? "+" : "") + texts.percent(ratio - 1) }
        guard let next else { return texts(SheetText.missAtEnd, settingLabel, miss(flowRatio)) }
        return texts(SheetText.missOfNext, settingLabel, miss(flowRatio), next.label, miss(next.flowRatio))
    }
}

extension ValveNote {
    /// Whether it says why a dwelling misses its flow.
    fileprivate var isAboutMiss: Bool {
        switch self {
        case .betweenSettings, .fullyOpenShort, .belowSmallestSetting, .tooSmall: true
        default: false
        }
    }
}
