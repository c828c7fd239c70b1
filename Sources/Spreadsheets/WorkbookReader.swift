/// A sheet of a workbook as the text of a table.
public struct Sheet: Sendable {
    /// The name on its tab.
    public var name: String
    /// Whether the workbook hides it.
    public var isHidden: Bool
    /// Its cells as CSV, one line a row so that line numbers are row numbers: a line break inside a cell is a space, an empty row
    /// an empty line. Numbers are the decimals of the file, flags `true` and `false`, errors their names (`#N/A`).
    public var csv: [UInt8]
    /// Formulas whose value the file does not hold, by cell (`C12`), at most a hundred.
    public var uncomputed: [String]
}

/// Why a workbook cannot be read.
public enum WorkbookReadFailure: Error, Hashable, Sendable {
    /// No workbook of the OOXML kind, or a damaged one; the part that is missing or wrong.
    case damaged(part: String)
    /// More text than ``WorkbookReader/byteLimit``, or more columns than ``WorkbookReader/columnLimit``, in this part.
    case tooLarge(part: String)
}

/// Reads workbooks of the OOXML kind (`.xlsx`, ECMA-376): values only, no styles, formulas as their stored values.
///
/// The parts are unpacked and read piece by piece; memory is bounded by the text of the cells, whatever the package claims.
public enum WorkbookReader {
    /// Most bytes of text taken from a workbook of any size.
    public static let byteLimit = 1_000_000_000
    /// Most columns of a sheet that are read.
    public static let columnLimit = 1_100

    /// Whether bytes are a ZIP package that holds a workbook.
    public static func recognises(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]), let archive = ZipArchive(bytes) else { return false }
        return archive.contains("[Content_Types].xml") && (archive.contains("xl/workbook.xml") || archive.contains("_rels/.rels"))
    }

    /// The sheets of a workbook in the order of their tabs.
    ///
    /// - Complexity: O(bytes unpacked).
    public static func sheets(_ bytes: [UInt8]) throws(WorkbookReadFailure) -> [Sheet] {
        guard let archive = ZipArchive(bytes) else { throw .damaged(part: "ZIP") }
        let bounds = Bounds(packed: bytes.count)
        let workbook = try mainPart(archive, bounds)
        let index = WorkbookIndex()
        try read(workbook, of: archive, index, bounds)
        let relations = Relations()
        try read(relationsPart(of: workbook), of: archive, relations, bounds)
        let folder = workbook.split(separator: "/").dropLast().joined(separator: "/")
        let texts = SharedTexts(limit: bounds.text)
        if let part = relations.target(ofType: "/sharedStrings", in: folder) { try read(part, of: archive, texts, bounds) }
        var sheets: [Sheet] = []
        var bytesLeft = bounds.text
        for entry in index.sheets {
            guard let part = relations.target(id: entry.relation, type: "/worksheet", in: folder) else { continue }
            let cells = SheetCells(texts, limit: bytesLeft)
            try read(part, of: archive, cells, bounds)
            bytesLeft -= cells.csv.count
            sheets.append(Sheet(name: entry.name, isHidden: entry.isHidden, csv: cells.csv, uncomputed: cells.uncomputed))
        }
        if sheets.isEmpty { throw .damaged(part: workbook) }
        return sheets
    }

    /// How much a package may give. Tables of numbers are a tenth of their XML, and pack to about their own size again; packages that give
    /// many times more are made to fill memory.
    private struct Bounds {
        /// Text of cells, bytes.
        var text: Int
        /// XML of one part, bytes.
        var part: Int

        init(packed: Int) {
            text = min(WorkbookReader.byteLimit, 4_000_000 + 4 * packed)
            part = min(4 * WorkbookReader.byteLimit, 200_000_000 + 40 * packed)
        }
    }

    private static func mainPart(_ archive: borrowing ZipArchive, _ bounds: Bounds) throws(WorkbookReadFailure) -> String {
        let relations = Relations()
        guard archive.contains("_rels/.rels") else { return "xl/workbook.xml" }
        try read("_rels/.rels", of: archive, relations, bounds)
        return relations.target(ofType: "/officeDocument", in: "") ?? "xl/workbook.xml"
    }

    private static func relationsPart(of part: String) -> String {
        let path = part.split(separator: "/").map(String.init)
        return (path.dropLast() + ["_rels", (path.last ?? "") + ".rels"]).joined(separator: "/")
    }

    private static func read(
        _ part: String, of archive: borrowing ZipArchive, _ handler: PartHandler, _ bounds: Bounds
    ) throws(WorkbookReadFailure) {
        guard let parser = XMLParser(handler) else { throw .damaged(part: part) }
        var isXML = true
        // What is unpacked is counted too: a part may be megabytes of nothing.
        var unpacked = 0
        let end = archive.read(part) { piece in
            unpacked += piece.count
            isXML = parser.parse(piece) && unpacked <= bounds.part
            return isXML
        }
        if handler.isTooLarge || unpacked > bounds.part { throw .tooLarge(part: part) }
        guard end == .complete, isXML, parser.parse([], isLast: true) else { throw .damaged(part: part) }
    }
}

