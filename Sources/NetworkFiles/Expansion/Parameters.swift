import NetworkModel
import Quantities

/// The columns of the parameters that the network, a zone, a building and a dwelling can set.
struct ParameterColumns {
    let room, gains, oversize, airChanges, storeyHeight, depth, windowShare: NumberColumn
    let partition, slab, joint, terminalLoss, roughness, pipeHeatLoss: NumberColumn
    let envelope, emitter: SymbolColumn
    let shape: ShapeColumns
    /// Whether no row of the table sets any.
    let isEmpty: Bool

    init(_ table: Table) {
        room = table.numbers("room_c")
        gains = table.numbers("gains_w_m2")
        oversize = table.numbers("emitter_oversize")
        airChanges = table.numbers("air_changes_1_h")
        storeyHeight = table.numbers("storey_height_m")
        depth = table.numbers("dwelling_depth_m")
        windowShare = table.numbers("window_share")
        partition = table.numbers("u_partition_w_m2_k")
        slab = table.numbers("u_slab_w_m2_k")
        joint = table.numbers("u_joint_w_m2_k")
        terminalLoss = table.numbers("terminal_loss_kpa")
        roughness = table.numbers("roughness_mm")
        pipeHeatLoss = table.numbers("pipe_u_w_m_k")
        envelope = table.texts("envelope")
        emitter = table.texts("emitter")
        shape = ShapeColumns(table)
        let numbers = [
            room, gains, oversize, airChanges, storeyHeight, depth, windowShare, partition, slab, joint, terminalLoss, roughness,
            pipeHeatLoss,
        ]
        isEmpty = envelope.isEmpty && emitter.isEmpty && shape.isEmpty && numbers.allSatisfy(\.isEmpty)
    }
}

/// Parameters as far as they are given, in the units of the file; narrower places lie over wider ones.
struct Parameters {
    var room, gains, oversize, airChanges, storeyHeight, depth, windowShare: Double?
    var partition, slab, joint, terminalLoss, roughness, pipeHeatLoss: Double?
    var envelope = Given()
    var emitter = Given()
    var shape = ShapeParameters()

    /// A class with the row that names it, for messages.
    struct Given {
        var symbol = Symbol.absent
        var table = TableName.defaults
        var row = 0
    }

    /// Takes what a row gives, keeps the rest.
    mutating func overlay(_ columns: ParameterColumns, _ table: TableName, _ row: Int) {
        if columns.isEmpty { return }
        shape.overlay(columns.shape, row)
        room = columns.room[row] ?? room
        gains = columns.gains[row] ?? gains
        oversize = columns.oversize[row] ?? oversize
        airChanges = columns.airChanges[row] ?? airChanges
        storeyHeight = columns.storeyHeight[row] ?? storeyHeight
        depth = columns.depth[row] ?? depth
        windowShare = columns.windowShare[row] ?? windowShare
        partition = columns.partition[row] ?? partition
        slab = columns.slab[row] ?? slab
        joint = columns.joint[row] ?? joint
        terminalLoss = columns.terminalLoss[row] ?? terminalLoss
        roughness = columns.roughness[row] ?? roughness
        pipeHeatLoss = columns.pipeHeatLoss[row] ?? pipeHeatLoss
        if !columns.envelope[row].isAbsent { envelope = Given(symbol: columns.envelope[row], table: table, row: row) }
        if !columns.emitter[row].isAbsent { emitter = Given(symbol: columns.emitter[row], table: table, row: row) }
    }
}
