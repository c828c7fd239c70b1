import NetworkModel

/// A word of a line: a range of the file's bytes.
struct EpanetToken {
    /// First byte; after the quote where the word is quoted.
    var start: Int
    /// One past the last byte.
    var end: Int
}

/// A line that holds data, cut into words the way EPANET 2.3 does.
struct EpanetLine {
    /// Line number from 1.
    var number: Int
    /// Its words; at least one.
    var tokens: [EpanetToken]

    /// Number of words.
    var count: Int { tokens.count }
}

/// The text of an input file cut into lines by CR, LF or CRLF, and the lines sorted by section.
///
/// A semicolon starts a comment, a word in double quotes may hold blanks. Lines keep only their place, so that a file
/// costs sixteen bytes a line beside its text.
struct EpanetLines {
    /// Where a line stands.
    struct Place {
        var number: Int
        var start: Int
        var end: Int
    }
    /// The file's bytes in UTF-8.
    let bytes: [UInt8]
    /// Lines by section, each in the order of the file; comments and blanks are left out.
    private var sections: [[Place]] = Array(repeating: [], count: EpanetSection.allCases.count)
    /// Section headers that are no section's name.
    private(set) var unknownHeaders: [EpanetLine] = []
    /// Lines before the first header.
    private(set) var strayLines: [Place] = []
    /// The line of a header that the end of the file cuts off.
    private(set) var truncatedHeader: EpanetLine?
    /// Whether `[END]` was met; what follows it is not read, as in EPANET.
    private(set) var isEnded = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var number = 0
        var start = 0
        var section: EpanetSection?
        var isUnknown = false
        var gathered: [Place] = []
        while start < bytes.count, !isEnded {
            number += 1
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end += 1 }
            let place = Place(number: number, start: start, end: end)
            let isLast = end >= bytes.count
            start = end + 1
            if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "\r"), bytes[end + 1] == UInt8(ascii: "\n") { start = end + 2 }
            guard let first = firstByte(of: place) else { continue }
            if first == UInt8(ascii: "["), section != .title || isHeader(place) {
                if let section { sections[section.order] += gathered }
                gathered.removeAll(keepingCapacity: true)
                section = open(place, isLast: isLast)
                isUnknown = section == nil
            } else if section != nil {
                gathered.append(place)
            } else if !isUnknown {
                strayLines.append(place)
            }
        }
        if let section { sections[section.order] += gathered }
    }

    /// The lines of a section.
    func places(_ section: EpanetSection) -> [Place] { sections[section.order] }

    /// Takes a header line: its section, or nil with the reason noted.
    private mutating func open(_ place: Place, isLast: Bool) -> EpanetSection? {
        let line = cut(place)
        let word = text(line.tokens[0])
        let name = EpanetLines.headerName(word)
        let isCut = isLast && !word.contains("]")
        if let section = EpanetSection.named(name), !isCut || section == .end {
            if section == .end { isEnded = true }
            return section
        }
        if isCut { truncatedHeader = line } else { unknownHeaders.append(line) }
        return nil
    }

    /// Inside `[TITLE]` a line in brackets may be part of the title; only a section's name ends it.
    private func isHeader(_ place: Place) -> Bool {
        let line = cut(place)
        return EpanetSection.named(EpanetLines.headerName(text(line.tokens[0]))) != nil || place.end >= bytes.count
    }

    private static func headerName(_ word: String) -> String {
        var name = word.dropFirst()
        if let bracket = name.firstIndex(of: "]") { name = name[..<bracket] }
        return name.uppercased()
    }

    /// The first byte that is neither blank nor starts a comment.
    private func firstByte(of place: Place) -> UInt8? {
        for position in place.start..<place.end where !Self.isBlank(bytes[position]) {
            return bytes[position] == UInt8(ascii: ";") ? nil : bytes[position]
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// The words of a line.
    func cut(_ place: Place) -> EpanetLine {
        var line = EpanetLine(number: 0, tokens: [])
        cut(place, into: &line)
        return line
    }

    /// Puts the words of a line into one that was cut before, so that a file costs no allocation a line.
    func cut(_ place: Place, into line: inout EpanetLine) {
        let bytes = bytes.span
        line.number = place.number
        line.tokens.removeAll(keepingCapacity: true)
        var end = place.start
        while end < place.end, bytes[end] != UInt8(ascii: ";") { end += 1 }
        var position = place.start
        while position < end {
            if Self.isBlank(bytes[position]) {
                position += 1
            } else if bytes[position] == UInt8(ascii: "\"") {
                var close = position + 1
                while close < end, bytes[close] != UInt8(ascii: "\"") { close += 1 }
                line.tokens.append(EpanetToken(start: position + 1, end: close))
                position = close + 1
            } else {
                var close = position
                while close < end, !Self.isBlank(bytes[close]) { close += 1 }
                line.tokens.append(EpanetToken(start: position, end: close))
                position = close
            }
        }
    }

    /// The text of a word.
    func text(_ token: EpanetToken) -> String { String(decoding: bytes[token.start..<token.end], as: UTF8.self) }

    /// The text of a whole line.
    func text(_ place: Place) -> String { String(decoding: bytes[place.start..<place.end], as: UTF8.self) }

    /// Whether a word starts with a keyword, whatever the case: EPANET's own comparison.
    func matches(_ token: EpanetToken, _ keyword: String) -> Bool {
        var position = token.start
        for letter in keyword.utf8 {
            guard position < token.end, Self.capital(bytes[position]) == Self.capital(letter) else { return false }
            position += 1
        }
        return true
    }

    static func capital(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte & ~32 : byte
    }
}
