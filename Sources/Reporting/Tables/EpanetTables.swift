import NetworkFiles

/// `links.csv` and `nodes.csv` of an EPANET file, in the file's ids and order.
struct EpanetTables: Sendable {
    private let network: EpanetNetwork
    private let solution: EpanetSolution

    /// Tables of a solved file.
    init(_ result: EpanetResult) {
        network = result.network
        solution = result.solution
    }

    /// `links.csv`.
    var links: LongTable {
        LongTable(header: HydraulicTables.linkColumns, rowCount: network.links.count) { rows, table in addLinks(rows, to: &table) }
    }

    private func addLinks(_ rows: Range<Int>, to table: inout ResultTable) {
        for position in rows {
            let row = solution.linkRow(position, of: network)
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
    }

    /// `nodes.csv`; a file of cold water has no temperatures.
    var nodes: LongTable {
        LongTable(header: HydraulicTables.nodeColumns, rowCount: network.nodes.count) { rows, table in addNodes(rows, to: &table) }
    }

    private func addNodes(_ rows: Range<Int>, to table: inout ResultTable) {
        for position in rows {
            let row = solution.nodeRow(position, of: network)
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
    }
}
