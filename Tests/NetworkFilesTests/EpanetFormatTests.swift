import Hydraulics
import NetworkModel
import Testing

@testable import NetworkFiles

/// Files written back: read again they are the same text and solve to the same answer.
@Suite struct EpanetFormatTests {
    @Test(arguments: ["controls", "emitters", "laminar", "manning", "parallel", "pressure-driven", "psv-prv", "pumps", "tanks", "valves"])
    func roundTrip(_ name: String) throws {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let network = try EpanetReader.read(path: "/\(folder)/networks/epanet/\(name).inp").network
        let bytes = EpanetFormat.bytes(of: network)
        let again = try EpanetReader.parse(bytes).network
        #expect(EpanetFormat.bytes(of: again) == bytes)
        let (first, second) = (try EpanetSolver.solve(network), try EpanetSolver.solve(again))
        #expect(first.flow == second.flow && first.status == second.status)
        #expect(zip(first.head, second.head).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
    }

    @Test func idsWithBlanksControlsAndRules() throws {
        let text = """
            [JUNCTIONS]
            "a b" 10
            [TANKS]
            T 20 3 1 6 10 0
            [PIPES]
            "p 1" T "a b" 100 100 120 0 Open
            P2 T "a b" 100 100 120 0 Open
            [DEMANDS]
            "a b" 2 X
            "a b" 1
            [PATTERNS]
            X 1 2 3 4 5 6 7
            [CONTROLS]
            LINK P2 CLOSED IF NODE T ABOVE 2
            LINK P2 OPEN AT CLOCKTIME 5:30:15 DISABLED
            [RULES]
            RULE one
            IF SYSTEM CLOCKTIME >= 8 AM
            AND TANK T LEVEL < 2
            OR LINK P2 STATUS IS OPEN
            THEN PIPE P2 STATUS IS CLOSED
            ELSE PIPE P2 STATUS IS OPEN
            PRIORITY 3
            """
        let network = try EpanetReader.parse([UInt8](text.utf8)).network
        let again = try EpanetReader.parse(EpanetFormat.bytes(of: network)).network
        #expect(EpanetFormat.bytes(of: again) == EpanetFormat.bytes(of: network))
        #expect(again.controls.count == 2 && !again.controls[1].isEnabled)
        let rule = try #require(again.rules.first)
        #expect(rule.premises.count == 3 && rule.premises[2].isAlternative && rule.premises[0].value == .number(8 * 3600))
        #expect(rule.then.count == 1 && rule.otherwise.count == 1 && rule.priority == 3)
        #expect(again.patterns[0].multipliers == [1, 2, 3, 4, 5, 6, 7])
        #expect(try EpanetSolver.solve(again).flow == EpanetSolver.solve(network).flow)
    }
}
