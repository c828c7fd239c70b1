#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The folder of reference data that the environment variable EQUITHERM_REFERENCE names. The data do not belong to the
/// project; suites over it are skipped where the variable is unset.
enum ReferenceFolder {
    static let path: String? = {
        guard let value = unsafe getenv("EQUITHERM_REFERENCE") else { return nil }
        return unsafe String(cString: value)
    }()
    static var isPresent: Bool { path != nil }

    /// One row of a table by column name.
    struct Row {
        fileprivate var cells: [String: String]
        subscript(_ column: String) -> String { cells[column] ?? "" }
        /// A number; NaN for an empty cell.
        func number(_ column: String) -> Double { Double(self[column]) ?? .nan }
    }

    /// The rows of a table; cells may be quoted.
    static func rows(_ file: String) throws -> [Row] {
        let lines = try text(file).split(whereSeparator: \.isNewline)
        guard let header = lines.first.map(split) else { return [] }
        return lines.dropFirst().map { line in
            Row(cells: Dictionary(zip(header, split(line)), uniquingKeysWith: { first, _ in first }))
        }
    }

    private static func split(_ line: Substring) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == "," && !isQuoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        return cells
    }

    private static func text(_ file: String) throws -> String {
        let whole = "\(path ?? "")/\(file)"
        guard let stream = unsafe fopen(whole, "rb") else { throw Missing(file: whole) }
        defer { unsafe fclose(stream) }
        var bytes: [UInt8] = []
        while true {
            let byte = unsafe fgetc(stream)
            if byte == EOF { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(UInt8(truncatingIfNeeded: byte))
        }
    }

    struct Missing: Error { var file: String }
}
