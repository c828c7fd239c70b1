import Foundation
import NetworkFiles
import NetworkModel
import Reporting

/// A finished study: its rows, and all that follows from them. A run of one machine and a merge of slices end here alike.
public struct StudyResult {
    let model: StudyModel
    private let work: WorkFolder
    private let state: WorkState
    /// What the rows answer.
    public let answers: Answers

    /// Reads what a finished run or merge has left in its folder.
    ///
    /// - Throws: ``StudyFailure/slices(_:)`` where its files do not fit together.
    public init(_ model: StudyModel, in work: WorkFolder) throws(StudyFailure) {
        guard let state = try work.resume(),
            let answers = AnswerReader.read(
                model.study, rows: work.file(WorkFolder.rowFile), searches: work.file(WorkFolder.searchFile))
        else { throw .slices("\(work.path): \(WorkFolder.rowFile)") }
        self.model = model
        self.work = work
        self.state = state
        self.answers = answers
    }

    /// Names what made a study, without the folders that it happened to stand in: the same study gives the same files wherever it runs.
    public struct Origin: Sendable {
        /// Program and version.
        public var tool: String
        /// Name of the network.
        public var network: String
        /// Name of the study; empty for one made of options.
        public var study: String
        /// All files read, by name, those of a folder below its name.
        public var inputs: [InputFile]

        /// Names what made a study.
        ///
        /// - Parameters:
        ///   - network: path of the network.
        ///   - study: path of the study; empty for one made of options.
        public init(tool: String, network: String, study: String, inputs: [InputFile]) {
            (self.tool, self.network, self.study) = (tool, Self.name(network), Self.name(study))
            self.inputs = inputs.map { file in
                var named = file
                named.path = Self.name(file.path)
                for folder in [network, study] where !folder.isEmpty && file.path != folder {
                    let folder = folder.last == "/" ? String(folder.dropLast()) : folder
                    if file.path.hasPrefix(folder + "/") { named.path = Self.name(folder) + file.path.dropFirst(folder.count) }
                }
                return named
            }
        }

        /// The last part of a path that is a name.
        private static func name(_ path: String) -> String {
            path.split(separator: "/").last { $0 != "." && $0 != ".." }.map(String.init) ?? path
        }

        /// Tells studies apart: the program, what was read, and options that change results.
        public func fingerprint(isothermal: Bool) -> String {
            "\(tool) \(InputFile.digest(of: inputs)) \(inputs.count) \(isothermal)"
        }
    }

    /// Writes the result folder and removes the one of the run.
    public func write(to folder: String, origin: Origin, texts: Texts) throws(StudyFailure) {
        let tables = AnswerTables(model: model, counts: state.counts, answers: answers).all
        var files = tables.map { OutputFile(name: $0.name + ".csv", bytes: $0.bytes) }
        var page = StudyPageWriter(model, state.counts, answers, tool: origin.tool, inputs: origin.inputs, texts: texts)
        files.append(OutputFile(name: "study.html", bytes: Array(page.html().utf8)))
        files.append(OutputFile(name: "study.json", bytes: Array(summary(origin).utf8)))
        var large = [ResultDirectory.LargeFile(name: "scenarios.csv", path: work.file(WorkFolder.rowFile))]
        if !model.study.breakEvens.isEmpty {
            large.append(ResultDirectory.LargeFile(name: "break_evens.csv", path: work.file(WorkFolder.searchFile)))
        }
        let database = work.file("study.sqlite")
        try writeTables(tables)
        let sources = large.map { ($0.name.dropping(".csv"), $0.path) } + tables.map { ($0.name, work.file($0.name + ".table")) }
        guard StudyDatabase.write(sources, to: database) else {
            throw .unwritable(WriteFailure(path: database, reason: .system("SQLite")))
        }
        large.append(ResultDirectory.LargeFile(name: "study.sqlite", path: database))
        do throws(WriteFailure) {
            try ResultDirectory.write(files, linking: large, to: folder)
        } catch {
            throw .unwritable(error)
        }
        work.remove()
    }

    /// The tables as files, for the database.
    private func writeTables(_ tables: [AnswerTables.Table]) throws(StudyFailure) {
        for table in tables {
            do throws(WriteFailure) {
                try AtomicFile.write(table.bytes, to: work.file(table.name + ".table"))
            } catch {
                throw .unwritable(error)
            }
        }
    }

    /// `study.json`: what programs read first.
    public func summary(_ origin: Origin) -> String {
        let study = model.study
        func figures(_ values: [Double]) -> JSONText {
            .list(zip(Output.allCases, values).map { .object(["name": .text($0.name), "value": .number($1)]) })
        }
        return JSONText.object([
            "format": .text("equitherm-study-result/1"),
            "tool": .text(origin.tool),
            "title": .text(study.title),
            "network": .text(origin.network),
            "study": .text(origin.study),
            "files": .list(origin.inputs.map { .object(["path": .text($0.path), "sha256": .text($0.sha256), "bytes": .count($0.byteCount)]) }),
            "run": .text(study.run.rawValue),
            "design": .text(study.design.rawValue),
            "seed": .number(Double(study.seed)),
            "scenarios": .count(model.scenarios.count),
            "failed": .count(answers.failed),
            "base": figures(model.base.values),
            "design_means": .list(answers.spreads.map { output, moments in
                .object([
                    "name": .text(output.name), "mean": .number(AnswerTables.significant(moments.mean)),
                    "deviation": .number(AnswerTables.significant(moments.deviation)), "min": .number(moments.least), "max": .number(moments.greatest),
                ])
            }),
            "break_evens": .list(answers.breakEvens.map { found in
                .object(["id": .text(found.id), "factor": .text(found.factor), "status": .text(found.status), "value": .number(found.value)])
            }),
            "year": answers.year.map { year in
                .object([
                    "hours": .count(year.hours), "heat_mwh": .number(AnswerTables.milli(year.total.heat / 1000)),
                    "pump_mwh": .number(AnswerTables.milli(year.total.pump / 1000)), "peak_kw": .number(year.peakHeat),
                    "hours_short": .count(year.hoursShort),
                ])
            } ?? .null,
        ]).text
    }
}