/// A reader of one kind of part.
class PartHandler: XMLHandler {
    /// Whether it stopped because there is too much.
    final var isTooLarge = false

    final func refuse() {
        isTooLarge = true
        isStopped = true
    }
}

/// The names of the sheets.
final class WorkbookIndex: PartHandler {
    private(set) var sheets: [(name: String, relation: String, isHidden: Bool)] = []

    override func start(_ name: String, _ attributes: XMLAttributes) {
        guard name == "sheet", let title = attributes["name"], let relation = attributes["id"] else { return }
        if sheets.count == 10_000 { return refuse() }
        sheets.append((title, relation, attributes["state"].map { $0 != "visible" } ?? false))
    }
}

/// Which part stands for which id.
final class Relations: PartHandler {
    private var list: [(id: String, type: String, target: String)] = []

    override func start(_ name: String, _ attributes: XMLAttributes) {
        guard name == "Relationship", let id = attributes["Id"], let type = attributes["Type"], let target = attributes["Target"] else { return }
        if list.count == 100_000 { return refuse() }
        list.append((id, type, target))
    }

    /// The part of an id and type, relative to a folder of the package.
    func target(id: String, type: String, in folder: String) -> String? {
        list.first { $0.id == id && $0.type.hasSuffix(type) }.map { path($0.target, in: folder) }
    }

    /// The first part of a type.
    func target(ofType type: String, in folder: String) -> String? {
        list.first { $0.type.hasSuffix(type) }.map { path($0.target, in: folder) }
    }

    private func path(_ target: String, in folder: String) -> String {
        if target.hasPrefix("/") { return String(target.dropFirst()) }
        var parts = folder.split(separator: "/").map(String.init)
        for part in target.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }
}

/// The texts that cells share, end to end.
final class SharedTexts: PartHandler {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private let limit: Int

    init(limit: Int = WorkbookReader.byteLimit) { self.limit = limit }

    /// Phonetic guides repeat a text in another script; they are no part of it.
    private var phonetic = 0

    override func start(_ name: String, _ attributes: XMLAttributes) {
        if name == "rPh" { phonetic += 1 }
        collectsText = name == "t" && phonetic == 0
    }

    override func end(_ name: String) {
        collectsText = false
        switch name {
        case "rPh": phonetic -= 1
        case "t": bytes.append(contentsOf: takeText())
        case "si": ends.append(bytes.count)
        default: break
        }
        if bytes.count > limit { refuse() }
    }

    /// A text by its number.
    subscript(position: Int) -> ArraySlice<UInt8>? {
        guard ends.indices.contains(position) else { return nil }
        return bytes[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
    }
}
