import NetworkModel

/// Fills the columns of one table cell by cell, judging each against its field; both readers end here.
struct TableFiller {
    let schema: TableSchema
    /// Rows begun.
    private(set) var rowCount = 0
    private(set) var rowOffsets: [UInt32] = []
    var csvColumns: [Int] = []
    let plans: [Plan]
    // Cells by field position; each field uses the one array of its kind.
    private(set) var texts: [[Symbol]]
    private var numbers: [[Double]]
    private var flags: [[Bool?]]
    private var points: [[[TablePoint]]]
    /// The last row that gave each field, whether or not its value was accepted.
    private var lastRow: [Int]
    private let required: [Int]
    private var problemsBefore = 0
    private var unknown: [(name: String, offset: Int, rows: Int)] = []

    /// What a field asks of its cells, flat for the loop over cells.
    struct Plan {
        var storage: FieldType.Storage
        var lower = 0.0
        var upper = 0.0
        var excludesLower = false
        var plausibleLower = 0.0
        var plausibleUpper = 0.0
        var isWhole = false
        var isName = false
        /// Whether a number without a second one may stand in a list.
        var isList = false
        var choices: [Symbol] = []
    }

    init(_ schema: TableSchema, in state: inout ReadingState) {
        self.schema = schema
        let count = schema.fields.count
        texts = Array(repeating: [], count: count)
        numbers = Array(repeating: [], count: count)
        flags = Array(repeating: [], count: count)
        points = Array(repeating: [], count: count)
        lastRow = Array(repeating: 0, count: count)
        var plans: [Plan] = []
        for field in schema.fields {
            var plan = Plan(storage: field.type.storage)
            switch field.type {
            case .number(_, let range), .integer(let range):
                (plan.lower, plan.upper, plan.excludesLower) = (range.valid.lowerBound, range.valid.upperBound, range.excludesLowerBound)
                (plan.plausibleLower, plan.plausibleUpper) = (range.plausible.lowerBound, range.plausible.upperBound)
                if case .integer = field.type { plan.isWhole = true }
            case .choice(let words): plan.choices = words.map { state.pool.intern($0) }
            case .id, .reference: plan.isName = true
            case .values: plan.isList = true
            case .text, .flag, .points: break
            }
            plans.append(plan)
        }
        self.plans = plans
        required = schema.fields.indices.filter { schema.fields[$0].isRequired }
    }

    /// Makes room for about this many rows in the columns that have cells: growing by doubling would leave their earlier halves behind.
    mutating func reserve(_ rows: Int) {
        rowOffsets.reserveCapacity(rows)
        for field in plans.indices {
            if !texts[field].isEmpty { texts[field].reserveCapacity(rows) }
            if !numbers[field].isEmpty { numbers[field].reserveCapacity(rows) }
        }
    }

    /// How cells of a field are kept.
    func storage(of field: Int) -> FieldType.Storage { plans[field].storage }

    // MARK: Rows

    /// Starts a row at a byte.
    mutating func beginRow(at offset: Int, _ state: inout ReadingState) {
        rowCount += 1
        // Files are at most 2 GB; half the memory of `Int` counts when a row is twenty bytes.
        rowOffsets.append(UInt32(truncatingIfNeeded: offset))
        problemsBefore = state.log.problems.count
    }

    /// Notes that the row gives a field; false, with a problem, when it gave it before.
    mutating func claim(_ field: Int, at offset: Int, _ state: inout ReadingState) -> Bool {
        if lastRow[field] == rowCount {
            state.report(.repeatedField, at: offset, field: schema.fields[field].name, schema.fields[field].name)
            return false
        }
        lastRow[field] = rowCount
        return true
    }

    /// Takes a claim back: the cell turned out to be empty.
    mutating func unclaim(_ field: Int) { lastRow[field] = 0 }

    /// Whether the row has given no cell so far.
    var isRowEmpty: Bool { !lastRow.contains(rowCount) }

