import NetworkFiles
import NetworkModel
import Quantities

extension StudyReader {
    mutating func readRemedies() {
        for row in 0..<document[.remedies].rowCount {
            guard let id = text(.remedies, "id", row), let kind = text(.remedies, "kind", row) else { continue }
            let name = text(.remedies, "element", row)
            guard let change = change(kind, name, row) else { continue }
            study.remedies.append(Remedy(id: id, change: change, cost: number(.remedies, "cost", row)))
        }
    }

    private mutating func change(_ kind: String, _ name: String?, _ row: Int) -> Remedy.Change? {
        let factor = number(.remedies, "factor", row)
        // A measure on the whole network is one on all its dwellings; everything else needs its element.
        guard let name else {
            switch kind {
            case "emitter": return .emitters(finder.ranges(of: nil), factor: factor ?? 1.3)
            case "insulation": return .insulation(finder.ranges(of: nil), factor: factor ?? 0.8)
            case "valve": return .valves(valves(finder.ranges(of: nil)), factor: factor ?? 1.6)
            default:
                report(.studyElementNeeded, .remedies, row, "kind", [kind])
                return nil
            }
        }
        switch kind {
        case "pipe-size": return pipeSize(name, row)
        case "emitter": return dwellings(name, row).map { .emitters($0, factor: factor ?? 1.3) }
        case "insulation": return dwellings(name, row).map { .insulation($0, factor: factor ?? 0.8) }
        case "valve":
            if let valve = finder.valve(name) { return .valves([valve], factor: factor ?? 1.6) }
            return dwellings(name, row).map { .valves(valves($0), factor: factor ?? 1.6) }
        case "pump-step":
            if let pump = finder.pump(name) { return .pump(pump, factor: factor ?? 1.1) }
            unknown(name, [.pump, .source, .substation], row)
        case "exchanger":
            if let substation = finder.substation(name) { return .exchanger(substation, factor: factor ?? 1.3) }
            unknown(name, [.substation], row)
        default: return source(name, row)
        }
        return nil
    }

    private mutating func unknown(_ name: String, _ kinds: [PartFinder.Kind], _ row: Int) {
        report(.studyElement, .remedies, row, "element", [name, kinds.map(\.rawValue).joined(separator: "/"), finder.hint(name, kinds)])
    }

    private mutating func dwellings(_ name: String, _ row: Int) -> [Range<Int>]? {
        if let area = finder.area(name) { return finder.ranges(of: area) }
        if let dwelling = finder.dwelling(name) { return finder.ranges(of: .dwelling(dwelling)) }
        unknown(name, [.zone, .building, .dwelling], row)
        return nil
    }

    private func valves(_ ranges: [Range<Int>]) -> [ValveIndex] { ranges.flatMap { network.dwellings[$0].compactMap(\.valve) } }

    private mutating func pipeSize(_ name: String, _ row: Int) -> Remedy.Change? {
        let pipes = finder.pipes(name)
        if pipes.isEmpty {
            unknown(name, [.pipe], row)
            return nil
        }
        let sizes = PipeCatalogue.standard
        if let dn = number(.remedies, "dn", row) {
            guard let size = sizes[Int(dn)] else {
                report(.studyPipeSize, .remedies, row, "dn", [NumberText.shortest(dn)])
                return nil
            }
            return .pipeSize(pipes, diameters: pipes.map { _ in size.innerDiameter.metres })
        }
        var diameters: [Double] = []
        for pipe in pipes {
            let now = network.pipes[pipe].innerDiameter.metres
            guard let next = sizes.sizes.first(where: { $0.innerDiameter.metres > now * 1.005 }) else {
                report(.studyPipeLargest, .remedies, row, "element", [name])
                return nil
            }
            diameters.append(next.innerDiameter.metres)
        }
        return .pipeSize(pipes, diameters: diameters)
    }

    /// More heat at a source, or a new source at a node pair.
    private mutating func source(_ name: String, _ row: Int) -> Remedy.Change? {
        guard let heat = number(.remedies, "heat_kw", row) else {
            report(.studyRemedyNeeds, .remedies, row, nil, ["heat_kw"])
            return nil
        }
        if let source = finder.source(name) { return .moreHeat(source, watts: 1000 * heat) }
        let node = ElementID(name)
        guard network.nodes.contains(where: { $0.id == node || $0.id == node.part("supply") }) else {
            unknown(name, [.source, .node], row)
            return nil
        }
        guard let head = number(.remedies, "head_kpa", row) else {
            report(.studyRemedyNeeds, .remedies, row, nil, ["head_kpa"])
            return nil
        }
        let id = text(.remedies, "id", row) ?? ""
        let supply = number(.remedies, "supply_c", row) ?? network.sources.first?.supplyTemperature.celsius ?? 90
        var document = networkDocument
        document.append(
            to: .sources,
            ["id": .text(id), "at": .text(name), "supply_c": .number(supply), "heat_limit_kw": .number(heat), "pump.head_kpa": .number(head)])
        let expansion = Expander.expand(document)
        guard let larger = expansion.network, larger.dwellings.count == network.dwellings.count else {
            let reason = expansion.problems.first { $0.severity == .error }?.message() ?? ""
            report(.studyExtendedNetwork, .remedies, row, "element", [reason])
            return nil
        }
        extended.append(larger)
        return .newSource(extended.count - 1)
    }
}
