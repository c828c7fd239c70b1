import Balancing
import Heating
import Hydraulics
import NetworkModel
import Reporting

/// Why a scenario has no answer, in every language: rows are written once and read by whoever opens the page.
public struct FailureReason: Error, Hashable, Sendable {
    /// For `reason`.
    public var english: String
    /// For `reason_zh`.
    public var chinese: String

    /// A reason of the catalogue.
    init(_ text: StudyText) { self.init { $0(text) } }

    /// A failed hydraulic solve.
    init(_ failure: HydraulicFailure, in network: Network) { self.init { FailureText(failure, in: network, texts: $0).reason } }

    /// A failed simulation.
    init(_ failure: SimulationFailure, in network: Network) { self.init { FailureText(failure, in: network, texts: $0).reason } }

    /// A failed balance.
    init(_ failure: BalanceFailure, in network: Network) { self.init { FailureText(failure, in: network, texts: $0).reason } }

    /// As it stands in the rows.
    init(english: String, chinese: String) { (self.english, self.chinese) = (english, chinese) }

    private init(_ text: (Texts) -> String) { self.init(english: text(Texts(.english)), chinese: text(Texts(.chinese))) }

    /// The reason in a language.
    public func callAsFunction(_ texts: Texts) -> String {
        switch texts.language {
        case .english: english
        case .chinese: chinese
        }
    }
}
