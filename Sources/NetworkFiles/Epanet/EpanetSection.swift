/// The sections of an EPANET input file.
enum EpanetSection: String, CaseIterable {
    case title = "TITLE", junctions = "JUNCTIONS", reservoirs = "RESERVOIRS", tanks = "TANKS", pipes = "PIPES"
    case pumps = "PUMPS", valves = "VALVES", controls = "CONTROLS", rules = "RULES", demands = "DEMANDS"
    case sources = "SOURCES", emitters = "EMITTERS", leakage = "LEAKAGE", patterns = "PATTERNS", curves = "CURVES"
    case quality = "QUALITY", status = "STATUS", roughness = "ROUGHNESS", energy = "ENERGY", reactions = "REACTIONS"
    case mixing = "MIXING", report = "REPORT", times = "TIMES", options = "OPTIONS", coordinates = "COORDINATES"
    case vertices = "VERTICES", labels = "LABELS", backdrop = "BACKDROP", tags = "TAGS", end = "END"

    /// The section of a header without its bracket and in capitals, by its full name, its singular, or any beginning of
    /// at least four letters: EPANET 2.0 compared four, older files abbreviate.
    static func named(_ header: String) -> EpanetSection? {
        allCases.first { section in
            let name = section.rawValue
            return header == name || (header.utf8.count >= 4 && name.hasPrefix(header))
        }
    }

    /// Place among all sections.
    var order: Int { Self.orders[self] ?? 0 }

    private static let orders = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

    /// Whether nothing in it can change flows and pressures of a steady state.
    var isOutsideHydraulics: Bool {
        switch self {
        case .sources, .quality, .roughness, .energy, .reactions, .mixing, .report, .labels, .backdrop, .tags: true
        case .title, .junctions, .reservoirs, .tanks, .pipes, .pumps, .valves, .controls, .rules, .demands, .emitters,
            .leakage, .patterns, .curves, .status, .times, .options, .coordinates, .vertices, .end:
            false
        }
    }
}
