import NetworkFiles
import NetworkModel
import Quantities
import Testing

@Suite("Catalogues")
struct CatalogueTests {
    let valves = ValveCatalogue.standard

    @Test("Every shipped valve has a sound table and says where its figures come from")
    func sound() {
        #expect(valves.models.count == 36 + 20 + 23 + 5 + 11 + 30 + 24 + 6 + 7 + 16)
        for model in valves.models {
            #expect(model.fault == nil, "\(model.family) DN\(model.nominalSize)")
            #expect(!model.source.isEmpty)
            #expect((0.02...0.3).contains(model.tolerance))
        }
    }

    @Test("Figures of the makers' sheets", arguments: [
        ("STAD PN20", 15, 1.0, 0.212), ("STAD PN20", 25, 2.5, 5.3), ("STAD PN20", 50, 4.0, 33), ("STAD PN25", 50, 4.0, 32.3),
        ("STAF-SG", 65, 8.0, 85), ("STAF-SG", 400, 22.0, 2780), ("STAF", 100, 3.5, 44), ("RA-N", 15, 3.0, 0.12),
        ("RA-N", 15, 8.0, 0.73), ("RA-U", 10, 12.0, 0.28), ("AAP 311", 15, 2.5, 1.18), ("AAP 311", 25, 4.0, 6.4),
        ("VM 2-1.6", 15, 100.0, 1.6), ("MSV-F2", 50, 100.0, 53.8), ("MSV-F2", 400, 100.0, 2584.6), ("STAF", 80, 8.0, 120), ("STAF", 150, 8.0, 420),
    ])
    func figures(family: String, size: Int, setting: Double, kv: Double) throws {
        let model = try #require(valves[family, size])
        #expect(model.kv(at: setting).cubicMetresPerHour == kv)
    }

    @Test("Controllers have scales of set points, and say what they are set to")
    func controllers() throws {
        let spring = try #require(valves["AVP 20-100", 20])
        #expect(spring.setPoints?.range == 20...100 && spring.fullyOpen.cubicMetresPerHour == 6.3)
        #expect(spring.label(for: 35) == "35 kPa" && spring.kv(at: 35) == spring.fullyOpen)
        let flanged = try #require(valves["STAP 20-80", 80])
        #expect(flanged.setPoints?.range == 20...80 && flanged.fullyOpen.cubicMetresPerHour == 55 && flanged.greatestLoss?.kilopascals == 350)
        let district = try #require(valves["AVPQ PN25 flanged 30-200", 50])
        #expect(district.setPoints?.range == 30...200 && district.fullyOpen.cubicMetresPerHour == 25)
        let flow = try #require(valves.model(named: "AB-QM-DN15"))
        #expect(flow.kind == .pressureIndependent && flow.setPoints?.range == 90...450 && flow.leastLoss?.kilopascals == 16)
        // Marks of 9 l/h; its Kv is that of the least difference at the flow: 0.45/√0.16.
        #expect(try #require(flow.setPoints).marks(around: 200) == (198, 207))
        #expect(abs(flow.fullyOpen.cubicMetresPerHour - 1.125) < 1e-12)
        #expect(valves["AB-QM LF", 15]?.setPoints?.range.upperBound == 275 && valves["AB-QM", 32]?.setPoints?.range.upperBound == 3200)
        let limiter = try #require(valves["flow-limiter", 15])
        #expect(limiter.label(for: 306) == "306 l/h")
        // The least difference of 16 kPa at the set flow: Kv = V̇/√0.16.
        #expect(abs(limiter.kv(at: 300).cubicMetresPerHour - 0.75) < 1e-12)
        #expect(abs(limiter.fullyOpen.cubicMetresPerHour - 1.5) < 1e-12)
        let scale = try #require(limiter.setPoints)
        #expect(scale.marks(around: 301) == (300, 306))
        #expect(scale.marks(around: 300) == (300, 300))
        #expect(scale.marks(around: 5) == (120, 120))
        #expect(scale.marks(around: 5000) == (600, 600))
        #expect(scale.marks(around: .nan) == (120, 120))
    }

    @Test("Valves tell less surely how much they pass the less they are open")
    func tolerance() throws {
        let model = try #require(valves["STAD PN20", 20])
        #expect(model.tolerance(at: 0.5) == 2 * model.tolerance)
        #expect(model.tolerance(at: 4) == model.tolerance && model.tolerance(at: 3) == model.tolerance)
        #expect(model.tolerance(at: 1) < model.tolerance(at: 0.6))
    }

    @Test("The last preset of a radiator valve is written N")
    func labels() throws {
        let model = try #require(valves["RA-N", 15])
        #expect(model.label(for: 8) == "N")
        #expect(model.setting(labelled: "N") == 8)
    }

    @Test("Names of family and size", arguments: [
        ("static-DN50", "static", 50), ("STAD PN20-DN25", "STAD PN20", 25), ("STAD PN20 DN25", "STAD PN20", 25),
        ("preset-dn15", "preset", 15), ("RA-N-DN15", "RA-N", 15),
    ])
    func names(name: String, family: String, size: Int) {
        #expect(ValveCatalogue.key(of: name) == ValveCatalogue.Key(family: family, nominalSize: size))
        #expect(valves.model(named: name)?.family == family)
    }

