import NetworkModel
import Testing

@testable import NetworkFiles

/// Wrong and tricky input: what is told, and where.
@Suite struct EpanetMalformedTests {
    struct Case: Sendable, CustomStringConvertible {
        var name: String
        var text: String
        var code: String
        var line: Int
        var column: Int?
        var says: String
        var description: String { name }
    }

    static let cases: [Case] = [
        Case(name: "not a number", text: smallInp(junctions: "J1 0 one\nJ2 0 2"), code: "inp-not-a-number", line: 4, column: 6, says: "“one”"),
        Case(name: "nan", text: smallInp(junctions: "J1 0 nan\nJ2 0 2"), code: "inp-not-finite", line: 4, column: 6, says: "“nan”"),
        Case(name: "infinite", text: smallInp(junctions: "J1 0 1\nJ2 -Infinity 2"), code: "inp-not-finite", line: 5, column: 4, says: "“-Infinity”"),
        Case(name: "overflow", text: smallInp(junctions: "J1 0 1e999\nJ2 0 2"), code: "inp-not-finite", line: 4, column: 6, says: "“1e999”"),
        Case(name: "hexadecimal", text: smallInp(junctions: "J1 0x10 1\nJ2 0 2"), code: "inp-not-a-number", line: 4, column: 4, says: "“0x10”"),
        Case(name: "decimal comma", text: smallInp(junctions: "J1 0 1,5\nJ2 0 2"), code: "inp-decimal-comma", line: 4, column: 6, says: "1.5"),
        Case(name: "duplicate node", text: smallInp(junctions: "J1 0 1\nJ1 0 3\nJ2 0 2"), code: "inp-duplicate-id", line: 5, column: 1, says: "line 4 and in line 5"),
        Case(
            name: "duplicate link", text: smallInp(pipes: "P1 R1 J1 1 1 1\nP1 J1 J2 1 1 1"), code: "inp-duplicate-id", line: 10, column: 1,
            says: "“P1”"),
        Case(
            name: "dangling", text: smallInp(pipes: "P1 R1 J1 1 1 1\nP2 J1 J22 1 1 1"), code: "inp-dangling-reference", line: 10, column: 7,
            says: "“J22”"),
        Case(name: "self loop", text: smallInp(pipes: "P1 R1 J1 1 1 1\nP2 J1 J1 1 1 1"), code: "inp-self-loop", line: 10, column: 7, says: "“J1”"),
        Case(name: "zero length", text: smallInp(pipes: "P1 R1 J1 0 1 1\nP2 J1 J2 1 1 1"), code: "inp-out-of-range", line: 9, column: 10, says: "greater than zero"),
        Case(name: "negative minor loss", text: smallInp(pipes: "P1 R1 J1 1 1 1 -2 OPEN\nP2 J1 J2 1 1 1"), code: "inp-out-of-range", line: 9, column: 16, says: "“-2”"),
        Case(name: "unknown status", text: smallInp(pipes: "P1 R1 J1 1 1 1 0 AJAR\nP2 J1 J2 1 1 1"), code: "inp-unknown-word", line: 9, column: 18, says: "OPEN, CLOSED, CV"),
        Case(name: "missing end", text: smallInp(pipes: "P1 R1\nP2 R1 J2 1 1 1"), code: "inp-missing-field", line: 9, column: nil, says: "end nodes"),
        Case(name: "unknown section", text: smallInp("[JUNKTIONS]\nx"), code: "inp-unknown-section", line: 11, column: 1, says: "[JUNKTIONS]"),
        Case(name: "truncated", text: "[JUNCTIONS]\nJ1 0\n[RESERVOIRS]\nR 1\n[PIPES]\nP J1 R 1 1 1\n[", code: "inp-truncated", line: 7, column: 1, says: "ends inside a section header"),
        Case(name: "unknown unit", text: smallInp().replacing("Units LPS", with: "Units M3H"), code: "inp-unknown-word", line: 13, column: 7, says: "CFS, GPM, MGD, IMGD, AFD, LPS, LPM, MLD, CMH, CMD, CMS"),
        Case(name: "no source", text: "[JUNCTIONS]\nA 0\nB 0\n[PIPES]\nP A B 1 1 1\n", code: "inp-no-source-of-head", line: 1, column: nil, says: "fixes a head"),
        Case(name: "empty", text: "", code: "inp-no-nodes", line: 1, column: nil, says: "no network"),
        Case(name: "pump without curve", text: smallInp("[PUMPS]\nPU J1 J2 SPEED 1"), code: "inp-pump-without-head", line: 12, column: nil, says: "neither"),
        Case(name: "rising pump curve", text: smallInp("[PUMPS]\nPU J1 J2 HEAD c\n[CURVES]\nc 1 1\nc 2 2"), code: "inp-pump-curve-rising", line: 12, column: nil, says: "“c”"),
        Case(name: "unsorted curve", text: smallInp("[CURVES]\nc 2 1\nc 1 2"), code: "inp-curve-order", line: 12, column: nil, says: "“c”"),
        Case(name: "impossible three points", text: smallInp("[PUMPS]\nPU J1 J2 HEAD c\n[CURVES]\nc 0 10\nc 2 10\nc 3 1"), code: "inp-pump-curve-shape", line: 12, column: nil, says: "“c”"),
        Case(name: "valve at a reservoir", text: smallInp("[VALVES]\nV R1 J2 100 PRV 3"), code: "inp-valve-at-source", line: 12, column: nil, says: "“R1”"),
        Case(name: "valves in series", text: smallInp("[VALVES]\nV J1 J2 100 PRV 3\nW J1 J2 100 PRV 3"), code: "inp-valves-in-series", line: 13, column: nil, says: "“V”"),
        Case(name: "tank levels", text: smallInp("[TANKS]\nT 0 9 1 5 10\n[PIPES]\nP3 J1 T 1 1 1"), code: "inp-tank-levels", line: 12, column: 5, says: "outside"),
    ]

