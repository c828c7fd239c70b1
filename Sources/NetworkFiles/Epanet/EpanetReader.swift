import NetworkModel

/// Reads an EPANET input file (`.inp`) of version 2.0, 2.2 or 2.3 for its steady state at time 0.
///
/// Sections may stand in any order and be abbreviated to four letters; words are compared as EPANET compares them. All
/// problems are found in one run, each with line, column and element. What has no part in steady hydraulics (water quality,
/// energy, reporting, drawing) is counted in ``Reading/notes``.
public enum EpanetReader {
    /// What came of reading.
    public struct Reading: Sendable {
        /// The network; nil where any problem is an error.
        public var network: EpanetNetwork?
        /// Errors and warnings in the order of the file's sections.
        public var problems: [Problem]
        /// What was left out on purpose, said without alarm.
        public var notes: [Problem]
    }

    /// Reads a file's text.
    ///
    /// - Complexity: O(bytes), memory about three times the text.
    public static func read(_ source: SourceText) -> Reading {
        var parser = EpanetParser(source)
        return parser.parse()
    }

    /// Whether the bytes of a file look like an EPANET input file: its first line that is neither blank nor a comment starts
    /// with the bracket of a section. No other format that is read here starts so, but JSON with an array of values.
    public static func recognises(_ bytes: [UInt8]) -> Bool {
        let text = TextDecoding.decode(Array(bytes.prefix(65_536))).bytes
        let lines = text.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
        for line in lines {
            let words = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard let first = words.first, first != UInt8(ascii: ";") else { continue }
            let second = words.dropFirst().first ?? 0
            return first == UInt8(ascii: "[") && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(second | 32)
        }
        return false
    }
}

/// The state of reading one file.
struct EpanetParser {
    let source: SourceText
    let lines: EpanetLines
    var network = EpanetNetwork()
    var log = ProblemLog()
    /// Every name of the file, of whatever kind.
    private var pool = TextPool()
    var nodeIDs = EpanetIDs()
    var linkIDs = EpanetIDs()
    var patternIDs = EpanetIDs()
    var curveIDs = EpanetIDs()
    /// Junctions whose demand of `[JUNCTIONS]` was replaced by one of `[DEMANDS]`.
    var hasOwnDemands: Set<Int> = []
    /// Looks for the names that misspelled ones may stand for, and the names of each kind as they were when last looked at.
    var search = NameSearch()
    private var sortedNames: [String: [String]] = [:]
    /// Options by all words but the last, with that word and the line.
    var optionsGiven: [String: (value: String, line: Int)] = [:]
    /// Options and times that steady hydraulics do not need.
    var unusedOptions = 0
    var defaultPatternName: (id: String, line: EpanetLine?) = ("1", nil)

    init(_ source: SourceText) {
        self.source = source
        lines = EpanetLines(source.bytes)
    }

    /// Reads everything, in the order in which the parts need each other.
    mutating func parse() -> EpanetReader.Reading {
        reportHeaders()
        network.title = places(.title).map(lines.text)
        forEachLine(.options) { $0.readOption($1) }
        forEachLine(.times) { $0.readTime($1) }
        forEachLine(.patterns) { $0.readPattern($1) }
        forEachLine(.curves) { $0.readCurve($1) }
        settleDefaultPattern()
        makeRoom()
        forEachLine(.junctions) { $0.readJunction($1) }
        forEachLine(.reservoirs) { $0.readSource($1, section: "reservoirs") }
        forEachLine(.tanks) { $0.readSource($1, section: "tanks") }
        forEachLine(.demands) { $0.readDemand($1) }
        forEachLine(.emitters) { $0.readEmitter($1) }
        forEachLine(.pipes) { $0.readPipe($1) }
        forEachLine(.pumps) { $0.readPump($1) }
        forEachLine(.valves) { $0.readValve($1) }
        forEachLine(.leakage) { $0.readLeakage($1) }
        forEachLine(.status) { $0.readStatus($1) }
        forEachLine(.controls) { $0.readControl($1) }
        readRules()
        forEachLine(.coordinates) { $0.readCoordinate($1) }
        forEachLine(.vertices) { $0.readVertex($1) }
        judge()
        return EpanetReader.Reading(
            network: log.hasErrors ? nil : network, problems: log.problems, notes: notes())
    }

