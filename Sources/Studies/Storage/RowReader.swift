import Foundation

/// Reads a table of results row by row in little memory, as ``ResultTable`` wrote it.
struct RowReader {
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var place = 0
    private var isAtEnd = false
    /// Names of the columns.
    private(set) var header: [String] = []

    /// Opens a table; nil where it cannot be read.
    init?(_ path: String) {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        self.handle = handle
        header = next() ?? []
    }

    /// Closes the file.
    func close() { try? handle.close() }

    /// The cells of the next row; nil at the end.
    mutating func next() -> [String]? {
        var cells: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var isStarted = false
        while let byte = nextByte() {
            isStarted = true
            if isQuoted {
                if byte != UInt8(ascii: "\"") {
                    cell.append(byte)
                } else if peek() == UInt8(ascii: "\"") {
                    cell.append(byte)
                    _ = nextByte()
                } else {
                    isQuoted = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
            case UInt8(ascii: ","):
                cells.append(String(decoding: cell, as: UTF8.self))
                cell.removeAll(keepingCapacity: true)
            case 10:
                cells.append(String(decoding: cell, as: UTF8.self))
                return cells
            default: cell.append(byte)
            }
        }
        return isStarted ? cells + [String(decoding: cell, as: UTF8.self)] : nil
    }

    private mutating func peek() -> UInt8? {
        if place == buffer.count && !isAtEnd { fill() }
        return place < buffer.count ? buffer[place] : nil
    }

    private mutating func nextByte() -> UInt8? {
        guard let byte = peek() else { return nil }
        place += 1
        return byte
    }

    private mutating func fill() {
        buffer = (try? handle.read(upToCount: 1 << 18)).flatMap { $0 }.map { [UInt8]($0) } ?? []
        place = 0
        isAtEnd = buffer.isEmpty
    }
}
