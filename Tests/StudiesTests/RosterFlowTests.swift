import Foundation
import Heating
import Hydraulics
import NetworkModel
import Testing

@testable import Studies

/// Studies of flows alone: rosters by strands, four side by side.
@Suite struct RosterFlowTests {
    private static let study = """
        { "format": "equitherm-study/1", "run": "hydraulics", "seed": 3, "draws": { "count": 37 },
          "factors": [ { "id": "east", "parameter": "open_rate", "element": "east", "values": [0.25, 0.75] } ] }
        """

    private func model(_ text: String = study) throws -> StudyModel {
        let reading = StudyDistrict.read(text)
        let study = try #require(reading.study, "\(reading.problems)")
        return try StudyModel(study, StudyDistrict.network(), extended: [])
    }

    /// Every roster gives each dwelling the flow that a solver of single states gives it.
    @Test func flowsAreThoseOfSingleSolves() throws {
        let model = try model()
        var flows = try #require(model.flows)
        let rosters = (1...4).map { model.rosters.states(draw: $0, rates: [0.5, 0.3], clustering: 0.4) }
        var bits: [UInt8] = []
        bits.mark(rosters)
        #expect(flows.solve(bits, count: 4).allSatisfy { $0 == nil })
        for (number, states) in rosters.enumerated() {
            var simulation = model.anchor
            simulation.setStates(states)
            for circuit in simulation.solvedCircuits {
                var solver = HydraulicSolver(circuit.compiled)
                let solution = try solver.solve(circuit.state)
                for (position, dwelling) in model.network.dwellings.enumerated() {
                    guard let terminal = dwelling.terminal else { continue }
                    guard let local = circuit.compiled.local(model.network.terminals[terminal].link) else { continue }
                    // A hundred-thousandth, which is what a tenth of a pascal moves; nothing at all through a dwelling that is shut.
                    let (flow, exact) = (flows.flow[position][number], solution.massFlow[local])
                    #expect((flow - exact).magnitude <= 1e-5 * exact.magnitude)
                    #expect((exact > 0) == states[position].isHeated)
                }
            }
        }
    }

    /// Imbalance and ratios are those of the definition in ``Imbalance``, roster by roster.
    @Test func figuresAreThoseOfTheirDefinitions() throws {
        let model = try model()
        let network = model.network
        let required = network.dwellings.indices.map { 0.01 + 0.001 * Double($0 % 7) }
        let figures = FlowFigures(network, required: required)
        let rosters = (1...4).map { model.rosters.states(draw: $0, rates: [0.5, 0.3], clustering: 0.4) }
        let flow = network.dwellings.indices.map { place in SIMD4<Double>(0.01, 0.011, 0.012, 0.005) * Double(1 + place % 3) }
        let isOpen = network.dwellings.indices.map { place in
            SIMD4((0..<4).map { rosters[$0][place].isHeated ? 1.0 : 0 })
        }
        let found = figures.found(flow, isOpen)
        for roster in 0..<4 {
            let needed = required.indices.map { isOpen[$0][roster] * required[$0] }
            let single = Imbalance(flow: flow.map { $0[roster] }, required: needed, in: network)
            // Sums in another order.
            #expect((found.horizontal[roster] - single.horizontal.variation).magnitude < 1e-12)
            #expect((found.vertical[roster] - single.vertical.variation).magnitude < 1e-12)
            #expect((found.lowest[roster] - single.dwellings.lowest).magnitude < 1e-12)
            #expect((found.mean[roster] - single.dwellings.mean).magnitude < 1e-12)
            #expect(found.short[roster] == Double(single.dwelling.count { $0 < 0.9 }))
        }
    }

    /// Rows do not depend on slices and threads, though four scenarios are solved side by side.
    @Test func slicesHaveTheRowsOfTheWhole() throws {
        let model = try model()
        let folder = try ScratchFolder()
        func rows(_ slices: [StudySlice], threads: Int) throws -> [Substring] {
            try slices.flatMap { slice in
                let work = WorkFolder(for: "\(folder.path)/\(slice.part)-\(slice.of)-\(threads)", fingerprint: "test")
                try StudyRunner(model, threads: threads).run(slice, in: work) { _ in }
                let text = try String(contentsOfFile: work.file(WorkFolder.rowFile), encoding: .utf8)
                return text.split(separator: "\n").dropFirst()
            }
        }
        let whole = try rows([.whole], threads: 1)
        #expect(whole.count == 1 + 2 * 37 && whole.allSatisfy { $0.contains(",ok,") })
        #expect(try rows((1...3).map { StudySlice(part: $0, of: 3) }, threads: 2) == whole)
    }

    @Test func whatFlowsAloneDoNotKnowIsRefused() {
        let reading = StudyDistrict.read("""
            { "format": "equitherm-study/1", "run": "hydraulics", "draws": { "count": 3, "roughness_deviation": 0.1 },
              "factors": [ { "id": "a", "parameter": "outdoor_c", "from": -20, "to": 0 } ],
              "outages": { "pumps": true } }
            """)
        #expect(reading.study == nil)
        #expect(reading.problems.map(\.code.name) == ["study-flows-alone", "study-flows-alone", "study-flows-alone"])
    }
}
