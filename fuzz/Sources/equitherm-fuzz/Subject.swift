import Balancing
import Heating
import Hydraulics
import NetworkFiles
import NetworkModel
import Studies

/// Everything that takes bytes from outside.
enum Subject: String, CaseIterable {
    /// A JSON document of any kind that is told by content, expanded and written.
    case json
    /// A table as CSV (also rosters and catalogues); the first byte chooses which.
    case csv
    /// Tables as utilities have them, with headings of their own: which table it is, is judged too.
    case table
    /// An EPANET file, solved by both physics.
    case inp
    /// A map.
    case geojson
    /// A network of pandapipes.
    case pandapipes
    /// A workbook: bytes of the package.
    case xlsx
    /// A workbook: XML of its parts.
    case sheet
    /// A study, resolved for a small network.
    case study
    /// Hours of weather, as a table or EPW.
    case weather
    /// A sound district with cells changed as the input says: reaches the solvers much more often than bytes of JSON.
    case district
    /// A whole district that the generator makes; the input's bytes are its seed, its shape, its shortage and the weather.
    case generated

    func run(_ bytes: [UInt8]) {
        switch self {
        case .json: Self.read(DocumentReader.parse(bytes, name: "fuzz.json"))
        case .csv: Self.readTable(bytes)
        case .table: Self.read(DocumentReader.parse(bytes, name: "fuzz.csv"))
        case .inp: Self.readEpanet(bytes)
        case .geojson: Self.read(DocumentReader.parse(Self.begun(bytes, "\"type\":\"FeatureCollection\","), name: "fuzz.geojson"))
        case .pandapipes: Self.read(DocumentReader.parse(Self.begun(bytes, "\"_module\":\"pandapipes.pandapipes_net\","), name: "fuzz.json"))
        case .xlsx: Self.read(DocumentReader.parse(bytes, name: "fuzz.xlsx"))
        case .sheet: Self.read(DocumentReader.parse(MutatedWorkbook.bytes(bytes), name: "fuzz.xlsx"))
        case .study: Self.readStudy(bytes)
        case .weather: Self.readWeather(bytes)
        case .district: Self.balance(Self.read(DocumentReader.parse(MutatedDistrict(bytes).json, name: "fuzz.json"), writes: false), bytes)
        case .generated: GeneratedDistrict(bytes).run()
        }
    }

    /// A document that says what it is whatever the fuzzer did to its beginning.
    private static func begun(_ bytes: [UInt8], _ member: String) -> [UInt8] {
        bytes.first == UInt8(ascii: "{") ? Array("{".utf8) + Array(member.utf8) + bytes.dropFirst() : bytes
    }

    // MARK: Subjects

    private static func readTable(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let tables = TableName.allCases
        let reading = DocumentReader.parseTable(tables[Int(first) % tables.count], Array(bytes.dropFirst()), name: "fuzz.csv")
        tell(reading.sortedProblems, reading.document.sources)
    }

    @discardableResult private static func read(_ reading: DocumentReader.Reading, writes: Bool = true) -> Network? {
        let expansion = Expander.expand(reading.document, dwellingLimit: 200)
        tell(reading.sortedProblems + expansion.problems, reading.document.sources)
        guard !reading.problems.hasErrors else { return nil }
        // What large documents are refused by must never refuse a sound one, and must refuse every other before anything is made of it.
        let frugal = Expander.expand(reading.document, dwellingLimit: 200, frugalRows: -1)
        expect((frugal.network == nil) == (expansion.network == nil), "a document is refused by its names and rows only, or not by them")
        guard let network = expansion.network else {
            let isEarly = frugal.problems.contains { $0.severity == .error && ["too-large", "cyclic-substations"].contains($0.code.name) }
            expect(isEarly || frugal.problems.contains { $0.code == .judgedInPart }, "a document is made before it is refused")
            return nil
        }
        if writes {
            // What is written must be read again as the same network.
            let written = DocumentReader.parse(DocumentWriter.json(reading.document), name: "written.json")
            expect(!written.problems.hasErrors, "a document that was written cannot be read")
            expect(written.document == reading.document, "a document that was written is read as another")
        }
        return network
    }

