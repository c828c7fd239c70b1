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
    private let index = LineIndex()

    /// Wraps the text of a file. Lines end with LF, CRLF or a lone CR.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Line terminators before each block of ``blockSize`` bytes, counted when the first message asks.
    private var terminatorsBeforeBlock: [Int] { index.value { Self.terminators(in: bytes) } }
    private static let blockSize = 16_384

    private static func terminators(in bytes: [UInt8]) -> [Int] {
        let text = bytes.span
        var before: [Int] = []
        before.reserveCapacity(text.count / blockSize + 1)
        var total = 0
        for start in stride(from: 0, to: text.count, by: blockSize) {
            before.append(total)
            total += countTerminators(in: text, start..<min(start + blockSize, text.count))
        }
        return before
    }

    private static func countTerminators(in text: Span<UInt8>, _ range: Range<Int>) -> Int {
        var total = 0
        for position in range {
            let byte = text[position]
            if byte == 10 || byte == 13 && !(position + 1 < text.count && text[position + 1] == 10) { total &+= 1 }
        }
        return total
    }

    /// The line and column of a byte; at the end of the text for an offset beyond it.
    ///
    /// - Complexity: O(block + length of the line).
    public func location(at offset: Int) -> SourceLocation {
        let terminatorsBeforeBlock = terminatorsBeforeBlock
        let offset = min(max(offset, 0), bytes.count)
        let block = offset / Self.blockSize
        var line = 1
        if block < terminatorsBeforeBlock.count {
            line += terminatorsBeforeBlock[block] + Self.countTerminators(in: bytes.span, block * Self.blockSize..<offset)
        } else if let last = terminatorsBeforeBlock.last {
            line += last + Self.countTerminators(in: bytes.span, (block - 1) * Self.blockSize..<offset)
        }
        // The LF of a CRLF belongs to the line it ends, and a CR before it has not been counted.
        var start = offset
        while start > 0 && !isTerminator(start - 1) { start -= 1 }
        var column = 1
        for position in start..<offset where bytes[position] & 0xC0 != 0x80 { column += 1 }
        return SourceLocation(file: path, line: line, column: column)
    }

    /// The bytes of the line a byte stands in, without its terminator.
    public func line(at offset: Int) -> Range<Int> {
        var start = min(max(offset, 0), bytes.count)
        while start > 0 && !isTerminator(start - 1) { start -= 1 }
        var end = start
        while end < bytes.count && bytes[end] != 10 && bytes[end] != 13 { end += 1 }
        return start..<end
    }

    /// Where a line (from 1) starts; nil beyond the last.
    public func offset(ofLine line: Int) -> Int? {
        guard line >= 1 else { return nil }
        let terminatorsBeforeBlock = terminatorsBeforeBlock
        // The last block that begins no later than the wanted line.
        var low = 0
        var high = terminatorsBeforeBlock.count
        while low < high {
            let middle = (low + high) / 2
            if terminatorsBeforeBlock[middle] < line - 1 { low = middle + 1 } else { high = middle }
        }
        var remaining = line - 1
        var position = 0
        if low > 0 {
            position = (low - 1) * Self.blockSize
            remaining -= terminatorsBeforeBlock[low - 1]
        }
        while remaining > 0 && position < bytes.count {
            if isTerminator(position) { remaining -= 1 }
            position += 1
        }
        return remaining == 0 ? position : nil
    }

    /// Whether a line ends with this byte: a LF, or a CR that no LF follows.
    private func isTerminator(_ position: Int) -> Bool {
        bytes[position] == 10 || bytes[position] == 13 && !(position + 1 < bytes.count && bytes[position + 1] == 10)
    }
}

/// The line index of a text, made once when it is first needed: most inputs have nothing to say about them.
private final class LineIndex: Sendable {
    private let made = Mutex<[Int]?>(nil)

    func value(_ make: () -> [Int]) -> [Int] {
        made.withLock { made in
            let value = made ?? make()
            made = value
            return value
        }
    }
}
