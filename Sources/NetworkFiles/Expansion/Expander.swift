import NetworkModel

/// Turns a document into a network: compact forms become elements, units become SI, defaults fill what is left open.
public enum Expander {
    /// Dwellings that are made although no network comes of them, to find what is wrong in tables that name their parts.
    private static let refusedDwellings = 5_000
    /// Rows of which the same holds: their elements take several times the memory of their text.
    public static let refusedRows = 10_000

    /// Expands a document and judges the result; finds all problems, not just the first.
    ///
    /// The order of elements is that of the document's tables: nodes that are declared, then pairs that are implied, then
    /// the inner nodes of sources, substations and buildings; links by kind (pipes, valves, pumps, sources, substations,
    /// terminals); dwellings building by building, floor by floor.
    ///
    /// - Parameters:
    ///   - dwellingLimit: how many dwellings may be made before the document is refused (`too-large`): three numbers in a row can ask
    ///     for more than any memory holds. Dense indices end at the default; callers who know their memory say less.
    ///   - isRefused: whether the document has errors already, so that no network comes of it: then a large one is judged without
    ///     making its dwellings, which take thousands of times the memory of the few rows that ask for them.
    ///   - frugalRows: rows above which a document is first judged by its names, and refused by them without making its elements. No
    ///     document is refused by this that would not be refused anyway.
    /// - Complexity: O(rows + elements), expected.
    public static func expand(
        _ document: Document, dwellingLimit: Int = 300_000_000, isRefused: Bool = false, frugalRows: Int = refusedRows
    ) -> Expansion {
        var work = ExpansionWork(document)
        work.dwellingLimit = min(dwellingLimit, 300_000_000)
        work.expandConditions()
        work.expandCatalogues()
        work.expandZones()
        work.nameNodes()
        work.findCircuits()
        work.judgePairs()
        if !work.judgeHeatWays() { return work.refuse() }
        if work.elementRows > frugalRows, work.foreseesRefusal(isRefused, isPlanned: false) { return work.refuse(inPart: true) }
        work.planBuildings()
        // What follows goes through all dwellings, which there are not.
        if work.isTooLarge { return work.refuse() }
        work.planListedDwellings()
        work.findLoads()
        work.expandRoster()
        let isLarge = work.elementRows > frugalRows || work.states.count > refusedDwellings
        if isLarge, work.foreseesRefusal(isRefused, isPlanned: true) { return work.refuse(inPart: true) }
        work.makeNodes()
        work.expandSources()
        work.expandTrenches()
        work.expandSubstations()
        if isRefused || work.log.hasErrors, work.states.count > refusedDwellings { return work.refuse(inPart: true) }
        work.expandBuildings()
        work.expandListedDwellings()
        work.builder.setPartyWalls(work.partyWalls)
        work.listedValveStart = work.builder.current.valves.count
        work.expandPipes()
        work.expandValves()
        work.expandPumps()
        work.attachPumps()
        work.resolveWorstPoints()
        work.expandTerminals()
        work.attachRisers()
        work.expandSettings()
        return work.finish()
    }
}

extension ExpansionWork {
    /// What was found up to here, and no network; where more may show once that is mended, this is said.
    mutating func refuse(inPart: Bool = false) -> Expansion {
        if inPart { log.report(Problem(.judgedInPart, severity: .warning)) }
        return Expansion(network: nil, problems: log.sorted(files: document.sources.map(\.path)), assumptions: used.assumptions)
    }

    /// Judges the network and gives its problems their places in the file.
    mutating func finish() -> Expansion {
        findSubstationsOfListed()
        builder.groupLinksByKind()
        let network = builder.build()
        if !log.hasErrors {
            let owners = ProblemOwners(document)
            log.merge(network.problemLog { owners.wasJudged($0) }.mapped(owners.placed))
        }
        return Expansion(
            network: log.hasErrors ? nil : network, problems: log.sorted(files: document.sources.map(\.path)),
            assumptions: used.assumptions)
    }

    /// Buildings whose substation no row names belong to that of the circuit their terminals are in.
    private mutating func findSubstationsOfListed() {
        let open = buildingPlans.indices.filter { buildingPlans[$0].substation == nil && buildingPlans[$0].dwellingCount > 0 }
        if open.isEmpty || builder.current.substations.isEmpty { return }
        var substationOf = [SubstationIndex?](repeating: nil, count: builder.current.nodes.count)
        for circuit in builder.current.circuits() {
            guard let substation = circuit.substation else { continue }
            for node in circuit.nodes { substationOf[node.position] = substation }
        }
        for building in open {
            let dwellings = builder.current.buildings[building].dwellings
            guard let first = dwellings.first(where: { builder.current.dwellings[$0].terminal != nil }),
                let terminal = builder.current.dwellings[first].terminal
            else { continue }
            let node = builder.current.links[builder.current.terminals[terminal].link].from
            let found = substationOf[node.position]
            builder.update(BuildingIndex(building)) { $0.substation = found }
        }
    }
}