    /// A line is an element, where the file is in order.
    private mutating func makeRoom() {
        let nodes = places(.junctions).count + places(.reservoirs).count + places(.tanks).count
        let links = places(.pipes).count + places(.pumps).count + places(.valves).count
        network.nodes.reserveCapacity(nodes)
        network.links.reserveCapacity(links)
    }

    private func places(_ section: EpanetSection) -> [EpanetLines.Place] { lines.places(section) }

    /// Calls `read` with every line of a section, cut into words.
    mutating func forEachLine(_ section: EpanetSection, _ read: (inout EpanetParser, EpanetLine) -> Void) {
        var line = EpanetLine(number: 0, tokens: [])
        for place in places(section) {
            lines.cut(place, into: &line)
            read(&self, line)
        }
    }

    private mutating func reportHeaders() {
        if let first = lines.strayLines.first {
            log.report(
                Problem(
                    .inpStrayText, severity: .warning, arguments: [String(lines.strayLines.count)],
                    location: SourceLocation(file: source.path, line: first.number)))
        }
        for line in lines.unknownHeaders {
            let word = lines.text(line.tokens[0])
            let names = EpanetSection.allCases.map { "[\($0.rawValue)]" }
            let remedy = NearestName.nearest(to: word.uppercased(), in: names).map { "did you mean \($0)?" }
                ?? "use one of \(names.joined(separator: " "))"
            report(.inpUnknownSection, line, 0, [quote(word), remedy])
        }
        if let line = lines.truncatedHeader { report(.inpTruncated, line, 0, [quote(lines.text(line.tokens[0]))]) }
    }

    private mutating func settleDefaultPattern() {
        network.options.defaultPattern = patternIDs.position(of: pool.intern(defaultPatternName.id))
        // EPANET takes a default pattern that does not exist for none, and so do files that say PATTERN 1 without one.
    }

    /// What was left out, counted.
    private func notes() -> [Problem] {
        var notes: [Problem] = []
        let sections = EpanetSection.allCases.filter { $0.isOutsideHydraulics && !places($0).isEmpty }
        var parts = sections.map { "[\($0.rawValue)] \(places($0).count)" }
        var count = sections.reduce(0) { $0 + places($1).count }
        if unusedOptions > 0 {
            parts.append("[OPTIONS]/[TIMES] \(unusedOptions)")
            count += unusedOptions
        }
        if count > 0 {
            notes.append(Problem(.inpLeftOut, severity: .warning, arguments: [String(count), parts.joined(separator: ", ")]))
        }
        if !network.rules.isEmpty, !log.hasErrors {
            let holding = EpanetTimeZero(network).holdingRules.map { network.rules[$0].label }
            notes.append(
                Problem(
                    .inpRulesLater, severity: .warning,
                    arguments: [String(network.rules.count), holding.isEmpty ? "–" : holding.joined(separator: ", ")]))
        }
        return notes
    }
}

/// The element that a line is about, as messages name it: by the word that has its id.
struct EpanetSubject {
    /// The section, in lower case.
    var kind: String
    /// Where the id stands.
    var word: EpanetToken

    init(_ kind: String, _ word: EpanetToken) { (self.kind, self.word) = (kind, word) }
}

/// Words, numbers and references of a line, with what is wrong about them.
extension EpanetParser {
    /// Reports a problem at a word of a line (nil = the whole line).
    mutating func report(
        _ code: ProblemCode, _ line: EpanetLine, _ word: Int?, _ arguments: [String] = [],
        element: EpanetSubject? = nil, severity: Severity = .error
    ) {
        let token = word.flatMap { line.tokens.indices.contains($0) ? line.tokens[$0] : nil }
        let location = token.map { source.location(at: $0.start) } ?? SourceLocation(file: source.path, line: line.number)
        let reference = element.map { ElementReference(kind: $0.kind, id: ElementID(lines.text($0.word))) }
        log.report(Problem(code, severity: severity, element: reference, arguments: arguments, location: location))
    }

    /// The symbol of a word of a line, which names an element.
    mutating func name(_ line: EpanetLine, _ word: Int) -> Symbol {
        let (bytes, token) = (lines.bytes, line.tokens[word])
        return pool.intern(bytes.span.extracting(token.start..<token.end))
    }

    /// A word of a line as text; the caller has checked that it is there.
    func text(_ line: EpanetLine, _ word: Int) -> String { lines.text(line.tokens[word]) }

