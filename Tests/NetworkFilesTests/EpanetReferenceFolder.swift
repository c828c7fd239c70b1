import Testing

@testable import NetworkFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The folder of reference data named by the environment variable EQUITHERM_REFERENCE; suites over it are skipped where
/// the variable is unset. The data are published networks with known answers and do not belong to the project.
enum EpanetReference {
    static let folder: String? = {
        guard let value = unsafe getenv("EQUITHERM_REFERENCE") else { return nil }
        return unsafe String(cString: value)
    }()
    static var isPresent: Bool { folder != nil }

    /// The bytes of a file of the folder.
    static func bytes(_ path: String) throws -> [UInt8] {
        let whole = "\(folder ?? "")/\(path)"
        guard let file = unsafe fopen(whole, "rb") else { throw MissingFile(path: whole) }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, $0.count, file) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// The rows of a CSV file of the folder, by column name; cells may be quoted.
    static func rows(_ path: String) throws -> [[String: String]] {
        let lines = String(decoding: try bytes(path), as: UTF8.self).split(whereSeparator: \.isNewline)
        guard let header = lines.first.map({ cells($0) }) else { return [] }
        return lines.dropFirst().map { line in
            Dictionary(zip(header, cells(line)), uniquingKeysWith: { first, _ in first })
        }
    }

    private static func cells(_ line: Substring) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        return cells
    }

    struct MissingFile: Error { var path: String }
}
