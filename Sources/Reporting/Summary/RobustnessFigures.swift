import Balancing

/// How the settings hold when the world does not stay as it was, for people: a row an event.
struct RobustnessFigures {
    private let cases: [Robustness.Case]

    /// The figures of a proof; nil where nothing was tried but the plan itself.
    init?(_ robustness: Robustness?) {
        guard let robustness, robustness.cases.count > 1 else { return nil }
        cases = robustness.cases
    }

    /// Headings of ``rows``.
    static let headings: [FigureText] = [.event, .atTarget, .nearTarget, .coldest, .flowsKept]

    /// A row an event: what happens, then its figures.
    var rows: [(event: FigureText, cells: @Sendable (Texts) -> [String])] {
        cases.map { entry in
            (Self.text(entry.event), { texts in
                [
                    texts.percent(entry.rooms.shareAtTarget), texts.percent(entry.shareNearTarget), texts.celsius(entry.rooms.lowest),
                    texts.percent(entry.shareOfFlowsKept),
                ]
            })
        }
    }

    private static func text(_ event: Robustness.Event) -> FigureText {
        switch event {
        case .asPlanned: .asPlanned
        case .dwellingsClose: .dwellingsClose
        case .dwellingsOpen: .dwellingsOpen
        case .pumpsSlower: .pumpsSlower
        case .colder: .colder
        }
    }
}
