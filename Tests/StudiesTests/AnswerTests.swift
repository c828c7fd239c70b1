import Foundation
import NetworkModel
import Quantities
import Testing

@testable import Studies

@Suite struct AnswerTests {
    @Test func regressionFindsAPlane() {
        var regression = Regression(factors: 2, outputs: 1)
        let random = CounterRandom(seed: 1)
        for row in 0..<50 {
            let x = [random.unit(.factor, draw: row, element: 0) + 1e4, random.unit(.factor, draw: row, element: 1)]
            regression.add(x, [2 * x[0] - 3 * x[1] + 7])
        }
        let fit = regression.fit(0)
        // An offset of 1e4 costs eight of sixteen digits.
        #expect(abs(fit.slopes[0] - 2) < 1e-7 && abs(fit.slopes[1] + 3) < 1e-7)
        #expect(abs(fit.explained - 1) < 1e-9)
    }

    @Test func aFactorThatAnotherDeterminesHasNoSlope() {
        var regression = Regression(factors: 2, outputs: 1)
        for row in 0..<9 { regression.add([Double(row), 2 * Double(row)], [Double(row)]) }
        let slopes = regression.fit(0).slopes
        #expect(slopes[0].isNaN && slopes[1].isNaN)
    }

    @Test func countsOfSlicesAddUpToThoseOfTheWhole() {
        func readings(_ scenario: Int) -> [RoomCounts.Reading] {
            (0..<5).map { dwelling in
                RoomCounts.Reading(
                    dwelling: Int32(dwelling), zone: Int32(dwelling % 2), millikelvin: Int32(15_000 + (scenario * 37 + dwelling * 811) % 5000),
                    isReached: (scenario + dwelling) % 3 == 0)
            }
        }
        var whole = RoomCounts(dwellings: 5, zones: 2)
        var parts = [RoomCounts(dwellings: 5, zones: 2), RoomCounts(dwellings: 5, zones: 2)]
        for scenario in 0..<100 {
            whole.add(readings(scenario))
            parts[scenario % 2].add(readings(scenario))
        }
        let first = parts[0]
        let isMerged = parts[1].merge(first)
        #expect(isMerged)
        var (one, other): ([UInt8], [UInt8]) = ([], [])
        whole.append(to: &one)
        parts[1].append(to: &other)
        #expect(one == other)
        var reader = ByteReader(bytes: one)
        var again: [UInt8] = []
        RoomCounts(&reader)?.append(to: &again)
        #expect(again == one)
        var torn = ByteReader(bytes: Array(one.dropLast(3)))
        #expect(RoomCounts(&torn) == nil)
        let all = (0..<100).flatMap { readings($0) }.map { Double($0.millikelvin) / 1000 }.sorted()
        // Interpolated within a band of 0.05 K.
        #expect(abs(whole.quantile(0.5, ofZone: 2) - all[249]) < 0.05)
    }

    // MARK: Closed forms

    /// Room = To + Q/He for the one dwelling of ``StudyDistrict/single``.
    private var conductance: Double { StudyDistrict.network(StudyDistrict.single).dwellings[0].exteriorConductance.value }

    private func run(_ study: String, threads: Int = 1) throws -> (model: StudyModel, answers: Answers) {
        let reading = StudyDistrict.read(study, for: StudyDistrict.single)
        let study = try #require(reading.study, "\(reading.problems)")
        let model = try StudyModel(study, StudyDistrict.network(StudyDistrict.single), extended: reading.extended)
        let folder = try ScratchFolder()
        let work = WorkFolder(for: folder.path + "/out", fingerprint: "test")
        try StudyRunner(model, threads: threads).run(.whole, in: work) { _ in }
        return (model, try StudyResult(model, in: work).answers)
    }

    @Test func breakEvenOutdoorTemperatureOfOneDwelling() throws {
        let (model, answers) = try run("""
            { "format": "equitherm-study/1", "run": "solve",
              "factors": [ { "id": "cold", "parameter": "outdoor_c", "from": -30, "to": 10 } ],
              "break_evens": [ { "id": "q", "factor": "cold", "output": "room_min_c", "limit": 18, "tolerance": 0.01 } ] }
            """)
        let expected = 18 - 2000 / conductance
        let found = try #require(answers.breakEvens.first)
        #expect(found.status == "found" && found.crossings == 1)
        // Rooms are solved to 1e-3 K and written to as much; the search ends at 0.01 K and interpolates.
        #expect(abs(found.value - expected) < 3e-3)
        #expect(abs(model.base[.coldest] - (-10 + 2000 / conductance)) < 2e-3)
        // One kelvin outdoors is one kelvin indoors while the source gives all it can.
        let slope = try #require(answers.sensitivities.first { $0.output == .heat })
        #expect(abs(slope.slope) < 1e-3)
    }

