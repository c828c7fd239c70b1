import Balancing
import NetworkFiles
import NetworkModel

/// Reads a study and resolves it against a network; finds all problems, not just the first.
public struct StudyReader {
    /// What came of reading.
    public struct Reading: Sendable {
        /// The study; nil where a problem forbids using it.
        public var study: Study?
        /// The network with each new source of ``Remedy/Change/newSource(_:)``, in that order.
        public var extended: [Network] = []
        /// Everything wrong or doubtful.
        public var problems: [Problem]
        /// The texts to quote.
        public var sources: [SourceText]
        /// The files read, with their digests.
        public var inputs: [InputFile]
    }

    /// Most scenarios of a study.
    public static let greatestCount = 100_000_000

    let network: Network
    let networkDocument: Document
    let document: Document
    let folder: String
    let finder: PartFinder
    var problems: [Problem] = []
    var inputs: [InputFile] = []
    var extended: [Network] = []
    var study: Study

    /// Reads the study `path` for a network that was read from `networkDocument`.
    ///
    /// - Throws: ``ReadFailure`` where the file itself cannot be read.
    public static func read(_ path: String, for network: Network, document: Document) throws(ReadFailure) -> Reading {
        let reading = try DocumentReader.read(path, schema: .study1)
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return resolve(reading, for: network, document: document, folder: folder)
    }

    /// Resolves a study that is read; weather files are looked for in `folder`.
    public static func resolve(
        _ reading: DocumentReader.Reading, for network: Network, document: Document, folder: String
    ) -> Reading {
        var reader = StudyReader(network, document, reading.document, folder)
        reader.resolveAll(isWhole: !reading.problems.hasErrors)
        let problems = reading.sortedProblems + reader.problems
        let isGood = !problems.contains { $0.severity == .error }
        return Reading(
            study: isGood ? reader.study : nil, extended: reader.extended, problems: problems,
            sources: reading.document.sources, inputs: reading.inputs + reader.inputs)
    }

    private init(_ network: Network, _ networkDocument: Document, _ document: Document, _ folder: String) {
        self.network = network
        self.networkDocument = networkDocument
        self.document = document
        self.folder = folder
        finder = PartFinder(network)
        study = Study(title: "")
    }

    /// - Parameter isWhole: whether the document was read without errors, so that what is missing is not there.
    private mutating func resolveAll(isWhole: Bool) {
        readManifest()
        readDraws()
        readRemedies()
        readFactors()
        readPolicies()
        readOutages()
        readWeather()
        readBreakEvens()
        judge(isWhole: isWhole)
    }

    private mutating func judge(isWhole: Bool) {
        var size = 1.0
        switch study.design {
        case .grid: for factor in study.factors { size *= Double(factor.levels.count) }
        case .oneAtATime: size = Double(1 + study.factors.reduce(0) { $0 + $1.levels.count })
        case .random, .latinHypercube: size = Double(study.samples)
        }
        if study.run == .hydraulics { judgeHydraulics() }
        size *= Double(study.policies.count) * Double(study.draws?.count ?? 1)
        if size > Double(Self.greatestCount) { report(.studyTooLarge, .manifest, 0, nil, ["\(Self.greatestCount)"]) }
        let asksNothing = study.factors.isEmpty && study.draws == nil && study.remedies.isEmpty && study.outages.isEmpty
            && study.weather == nil && study.breakEvens.isEmpty && study.policies.count == 1
        if asksNothing && isWhole && problems.isEmpty { report(.studyNothing, .manifest, 0, nil, []) }
    }

    /// Flows alone know rosters and nothing of heat.
    private mutating func judgeHydraulics() {
        for (row, factor) in study.factors.enumerated() where factor.parameter != .openRate && factor.parameter != .clustering {
            report(.studyFlowsAlone, .factors, row, "parameter", [factor.parameter.rawValue])
        }
        if let draws = study.draws, draws.envelopeDeviation > 0 { report(.studyFlowsAlone, .draws, 0, "envelope_deviation", ["envelope_deviation"]) }
        if let draws = study.draws, draws.roughnessDeviation > 0 { report(.studyFlowsAlone, .draws, 0, "roughness_deviation", ["roughness_deviation"]) }
        let others: [(TableName, Bool)] = [
            (.remedies, !study.remedies.isEmpty), (.outages, !study.outages.isEmpty), (.weather, study.weather != nil),
            (.breakEvens, !study.breakEvens.isEmpty), (.policies, study.policies.count > 1),
        ]
        for (table, isThere) in others where isThere { report(.studyFlowsAlone, table, 0, nil, [table.rawValue]) }
    }