    /// Whether a word of a line is there and starts with a keyword.
    func matches(_ line: EpanetLine, _ word: Int, _ keyword: String) -> Bool {
        line.tokens.indices.contains(word) && lines.matches(line.tokens[word], keyword)
    }

    /// A word fit for a message: without control and direction characters, at most forty characters.
    func quote(_ word: String) -> String {
        var clean = ""
        for scalar in word.unicodeScalars.prefix(40) {
            let isUnsafe = scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
            clean.unicodeScalars.append(isUnsafe ? "\u{FFFD}" : scalar)
        }
        return word.unicodeScalars.count > 40 ? clean + "…" : clean
    }

    /// What a number has to satisfy.
    enum Range {
        case any, positive, notNegative
        var wording: String {
            switch self {
            case .any: "a number"
            case .positive: "greater than zero"
            case .notNegative: "zero or greater"
            }
        }
        func holds(_ value: Double) -> Bool {
            switch self {
            case .any: true
            case .positive: value > 0
            case .notNegative: value >= 0
            }
        }
    }

    /// The number at a word of a line; nil with a problem where it is none, or not in the range.
    mutating func number(_ line: EpanetLine, _ word: Int, _ range: Range = .any, of element: EpanetSubject? = nil) -> Double? {
        let token = line.tokens[word]
        let scan = DecimalNumber.scan(lines.bytes.span, from: token.start, to: token.end)
        if scan.form != .none, scan.end == token.end, scan.value.isFinite, range.holds(scan.value) { return scan.value }
        reportNumber(line, word, range, element)
        return nil
    }

    /// Says what is wrong about a word that should be a number.
    private mutating func reportNumber(_ line: EpanetLine, _ word: Int, _ range: Range, _ element: EpanetSubject?) {
        let spelling = quote(text(line, word))
        switch EpanetNumber.read(lines.bytes, line.tokens[word]) {
        case .value: report(.inpOutOfRange, line, word, [spelling, range.wording], element: element)
        case .malformed: report(.inpNotANumber, line, word, [spelling], element: element)
        case .notFinite: report(.inpNotFinite, line, word, [spelling], element: element)
        case .decimalComma(let point): report(.inpDecimalComma, line, word, [spelling, point], element: element)
        }
    }

    /// The position of the element that a word names; nil with a problem that suggests the nearest id.
    mutating func reference(
        _ line: EpanetLine, _ word: Int, in ids: EpanetIDs, kind: String, of element: EpanetSubject? = nil
    ) -> Int? {
        if let position = ids.position(of: name(line, word)) { return position }
        let spelling = text(line, word)
        let nearest = search.isSpent || log.isFull(.inpDangling) ? nil : search.nearest(to: spelling, in: names(ids, kind))
        report(
            .inpDangling, line, word,
            [kind, quote(spelling), nearest.map { "did you mean “\(quote($0))”?" } ?? "define it, or correct the id"],
            element: element)
        return nil
    }

    /// The names of a kind; sorted, so that a suggestion does not depend on the order of a dictionary.
    private mutating func names(_ ids: EpanetIDs, _ kind: String) -> [String] {
        if let known = sortedNames[kind], known.count == ids.count { return known }
        let names = ids.symbols.map { ElementID(pool.text($0)) }.sorted().map(\.text)
        sortedNames[kind] = names
        return names
    }

    /// The pattern that a word names, or nil where the word is missing, empty or `*`.
    mutating func pattern(_ line: EpanetLine, _ word: Int, of element: EpanetSubject) -> Int? {
        guard line.tokens.indices.contains(word) else { return nil }
        let token = line.tokens[word]
        if token.start == token.end || (token.end == token.start + 1 && lines.bytes[token.start] == UInt8(ascii: "*")) { return nil }
        return reference(line, word, in: patternIDs, kind: "pattern", of: element)
    }

    /// Reports a word that is none of the known ones.
    mutating func reportUnknown(_ line: EpanetLine, _ word: Int, known: [String], element: EpanetSubject? = nil, suggestion: String? = nil) {
        let spelling = text(line, word)
        let nearest = suggestion ?? NearestName.nearest(to: spelling.uppercased(), in: known)
        report(
            .inpUnknownWord, line, word,
            [quote(spelling), known.joined(separator: ", "), nearest.map { "did you mean \($0)?" } ?? "use one of them"],
            element: element)
    }
}
