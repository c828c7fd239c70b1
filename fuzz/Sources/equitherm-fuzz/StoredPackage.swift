/// A ZIP package whose parts are stored, not packed, with sums that are right: what reaches the XML inside workbooks, which bytes
/// changed in a packed file almost never do.
struct StoredPackage {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// Adds a part.
    mutating func add(_ name: String, _ content: some Collection<UInt8>) {
        let offset = bytes.count
        // Version, flags (UTF-8), no packing, time and day; sum and sizes; lengths of name and of nothing else.
        let common = Self.little(20, 2) + Self.little(0x800, 2) + Self.little(0, 6) + Self.little(Self.sum(content), 4)
            + Self.little(content.count, 4) + Self.little(content.count, 4) + Self.little(name.utf8.count, 2) + Self.little(0, 2)
        bytes += Self.little(0x0403_4B50, 4) + common + Array(name.utf8) + content
        directory += Self.little(0x0201_4B50, 4) + Self.little(20, 2) + common + Self.little(0, 10) + Self.little(offset, 4) + Array(name.utf8)
        count += 1
    }

    /// The package.
    var finished: [UInt8] {
        bytes + directory + Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(count, 2) + Self.little(count, 2)
            + Self.little(directory.count, 4) + Self.little(bytes.count, 4) + Self.little(0, 2)
    }

    private static func little(_ value: Int, _ width: Int) -> [UInt8] { (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 } }

    /// The cyclic redundancy check of ZIP (IEEE 802.3, reversed).
    private static func sum(_ bytes: some Collection<UInt8>) -> Int {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes { sum = sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
        return Int(~sum)
    }

    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
}

/// A workbook of which an input gives the parts: XML of the first sheet, the shared texts, the second sheet, the list of sheets and
/// their relations, parted by NUL; what it leaves out is sound.
enum MutatedWorkbook {
    static func bytes(_ input: [UInt8]) -> [UInt8] {
        let parts = input.split(separator: 0, maxSplits: 4, omittingEmptySubsequences: false)
        var package = StoredPackage()
        package.add("[Content_Types].xml", "<Types/>".utf8)
        for (position, part) in names.enumerated() {
            let given = position < parts.count && !parts[position].isEmpty ? Array(parts[position]) : Array(sound[position].utf8)
            package.add(part, given)
        }
        return package.finished
    }

    private static let names = [
        "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
    ]

    private static let sound = [
        "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row><row><c t=\"s\"><v>2</v></c><c><v>3</v></c></row></sheetData></worksheet>",
        "<sst><si><t>id</t></si><si><t>elevation_m</t></si><si><t>P1</t></si></sst>",
        "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>building</t></is></c></row></sheetData></worksheet>",
        "<workbook><sheets><sheet name=\"nodes\" id=\"a\"/><sheet name=\"roster\" id=\"b\"/></sheets></workbook>",
        """
        <Relationships><Relationship Id="a" Type="/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="/worksheet" \
        Target="worksheets/sheet2.xml"/><Relationship Id="c" Type="/sharedStrings" Target="sharedStrings.xml"/></Relationships>
        """,
    ]
}