    mutating func report(_ code: ProblemCode, _ table: TableName, _ row: Int, _ field: String?, _ arguments: [String]) {
        problems.append(document.problem(code, table: table, row: row, field: field, arguments: arguments))
    }

    // MARK: Cells

    func text(_ table: TableName, _ field: String, _ row: Int) -> String? {
        let symbol = document[table].texts(field)[row]
        return symbol.isAbsent ? nil : document.text(symbol)
    }

    func number(_ table: TableName, _ field: String, _ row: Int) -> Double? { document[table].numbers(field)[row] }
    func flag(_ table: TableName, _ field: String) -> Bool? { document[table].flags(field)[0] }

    // MARK: Parts of the document

    private mutating func readManifest() {
        guard document[.manifest].rowCount > 0 else { return }
        study.title = text(.manifest, "title", 0) ?? network.title
        study.run = text(.manifest, "run", 0).flatMap(Study.RunKind.init) ?? .balance
        study.design = text(.manifest, "design", 0).flatMap(Study.DesignKind.init) ?? .grid
        study.samples = number(.manifest, "samples", 0).map { Int($0) } ?? 100
        study.seed = number(.manifest, "seed", 0).map { UInt64($0) } ?? 1
        study.outdoor = number(.manifest, "outdoor_c", 0)
    }

    private mutating func readDraws() {
        guard document[.draws].rowCount > 0, let count = number(.draws, "count", 0) else { return }
        var draws = Study.Draws(count: Int(count))
        draws.rosters = flag(.draws, "rosters") ?? true
        draws.clustering = number(.draws, "clustering", 0) ?? draws.clustering
        draws.envelopeDeviation = number(.draws, "envelope_deviation", 0) ?? 0
        draws.roughnessDeviation = number(.draws, "roughness_deviation", 0) ?? 0
        study.draws = draws
    }

    private mutating func readPolicies() {
        var policies: [AllocationPolicy] = []
        for row in 0..<document[.policies].rowCount {
            switch text(.policies, "policy", row) {
            case "equal-temperature": policies.append(.equalTemperature)
            case "tilt": policies.append(.tilt(number(.policies, "tilt", row) ?? 1))
            case "open-area": policies.append(.openArea)
            case "area": policies.append(.area)
            case "most-at-target":
                policies.append(.mostAtTarget(floor: number(.policies, "floor_c", row) ?? BalanceOptions().comparedFloor))
            case "priority": policies.append(.priority)
            default: break
            }
        }
        if !policies.isEmpty { study.policies = policies }
    }

    private mutating func readOutages() {
        guard document[.outages].rowCount > 0 else { return }
        if flag(.outages, "pumps") == true {
            study.outages += network.pumps.map { Outage(kind: "pumps", id: network.links[$0.link].id.text, links: [$0.link]) }
        }
        if flag(.outages, "sources") == true {
            study.outages += network.sources.map { Outage(kind: "sources", id: $0.id.text, links: [$0.link]) }
        }
        if flag(.outages, "mains") == true { study.outages += mains() }
    }

    /// The pipes of circuits with a source, supply and return of a trench together.
    private func mains() -> [Outage] {
        var outages: [Outage] = []
        var places: [String: Int] = [:]
        for circuit in network.circuits() where circuit.substation == nil && circuit.links.contains(where: { isSource($0) }) {
            for link in circuit.links {
                guard case .pipe = network.links[link].element else { continue }
                let name = network.links[link].id.text.dropping("/supply").dropping("/return")
                // Pipes inside buildings are no mains.
                guard !name.contains("/") else { continue }
                if let place = places[name] {
                    outages[place].links.append(link)
                } else {
                    places[name] = outages.count
                    outages.append(Outage(kind: "pipes", id: name, links: [link]))
                }
            }
        }
        return outages
    }

    private func isSource(_ link: LinkIndex) -> Bool { if case .source = network.links[link].element { true } else { false } }
}
