import Dispatch
import Heating
import NetworkFiles
import NetworkModel
import Reporting
import Synchronization

/// Runs the units of a study in parallel and writes what comes of them in order.
///
/// Units go through in windows: all of a window are run by the workers in any order, then their rows are written in theirs. So
/// memory holds one window, whatever the number of scenarios; the size of a window follows the time it takes.
public struct StudyRunner: Sendable {
    private let model: StudyModel
    private let rows: StudyRows
    private let units: StudyUnits
    private let threads: Int
    private let zoneOf: [Int32]

    /// A runner of a study.
    ///
    /// - Parameter threads: workers; nil = one a processor. The result does not depend on it.
    public init(_ model: StudyModel, threads: Int?) {
        self.model = model
        rows = StudyRows(model)
        units = StudyUnits(model.scenarios)
        self.threads = Workers.count(threads)
        zoneOf = model.network.dwellings.indices.map { position in
            let zone = model.network.zone(of: DwellingIndex(position)).position
            return model.network.zones.indices.contains(zone) ? Int32(zone) : -1
        }
    }

    /// Number of scenarios and searches of the whole study.
    public var unitCount: Int { units.count }

    /// How far a run is.
    public struct Progress: Sendable {
        /// Units done, of how many.
        public var done: Int
        /// Units of the slice.
        public var total: Int
        /// Time that the rest will take, s; nil where unknown.
        public var secondsLeft: Double?
    }

    /// Runs a slice into its folder, going on where an earlier run of the same study stopped.
    ///
    /// - Throws: ``StudyFailure`` where the folder cannot be written or belongs to another study.
    public func run(_ slice: StudySlice, in work: WorkFolder, progress: (Progress) -> Void) throws(StudyFailure) {
        let range = units.range(of: slice)
        var state = try work.resume() ?? WorkState(
            next: range.lowerBound, rowBytes: 0, searchBytes: 0,
            counts: RoomCounts(dwellings: model.network.dwellings.count, zones: model.network.zones.count))
        if state.next == range.lowerBound && state.rowBytes == 0 {
            let header = rows.headerLine
            let searches = BreakEvenSearch.headerLine
            try work.append(header, searches)
            (state.rowBytes, state.searchBytes) = (header.count, searches.count)
        }
        let counts = Slot(state.counts)
        let workers = (0..<threads).map { _ in Slot(ScenarioWorker(model)) }
        let clock = ContinuousClock()
        let begin = clock.now
        let first = state.next
        var saved: ContinuousClock.Instant?
        var window = threads * 2
        while state.next < range.upperBound {
            let part = state.next..<min(state.next + window, range.upperBound)
            let start = clock.now
            let lines = run(part, workers, counts)
            var (text, searches): ([UInt8], [UInt8]) = ([], [])
            for line in lines {
                text += line.rows
                searches += line.search
            }
            try work.append(text, searches)
            state.next = part.upperBound
            state.rowBytes += text.count
            state.searchBytes += searches.count
            let now = clock.now
            let took = (now - start).seconds
            // A window takes some seconds: long enough that waiting for its last unit costs little.
            if took < 1.5 { window = min(window * 2, max(threads, 4096 / units.together)) } else if took > 6 { window = max(threads, window / 2) }
            // The first window at once, so that a run that is killed early has something to go on from.
            if saved.map({ (now - $0).seconds > 2 }) ?? true || state.next == range.upperBound {
                state.counts = counts.value.withLock { $0 }
                try work.save(state)
                saved = clock.now
            }
            let rate = Double(state.next - first) / max((now - begin).seconds, 1e-9)
            progress(Progress(
                done: state.next - range.lowerBound, total: range.count,
                secondsLeft: rate > 0 ? Double(range.upperBound - state.next) / rate : nil))
        }
        if range.isEmpty || first == range.upperBound { try work.save(state) }
    }

    /// What a unit adds to the files.
    private struct Lines: Sendable {
        var rows: [UInt8] = []
        var search: [UInt8] = []
    }

    private func run(_ part: Range<Int>, _ workers: [Slot<ScenarioWorker>], _ counts: Slot<RoomCounts>) -> [Lines] {
        let slots = part.map { _ in Slot(Lines()) }
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(workers.count, part.count)) { place in
            workers[place].value.withLock { worker in
                while true {
                    let position = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard position < part.count else { return }
                    let lines = run(units[part.lowerBound + position], &worker, counts)
                    slots[position].value.withLock { $0 = lines }
                }
            }
        }
        return slots.map { slot in slot.value.withLock { $0 } }
    }

    private func run(_ unit: StudyUnits.Unit, _ worker: inout ScenarioWorker, _ counts: Slot<RoomCounts>) -> Lines {
        var lines = Lines()
        switch unit {
        case .scenarios(let range):
            for first in stride(from: range.lowerBound, to: range.upperBound, by: worker.width) {
                let scenarios = (first..<min(first + worker.width, range.upperBound)).map { model.scenarios[$0] }
                for (scenario, answer) in zip(scenarios, worker.evaluate(scenarios)) {
                    lines.rows += rows.line(scenario, answer.result)
                    guard scenario.block == countedBlock, !answer.rooms.isEmpty else { continue }
                    let readings = readings(answer)
                    counts.value.withLock { $0.add(readings) }
                }
            }
        case .search(let number):
            let search = BreakEvenSearch(model: model, question: model.study.breakEvens[number])
            lines.search = search.line(search.run(&worker))
        }
        return lines
    }

    /// The part of the study whose rooms are counted: the design, or the hours of a study without one.
    private var countedBlock: Scenario.Block { model.scenarios.counts[1] > 0 ? .design : .hours }

    private func readings(_ answer: ScenarioWorker.Answer) -> [RoomCounts.Reading] {
        let network = answer.network ?? model.network
        let states = answer.states ?? model.rosters.today
        var readings: [RoomCounts.Reading] = []
        for position in answer.rooms.indices where states[position] == .open && network.dwellings[position].terminal != nil {
            let room = answer.rooms[position]
            guard room.magnitude < 1000 else { continue }
            let target = network.target(of: DwellingIndex(position)).celsius
            readings.append(RoomCounts.Reading(
                dwelling: Int32(position), zone: zoneOf[position], millikelvin: Int32((room * 1000).rounded()),
                isReached: room >= target - RoomSummary.tolerance))
        }
        return readings
    }
}
