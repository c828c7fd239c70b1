import NetworkModel

extension ReadingSession {
    /// Reads a water network that pandapipes wrote with `to_json`.
    mutating func readPandapipes(_ file: FileBytes) {
        record.format = "pandapipes"
        guard let bytes = take(file), let tree = JSONTree.read(bytes, state: &state) else { return }
        guard let frames = PandapipesFrames(tree, state: &state) else { return }
        var reader = PandapipesReader(frames, document: document, state: state)
        state = ReadingState()
        reader.run()
        state = reader.state
        for (table, rows) in reader.finished(source: state.sources.count - 1) { document[table] = rows }
        state = reader.state
        record.remarks += reader.remarks
        record.unused += reader.unused
        addManifest(title: frames.text("name"))
    }
}

/// Maps the elements of pandapipes (Lohmeier et al., Sustainability 12 (2020) 9899) onto the format, one frame after the other.
struct PandapipesReader {
    /// A column of a row that is to be written.
    typealias Cells = [(field: String, value: Value)]

    /// A cell to be written, with the place it comes from.
    enum Value {
        case text(String, Range<Int>)
        case number(Double, Range<Int>)
        case points([TablePoint])
    }

    let frames: PandapipesFrames
    var state: ReadingState
    private let document: Document
    private var fillers: [TableName: TableFiller] = [:]
    /// The name of each junction, by index.
    var junctions: [Int: String] = [:]
    /// What junctions take or hold, from the frames that hang on them.
    var taken: [Int: (demand: Double, pressure: Double?, temperature: Double?)] = [:]
    /// Pipes that a valve of the newer form closes or throttles, by index.
    var pipeValves: [Int: (isClosed: Bool, loss: Double)] = [:]
    private(set) var remarks: [Problem] = []
    private(set) var unused: [String] = []
    var wideValves = 0
    /// Types of pumps, found when the first pump names one.
    var pumpTypes: [String: JSONTree.Node]?
    /// Height of each junction, read when a pump needs the first.
    private var heights: [Int: Double]?

    init(_ frames: PandapipesFrames, document: Document, state: ReadingState) {
        self.frames = frames
        self.document = document
        self.state = state
    }

    /// Reads everything.
    mutating func run() {
        guard isWater() else { return }
        refuseOthers()
        readJunctionNames()
        readDemands()
        readValvesOfPipes()
        readPipes()
        readValves()
        readPumps()
        readConsumers()
        // Last, because elements between give junctions pressures and demands.
        readJunctions()
        if wideValves > 0 { remark(.pandapipesWide, String(wideValves)) }
        remark(.pandapipesWater)
    }

    /// The tables, finished.
    mutating func finished(source: Int) -> [(TableName, Table)] {
        Schema.equitherm1.names.compactMap { table in
            guard var filler = fillers.removeValue(forKey: table) else { return nil }
            return (table, filler.finish(source: source, &state))
        }
    }

    // MARK: What is read

    private static let known: Set<String> = [
        "junction", "pipe", "ext_grid", "sink", "source", "valve", "pump", "circ_pump_mass", "circ_pump_pressure", "heat_exchanger",
        "heat_consumer", "flow_control", "junction_geodata",
    ]
    /// Frames and members that say nothing of the network itself.
    private static let passed: Set<String> = [
        "pipe_geodata", "fluid", "name", "version", "format_version", "component_list", "std_types", "sector", "user_pf_options", "OPF_converged",
        "converged", "bus_geodata", "hyd_flag", "_",
    ]

    private mutating func isWater() -> Bool {
        let fluid = frames.object("fluid")
        let name = fluid.flatMap { fluid in fluid.member("name", of: fluid.root).flatMap { fluid.string($0) } }
        let isGas = fluid.flatMap { fluid in fluid.member("is_gas", of: fluid.root).flatMap { fluid.flag($0) } } ?? false
        if !isGas && name ?? "water" == "water" { return true }
        state.report(.pandapipesFluid, at: frames.offset("fluid"), name ?? "?")
        return false
    }

    /// Elements in service that have no counterpart are refused; results and empty tables are passed.
    private mutating func refuseOthers() {
        var (results, hasGeodata) = (0, false)
        for member in frames.members {
            let name = frames.name(of: member)
            if name.hasPrefix("res_") { results += 1 }
            if name == "pipe_geodata" { hasGeodata = true }
            if Self.known.contains(name) || Self.passed.contains(name) || name.hasPrefix("_") || name.hasPrefix("res_") { continue }
            guard let frame = frames.frame(name, at: member, &state) else { continue }
            for row in frame.rows where isInService(row, frame) {
                let element = frame.text("name", row) ?? String(row.index)
                state.report(.pandapipesElement, at: row.offset, element, name)
            }
        }
        if results > 0 { unused.append("res_* (\(results))") }
        if hasGeodata { unused.append("pipe_geodata") }
    }

    // MARK: Rows

    /// Adds a row, judging each cell like one of the format's own files.
    mutating func add(_ table: TableName, at offset: Int, _ cells: Cells) {
        var filler = fillers.removeValue(forKey: table) ?? TableFiller(document.schema[table], in: &state)
        filler.beginRow(at: offset, &state)
        for cell in cells {
            guard let field = filler.schema.position(of: cell.field), filler.claim(field, at: offset, &state) else { continue }
            switch cell.value {
            case .text(let text, let range):
                let bytes = Array(text.utf8)
                filler.add(bytes.span, to: field, at: range, &state)
            case .number(let number, let range): filler.add(number, to: field, at: range, &state)
            case .points(let points): filler.add(points, to: field)
            }
        }
        filler.endRow(isWhole: true, &state)
        fillers[table] = filler
    }

