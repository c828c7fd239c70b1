import NetworkFiles

/// `links.csv` and `nodes.csv` of an EPANET file, in the file's ids and order.
struct EpanetTables {
    private let network: EpanetNetwork
    private let solution: EpanetSolution

    /// Tables of a solved file.
    init(_ result: EpanetResult) {
        network = result.network
        solution = result.solution
    }

    /// `links.csv`.
    var links: ResultTable {
        var table = ResultTable(HydraulicTables.linkColumns, rows: network.links.count)
        for row in solution.linkRows(network) {
            table.add(row.id)
            table.add(row.kind)
            table.add(row.from)
            table.add(row.to)
            table.add(row.status.rawValue)
            table.add(row.massFlow)
            table.add(row.volumeFlow * 3600)
            table.add(row.velocity)
            table.add(row.pressureLoss.map { $0 / 1000 })
            table.add(row.headLoss)
            table.add(row.setting)
        }
        return table
    }

    /// `nodes.csv`; a file of cold water has no temperatures.
    var nodes: ResultTable {
        var table = ResultTable(HydraulicTables.nodeColumns, rows: network.nodes.count)
        for row in solution.nodeRows(network) {
            table.add(row.id)
            table.add(row.kind)
            table.add(row.elevation)
            table.add(row.head)
            table.add(row.pressure.map { $0 / 1000 })
            table.add(nil as Double?)
            table.add(row.massDemand)
            table.add(row.volumeDemand * 3600)
            table.add(row.isReachable)
        }
        return table
    }
}
