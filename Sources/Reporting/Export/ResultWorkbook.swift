import NetworkFiles
import Spreadsheets

/// `results.xlsx`: the tables of the CSV files, with headings in both the reader's language and the published names.
struct ResultWorkbook {
    private let texts: Texts

    /// Workbooks in a language.
    init(_ texts: Texts) { self.texts = texts }

    /// A sheet of a table of results.
    func sheet(_ name: String, _ table: ResultTable) -> SheetContent {
        let reader = ResultTableReader(table)
        let kind = TableSheetText(rawValue: String(name.dropLast(4)))
        let columns = reader.header.enumerated().map { position, column in
            SheetContent.Column(
                title: title(column), name: column, format: reader.kinds[position] == .number ? Self.format(column) : nil)
        }
        return SheetContent(name: kind.map { texts($0) } ?? String(name.dropLast(4)), columns: columns, rowCount: reader.rowCount) { reader.cells($0) }
    }

    /// What a person reads above a column: its meaning and unit.
    private func title(_ column: String) -> String {
        let unit = ColumnUnit(column)
        let name = ColumnText(rawValue: unit.name).map { texts($0) } ?? unit.name
        return unit.unit.isEmpty ? name : "\(name) (\(unit.unit))"
    }

    /// How many decimals a column shows; its cells hold all digits.
    private static func format(_ column: String) -> String {
        switch ColumnUnit(column).unit {
        case "°C": return "0.0"
        case "kPa", "m/s": return "0.00"
        case "kg/s", "m³/h": return "0.000"
        case "W", "m²": return "#,##0"
        case "m", "K": return "0.0"
        default: break
        }
        switch column {
        case "open_rate", "share_at_target", "share_of_flows_kept", "share_of_flows_within_3", "share_of_flows_within_5",
            "alone_share_at_target", "alone_share_of_flows_within_5", "kv_tolerance", "flow_deviation": return "0.0%"
        case "flow_ratio", "tilt", "authority", "speed", "previous_speed", "efficiency", "flow_ratio_min", "flow_ratio_mean",
            "flow_ratio_max", "position_factor", "relative_load", "relative_flow", "occupancy_factor", "gain_dwellings": return "0.00"
        case "degree_dwellings", "effect_degree_dwellings": return "0.0"
        default: return "General"
        }
    }
}

/// A published column name as its meaning and its unit.
struct ColumnUnit: Hashable {
    /// The name without the unit.
    let name: String
    /// The unit; empty for numbers without one and for texts.
    let unit: String

    private static let units: [(tail: String, unit: String)] = [
        ("_m3_h", "m³/h"), ("_kg_s", "kg/s"), ("_m_s", "m/s"), ("_kpa", "kPa"), ("_m2", "m²"), ("_c", "°C"), ("_w", "W"),
        ("_pa", "Pa"), ("_k", "K"), ("_m", "m"),
    ]

    /// Cuts a column name.
    init(_ column: String) {
        let found = Self.units.first { column.hasSuffix($0.tail) }
        name = found.map { String(column.dropLast($0.tail.count)) } ?? column
        unit = found?.unit ?? ""
    }
}

/// The cells of a result table, read back from its CSV bytes row by row, so that the workbook holds what the CSV holds.
struct ResultTableReader: Sendable {
    /// The names of the columns.
    let header: [String]
    /// What each column holds.
    let kinds: [ResultTable.Kind]
    private let bytes: [UInt8]
    private let guards: Set<Int>
    /// Where each row of cells starts.
    private let starts: [Int]

    /// Reads a table.
    init(_ table: ResultTable) {
        bytes = table.bytes
        kinds = table.kinds
        guards = Set(table.guards)
        var starts: [Int] = []
        var isQuoted = false
        for (position, byte) in bytes.enumerated() {
            if byte == 0x22 { isQuoted.toggle() }
            if byte == 0x0A && !isQuoted { starts.append(position + 1) }
        }
        self.starts = starts
        header = Self.texts(bytes, guards, from: 0)
    }

    /// Number of rows below the header.
    var rowCount: Int { max(starts.count - 1, 0) }

    /// The cells of a row.
    func cells(_ row: Int) -> [SheetContent.Cell] {
        zip(Self.texts(bytes, guards, from: starts[row]), kinds).map { text, kind in
            if text.isEmpty { return .empty }
            switch kind {
            case .text: return .text(text)
            case .number: return Double(text).map { .number($0) } ?? .text(text)
            case .flag: return .flag(text == "true")
            }
        }
    }

    /// The cells of the record that starts at a byte, without quotes and without the apostrophes that guard formulas in CSV: a
    /// workbook says itself what is a text.
    private static func texts(_ bytes: [UInt8], _ guards: Set<Int>, from start: Int) -> [String] {
        var cells: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var at = start
        while at < bytes.count {
            let byte = bytes[at]
            if byte == 0x22 {
                if isQuoted && at + 1 < bytes.count && bytes[at + 1] == 0x22 {
                    cell.append(byte)
                    at += 1
                } else {
                    isQuoted.toggle()
                }
            } else if !isQuoted && (byte == 0x2C || byte == 0x0A) {
                cells.append(String(decoding: cell, as: UTF8.self))
                cell.removeAll(keepingCapacity: true)
                if byte == 0x0A { break }
            } else if !guards.contains(at) {
                cell.append(byte)
            }
            at += 1
        }
        return cells
    }
}

extension ResultFiles {
    /// Adds `results.xlsx` with a sheet for every table.
    ///
    /// - Throws: ``WriteFailure`` with `path` where the file cannot be made.
    public mutating func addWorkbook(title: String, path: String, texts: Texts) throws(WriteFailure) {
        let workbook = ResultWorkbook(texts)
        do throws(WorkbookWriteFailure) {
            add("results.xlsx", try WorkbookWriter.bytes(tables.map { workbook.sheet($0.name, $0.table()) }, title: title))
        } catch {
            throw WriteFailure(path: path, reason: .system(error.reason))
        }
    }
}
