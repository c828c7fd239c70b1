import Foundation
import NetworkModel
import Spreadsheets
import Testing

@testable import NetworkFiles

/// Networks and rosters in workbooks.
@Suite struct WorkbookNetworkTests {
    private func workbook(_ sheets: [(String, [[String]])]) throws -> [UInt8] {
        try WorkbookWriter.bytes(
            sheets.map { name, rows in
                SheetContent(name: name, columns: rows[0].map { .init(name: $0) }, rowCount: rows.count - 1) { row in
                    rows[row + 1].map { text in text.isEmpty ? .empty : Double(text).map { .number($0) } ?? .text(text) }
                }
            }, title: "t")
    }

    /// Random documents of the format survive the way through a workbook; line breaks in texts are the one thing a row cannot keep.
    @Test(arguments: 0..<8 as Range<UInt64>) func documentsReadBackEqual(seed: UInt64) throws {
        var random = DocumentGenerator(seed: seed)
        // A line break in a cell is a space, since a row of a sheet is a line of a table.
        let text = String(decoding: DocumentWriter.json(random.document()), as: UTF8.self)
        let flat = text.replacing("\\r\\n", with: " ").replacing("\\n", with: " ").replacing("\\r", with: " ")
        let document = DocumentReader.parse(Array(flat.utf8)).document
        let bytes = try WorkbookDocument.write(document, path: "x.xlsx")
        let reading = DocumentReader.parse(bytes, name: "x.xlsx")
        #expect(reading.problems.problems.filter { $0.severity == .error } == [])
        #expect(isEqual(reading.document, document))
        #expect(reading.imported.mappings.isEmpty)
    }

    /// Whether documents are the same but for the seventeenth digit of numbers, which libxlsxwriter does not write.
    private func isEqual(_ left: Document, _ right: Document) -> Bool {
        let tokens = [left, right].map { document in
            String(decoding: DocumentWriter.json(document), as: UTF8.self).split { " ,:[]{}\n".contains($0) }
        }
        guard tokens[0].count == tokens[1].count else { return false }
        return zip(tokens[0], tokens[1]).allSatisfy { a, b in
            if a == b { return true }
            guard let a = Double(a), let b = Double(b) else { return false }
            return abs(a - b) <= 1e-15 * abs(a)
        }
    }

    @Test func utilitiesOwnSheetsBecomeANetwork() throws {
        let bytes = try workbook([
            ("说明", [["这是示例"], ["x"]]),
            ("热源", [["编号", "供水温度(℃)", "供热能力(MW)", "接入节点", "泵扬程(m)"], ["plant", "110", "0.9", "P0", "40"]]),
            ("换热站", [["换热站", "接入点", "二次供水温度", "二次回水温度", "二次泵扬程(m)"], ["S1", "P1", "60", "45", "9"]]),
            ("管段", [["管段编号", "起点", "终点", "长度(m)", "管径"], ["T1", "P0", "P1", "420", "DN150"], ["T2", "S1", "B7", "80", "DN80"]]),
            ("楼栋", [["楼号", "层数", "单元数", "每层户数", "户均面积"], ["B7", "6", "3", "2", "90"]]),
            ("用户名册", [["楼号", "单元", "楼层", "门", "状态"], ["B7", "1", "2", "1", "停"]]),
        ])
        let reading = DocumentReader.parse(bytes, name: "net.xlsx")
        #expect(reading.problems.problems == [])
        #expect(reading.imported.unused == ["net.xlsx[说明]"])
        let expansion = Expander.expand(reading.document)
        #expect(expansion.problems.filter { $0.severity == .error } == [])
        let network = try #require(expansion.network)
        #expect(network.dwellings.count == 36)
        #expect(network.dwellings.count { $0.state == .closed } == 1)
        #expect(network.sources[0].heatLimit?.watts == 900_000)
        // 40 m of water at 9.80665 m/s² and 1000 kg/m³.
        #expect(reading.document[.sources].numbers("pump.head_kpa")[0] == 392.266)
        #expect(reading.document.location(.trenches, row: 1, field: "dn") == SourceLocation(file: "net.xlsx[管段]", line: 3, column: 13))
    }

    @Test func sheetsWithoutANameAreToldByTheirHeadings() throws {
        let bytes = try workbook([("Sheet1", [["管段编号", "起点", "终点", "长度"], ["T1", "a", "b", "10"]])])
        let reading = DocumentReader.parse(bytes, name: "x.xlsx")
        #expect(reading.document[.trenches].rowCount + reading.document[.pipes].rowCount <= 1)
    }

    @Test func oneTableTwiceIsRefused() throws {
        let rows = [["管段编号", "起点", "终点", "长度"], ["T1", "a", "b", "10"]]
        let reading = DocumentReader.parse(try workbook([("管段", rows), ("管线", rows)]), name: "x.xlsx")
        #expect(reading.codes == ["sheet-twice"])
    }

    @Test func noTableAtAllIsSaid() throws {
        #expect(DocumentReader.parse(try workbook([("x", [["a"], ["b"]])]), name: "x.xlsx").codes == ["no-table"])
    }
}
