import Hydraulics
import NetworkModel
import Testing

@testable import NetworkFiles

/// Small networks that break solvers, and files that break readers, with what is expected of each.
@Suite(.enabled(if: EpanetReference.isPresent)) struct EpanetHardCasesTests {
    static let cases: [String] = {
        let rows = (try? EpanetReference.rows("hard/expected.csv")) ?? []
        return Set(rows.compactMap { $0["case"] }).sorted()
    }()
    static let files = [
        "h01_zero_flow_dw_loop", "h02_all_zero_demand_dw", "h03_all_zero_demand_hw", "h04_laminar_transition", "h05_parallel_1e6",
        "h06_low_res_short_pipe", "h07_cv_against_flow", "h08_cv_cycling_pair", "h09_pump_shutoff", "h10_pump_runout",
        "h11_two_pumps_parallel_unequal",
    ]

    @Test(arguments: cases) func holds(_ name: String) throws {
        let file = try #require(Self.files.first { $0.hasPrefix(name + "_") })
        let reading = EpanetReader.read(SourceText(path: file, bytes: try EpanetReference.bytes("hard/\(file).inp")))
        let network = try #require(reading.network)
        let solution = try EpanetSolver.solve(network)
        for row in try EpanetReference.rows("hard/expected.csv") where row["case"] == name {
            let id = ElementID(row["id"] ?? "")
            let link = network.links.firstIndex { $0.id == id }
            let tolerance = Double(row["abs_tolerance"] ?? "") ?? 0
            let expected = Double(row["value"] ?? "") ?? .nan
            switch row["quantity"] {
            case "flow_m3_s": #expect((solution.flow[try #require(link)] - expected).magnitude <= tolerance, "\(name) \(id)")
            case "head_m":
                let node = try #require(network.nodes.firstIndex { $0.id == id })
                #expect((solution.head[node] - expected).magnitude <= tolerance, "\(name) \(id)")
            case "status": #expect(solution.status[try #require(link)].rawValue == row["value"], "\(name) \(id)")
            case "warning":
                #expect(solution.findings.contains { $0.code.name == "pump-beyond-curve" && $0.element?.id == id }, "\(name) \(id)")
            default: Issue.record("unknown quantity \(row)")
            }
        }
        if name == "h09" { #expect(solution.findings.contains { $0.code.name == "pump-cannot-deliver" }) }
    }

    /// Exact constants and Colebrook–White stay within what the difference of the conventions explains.
    ///
    /// Not for the files in GPM, where EPANET's psi moves the set pressures by 1.7 cm, nor for the one of all valves, whose
    /// sustaining valve passes what 0.6 m of head drive.
    @Test(arguments: ["grid_dw_lps", "units_dw_lps", "pump-cv"])
    func exactPhysicsStaysNear(_ name: String) throws {
        let reading = EpanetReader.read(SourceText(path: name, bytes: try EpanetReference.bytes("epanet/\(name).inp")))
        let network = try #require(reading.network)
        let solution = try EpanetSolver.solve(network, physics: .exact)
        let source = try #require(network.nodes.indices.filter { network.nodes[$0].isSource }.map { solution.head[$0] }.max())
        for row in try EpanetReference.rows("epanet/\(name).links.csv") {
            let link = try #require(network.links.firstIndex { $0.id.text == row["id"] })
            let expected = try #require(Double(row["flow_m3_s"] ?? ""))
            #expect((solution.flow[link] - expected).magnitude <= 1e-5 + 1e-3 * expected.magnitude, "\(name) \(network.links[link].id)")
        }
        for row in try EpanetReference.rows("epanet/\(name).nodes.csv") {
            let node = try #require(network.nodes.firstIndex { $0.id.text == row["id"] })
            let expected = try #require(Double(row["head_m"] ?? ""))
            // 1 % of the head loss from the source; pumps make losses of their own, hence at least 2 cm.
            let tolerance = max(0.01 * (source - expected).magnitude, 0.02)
            #expect((solution.head[node] - expected).magnitude <= tolerance, "\(name) \(network.nodes[node].id) \(solution.head[node]) \(expected)")
        }
    }
}

/// Broken or tricky files.
@Suite(.enabled(if: EpanetReference.isPresent)) struct EpanetMalformedReferenceTests {
    private func read(_ name: String) throws -> EpanetReader.Reading {
        EpanetReader.read(SourceText(path: name, bytes: try EpanetReference.bytes("malformed/\(name)")))
    }

    @Test(arguments: [
        ("truncated_midline.inp", "the file ends inside a section header", 18), ("dup_node.inp", "line 4 and in line 5", 5),
        ("dangling_ref.inp", "“NOPE” is not defined", 10), ("nan.inp", "“nan” is not a finite number", 4),
        ("comma_decimal.inp", "“1,5” has a comma", 4), ("no_source.inp", "no reservoir or tank fixes a head", 1),
        ("unit_unknown.inp", "“M3H” is none of CFS, GPM, MGD, IMGD, AFD, LPS, LPM, MLD, CMH, CMD, CMS", 19),
    ])
    func isRefused(_ name: String, _ says: String, _ line: Int) throws {
        let reading = try read(name)
        #expect(reading.network == nil)
        let problem = try #require(reading.problems.first)
        #expect(problem.message().contains(says), "\(problem.message())")
        #expect(problem.location?.line == line)
        #expect(!problem.remedy().isEmpty)
    }

    @Test(arguments: ["formula_id.inp", "nfc_nfd_ids.inp"]) func isAccepted(_ name: String) throws {
        let reading = try read(name)
        let network = try #require(reading.network)
        // Ids that only their Unicode form tells apart are two elements, and said to look alike.
        #expect(reading.problems.map(\.code) == (name == "nfc_nfd_ids.inp" ? [.lookalikeID] : []))
        let solution = try EpanetSolver.solve(network)
        #expect(solution.isReachable.allSatisfy { $0 })
        // Continuity alone: 3 L/s through the first pipe, 2 through the second.
        #expect((solution.flow[0] - 0.003).magnitude < 1e-12 && (solution.flow[1] - 0.002).magnitude < 1e-12)
    }

    @Test func encodingsAreRead() throws {
        for (name, warnings) in [("utf8_bom.inp", 0), ("gbk_ids.inp", 1)] {
            let bytes = try EpanetReference.bytes("malformed/\(name)")
            let input = InputFile(path: name, sha256: "", byteCount: bytes.count)
            let file = try EpanetReader.read(FileBytes(bytes: bytes, file: input, changedWhileRead: false))
            #expect(file.network.nodes.count == 3 && file.warnings.count == warnings)
            #expect(warnings == 0 || file.network.nodes.contains { $0.id == "一号楼" } && file.warnings[0].message().contains("GB18030"))
        }
    }

    @Test func aClosedPipeCutsItsDemandOff() throws {
        let network = try #require(try read("closed_isolates_demand.inp").network)
        let solution = try EpanetSolver.solve(network)
        let node = try #require(network.nodes.firstIndex { $0.id == "J2" })
        #expect(!solution.isReachable[node] && solution.head[node].isNaN && solution.demand[node] == 0)
        let finding = try #require(solution.findings.first)
        #expect(finding.code.name == "unreachable-demand" && finding.element?.id == "J2" && finding.message().contains("2.0 kg/s"))
    }
}
