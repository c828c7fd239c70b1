import NetworkFiles
import NetworkModel
import Quantities
import Testing

@Suite("Expansion: a network written out in full")
struct ExpansionExplicitTests {
    static let roster = #"{ "building": "B7", "unit": 2, "floor": 3, "state": "closed" }, { "dwelling": "B7/u1/f01/d2", "state": "restricted" }"#

    @Test("Read back, an explicit document is the same network, number for number")
    func roundTrip() throws {
        try check(ExpansionExamples.example(roster: Self.roster, replacing: [(#""floors": 6"#, #""floors": 6, "room_c": 20, "x_m": 10.5, "y_m": -3"#)]))
    }

    @Test("So is that of a generated district", arguments: [1, 2, 3] as [UInt64])
    func generated(seed: UInt64) throws {
        try check(DistrictGenerator.document(GeneratorOptions(dwellings: 300, seed: seed)))
    }

    private func check(_ document: Document) throws {
        let network = try #require(Expander.expand(document).network)
        let explicit = ExplicitDocument.document(of: network)
        // Through text and back, as `convert --expand` does.
        let read = DocumentReader.parse(DocumentWriter.json(explicit))
        #expect(read.sortedProblems.filter { $0.severity == .error } == [])
        let expansion = Expander.expand(read.document)
        #expect(expansion.problems.filter { $0.severity == .error } == [])
        let again = try #require(expansion.network)
        compareTopology(network, again)
        compareElements(network, again)
        compareDwellings(network, again)
        #expect(ExplicitDocument.document(of: again) == explicit)
    }

    private func models(of network: Network) -> [ValveModel?] { network.valves.map { valve in valve.model.map { network.valveModels[$0] } } }

    private func compareTopology(_ a: Network, _ b: Network) {
        #expect(a.title == b.title)
        #expect(a.nodes.map(\.id) == b.nodes.map(\.id))
        #expect(a.nodes.map(\.line) == b.nodes.map(\.line))
        #expect(a.nodes.map(\.elevation) == b.nodes.map(\.elevation))
        #expect(a.nodes.map(\.position) == b.nodes.map(\.position))
        #expect(a.nodes.map(\.fixedPressure) == b.nodes.map(\.fixedPressure))
        #expect(a.links.map(\.id) == b.links.map(\.id))
        #expect(a.links.map(\.from) == b.links.map(\.from))
        #expect(a.links.map(\.to) == b.links.map(\.to))
        #expect(a.links.map(\.element) == b.links.map(\.element))
        #expect(a.links.map(\.isOpen) == b.links.map(\.isOpen))
    }

    private func compareElements(_ a: Network, _ b: Network) {
        #expect(a.pipes.map(\.length) == b.pipes.map(\.length))
        // One double in forty of m has no double of mm that reads back as it; then the last place differs.
        #expect(zip(a.pipes, b.pipes).allSatisfy { abs(($0.innerDiameter - $1.innerDiameter).value) <= $0.innerDiameter.value.ulp })
        #expect(zip(a.pipes, b.pipes).allSatisfy { abs(($0.roughness - $1.roughness).value) <= $0.roughness.value.ulp })
        #expect(a.pipes.map(\.minorLoss) == b.pipes.map(\.minorLoss))
        #expect(a.pipes.map(\.heatLoss) == b.pipes.map(\.heatLoss))
        #expect(a.pipes.map(\.surroundings) == b.pipes.map(\.surroundings))
        #expect(a.valves.map(\.kv) == b.valves.map(\.kv))
        #expect(a.valves.map(\.setting) == b.valves.map(\.setting))
        #expect(a.valves.map(\.level) == b.valves.map(\.level))
        #expect(a.valves.map(\.serves) == b.valves.map(\.serves))
        // Models are numbered as they are first named; what counts is which one a valve has.
        let (modelsA, modelsB) = (models(of: a), models(of: b))
        #expect(modelsA.map { $0?.family } == modelsB.map { $0?.family })
        #expect(modelsA.map { $0?.nominalSize } == modelsB.map { $0?.nominalSize })
        #expect(modelsA.map { $0?.points } == modelsB.map { $0?.points })
        #expect(modelsA.map { $0?.step } == modelsB.map { $0?.step })
        #expect(modelsA.map { $0?.smallestTolerance } == modelsB.map { $0?.smallestTolerance })
        #expect(modelsA.map { $0?.kind } == modelsB.map { $0?.kind })
        #expect(a.pumps.map(\.characteristic) == b.pumps.map(\.characteristic))
        #expect(a.pumps.map(\.efficiency) == b.pumps.map(\.efficiency))
        #expect(a.sources.map(\.pump) == b.sources.map(\.pump))
        #expect(a.sources.map(\.heatLimit) == b.sources.map(\.heatLimit))
        #expect(a.substations.map(\.secondaryPump) == b.substations.map(\.secondaryPump))
        #expect(a.substations.map(\.primaryValve) == b.substations.map(\.primaryValve))
        #expect(zip(a.substations, b.substations).allSatisfy { $0.exchangerConductance == $1.exchangerConductance && $0.primaryKv == $1.primaryKv && $0.secondaryKv == $1.secondaryKv })
        #expect(a.terminals.map(\.kv) == b.terminals.map(\.kv))
        #expect(a.terminals.map(\.load) == b.terminals.map(\.load))
    }

    private func compareDwellings(_ a: Network, _ b: Network) {
        #expect(a.buildings.map(\.id) == b.buildings.map(\.id))
        #expect(a.buildings.map(\.dwellings) == b.buildings.map(\.dwellings))
        #expect(a.buildings.map(\.couplings) == b.buildings.map(\.couplings))
        #expect(a.buildings.map(\.zone) == b.buildings.map(\.zone))
        #expect(a.buildings.map(\.substation) == b.buildings.map(\.substation))
        #expect(zip(a.buildings, b.buildings).allSatisfy { ($0.floors, $0.units, $0.dwellingsPerFloor) == ($1.floors, $1.units, $1.dwellingsPerFloor) })
        #expect(a.buildings.map(\.envelope) == b.buildings.map(\.envelope))
        #expect(a.dwellings.map(\.id) == b.dwellings.map(\.id))
        #expect(a.dwellings.map(\.exteriorConductance) == b.dwellings.map(\.exteriorConductance))
        #expect(a.dwellings.map(\.gains) == b.dwellings.map(\.gains))
        #expect(a.dwellings.map(\.state) == b.dwellings.map(\.state))
        #expect(a.dwellings.map(\.target) == b.dwellings.map(\.target))
        #expect(a.dwellings.map(\.emitter) == b.dwellings.map(\.emitter))
        #expect(a.dwellings.map(\.terminal) == b.dwellings.map(\.terminal))
        #expect(a.dwellings.map(\.valve) == b.dwellings.map(\.valve))
        #expect(a.couplings.map(\.first) == b.couplings.map(\.first))
        #expect(a.couplings.map(\.second) == b.couplings.map(\.second))
        #expect(a.couplings.map(\.conductance) == b.couplings.map(\.conductance))
        #expect(a.couplings.map(\.kind) == b.couplings.map(\.kind))
    }
}
