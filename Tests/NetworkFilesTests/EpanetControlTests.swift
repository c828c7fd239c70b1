import NetworkModel
import Testing

@testable import NetworkFiles

@Suite struct EpanetControlTests {
    /// A network with every kind of link, and extra lines.
    private func network(_ extra: String) throws -> EpanetNetwork {
        let text = """
            [JUNCTIONS]
            A 0
            B 0
            C 0 1
            [RESERVOIRS]
            R 10
            [TANKS]
            T 20 3 1 5 10
            [PIPES]
            10 A B 100 100 100
            20 B C 100 100 100
            CV B T 100 100 100 CV
            [PUMPS]
            PU R A HEAD c SPEED 1.2
            [VALVES]
            V A C 100 FCV 5
            G A C 100 GPV g
            [CURVES]
            c 10 20
            g 0 0
            g 10 1
            \(extra)
            [OPTIONS]
            UNITS LPS
            """
        let reading = readInp(text)
        // Closing a link may leave a demand without water, which is told.
        let problems = reading.problems.filter { $0.code.name != "inp-unserved" }
        #expect(problems.isEmpty, "\(problems.map { $0.message() })")
        return try #require(reading.network)
    }

    private func state(_ extra: String) throws -> [String: (EpanetStatus, Double)] {
        let network = try network(extra)
        let zero = EpanetTimeZero(network)
        return Dictionary(uniqueKeysWithValues: network.links.indices.map { (network.links[$0].id.text, (zero.status[$0], zero.setting[$0])) })
    }

    @Test func initialStatus() throws {
        let plain = try state("")
        #expect(plain["PU"]! == (.open, 1.2) && plain["V"]! == (.active, 5) && plain["G"]!.0 == .open && plain["10"]!.0 == .open)
        let set = try state("[STATUS]\nPU 0.5\nV OPEN\nG CLOSED\n10 closed")
        #expect(set["PU"]! == (.open, 0.5) && set["V"]!.0 == .open && set["G"]!.0 == .closed && set["10"]!.0 == .closed)
        let closed = try state("[STATUS]\nPU Closed\nV 7")
        #expect(closed["PU"]! == (.closed, 0) && closed["V"]! == (.active, 7))
    }

    @Test func statusOfARangeOfIds() throws {
        let byNumber = try state("[STATUS]\n5 15 CLOSED")
        #expect(byNumber["10"]!.0 == .closed && byNumber["20"]!.0 == .open && byNumber["V"]!.0 == .active)
        let byBytes = try state("[STATUS]\nG V CLOSED")
        #expect(byBytes["G"]!.0 == .closed && byBytes["V"]!.0 == .closed && byBytes["PU"]!.0 == .closed && byBytes["10"]!.0 == .open)
    }

    @Test func aPumpsPatternIsItsSpeedAndWinsOverItsStatus() throws {
        let pump = try network("[STATUS]\nPU CLOSED\n[PATTERNS]\ns 0.8 0").links.firstIndex { $0.id == "PU" }!
        var network = try network("[STATUS]\nPU CLOSED\n[PATTERNS]\ns 0.8 0")
        guard case .pump(var element) = network.links[pump].element else { throw Unexpected() }
        element.pattern = 0
        network.links[pump].element = .pump(element)
        #expect(EpanetTimeZero(network).status[pump] == .open && EpanetTimeZero(network).setting[pump] == 0.8)
        network.times.patternStart = 3600
        #expect(EpanetTimeZero(network).status[pump] == .closed)
    }

    @Test func controlsActInOrder() throws {
        let controls = """
            [CONTROLS]
            LINK 10 CLOSED AT TIME 0
            LINK 20 CLOSED AT TIME 1
            LINK PU OPEN IF NODE T BELOW 3
            LINK V 2.5 IF NODE T ABOVE 2.9
            LINK G CLOSED AT CLOCKTIME 6 PM
            [TIMES]
            START CLOCKTIME 18:00
            """
        let set = try state(controls)
        #expect(set["10"]!.0 == .closed && set["20"]!.0 == .open && set["PU"]! == (.open, 1) && set["V"]! == (.active, 2.5))
        #expect(set["G"]!.0 == .closed)
        let later = try state("[CONTROLS]\nLINK 10 CLOSED AT TIME 0\nLINK 10 OPEN AT TIME 0\nLINK 20 CLOSED AT TIME 0 DISABLED")
        #expect(later["10"]!.0 == .open && later["20"]!.0 == .open)
    }

    @Test func controlsOnPressureWaitForASolution() throws {
        let zero = EpanetTimeZero(try network("[CONTROLS]\nLINK 10 CLOSED IF NODE A ABOVE 30\nLINK 20 CLOSED AT TIME 0"))
        #expect(zero.pressureControls == [0] && zero.status[0] == .open && zero.status[1] == .closed)
    }

    @Test func rulesAreReadAndSaidNotToActAtTimeZero() throws {
        let rules = """
            [RULES]
            RULE one
            IF TANK T LEVEL ABOVE 2
            AND SYSTEM CLOCKTIME < 6 AM
            THEN PUMP PU STATUS IS CLOSED
            AND PIPE 10 STATUS IS CLOSED
            ELSE PUMP PU SETTING IS 1.1
            PRIORITY 2

            RULE two
            IF LINK 10 STATUS IS CLOSED
            OR NODE T HEAD >= 50
            THEN VALVE V SETTING = 3
            """
        let network = try network(rules)
        #expect(network.rules.count == 2 && network.rules[0].premises.count == 2 && network.rules[0].then.count == 2)
        #expect(network.rules[0].otherwise.first?.action == .setting(1.1) && network.rules[0].priority == 2)
        #expect(network.rules[1].premises[1].isAlternative)
        let zero = EpanetTimeZero(network)
        #expect(zero.holdingRules == [0] && zero.status[0] == .open)
    }

    @Test(arguments: [
        ("[CONTROLS]\nLINK CV CLOSED AT TIME 0", "inp-controlled-check-valve"),
        ("[CONTROLS]\nLINK X CLOSED AT TIME 0", "inp-dangling-reference"),
        ("[CONTROLS]\nLINK 10 CLOSED AT", "inp-unreadable-control"),
        ("[CONTROLS]\nLINK 10 CLOSED IF NODE A NEAR 4", "inp-unknown-word"),
        ("[CONTROLS]\nLINK G 4 AT TIME 0", "inp-unknown-word"),
        ("[STATUS]\nCV CLOSED", "inp-controlled-check-valve"),
        ("[STATUS]\n10 SHUT", "inp-not-a-number"),
        ("[RULES]\nIF NODE A HEAD > 1", "inp-misplaced-clause"),
        ("[RULES]\nRULE x\nTHEN LINK 10 STATUS IS OPEN", "inp-misplaced-clause"),
        ("[RULES]\nRULE x\nIF NODE A COLOUR IS 3\nTHEN LINK 10 STATUS IS OPEN", "inp-unknown-word"),
    ])
    func unreadableControls(_ extra: String, _ code: String) {
        let text = "[JUNCTIONS]\nA 0\n[RESERVOIRS]\nR 1\n[PIPES]\n10 A R 1 1 1\nCV A R 1 1 1 CV\n[VALVES]\nG A R 100 GPV g\n[CURVES]\ng 0 0\ng 1 1\n\(extra)\n"
        let reading = readInp(text)
        #expect(reading.network == nil)
        #expect(reading.problems.map(\.code.name) == [code])
        #expect(reading.problems.first?.location?.line != nil)
    }
}