    @Test("Names that are none", arguments: ["", "DN50", "static", "static-50", "static-DN", "static-DN0", "50", "static-DN-5"])
    func noNames(name: String) { #expect(ValveCatalogue.key(of: name) == nil) }

    @Test("Generic valves are equal percentage: each eighth of the travel multiplies Kv alike")
    func generic() throws {
        for name in ["static-DN80", "preset-DN15"] {
            let points = try #require(valves.model(named: name)).points
            #expect(points.count == 8)
            for (low, high) in zip(points, points.dropFirst()) {
                // 30^(1/8), rounding of a power.
                #expect(abs(high.kv / low.kv - 1.5298) < 1e-4)
            }
        }
    }

    @Test("The smallest sufficient size of a family")
    func smallest() {
        #expect(valves.smallest(of: "static", passing: FlowCoefficient(5.5))?.nominalSize == 20)
        #expect(valves.smallest(of: "static", passing: FlowCoefficient(5.6))?.nominalSize == 25)
        #expect(valves.smallest(of: "RA-N", passing: FlowCoefficient(99))?.nominalSize == 20)
        #expect(valves.smallest(of: "none such", passing: FlowCoefficient(1)) == nil)
    }

    @Test("Pipes: rising sizes and diameters, wall and casing round them")
    func pipes() throws {
        let sizes = PipeCatalogue.standard.sizes
        #expect(sizes.count == 26)
        for (low, high) in zip(sizes, sizes.dropFirst()) {
            #expect(low.nominal < high.nominal && low.innerDiameter < high.innerDiameter)
        }
        for size in sizes {
            #expect(size.innerDiameter < size.outerDiameter && size.outerDiameter < size.casingDiameter)
            let loss = size.heatLoss(insulationConductivity: 0.033).value
            #expect((0.1...1.8).contains(loss), "DN \(size.nominal): \(loss) W/(m K)")
        }
        #expect(abs(try #require(PipeCatalogue.standard[100]).innerDiameter.millimetres - 107.1) < 1e-9)
    }

    @Test("Limits of a pipe: its own, those of its size, those of the network; 0 is none")
    func limitsOfPipes() throws {
        func limits(_ id: ElementID, _ replacements: [(String, String)]) throws -> PipeLimits {
            let document = ExpansionExamples.example(replacing: replacements)
            let network = try #require(Expander.expand(document).network)
            // Written out in full every pipe has its own.
            let again = try #require(Expander.expand(ExplicitDocument.document(of: network)).network)
            #expect(again.pipes.map(\.limits) == network.pipes.map(\.limits))
            let link = try #require(network.links.first { $0.id == id })
            guard case .pipe(let pipe) = link.element else { throw CancellationError() }
            return network.pipes[pipe].limits
        }
        let network = (#""design": {"#, #""defaults": { "pipe_velocity_m_s": 1.5, "pipe_friction_pa_m": 200 }, "design": {"#)
        let size = (#""design": {"#, #""catalogue_pipes": [ { "dn": 150, "inner_diameter_mm": 155, "velocity_limit_m_s": 2, "friction_limit_pa_m": 0 } ], "defaults": { "pipe_velocity_m_s": 1.5, "pipe_friction_pa_m": 200 }, "design": {"#)
        let own = (#""dn": 150"#, #""velocity_limit_m_s": 0, "friction_limit_pa_m": 80, "dn": 150"#)
        #expect(try limits("T1/supply", []) == PipeLimits())
        #expect(try limits("T1/supply", [network]) == PipeLimits(velocity: Velocity(1.5), friction: 200))
        #expect(try limits("B7/u1/f02/supply", [network]) == PipeLimits(velocity: Velocity(1.5), friction: 200))
        #expect(try limits("T1/supply", [size]) == PipeLimits(velocity: Velocity(2), friction: nil))
        #expect(try limits("T1/return", [own, network]) == PipeLimits(velocity: nil, friction: 80))
    }

    @Test("Rows of a document extend and replace the catalogues")
    func ofDocument() throws {
        let catalogues = """
            "catalogue_valves": [ { "family": "static", "dn": 50, "setting": 1, "kv_m3_h": 10, "step": 0.25 }, { "family": "static", "dn": 50, "setting": 3, "kv_m3_h": 40 },
                                  { "family": "ours", "dn": 25, "setting": 0, "kv_m3_h": 1, "notation": "percent" }, { "family": "ours", "dn": 25, "setting": 100, "kv_m3_h": 9, "label": "auf" } ],
            "catalogue_pipes": [ { "dn": 150, "inner_diameter_mm": 155, "u_w_m_k": 0.4 } ],
            "catalogue_envelopes": [ { "id": "straw", "u_wall_w_m2_k": 0.1, "u_window_w_m2_k": 1, "u_roof_w_m2_k": 0.1, "u_ground_w_m2_k": 0.1, "u_partition_w_m2_k": 1, "u_slab_w_m2_k": 1, "air_changes_1_h": 0.3 } ],
            "catalogue_emitters": [ { "id": "wall-40-30", "supply_c": 40, "return_c": 30, "room_c": 18, "exponent": 1.1 } ],
            "design": {
            """
        let document = ExpansionExamples.example(replacing: [
            (#""design": {"#, catalogues), ("static-DN25", "ours-DN25"), ("65-percent", "straw"), ("radiator-60-45", "wall-40-30"),
        ])
        let network = try #require(Expander.expand(document).network)
        let inlet = try #require(network.valves.first { $0.level == .building })
        #expect(inlet.kv == FlowCoefficient(40) && inlet.setting == 3)
        #expect(network.valves.first { $0.level == .unit }?.setting == 100)
        let trench = try #require(network.links.first { $0.id == "T1/supply" })
        guard case .pipe(let pipe) = trench.element else { throw CancellationError() }
        #expect(network.pipes[pipe].innerDiameter == Length(millimetres: 155))
        #expect(network.pipes[pipe].heatLoss.value == 0.4)
        #expect(network.dwellings[0].emitter.nominalSupply == Temperature(celsius: 40))
        #expect(network.buildings[0].envelope == "straw")
    }
}