    /// Ends a row: what it must give and does not is a problem, unless the row itself was cut short.
    mutating func endRow(isWhole: Bool, _ state: inout ReadingState) {
        for field in required where isWhole && lastRow[field] != rowCount { reportMissing(field, &state) }
        if state.log.problems.count > problemsBefore { nameElement(since: problemsBefore, &state) }
    }

    /// Takes back a row that turned out to be empty.
    mutating func dropRow() {
        rowCount -= 1
        rowOffsets.removeLast()
    }

    // MARK: Cells

    /// Keeps a number after judging it.
    @inline(__always)
    mutating func add(_ value: Double, to field: Int, at range: Range<Int>, _ state: inout ReadingState) {
        let lower = plans[field].lower
        if !(value >= lower && value <= plans[field].upper) || value == lower && plans[field].excludesLower {
            return reportRange(field, range, .error, &state)
        }
        if plans[field].isWhole && value != value.rounded(.towardZero) {
            return state.report(.notWhole, at: range.lowerBound, field: schema.fields[field].name, schema.fields[field].name, state.quote(range))
        }
        if value < plans[field].plausibleLower || value > plans[field].plausibleUpper {
            reportRange(field, range, .warning, &state)
        }
        while numbers[field].count < rowCount - 1 { numbers[field].append(.nan) }
        numbers[field].append(value)
    }

    /// Keeps a text (id, reference, choice) after judging it; an empty one is an empty cell.
    @inline(__always)
    mutating func add(_ text: Span<UInt8>, to field: Int, at range: Range<Int>, _ state: inout ReadingState) {
        if text.isEmpty {
            lastRow[field] = 0
            return
        }
        if text.count > TextLimits.bytes(isName: plans[field].isName) { return reportLength(text.count, field, range, &state) }
        let known = state.pool.count
        let symbol = state.pool.intern(text)
        if !plans[field].choices.isEmpty {
            if !plans[field].choices.contains(symbol) { return reportChoice(field, range, &state) }
        } else if symbol.raw >= known {
            judge(symbol, field, range, &state)
        }
        while texts[field].count < rowCount - 1 { texts[field].append(.absent) }
        texts[field].append(symbol)
    }

    /// Keeps a flag.
    mutating func add(_ flag: Bool, to field: Int) {
        while flags[field].count < rowCount - 1 { flags[field].append(nil) }
        flags[field].append(flag)
    }

    /// Keeps a list of pairs.
    mutating func add(_ list: [TablePoint], to field: Int) {
        while points[field].count < rowCount - 1 { points[field].append([]) }
        points[field].append(list)
    }

    /// Notes a name that is no field; each is reported once, with the number of rows, when the table ends.
    mutating func noteUnknown(_ name: String, at offset: Int) {
        if let position = unknown.firstIndex(where: { $0.name == name }) {
            unknown[position].rows += 1
        } else if unknown.count < 100 {
            unknown.append((name, offset, 1))
        }
    }

    // MARK: The end

    /// Judges the table as a whole and gives it.
    mutating func finish(source: Int, _ state: inout ReadingState) -> Table {
        for (name, offset, rows) in unknown {
            state.report(
                .unknownField, at: offset, field: name, Quoting.quote(Array(name.utf8)[...]), schema.name.rawValue,
                Suggestion.text(for: name, in: schema.fields.lazy.map(\.name)), String(rows))
        }
        var table = Table(schema)
        table.rowCount = rowCount
        table.rowOffsets = rowOffsets
        table.source = source
        table.csvColumns = csvColumns
        for field in schema.fields.indices {
            switch plans[field].storage {
            case .texts: table.columns[field] = .texts(padded(&texts[field], .absent))
            case .numbers: table.columns[field] = .numbers(padded(&numbers[field], .nan))
            case .flags: table.columns[field] = .flags(padded(&flags[field], nil))
            case .points: table.columns[field] = .points(padded(&points[field], []))
            }
        }
        return table
    }

    private func padded<Value>(_ values: inout [Value], _ absent: Value) -> [Value] {
        if values.isEmpty { return [] }
        while values.count < rowCount { values.append(absent) }
        defer { values = [] }
        return values
    }
}