    /// Says something that needs no remedy.
    mutating func remark(_ code: ProblemCode, _ arguments: String...) {
        remarks.append(Problem(code, severity: .warning, arguments: arguments))
    }

    /// Whether a row is in service; one that does not say is.
    func isInService(_ row: PandapipesFrames.Row, _ frame: PandapipesFrames.Frame) -> Bool {
        if case .flag(let flag) = frame["in_service", row] { return flag }
        return true
    }

    /// The ids of the rows of a frame: their names where those are all there and distinct, else a word and the index.
    mutating func ids(_ frame: PandapipesFrames.Frame, prefix: String) -> [String] {
        let names = frame.rows.map { frame.text("name", $0) ?? "" }
        if !names.contains(where: { $0.isEmpty || $0.utf8.count > TextLimits.name || Substring($0).withoutBlanks != $0 }), Set(names).count == names.count { return names }
        remark(.pandapipesNames, frame.name, prefix)
        return frame.rows.map { prefix + String($0.index) }
    }

    /// The node of a junction that a row names; nil, with a problem, where there is none.
    mutating func node(_ column: String, _ row: PandapipesFrames.Row, _ frame: PandapipesFrames.Frame) -> (index: Int, name: String)? {
        guard let number = frame.number(column, row), let index = Int(exactly: number) else {
            state.report(.pandapipesMissing, at: row.offset, frame.text("name", row) ?? String(row.index), frame.name, column)
            return nil
        }
        if let name = junctions[index] { return (index, name) }
        state.report(.pandapipesReference, at: row.offset, frame.text("name", row) ?? String(row.index), frame.name, "junction", String(index))
        return nil
    }

    /// A number that a row must give; nil, with a problem, where it does not.
    mutating func needed(_ column: String, _ row: PandapipesFrames.Row, _ frame: PandapipesFrames.Frame) -> Double? {
        if let number = frame.number(column, row) { return number }
        state.report(.pandapipesMissing, at: row.offset, frame.text("name", row) ?? String(row.index), frame.name, column)
        return nil
    }

    // MARK: Junctions

    private mutating func readJunctionNames() {
        guard let frame = frames.frame("junction", &state) else {
            return state.report(.pandapipesFrame, at: 0, "junction")
        }
        for (row, id) in zip(frame.rows, ids(frame, prefix: "J")) { junctions[row.index] = id }
    }

    private mutating func readJunctions() {
        guard let frame = frames.frame("junction", &state) else { return }
        var places: [Int: (x: Double, y: Double)] = [:]
        if let geodata = frames.frame("junction_geodata", &state) {
            for row in geodata.rows {
                if let x = geodata.number("x", row), let y = geodata.number("y", row) { places[row.index] = (x, y) }
            }
        }
        for row in frame.rows where isInService(row, frame) {
            guard let id = junctions[row.index] else { continue }
            let place = row.offset..<row.offset + 1
            var cells: Cells = [("id", .text(id, place)), ("line", .text("single", place))]
            cells.append(("elevation_m", .number(frame.number("height_m", row) ?? 0, frame.range("height_m", row) ?? place)))
            if let position = places[row.index] {
                cells += [("x_m", .number(position.x, place)), ("y_m", .number(position.y, place))]
            }
            if let own = taken[row.index] {
                if let pressure = own.pressure { cells.append(("fixed_pressure_kpa", .number(ForeignCell.converted(pressure, 100), place))) }
                if own.demand != 0 { cells.append(("demand_kg_s", .number(own.demand, place))) }
                // A source gives no temperature; that of its junction at the start is the best that the file says.
                if let temperature = own.temperature ?? (own.demand < 0 ? frame.number("tfluid_k", row) : nil) { cells.append(("injection_c", .number(Self.celsius(temperature), place))) }
            }
            add(.nodes, at: row.offset, cells)
        }
        remark(.pandapipesRead, String(frame.rows.count), "junction", "nodes")
    }

    /// The height of a junction, m.
    mutating func height(of junction: Int) -> Double {
        if heights == nil {
            var made: [Int: Double] = [:]
            if let frame = frames.frame("junction", &state) {
                for row in frame.rows where made[row.index] == nil { made[row.index] = frame.number("height_m", row) ?? 0 }
            }
            heights = made
        }
        return heights?[junction] ?? 0
    }

    /// External grids hold a pressure, sinks take water, sources give it.
    private mutating func readDemands() {
        for name in ["ext_grid", "sink", "source"] {
            guard let frame = frames.frame(name, &state), !frame.rows.isEmpty else { continue }
            for row in frame.rows where isInService(row, frame) {
                guard let junction = node("junction", row, frame) else { continue }
                var own = taken[junction.index] ?? (0, nil, nil)
                if name == "ext_grid" {
                    if frame.text("type", row) != "t" { own.pressure = needed("p_bar", row, frame) ?? own.pressure }
                    own.temperature = frame.number("t_k", row) ?? own.temperature
                } else if let flow = needed("mdot_kg_per_s", row, frame) {
                    own.demand += (name == "sink" ? 1 : -1) * flow * (frame.number("scaling", row) ?? 1)
                }
                taken[junction.index] = own
            }
            remark(.pandapipesRead, String(frame.rows.count), name, "nodes")
        }
    }

    /// A temperature in °C, without the digits that 273.15 leaves behind.
    static func celsius(_ kelvin: Double) -> Double { ((kelvin - 273.15) * 1e6).rounded() / 1e6 }
}
