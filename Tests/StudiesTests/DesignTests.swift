import NetworkFiles
import NetworkModel
import Testing

@testable import Studies

@Suite struct DesignTests {
    private func study(_ design: String, _ more: String = "") throws -> Study {
        try #require(StudyDistrict.read("""
            { "format": "equitherm-study/1", "run": "solve", "design": "\(design)" \(more),
              "factors": [ { "id": "a", "parameter": "outdoor_c", "from": -20, "to": 0, "steps": 3 },
                           { "id": "b", "parameter": "open_rate", "element": "east", "values": [0.5, 0.75] } ],
              "policies": [ { "policy": "equal-temperature" }, { "policy": "open-area" } ] }
            """).study)
    }

    @Test func gridMeetsEveryCombinationOnce() throws {
        let list = ScenarioList(try study("grid"))
        #expect(list.count == 1 + 3 * 2 * 2)
        let met = Set((1..<list.count).map { index in
            let scenario = list[index]
            return "\(scenario.values) \(scenario.policy)"
        })
        #expect(met.count == 12)
        #expect(list[0].values == [nil, nil] && list[0].block == .base)
    }

    @Test func oneAtATimeMovesOneFactorAlone() throws {
        let list = ScenarioList(try study("one-at-a-time"))
        // The base case, then it again as the first point of the design, three and two values, the other policy.
        #expect(list.count == 1 + 1 + 3 + 2 + 1)
        for index in 2..<7 { #expect(list[index].values.count { $0 != nil } == 1) }
        #expect(list[7].policy == 1 && list[7].values == [nil, nil])
    }

    @Test func latinHypercubeFillsEveryStratumOnce() throws {
        let list = ScenarioList(try study("latin-hypercube", ", \"samples\": 40"))
        let values = (0..<40).compactMap { list[1 + 2 * $0].values[0] }
        #expect(Set(values.map { Int(($0 + 20) / 20 * 40) }) == Set(0..<40))
        // A weighted list has its shares: half of forty strata for each of two values of equal weight.
        #expect((0..<40).count { list[1 + 2 * $0].values[1] == 0.5 } == 20)
    }

    @Test func slicesShareTheUnitsOut() throws {
        let study = try #require(StudyDistrict.read("""
            { "format": "equitherm-study/1", "run": "solve", "draws": { "count": 17 } }
            """).study)
        let units = StudyUnits(ScenarioList(study))
        #expect(units.count == 18)
        for of in [1, 2, 5, 18, 40] {
            let ranges = (1...of).map { units.range(of: StudySlice(part: $0, of: of)) }
            #expect(ranges.flatMap { Array($0) } == Array(0..<18))
        }
    }

    @Test func mistakesAreListedWithWhatMayBeMeant() {
        let reading = StudyDistrict.read("""
            { "format": "equitherm-study/1", "run": "solve",
              "factors": [ { "id": "a", "parameter": "open_rat", "from": 0, "to": 1 },
                           { "id": "b", "parameter": "open_rate", "element": "eest", "from": 0, "to": 1 },
                           { "id": "c", "parameter": "open_rate", "from": 0.9, "to": 0.1 },
                           { "id": "d", "parameter": "open_rate", "from": 0.5, "to": 7 } ],
              "remedies": [ { "id": "r", "kind": "pipe-size", "element": "T9" } ],
              "break_evens": [ { "id": "q", "factor": "x", "output": "room_min_c", "limit": 18 } ] }
            """)
        #expect(reading.study == nil)
        let codes = reading.problems.map(\.code.name)
        #expect(codes.contains("unknown-choice"))
        #expect(codes.filter { $0 == "study-element" }.count == 2)
        #expect(codes.contains("study-range") && codes.contains("study-value") && codes.contains("study-factor"))
        let text = ProblemRenderer(sources: reading.sources).text(reading.problems)
        #expect(text.contains("(open_rate?)") && text.contains("(east?)") && text.contains("(T1?)"))
        // Every problem of the study's own text has its line.
        #expect(reading.problems.allSatisfy { $0.location?.file == "study.json" })
    }

    @Test func weatherFilesAreRead() throws {
        var epw = "LOCATION,Somewhere\n" + String(repeating: "HEADER\n", count: 7)
        epw += "2020,1,1,1,0,?9,-7.5,-9,80,101325\n2020,1,1,2,0,?9,-8,-9,80,101325\n2020,7,1,12,0,?9,25,9,80,101325\n"
        let hours = try WeatherSeries.parse(epw).get()
        #expect(hours.map(\.outdoor) == [-7.5, -8, 25])
        #expect(hours.map(\.time) == ["01-01 00", "01-01 01", "07-01 11"])
        let season = WeatherSeries(hours, season: (1115, 315), heatingLimit: 15)
        #expect(season.hours.count == 2 && season.unheated == 1)
        let dated = try WeatherSeries.parse("time,outdoor_c\n2021-02-03 05:00,1.5\n").get()
        #expect(dated.first?.month == 2)
        #expect(throws: WeatherSeries.LineError.self) { try WeatherSeries.parse("outdoor_c\n1\ncold\n").get() }
    }
}
