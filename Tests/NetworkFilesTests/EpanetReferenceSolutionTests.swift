import Hydraulics
import NetworkModel
import Testing

@testable import NetworkFiles

/// Published networks against the answers of EPANET 2.3.5, with EPANET's constants.
@Suite(.enabled(if: EpanetReference.isPresent)) struct EpanetReferenceSolutionTests {
    static let names: [String] = ((try? EpanetReference.rows("epanet/index.csv")) ?? []).compactMap { $0["name"] }

    @Test(arguments: names) func flowsAndHeadsAgree(_ name: String) throws {
        let reading = EpanetReader.read(SourceText(path: name, bytes: try EpanetReference.bytes("epanet/\(name).inp")))
        let network = try #require(reading.network)
        let solution = try EpanetSolver.solve(network)
        var links = Comparison(), nodes = Comparison()
        let link = Dictionary(uniqueKeysWithValues: zip(network.links.map(\.id), network.links.indices))
        for row in try EpanetReference.rows("epanet/\(name).links.csv") {
            let id = ElementID(row["id"] ?? "")
            let position = try #require(link[id])
            let expected = try #require(Double(row["flow_m3_s"] ?? ""))
            // 5e-7 m³/s + 1e-4 of the flow: EPANET's closed links leak, and its devices hold by a penalty.
            links.note(solution.flow[position] - expected, within: 5e-7 + 1e-4 * expected.magnitude, id)
            #expect(solution.status[position].rawValue == row["status"], "\(name) \(id)")
        }
        let node = Dictionary(uniqueKeysWithValues: zip(network.nodes.map(\.id), network.nodes.indices))
        for row in try EpanetReference.rows("epanet/\(name).nodes.csv") {
            let id = ElementID(row["id"] ?? "")
            let position = try #require(node[id])
            guard let expected = Double(row["head_m"] ?? "") else {
                #expect(!solution.isReachable[position] && solution.head[position].isNaN, "\(name) \(id)")
                continue
            }
            nodes.note(solution.head[position] - expected, within: 1e-3, id)
        }
        #expect(links.share <= 1, "\(name): flow of \(links.element) differs by \(links.worst) m³/s")
        #expect(nodes.share <= 1, "\(name): head of \(nodes.element) differs by \(nodes.worst) m")
    }
}

/// The worst difference, in parts of its tolerance.
struct Comparison {
    var share = 0.0
    var worst = 0.0
    var element = ElementID("–")

    mutating func note(_ error: Double, within tolerance: Double, _ id: ElementID) {
        if !(error.magnitude / tolerance <= share) && !share.isNaN { (share, worst, element) = (error.magnitude / tolerance, error, id) }
    }
}
