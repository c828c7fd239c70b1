import NetworkFiles
import NetworkModel

/// `links.csv` and `nodes.csv` of an EPANET file, in the file's ids and order.
struct EpanetTables {
    private let network: EpanetNetwork
    private let solution: EpanetSolution
    private let model: EpanetModel

    /// Tables of a solved file.
    init(_ result: EpanetResult) {
        network = result.network
        solution = result.solution
        model = EpanetModel(result.network, physics: result.physics)
    }

    /// Pa of a metre of the file's water.
    private var pascalsPerMetre: Double { model.units.density * 9.80665 }

    /// `links.csv`.
    var links: ResultTable {
        var table = ResultTable(HydraulicTables.linkColumns, rows: network.links.count)
        for (position, link) in network.links.enumerated() {
            let flow = solution.flow[position]
            let loss = solution.head[link.from] - solution.head[link.to]
            table.add(link.id)
            table.add(link.kind)
            table.add(network.nodes[link.from].id)
            table.add(network.nodes[link.to].id)
            table.add(solution.status[position].rawValue)
            table.add(flow * model.units.density)
            table.add(flow * 3600)
            table.add(link.diameter.map { flow / (.pi / 4 * $0 * $0 * model.units.diameter * model.units.diameter) })
            table.add(loss * pascalsPerMetre / 1000)
            table.add(loss)
            table.add(setting(of: position))
        }
        return table
    }

    /// `nodes.csv`.
    var nodes: ResultTable {
        var table = ResultTable(HydraulicTables.nodeColumns, rows: network.nodes.count)
        for (position, node) in network.nodes.enumerated() {
            let elevation = node.elevation * model.units.length
            table.add(node.id)
            table.add(node.kind.name)
            table.add(elevation)
            table.add(solution.head[position])
            table.add((solution.head[position] - elevation) * pascalsPerMetre / 1000)
            table.add(nil as Double?)
            table.add(solution.demand[position] * model.units.density)
            table.add(solution.demand[position] * 3600)
            table.add(solution.isReachable[position])
        }
        return table
    }

    /// Speed of a pump, setting of a valve in the file's unit, as in force at time 0; nil for pipes.
    private func setting(of link: Int) -> Double? {
        if case .pipe = network.links[link].element { return nil }
        return model.timeZero.setting[link]
    }
}

extension EpanetLink {
    /// `pipe`, `pump`, or the valve's type as the file has it.
    fileprivate var kind: String {
        switch element {
        case .pipe: "pipe"
        case .pump: "pump"
        case .valve(let valve): valve.kind.rawValue
        }
    }

    /// Diameter in the file's unit; nil for pumps.
    fileprivate var diameter: Double? {
        switch element {
        case .pipe(let pipe): pipe.diameter
        case .valve(let valve): valve.diameter
        case .pump: nil
        }
    }
}

extension EpanetNode.Kind {
    fileprivate var name: String {
        switch self {
        case .junction: "junction"
        case .reservoir: "reservoir"
        case .tank: "tank"
        }
    }
}
