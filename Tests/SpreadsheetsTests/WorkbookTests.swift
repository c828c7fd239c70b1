import Testing

@testable import Spreadsheets

/// Workbooks written and read back.
@Suite struct WorkbookTests {
    private func text(_ sheet: Sheet) -> String { String(decoding: sheet.csv, as: UTF8.self) }

    private func sheet(_ name: String, _ rows: [[SheetContent.Cell]], columns: [SheetContent.Column]) -> SheetContent {
        SheetContent(name: name, columns: columns, rowCount: rows.count) { rows[$0] }
    }

    @Test func cellsReadBack() throws {
        let rows: [[SheetContent.Cell]] = [
            [.text("B1"), .number(0.1), .flag(true)],
            [.text("=1+2"), .number(1e-7), .flag(false)],
            [.text("a, \"b\""), .empty, .empty],
            [.text("楼 7\n号"), .number(-12_345_678.25), .empty],
            [.text(" x "), .number(1.0 / 3), .empty],
        ]
        let columns = ["id", "value", "open"].map { SheetContent.Column(name: $0, format: "0.00") }
        let bytes = try WorkbookWriter.bytes([sheet("区域", rows, columns: columns)], title: "t")
        let sheets = try WorkbookReader.sheets(bytes)
        #expect(sheets.map(\.name) == ["区域"])
        #expect(
            text(sheets[0]) == """
                id,value,open
                B1,0.1,true
                =1+2,1e-07,false
                "a, ""b""\",,
                楼 7 号,-12345678.25,
                " x ",0.3333333333333333,

                """)
    }

    @Test func sameContentSameBytes() throws {
        let content = [sheet("a", [[.text("x"), .number(1)]], columns: [.init(title: "Id", name: "id"), .init(title: "V (m)", name: "v_m")])]
        let first = try WorkbookWriter.bytes(content, title: "t")
        #expect(try WorkbookWriter.bytes(content, title: "t") == first)
        #expect(text(try WorkbookReader.sheets(first)[0]) == "Id,V (m)\nid,v_m\nx,1\n")
    }

    @Test func namesOfSheetsAreMadeAcceptable() {
        var names = SheetNames()
        #expect(names.next("a/b[c]") == "a_b_c_")
        #expect(names.next("A/B[C]") == "A_B_C_ 2")
        #expect(names.next("'") == "Sheet")
        #expect(names.next(String(repeating: "x", count: 40)).count == 31)
        #expect(names.next(String(repeating: "X", count: 40)).hasSuffix(" 2"))
    }

    @Test func rowsLeftOutAreEmptyLines() {
        let handler = SheetCells(SharedTexts(), limit: 1000)
        let xml = """
            <worksheet><sheetData><row r="2"><c r="B2"><v>1</v></c><c r="D2" t="inlineStr"><is><t>x</t></is></c></row>
            <row r="5"><c r="A5" t="b"><v>1</v></c><c r="B5"><f>A1</f></c></row></sheetData></worksheet>
            """
        guard let parser = XMLParser(handler) else {
            Issue.record("no parser")
            return
        }
        let isRead = parser.parse(Array(xml.utf8)[...], isLast: true)
        #expect(isRead)
        #expect(String(decoding: handler.csv, as: UTF8.self) == "\n,1,,x\n\n\ntrue,,,\n")
        #expect(handler.uncomputed == ["B5"])
    }

    @Test(arguments: [[], [0x50, 0x4B, 0x03, 0x04], Array("PK\u{3}\u{4}garbage".utf8), Array("id,state\n".utf8)])
    func whatIsNoWorkbookIsRefused(bytes: [UInt8]) {
        #expect(!WorkbookReader.recognises(bytes))
        #expect(throws: WorkbookReadFailure.self) { try WorkbookReader.sheets(bytes) }
    }

    /// Any cut and any changed byte gives sheets or a failure, never a crash.
    @Test func damagedWorkbooksDoNoHarm() throws {
        let bytes = try WorkbookWriter.bytes([sheet("a", [[.text("x")]], columns: [.init(name: "id")])], title: "t")
        var seed: UInt64 = 7
        for _ in 0..<200 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var damaged = bytes
            damaged[Int(seed >> 33) % bytes.count] ^= UInt8(truncatingIfNeeded: seed >> 20) | 1
            if seed % 4 == 0 { damaged.removeLast(Int(seed >> 40) % bytes.count) }
            _ = try? WorkbookReader.sheets(damaged)
        }
    }

    /// Parts that unpack to far more than they hold are refused before memory fills.
    @Test func cellsFarOutAreRefused() {
        let handler = SheetCells(SharedTexts(), limit: 1000)
        guard let parser = XMLParser(handler) else {
            Issue.record("no parser")
            return
        }
        let isRead = parser.parse(Array("<sheetData><row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row></sheetData>".utf8)[...], isLast: true)
        #expect(!isRead)
        #expect(handler.isTooLarge)
    }

    /// Each open element costs memory until it is closed: three million of them, packed into a few kilobytes, took half a gigabyte.
    @Test func nestingIsBounded() {
        func isRead(_ levels: Int) -> Bool {
            guard let parser = XMLParser(XMLHandler()) else { return false }
            let text = String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels)
            return parser.parse(Array(text.utf8)[...], isLast: true)
        }
        #expect(isRead(100))
        #expect(!isRead(300))
    }
}
