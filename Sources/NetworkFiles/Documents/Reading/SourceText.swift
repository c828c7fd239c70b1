import NetworkModel
import Synchronization

/// The text of an input file as UTF-8, kept so that messages can quote it and rows can be found again.
///
/// No library for JSON or CSV that Swift has keeps the places of values, and errors here name line and column; so the
/// readers are our own and places are byte offsets into this text, turned into lines only for a message.
public struct SourceText: Sendable {
    /// The file as the user named it.
    public let path: String
    /// Its bytes in UTF-8, without a byte order mark.
    public let bytes: [UInt8]
    private let index = PlaceIndex()

    /// Wraps the text of a file. Lines end with LF, CRLF or a lone CR.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The line and column (in characters) of a byte; the end of the text for an offset beyond it.
    ///
    /// - Complexity: O(1) after the first call, which is O(bytes).
    public func location(at offset: Int) -> SourceLocation {
        let offset = min(max(offset, 0), bytes.count)
        let block = offset / Self.blockSize
        var place = marks[block]
        advance(&place, over: block * Self.blockSize..<offset)
        return SourceLocation(file: path, line: place.line, column: place.column)
    }

    /// The byte at a line and column, both from 1, or the end of that line where it is shorter; nil beyond the last line.
    public func offset(line: Int, column: Int = 1) -> Int? {
        guard line >= 1 else { return nil }
        let wanted = Place(line: line, column: max(column, 1))
        let marks = marks
        // The last block that begins no later than the place.
        var low = 0
        var high = marks.count
        while low < high {
            let middle = (low + high) / 2
            if marks[middle] <= wanted { low = middle + 1 } else { high = middle }
        }
        var block = max(low - 1, 0)
        // A block may begin inside the character wanted.
        if marks[block] == wanted && block > 0 { block -= 1 }
        var place = marks[block]
        var position = block * Self.blockSize
        while place < wanted {
            if position == bytes.count || isTerminator(position) && place.line == line { break }
            advance(&place, over: position..<position + 1)
            position += 1
        }
        return place.line == line ? position : nil
    }

    /// Whether a line ends with this byte: a LF, or a CR that no LF follows.
    func isTerminator(_ position: Int) -> Bool {
        bytes[position] == 10 || bytes[position] == 13 && !(position + 1 < bytes.count && bytes[position + 1] == 10)
    }

    // MARK: Places

    /// A line and a column.
    struct Place: Comparable {
        var line: Int
        var column: Int
        static func < (left: Place, right: Place) -> Bool { (left.line, left.column) < (right.line, right.column) }
    }

    private static let blockSize = 16_384

    /// The place of the first byte of each block, found when the first message asks: most texts have nothing to say about
    /// them. Blocks bound the cost of a message, whatever the length of its line.
    private var marks: [Place] {
        index.value {
            var marks: [Place] = []
            var place = Place(line: 1, column: 1)
            for start in stride(from: 0, through: bytes.count, by: Self.blockSize) {
                marks.append(place)
                advance(&place, over: start..<min(start + Self.blockSize, bytes.count))
            }
            return marks
        }
    }

    private func advance(_ place: inout Place, over range: Range<Int>) {
        for position in range {
            if isTerminator(position) {
                place = Place(line: place.line + 1, column: 1)
            } else if bytes[position] & 0xC0 != 0x80 {
                place.column += 1
            }
        }
    }
}

/// The marks of a text, made once.
private final class PlaceIndex: Sendable {
    private let made = Mutex<[SourceText.Place]?>(nil)

    func value(_ make: () -> [SourceText.Place]) -> [SourceText.Place] {
        made.withLock { made in
            let value = made ?? make()
            made = value
            return value
        }
    }
}