    @Test func measuresHaveTheirClosedForms() throws {
        let (model, answers) = try run("""
            { "format": "equitherm-study/1", "run": "solve", "outdoor_c": -30,
              "remedies": [ { "id": "boiler", "kind": "source", "element": "plant", "heat_kw": 0.5, "cost": 10 },
                            { "id": "wall", "kind": "insulation", "element": "B1", "factor": 0.8, "cost": 100 },
                            { "id": "nothing", "kind": "emitter", "element": "B1", "factor": 1 } ] }
            """)
        let room = -30 + 2000 / conductance
        #expect(abs(model.base[.coldest] - room) < 2e-3)
        #expect(answers.remedies.map(\.id) == ["boiler", "wall", "nothing"])
        // Both ends of a difference carry the 1e-3 K of the solver.
        #expect(abs(answers.remedies[0].coldest - 500 / conductance) < 4e-3)
        // Degree-dwellings are written to 0.01: two of them and their mean, over a cost of 10.
        #expect(abs(answers.remedies[0].gainPerCost - 500 / conductance / 10) < 2e-3)
        #expect(abs(answers.remedies[1].coldest - 2000 / conductance * (1 / 0.8 - 1)) < 4e-3)
        #expect(abs(answers.remedies[2].degreeDwellings) < 4e-3)
    }

    @Test func withoutItsSourceADwellingIsAsColdAsOutdoors() throws {
        let (_, answers) = try run("""
            { "format": "equitherm-study/1", "run": "solve", "outages": { "sources": true, "pumps": true, "mains": true } }
            """)
        #expect(answers.outages.count == 3)
        for outage in answers.outages {
            // No heat, no gains, nobody next door.
            #expect(outage.reason.isEmpty && abs(outage.coldest + 10) < 1e-3, "\(outage.id)")
            #expect(outage.below == 1)
        }
    }

    @Test func aYearAtTheLimitIsHoursTimesTheLimit() throws {
        let folder = try ScratchFolder()
        let lines = (0..<60).map { "2021-01-\($0 / 24 < 9 ? "0" : "")\($0 / 24 + 1) 0:00,\(-25 - $0 % 7)" }
        try (["time,outdoor_c"] + lines).joined(separator: "\n").write(toFile: folder.path + "/hours.csv", atomically: true, encoding: .utf8)
        let reading = StudyDistrict.read(
            "{ \"format\": \"equitherm-study/1\", \"run\": \"solve\", \"weather\": { \"file\": \"hours.csv\" } }", for: StudyDistrict.single,
            folder: folder.path + "/")
        let model = try StudyModel(try #require(reading.study), StudyDistrict.network(StudyDistrict.single), extended: [])
        let work = WorkFolder(for: folder.path + "/out", fingerprint: "test")
        try StudyRunner(model, threads: 2).run(.whole, in: work) { _ in }
        let year = try #require(try StudyResult(model, in: work).answers.year)
        #expect(year.hours == 60 && year.failed == 0)
        // 2 kW in every hour, to the 10 W that rows are written to.
        #expect(abs(year.total.heat - 120) < 60 * 0.01)
        // A round that changes nothing by 1e-3 K ends the iteration; at a heat limit a few of them would still follow.
        #expect(abs(year.coldest - (-31 + 2000 / conductance)) < 5e-3)
    }

    @Test func anotherStudysRunIsNotGoneOnWith() throws {
        let folder = try ScratchFolder()
        let reading = StudyDistrict.read("{ \"format\": \"equitherm-study/1\", \"run\": \"solve\", \"draws\": { \"count\": 2 } }")
        let model = try StudyModel(try #require(reading.study), StudyDistrict.network(), extended: [])
        let runner = StudyRunner(model, threads: 1)
        try runner.run(.whole, in: WorkFolder(for: folder.path + "/out", fingerprint: "one")) { _ in }
        #expect(throws: StudyFailure.self) {
            try runner.run(.whole, in: WorkFolder(for: folder.path + "/out", fingerprint: "two")) { _ in }
        }
    }
}
