import NetworkFiles
import NetworkModel
import Testing

@Suite("Generated districts")
struct GeneratorTests {
    @Test("Equal options give equal documents, another seed another one")
    func deterministic() {
        let options = GeneratorOptions(dwellings: 400, seed: 5)
        let document = DistrictGenerator.document(options)
        #expect(DistrictGenerator.document(options) == document)
        #expect(DistrictGenerator.document(GeneratorOptions(dwellings: 400, seed: 6)) != document)
    }

    @Test("Any size expands without a problem and has the dwellings asked for", arguments: [1, 2, 7, 30, 100, 999, 4000])
    func sizes(count: Int) throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let document = DistrictGenerator.document(GeneratorOptions(dwellings: count, seed: seed))
            let read = DocumentReader.parse(DocumentWriter.json(document))
            #expect(read.sortedProblems == [], "seed \(seed)")
            let expansion = Expander.expand(read.document)
            #expect(expansion.problems == [], "seed \(seed)")
            let network = try #require(expansion.network)
            // Met within one building; a house has at most 72 dwellings.
            #expect(abs(network.dwellings.count - count) <= 72)
        }
    }

    @Test("Substations, loops and zones as asked for")
    func shape() throws {
        let document = DistrictGenerator.document(GeneratorOptions(dwellings: 1500, seed: 3, substations: 9, loops: 4, zones: 3))
        let network = try #require(Expander.expand(document).network)
        #expect(network.substations.count == 9)
        #expect(network.zones.count == 3)
        #expect(network.circuits().count == 10)
        // Pairs are connected by one trench less than there are pairs, and one more for every loop.
        let pairs = Set((0..<document[.trenches].rowCount).flatMap { row in
            [document[.trenches].texts("from")[row], document[.trenches].texts("to")[row]]
        })
        #expect(document[.trenches].rowCount == pairs.count - 10 + 4)
    }

    @Test("Valve-open rates of the zones lie in the range, closed dwellings in clusters")
    func openRates() throws {
        let options = GeneratorOptions(dwellings: 4000, seed: 9, openRate: 0.4...0.9)
        let network = try #require(Expander.expand(DistrictGenerator.document(options)).network)
        var (open, all) = ([Int](repeating: 0, count: network.zones.count), [Int](repeating: 0, count: network.zones.count))
        for (position, dwelling) in network.dwellings.enumerated() {
            let zone = network.zone(of: DwellingIndex(position)).position
            all[zone] += 1
            if dwelling.state.isHeated { open[zone] += 1 }
        }
        // A zone of a thousand dwellings in twenty houses, each off by up to 0.08: a mean off by 0.03 is two standard errors.
        let rates = zip(open, all).map { Double($0) / Double($1) }
        #expect(rates.allSatisfy { $0 > 0.34 && $0 < 0.96 })
        #expect((rates.max() ?? 0) - (rates.min() ?? 0) > 0.35)
        // Slab neighbours agree more often than at random.
        let slabs = network.couplings.filter { $0.kind == .partition }
        let alike = slabs.count { network.dwellings[$0.first].state.isHeated == network.dwellings[$0.second].state.isHeated }
        let share = Double(open.reduce(0, +)) / Double(network.dwellings.count)
        #expect(Double(alike) / Double(slabs.count) > share * share + (1 - share) * (1 - share) + 0.05)
    }

    @Test("The source gives the share of the need that was asked for", arguments: [0.5, 0.9, 1.2])
    func source(share: Double) throws {
        func limit(_ share: Double) throws -> Double {
            let options = GeneratorOptions(dwellings: 800, seed: 2, sourceShare: share)
            let network = try #require(Expander.expand(DistrictGenerator.document(options)).network)
            return try #require(network.sources[0].heatLimit).kilowatts
        }
        // Limits are rounded to 10 kW of some 2,500.
        #expect(abs(try limit(share) / limit(1) - share) < 0.006)
    }
}
