import Foundation
import Testing

/// What a run leaves behind when the machine lets it down. Each fault is brought about from outside, on the built program.
@Suite struct FaultTests {
    private func folder() throws -> Folder {
        let folder = try Folder()
        try folder.write(SmallDistrict.json, to: "net.json")
        return folder
    }

    /// Runs a line of shell, in which `$EQUITHERM` is the program.
    ///
    /// Foundation starts children with all signals blocked, which would make this suite's signals tell nothing; Perl, which every
    /// Debian has, gives them back.
    private func shell(_ line: String, in folder: Folder) throws -> Program.Run {
        try Program.run(
            ["perl", "-MPOSIX", "-e", "sigprocmask(SIG_SETMASK, POSIX::SigSet->new()); exec @ARGV", "bash", "-c", line], in: folder,
            environment: ["EQUITHERM": Program.url.path], executable: URL(fileURLWithPath: "/usr/bin/env"))
    }

    private func hidden(_ folder: Folder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.contains(".partial-") }
    }

    /// The thread sanitizer keeps its own notes in a file, which may not grow either.
    private static let filesMayBeLimited = ProcessInfo.processInfo.environment["EQUITHERM_SANITIZER"] != "thread"

    @Test("A file that may not grow (as on a full disk) is exit code 73; nothing is left, old results stay", .enabled(if: filesMayBeLimited))
    func fullDisk() throws {
        let folder = try folder()
        // 8 blocks of 512 bytes: links.csv does not fit. The signal of the limit is ignored, so that writing fails as it does on a full disk.
        let limited = "trap '' XFSZ; ulimit -f 8; exec \"$EQUITHERM\" solve net.json --out out"
        let first = try shell(limited, in: folder)
        #expect(first.status == 73, "\(first.messages)")
        #expect(first.messages.contains("out"))
        #expect(!folder.has("out"))
        #expect(try hidden(folder).isEmpty)

        #expect(try Program.run(["solve", "net.json", "--out", "out"], in: folder).status == 0)
        let before = try folder.read("out/links.csv")
        #expect(try shell(limited, in: folder).status == 73)
        #expect(try folder.read("out/links.csv") == before)
        #expect(try hidden(folder).isEmpty)
    }

    @Test("A folder in which nothing can be made is exit code 73", .enabled(if: FileManager.default.fileExists(atPath: "/proc/self")))
    func unwritableFolder() throws {
        let run = try Program.run(["solve", "net.json", "--out", "/proc/results"], in: try folder())
        #expect(run.status == 73)
        #expect(run.messages.contains("/proc/results"))
    }

    @Test("A run that is killed at any moment leaves all files or none, and the next run tidies up")
    func killed() throws {
        let folder = try folder()
        var complete = 0
        // From before reading to after writing; a debug build takes some 0.3 s for the whole run.
        for delay in stride(from: 0.02, through: 0.5, by: 0.04) {
            try? FileManager.default.removeItem(at: folder.url.appendingPathComponent("out"))
            _ = try shell("\"$EQUITHERM\" solve net.json --out out --quiet & sleep \(delay); kill -KILL $!; wait", in: folder)
            guard folder.has("out") else { continue }
            complete += 1
            #expect(try folder.names(in: "out") == ["dwellings.csv", "heating-curve.csv", "links.csv", "nodes.csv", "summary.json"])
            #expect(try folder.read("out/summary.json").hasSuffix("}\n"))
        }
        // What a killed run of this machine would have left, by a process number that cannot run.
        let host = try String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8).filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let left = folder.url.appendingPathComponent(".out.partial-\(host)-2147483647-abc")
        try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
        let foreign = folder.url.appendingPathComponent(".out.partial-elsewhere-2147483647-abc")
        try FileManager.default.createDirectory(at: foreign, withIntermediateDirectories: true)
        #expect(try Program.run(["solve", "net.json", "--out", "out"], in: folder).status == 0)
        #expect(try hidden(folder) == [foreign.lastPathComponent])
    }

    @Test("An interrupt ends the run as the shell expects", arguments: [("INT", 130), ("TERM", 143)])
    func interrupted(signal: String, code: Int32) throws {
        let folder = try folder()
        var stopped = 0
        for delay in [0.02, 0.1, 0.15, 0.2, 0.25] {
            // The shell starts background jobs with SIGINT ignored; `env` gives it back.
            let run = try shell(
                "env --default-signal=INT,TERM \"$EQUITHERM\" balance net.json --out out --quiet & sleep \(delay); kill -\(signal) $!; wait $!",
                in: folder)
            #expect([code, 0].contains(run.status), "\(run.status) \(run.messages)")
            #expect(try hidden(folder).isEmpty)
            if run.status == code { stopped += 1 }
            if folder.has("out") { #expect(try folder.read("out/summary.json").hasSuffix("}\n")) }
        }
        #expect(stopped > 0)
    }

    @Test("Two runs into one folder at once: both end, and the folder is whole")
    func twoAtOnce() throws {
        let folder = try folder()
        let run = try shell(
            """
            for i in 1 2 3; do
              "$EQUITHERM" solve net.json --out out --quiet & first=$!
              "$EQUITHERM" solve net.json --out out --quiet --outdoor -5 & second=$!
              wait $first || exit 1; wait $second || exit 2
            done
            """, in: folder)
        #expect(run.status == 0, "\(run.messages)")
        #expect(try folder.names(in: "out") == ["dwellings.csv", "heating-curve.csv", "links.csv", "nodes.csv", "summary.json"])
        #expect(try hidden(folder).isEmpty)
        // Both weathers are told in the summary; the tables beside it are of the same run.
        for outdoor in ["-19", "-5"] { #expect(try Program.run(["solve", "net.json", "--out", "w\(outdoor)", "--outdoor", outdoor], in: folder).status == 0) }
        let links = try folder.read("out/links.csv")
        #expect(try [folder.read("w-19/links.csv"), folder.read("w-5/links.csv")].contains(links))
    }

    @Test("A network too large for the memory is told, not killed")
    func memory() throws {
        let folder = try folder()
        try folder.write(
            SmallDistrict.json.replacing("\"floors\": 4, \"units\": 2, \"dwellings_per_floor\": 2", with: "\"floors\": 500, \"units\": 1000, \"dwellings_per_floor\": 50"),
            to: "huge.json")
        let run = try Program.run(["balance", "huge.json", "--out", "out"], in: folder)
        #expect(run.status == 2, "\(run.messages)")
        #expect(run.messages.contains("25000000 dwellings") && run.messages.contains("huge.json:10:"), "\(run.messages)")
        #expect(!folder.has("out"))
        // A limit on address space is taken for what it is: 16 dwellings fit into 2 GB, half a million do not. The shadow memory of a
        // sanitizer does not fit into any.
        if ProcessInfo.processInfo.environment["EQUITHERM_SANITIZER"] != nil { return }
        let small = try shell("ulimit -v 2000000; exec \"$EQUITHERM\" solve net.json --quiet", in: folder)
        #expect(small.status == 0, "\(small.messages)")
        try folder.write(
            SmallDistrict.json.replacing("\"floors\": 4, \"units\": 2, \"dwellings_per_floor\": 2", with: "\"floors\": 500, \"units\": 250, \"dwellings_per_floor\": 2"),
            to: "large.json")
        let large = try shell("ulimit -v 2000000; exec \"$EQUITHERM\" solve large.json --quiet", in: folder)
        #expect(large.status == 2, "\(large.messages)")
    }

    /// Whether this user may mount a file system for one command.
    private static let canMount: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs none /mnt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    @Test("A disk that is full or read-only is exit code 73; what stands there stays", .enabled(if: canMount))
    func realDisks() throws {
        let folder = try folder()
        try folder.write(Self.study, to: "study.json")
        // Results of 10 to 40 kB on a disk of 12.
        let run = try shell(
            """
            unshare --mount bash -c '
              mkdir disk && mount -t tmpfs -o size=12k none disk && echo old > disk/old
              "$EQUITHERM" solve net.json --out disk/out --quiet; echo "solve $?"
              "$EQUITHERM" convert net.json disk/net.csv --expand --quiet; echo "convert $?"
              "$EQUITHERM" convert net.json disk/net.xlsx --quiet; echo "workbook $?"
              "$EQUITHERM" generate disk/made.json --dwellings 300 --seed 1 --quiet; echo "generate $?"
              "$EQUITHERM" study net.json study.json --out disk/study --quiet; echo "study $?"
              rm -rf disk/study.unfinished; ls -A disk; cat disk/old
              mount -o remount,ro disk
              "$EQUITHERM" solve net.json --out disk/out --quiet; echo "read-only $?"
            '
            """, in: folder)
        #expect(run.output == "solve 73\nconvert 73\nworkbook 73\ngenerate 73\nstudy 73\nold\nold\nread-only 73\n", "\(run.messages)")
    }

    @Test("A conversion that cannot be written leaves the old file as it was", .enabled(if: filesMayBeLimited))
    func conversion() throws {
        let folder = try folder()
        #expect(try Program.run(["convert", "net.json", "copy.json"], in: folder).status == 0)
        let before = try folder.read("copy.json")
        let run = try shell("trap '' XFSZ; ulimit -f 8; exec \"$EQUITHERM\" convert net.json copy.json --expand", in: folder)
        #expect(run.status == 73, "\(run.messages)")
        #expect(try folder.read("copy.json") == before)
        #expect(try hidden(folder).isEmpty)
    }

    private static let study = """
        { "format": "equitherm-study/1", "title": "Two buildings", "run": "solve", "seed": 7, "draws": { "count": 60 },
          "factors": [ { "id": "east", "parameter": "open_rate", "element": "east", "values": [0.5, 0.75] } ] }
        """

    @Test("Two studies into one folder at once: one is told so, the other's answers are whole")
    func twoStudiesAtOnce() throws {
        let folder = try folder()
        try folder.write(Self.study, to: "study.json")
        let run = try shell(
            """
            "$EQUITHERM" study net.json study.json --out out --quiet & first=$!
            "$EQUITHERM" study net.json study.json --out out --quiet & second=$!
            wait $first; echo $?; wait $second; echo $?
            """, in: folder)
        let codes = run.output.split(separator: "\n").sorted()
        // The second may also begin when the first has ended.
        #expect(codes == ["0", "73"] || codes == ["0", "0"], "\(run.output) \(run.messages)")
        #expect(try Program.run(["study", "net.json", "study.json", "--out", "alone"], in: folder).status == 0)
        #expect(try folder.read("out/scenarios.csv") == folder.read("alone/scenarios.csv"))
    }
}
