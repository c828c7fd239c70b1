/// A part of a study: some of its units of work, which are scenarios, whole days of hours, and searches, in that order.
public struct StudySlice: Sendable, Hashable {
    /// Which part, from 1.
    public var part: Int
    /// Of how many.
    public var of: Int

    /// The whole study.
    public static let whole = StudySlice(part: 1, of: 1)

    /// Part `k` of `n`, as `k/n`; nil for what is none.
    public init?(_ text: String) {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let part = numbers[0], let of = numbers[1], of >= 1, of <= 1_000_000, (1...of).contains(part) else { return nil }
        self.init(part: part, of: of)
    }

    /// A part of so many.
    public init(part: Int, of: Int) { (self.part, self.of) = (part, of) }
}

/// The units of work of a study: what one worker does in one go.
struct StudyUnits: Sendable {
    /// Scenarios that are no hours.
    let single: Int
    /// How many of those a unit has.
    let together: Int
    /// Scenarios that are hours.
    let hours: Int
    /// Searches.
    let searches: Int

    init(_ list: ScenarioList) {
        hours = list.counts[4]
        single = list.count - hours
        searches = list.study.breakEvens.count
        together = list.study.run == .hydraulics ? 16 : 1
    }

    private var groups: Int { (single + together - 1) / together }
    private var days: Int { (hours + ScenarioWorker.hoursTogether - 1) / ScenarioWorker.hoursTogether }

    /// Number of units.
    var count: Int { groups + days + searches }

    /// A unit.
    enum Unit {
        case scenarios(Range<Int>)
        case search(Int)
    }

    subscript(index: Int) -> Unit {
        if index < groups { return .scenarios(index * together..<min((index + 1) * together, single)) }
        if index < groups + days {
            let first = (index - groups) * ScenarioWorker.hoursTogether
            return .scenarios(single + first..<single + min(first + ScenarioWorker.hoursTogether, hours))
        }
        return .search(index - groups - days)
    }

    /// The units of a slice: neighbours, as even in number as can be.
    func range(of slice: StudySlice) -> Range<Int> {
        let start = count.multipliedFullWidth(by: slice.part - 1)
        let end = count.multipliedFullWidth(by: slice.part)
        return slice.of.dividingFullWidth(start).quotient..<slice.of.dividingFullWidth(end).quotient
    }
}
