import Testing

@testable import NetworkFiles

/// Published networks in every flow unit and of every version are read whole.
@Suite(.enabled(if: EpanetReference.isPresent)) struct EpanetReferenceReadingTests {
    @Test func everyNetworkIsReadWhole() throws {
        let index = try EpanetReference.rows("epanet/index.csv")
        #expect(index.count >= 34)
        for row in index {
            let name = try #require(row["name"])
            let reading = EpanetReader.read(SourceText(path: name, bytes: try EpanetReference.bytes("epanet/\(name).inp")))
            #expect(reading.problems.isEmpty, "\(name): \(reading.problems.map { "\($0.message()) line \($0.location?.line ?? 0)" })")
            guard let network = reading.network else { continue }
            #expect(network.options.flowUnit.rawValue == row["flow_units"], "\(name)")
            #expect(network.options.headLoss.rawValue == row["head_loss"], "\(name)")
            #expect(String(network.nodes.count) == row["nodes"], "\(name)")
            #expect(String(network.links.count) == row["links"], "\(name)")
            let counts = network.links.reduce(into: (pumps: 0, checks: 0)) { counts, link in
                if case .pump = link.element { counts.pumps += 1 }
                if case .pipe(let pipe) = link.element, pipe.hasCheckValve { counts.checks += 1 }
            }
            #expect(String(counts.pumps) == row["pumps"] && String(counts.checks) == row["check_valve_pipes"], "\(name)")
        }
    }
}