    @Test(arguments: cases) func isRefusedWithItsReason(_ example: Case) throws {
        let reading = readInp(example.text)
        #expect(reading.network == nil)
        let problem = try #require(reading.problems.first { $0.severity == .error })
        #expect(reading.problems.filter { $0.severity == .error }.count == 1)
        #expect(problem.code.name == example.code)
        #expect(problem.location == SourceLocation(file: "t.inp", line: example.line, column: example.column))
        #expect((problem.message() + " " + problem.remedy()).contains(example.says), "\(problem.message()): \(problem.remedy())")
        #expect(!problem.message(in: .chinese).isEmpty)
    }

    @Test func anUnknownUnitSuggestsTheMeantOne() throws {
        let reading = readInp(smallInp().replacing("Units LPS", with: "Units M3H"))
        #expect(reading.problems.first?.remedy() == "did you mean CMH?")
    }

    @Test func everyProblemIsListedAtOnce() {
        let reading = readInp(smallInp(junctions: "J1 0 1,5\nJ2 0 nan\nJ2 0 2", pipes: "P1 R1 J1 -1 1 1\nP2 J1 NOPE 1 1 1"))
        #expect(reading.problems.map(\.code.name) == ["inp-decimal-comma", "inp-not-finite", "inp-duplicate-id", "inp-out-of-range", "inp-dangling-reference"])
    }

    @Test func idsThatDifferOnlyInUnicodeFormAreTwo() throws {
        let network = try #require(readInp(smallInp(junctions: "\u{E9} 0 1\ne\u{301} 0 2", pipes: "P1 R1 \u{E9} 1 1 1\nP2 \u{E9} e\u{301} 1 1 1")).network)
        #expect(network.nodes.count == 3 && network.links[1].from == 0 && network.links[1].to == 1)
    }

    @Test func controlAndDirectionCharactersAreNotEchoed() throws {
        let reading = readInp(smallInp(pipes: "P1 R1 J1 1 1 1\nP2 J1 \u{1B}[31m\u{202E}X 1 1 1"))
        let message = try #require(reading.problems.first).message()
        #expect(!message.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E })
    }

    @Test func anIdOfAHundredThousandCharactersIsShortenedInMessages() throws {
        let id = String(repeating: "x", count: 100_000)
        #expect(readInp(smallInp(junctions: "\(id) 0 1\nJ2 0 2", pipes: "P1 R1 \(id) 1 1 1\nP2 \(id) J2 1 1 1")).network != nil)
        let reading = readInp(smallInp(pipes: "P1 R1 J1 1 1 1\nP2 J1 \(id) 1 1 1"))
        #expect(try #require(reading.problems.first).message().count < 200)
    }

