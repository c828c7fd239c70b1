import Balancing
import Reporting

/// Tells on the terminal which stage of a balance is at work.
struct BalanceProgress: Sendable {
    let console: Console
    let texts: Texts
    let dwellings: Int

    /// A stage begins.
    func begin(_ stage: BalanceStage) {
        let name: ConsoleText =
            switch stage {
            case .need: .stageNeed
            case .before: .stageBefore
            case .allocation: .stageAllocation
            case .settings: .stageSettings
            case .verification: .stageVerification
            }
        console.progress(
            texts(
                ConsoleText.balancing, DisplayNumber.count(dwellings), DisplayNumber.count(stage.rawValue + 1),
                DisplayNumber.count(BalanceStage.allCases.count), texts(name)))
    }
}