    private static let studied = DocumentReader.parse(MutatedDistrict([]).json, name: "network.json")
    private static let studiedNetwork = Expander.expand(studied.document).network

    private static func readStudy(_ bytes: [UInt8]) {
        guard let network = studiedNetwork else { return expect(false, "the district of the studies is refused") }
        let reading = DocumentReader.parse(bytes, name: "study.json", schema: .study1)
        let study = StudyReader.resolve(reading, for: network, document: studied.document, folder: "nowhere/")
        tell(study.problems, study.sources)
        expect((study.study == nil) == study.problems.contains { $0.severity == .error }, "a study beside an error")
    }

    private static func readWeather(_ bytes: [UInt8]) {
        guard case .success(let hours) = WeatherSeries.parse(String(decoding: bytes, as: UTF8.self)) else { return }
        expect(!hours.isEmpty && hours.allSatisfy { (-90...70).contains($0.outdoor) }, "weather that there is not")
    }

    private static func readEpanet(_ bytes: [UInt8]) {
        do throws(ReadFailure) {
            let read = try EpanetReader.parse(bytes)
            tell(read.warnings + read.notes, [read.source])
            guard read.network.links.count <= 300 else { return }
            for physics in [EpanetPhysics.epanet, .exact] {
                guard let solution = try? EpanetSolver.solve(read.network, physics: physics) else { continue }
                judge(solution)
            }
        } catch {
            if case .invalid(let problems, let sources) = error { tell(problems, sources) }
        }
    }

    // MARK: Promises

    /// Every problem can be told in both languages, without control characters.
    private static func tell(_ problems: [Problem], _ sources: [SourceText]) {
        guard !problems.isEmpty else { return }
        // The first and the last; both languages share all but their words.
        let shown = problems.count == 1 ? problems : [problems[0], problems[problems.count - 1]]
        for language in [problems.count.isMultiple(of: 2) ? Language.english : .chinese] {
            let text = ProblemRenderer(sources: sources, language: language).text(shown)
            expect(!text.utf8.contains { ($0 < 32 && $0 != 10) || $0 == 127 }, "a control character in a message")
        }
    }

    private static func judge(_ solution: EpanetSolution) {
        for (position, head) in solution.head.enumerated() {
            expect(head.isFinite || !solution.isReachable[position], "a head that is no number where water is")
        }
        expect(solution.flow.allSatisfy(\.isFinite), "a flow that is no number")
        let greatest = solution.flow.reduce(0) { max($0, abs($1)) }
        for check in solution.checks {
            // kg/s against m³/s: 1000 kg/m³ times the solver's promise of 1e-6 of the largest flow, and its floor.
            expect(check.mass.error <= max(1e-6 * greatest * 1000, 1e-6), "mass is not kept: \(check.mass.error) kg/s")
        }
    }

    /// Balances with one thread; a network that cannot be solved may say so, an answer must hold together.
    private static func balance(_ network: Network?, _ bytes: [UInt8]) {
        guard let network else { return expect(!bytes.isEmpty, "the district as it stands is refused") }
        var options = BalanceOptions()
        options.simulation.threads = 1
        // Today's state costs as much as all the rest, and is no answer; one in eight inputs looks at it all the same.
        options.simulatesBefore = bytes.count % 8 == 7
        guard let run = try? BalanceRun(network, options: options) else { return expect(!bytes.isEmpty, "the district as it stands is not balanced") }
        let outcome = run.after
        expect(outcome.massFlow.allSatisfy { !$0.isInfinite }, "an infinite flow")
        for (position, room) in outcome.room.enumerated() {
            expect(!room.isInfinite && !(room < -300) && !(room > 300), "a room at \(room) °C (dwelling \(position))")
        }
        // The promise of the simulation (THEORY.md): 1e-6 of the source heat; with nothing to give, a milliwatt.
        let energy = outcome.energy
        expect(
            energy.relativeResidual <= 1e-6 || energy.residual.magnitude <= 1e-3,
            "energy is not kept: \(energy.residual) W of \(energy.sources) W")
    }
}
