import Foundation
import NetworkModel
import Testing

@testable import NetworkFiles

/// `networks/epanet/hard`: small networks that break solvers, each with what it must come to and why.
@Suite struct EpanetHardNetworkTests {
    private struct Expected {
        var name: String
        var quantity: String
        var id: ElementID
        var value: String
        var tolerance: Double
    }

    private static func expected() throws -> [Expected] {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let text = try String(contentsOfFile: "/\(folder)/networks/epanet/hard/expected.csv", encoding: .utf8)
        return try text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Expected(
                name: cells[0], quantity: cells[1], id: ElementID(cells[2]), value: cells[3], tolerance: try #require(Double(cells[4])))
        }
    }

    @Test(arguments: [
        "bridge-at-rest", "check-against", "check-pair", "nothing-asked-dw", "nothing-asked-hw", "pump-below-lift", "pump-beyond-curve",
        "ratio-of-a-million", "reducing-at-rest", "short-and-wide", "through-transition", "weak-pump-shut",
    ]) func comesToWhatItMust(_ name: String) throws {
        let solved = try EpanetAnalyticTests.Solved("hard/" + name, physics: .epanet)
        let rows = try Self.expected().filter { $0.name == name }
        #expect(!rows.isEmpty)
        for row in rows {
            switch row.quantity {
            case "flow_m3_s": #expect((solved.flow(row.id) - (Double(row.value) ?? .nan)).magnitude <= row.tolerance, "\(row.id)")
            case "head_m": #expect((solved.head(row.id) - (Double(row.value) ?? .nan)).magnitude <= row.tolerance, "\(row.id)")
            case "status": #expect(solved.status(row.id).rawValue == row.value, "\(row.id)")
            case "warning": #expect(solved.finds(row.value, row.id), "\(row.id)")
            default: Issue.record("unknown quantity \(row.quantity)")
            }
        }
        // As few iterations as the loops and devices ask for; EPANET needs up to 1284 on these.
        #expect(solved.solution.iterations <= 6)
    }
}