    private func file(_ bytes: [UInt8]) -> FileBytes {
        FileBytes(bytes: bytes, file: InputFile(path: "t.inp", sha256: "", byteCount: bytes.count), changedWhileRead: false)
    }

    @Test func encodingsAreRecognisedAndSaid() throws {
        let text = smallInp(junctions: "一号楼 0 1\nJ2 0 2", pipes: "P1 R1 一号楼 1 1 1\nP2 一号楼 J2 1 1 1")
        let mark = try EpanetReader.read(file([0xEF, 0xBB, 0xBF] + Array(text.utf8)))
        #expect(mark.network.nodes.map(\.id.text) == ["一号楼", "J2", "R1"] && mark.warnings.isEmpty && mark.network.title == ["small"])
        let gbk: [UInt8] = [0xD2, 0xBB, 0xBA, 0xC5, 0xC2, 0xA5]
        var bytes: [UInt8] = []
        for character in text { bytes += String(character) == "一" ? gbk : "号楼".contains(character) ? [] : Array(String(character).utf8) }
        let assumed = try EpanetReader.read(file(bytes))
        #expect(assumed.network.nodes.first?.id == "一号楼")
        #expect(assumed.warnings.first?.message().contains("GB18030") == true)
        let wide = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(try EpanetReader.read(file([0xFF, 0xFE] + wide)).network.nodes.first?.id == "一号楼")
    }

    @Test(arguments: [[], [0x50, 0x4B, 3, 4, 9, 9], [0x80, 0x81, 0xFF, 0xFF], [UInt8](repeating: 0, count: 64)] as [[UInt8]])
    func whatIsNoTextIsRefused(_ bytes: [UInt8]) {
        #expect(throws: ReadFailure.self) { try EpanetReader.read(file(bytes)) }
    }

    @Test func isRecognisedByItsContent() {
        #expect(EpanetReader.recognises(Array("; made by hand\n\n  [title]\nx".utf8)))
        #expect(EpanetReader.recognises([0xEF, 0xBB, 0xBF] + Array("[JUNC]\n".utf8)))
        #expect(!EpanetReader.recognises(Array("[[1, 2]]".utf8)) && !EpanetReader.recognises(Array("{}".utf8)))
        #expect(!EpanetReader.recognises(Array("id,x\n".utf8)) && !EpanetReader.recognises([]))
    }

    /// Random cuts, swaps and bytes: never a crash, and never a network beside an error.
    @Test func survivesMutation() {
        var seed: UInt64 = 7
        func random(_ bound: Int) -> Int {
            seed &+= 0x9E37_79B9_7F4A_7C15
            var z = seed
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ (z >> 31)) % UInt64(bound))
        }
        let whole = Array(smallInp("""
            [TANKS]
            T 20 3 1 5 10 0 * YES
            [PUMPS]
            PU J1 T HEAD c SPEED 1.2 PATTERN p
            [VALVES]
            V J1 J2 100 FCV 5 0
            [CURVES]
            c 10 20
            [PATTERNS]
            p 1 2
            [CONTROLS]
            LINK P2 CLOSED IF NODE T ABOVE 30
            [RULES]
            RULE x
            IF NODE T LEVEL > 3
            THEN LINK P2 STATUS IS CLOSED
            [TIMES]
            PATTERN START 1:00
            """).utf8)
        var accepted = 0
        for _ in 0..<3000 {
            var bytes = whole
            for _ in 0...random(4) {
                switch random(4) {
                case 0: bytes[random(bytes.count)] = UInt8(random(256))
                case 1: bytes.removeSubrange(random(bytes.count)..<bytes.count)
                case 2:
                    let start = random(bytes.count)
                    bytes.removeSubrange(start..<min(bytes.count, start + random(20)))
                default: bytes.insert(contentsOf: Array(["[", "\"", ";", "1e400", "\0", "\r"][random(6)].utf8), at: random(bytes.count))
                }
                if bytes.isEmpty { bytes = [10] }
            }
            let reading = EpanetReader.read(SourceText(path: "m.inp", bytes: bytes))
            let hasErrors = reading.problems.contains { $0.severity == .error }
            #expect((reading.network == nil) == hasErrors)
            if let network = reading.network {
                accepted += 1
                #expect(EpanetTimeZero(network).demand.allSatisfy { $0.isFinite })
            }
        }
        // A mutation in a comment or a title leaves a good file; most others do not.
        #expect(accepted > 100 && accepted < 2900)
    }
}
