import NetworkModel
import Testing

@testable import Studies

/// Scenarios run one after the other by the same worker.
@Suite struct WorkerTests {
    /// A roster after an outage is what it is without one: the network that goes from one roster to the next has nothing shut in it.
    @Test func anOutageLeavesNothingShutForLaterRosters() throws {
        let reading = StudyDistrict.read("""
            { "format": "equitherm-study/1", "run": "solve", "outages": { "pumps": true },
              "factors": [ { "id": "east", "parameter": "open_rate", "element": "east", "values": [0.25, 0.75], "base": 0.5 } ] }
            """)
        let study = try #require(reading.study, "\(reading.problems)")
        let model = try StudyModel(study, StudyDistrict.network(), extended: [])
        let scenarios = ScenarioList(study)
        let outage = scenarios[scenarios.range(of: .outages).lowerBound]
        let roster = scenarios[scenarios.range(of: .design).upperBound - 1]
        var fresh = ScenarioWorker(model)
        let alone = fresh.evaluate(roster)
        var worker = ScenarioWorker(model)
        _ = worker.evaluate(roster)
        #expect(try #require(worker.evaluate(outage).network).links.contains { !$0.isOpen })
        let after = worker.evaluate(roster)
        #expect(try #require(after.network).links.map(\.isOpen) == #require(alone.network).links.map(\.isOpen))
        #expect(after.rooms == alone.rooms)
    }
}
