import NetworkModel
import Testing

@testable import NetworkFiles

/// Reads a text as the file `t.inp`.
func readInp(_ text: String) -> EpanetReader.Reading {
    EpanetReader.read(SourceText(path: "t.inp", bytes: Array(text.utf8)))
}

/// A small network with extra lines put in before its end.
func smallInp(_ extra: String = "", junctions: String = "J1 0 1\nJ2 0 2", pipes: String = "P1 R1 J1 100 100 120 0 Open\nP2 J1 J2 100 100 120 0 Open") -> String {
    "[TITLE]\nsmall\n[JUNCTIONS]\n\(junctions)\n[RESERVOIRS]\nR1 50\n[PIPES]\n\(pipes)\n\(extra)\n[OPTIONS]\nUnits LPS\nHeadloss H-W\n[END]\n"
}

@Suite struct EpanetReaderTests {
    @Test func readsTheWholeNetwork() throws {
        let network = try #require(readInp(smallInp()).network)
        #expect(network.title == ["small"])
        #expect(network.nodes.map(\.id.text) == ["J1", "J2", "R1"])
        #expect(network.links.map(\.id.text) == ["P1", "P2"])
        #expect(network.options.flowUnit == .litresPerSecond)
        guard case .pipe(let pipe) = network.links[0].element else { throw Unexpected() }
        #expect(pipe.length == 100 && pipe.diameter == 100 && pipe.roughness == 120 && !pipe.hasCheckValve)
        #expect(network.links[0].from == 2 && network.links[0].to == 0)
    }

    @Test(arguments: ["\n", "\r", "\r\n"]) func lineEndsDoNotMatter(_ end: String) throws {
        let text = smallInp().split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end)
        let network = try #require(readInp(text).network)
        #expect(network.nodes.count == 3 && network.links.count == 2 && network.links[1].line == 10)
    }

    @Test func sectionsInAnyOrderAbbreviatedAndInAnyCase() throws {
        let text = """
            [opti]
            UNITS CMS
            [pipe] ; the nodes come later
            "pipe 1" "node 1" R 10 20 0.1 ; roughness in mm
            [Options]
            HEADLOSS D-W
            [rese]
            R 7
            [JUNC]
            "node 1" 1 2.5e-1
            """
        let network = try #require(readInp(text).network)
        #expect(network.nodes.map(\.id.text) == ["node 1", "R"])
        #expect(network.links[0].id == "pipe 1")
        #expect(network.options.flowUnit == .cubicMetresPerSecond && network.options.headLoss == .darcyWeisbach)
        #expect(EpanetTimeZero(network).demand == [0.25, 0])
    }

    @Test func everyFlowUnitIsKnown() throws {
        for unit in EpanetFlowUnit.allCases {
            let network = try #require(readInp(smallInp("[OPTIONS]\nUNITS GPM").replacing("Units LPS", with: "units \(unit.rawValue.lowercased())")).network)
            #expect(network.options.flowUnit == unit)
        }
    }

    @Test func demandCategoriesReplaceTheJunctionsOwn() throws {
        let text = smallInp("""
            [DEMANDS]
            J1 10 a
            J1 5 ;second category
            [PATTERNS]
            a 2 3
            a 4
            1 10 20
            [TIMES]
            PATTERN START 5:00
            PATTERN TIMESTEP 1:00
            [OPTIONS]
            DEMAND MULTIPLIER 0.5
            """)
        let state = EpanetTimeZero(try #require(readInp(text).network))
        // Period 5: pattern a (three periods) is at 4, the default pattern 1 (two periods) at 20.
        let expected: [Double] = [70, 20, 0]
        #expect(state.demand == expected)
    }

    @Test func reservoirPatternAndTankLevel() throws {
        let text = """
            [JUNCTIONS]
            J 0
            [RESERVOIRS]
            R 10 p
            [TANKS]
            T 20 3 1 5 10 0 * YES
            [PIPES]
            A R J 1 1 1
            B J T 1 1 1 CV
            [PATTERNS]
            p 1.5 7
            """
        let network = try #require(readInp(text).network)
        #expect(EpanetTimeZero(network).head == [nil, 15, 23])
        guard case .tank(let tank) = network.nodes[2].kind else { throw Unexpected() }
        #expect(tank.canOverflow && tank.maximumLevel == 5)
        guard case .pipe(let pipe) = network.links[1].element else { throw Unexpected() }
        #expect(pipe.hasCheckValve && pipe.minorLoss == 0)
    }

    @Test func timesOfEverySpelling() {
        let spellings: [(String, Double?)] = [
            ("5", 5), ("1:30", 1.5), ("1:30:36", 1.51), ("90 MIN", 1.5), ("2 days", 48), ("6:30 PM", 18.5), ("12 AM", 0),
            ("12 PM", 12), ("36 sec", 0.01), ("14 PM", nil), ("x", nil), ("1:2:3:4", nil), ("-1", nil), ("nan", nil),
        ]
        for (text, hours) in spellings {
            let parser = EpanetParser(SourceText(path: "", bytes: Array(text.utf8)))
            let line = parser.lines.cut(EpanetLines.Place(number: 1, start: 0, end: text.utf8.count))
            #expect(parser.time(line, last: line.count - 1) == hours, "\(text)")
        }
    }

    @Test func whatHydraulicsDoNotNeedIsCounted() throws {
        let reading = readInp(smallInp("""
            [QUALITY]
            J1 1
            J2 1
            [TAGS]
            NODE J1 x
            [OPTIONS]
            ACCURACY 0.001
            Trials 40
            """))
        #expect(reading.network != nil && reading.problems.isEmpty)
        let note = try #require(reading.notes.first)
        #expect(note.message() == "5 lines that steady hydraulics do not need were not used: [QUALITY] 2, [TAGS] 1, [OPTIONS]/[TIMES] 2")
    }

    @Test func pressureDrivenDemandAndLeakageAreRead() throws {
        let reading = readInp(
            smallInp("[LEAKAGE]\nP1 2 0.5\n[OPTIONS]\nDEMAND MODEL PDA\nMINIMUM PRESSURE 3\nREQUIRED PRESSURE 25\nPRESSURE EXPONENT 0.6"))
        let options = try #require(reading.network?.options)
        #expect(options.isPressureDriven && options.minimumPressure == 3 && options.requiredPressure == 25 && options.pressureExponent == 0.6)
        guard case .pipe(let pipe) = reading.network?.links.first?.element else { throw Unexpected() }
        #expect(pipe.leakArea == 2 && pipe.leakExpansion == 0.5 && reading.problems.isEmpty)
    }
}

struct Unexpected: Error {}
