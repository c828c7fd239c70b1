import ArgumentParser
import NetworkFiles
import NetworkModel
import Reporting

/// The end of `balance` and `solve`: files, summary, words to people, exit code.
struct ResultOutput {
    let options: ResultOptions
    let console: Console
    let texts: Texts
    /// Workers; nil = one a processor.
    var threads: Int?

    /// Writes and says what was asked for; `document` becomes `network.json`.
    ///
    /// - Throws: the exit code where the output cannot be written or a `--fail-on` condition holds.
    func finish(_ run: RunResult, document: Document? = nil) throws {
        var result = run
        let summary = Summary(result)
        if let folder = options.folder {
            try write(&result, summary, document, to: folder)
        }
        if options.json { console.data(summary.json(of: result, texts: texts)) }
        console.say(ConsoleSummary(result, summary: summary, texts: texts).lines)
        if let folder = options.folder {
            console.say("")
            console.say(texts(result.recommendation == nil ? ConsoleText.files : ConsoleText.balanceFiles, folder))
        }
        try judge(summary, result)
    }

    /// Writes and says what was asked for of a solved EPANET file.
    ///
    /// - Throws: the exit code where the output cannot be written or a `--fail-on` condition holds.
    func finish(_ solved: EpanetResult) throws {
        var result = solved
        if let folder = options.folder {
            var files = ResultFiles(result)
            if options.geojson { throw ValidationError("--geojson does not apply to an EPANET file.") }
            try addWorkbook(to: &files, title: result.input.path, folder)
            try NetworkOutput(console: console, texts: texts).write(files, to: folder, threads: threads) { taken in
                result.timings.write = taken.seconds
                return OutputFile(name: "summary.json", bytes: Array(result.json(texts: texts).utf8))
            }
        }
        if options.json { console.data(result.json(texts: texts)) }
        console.say(result.lines(texts: texts))
        if let folder = options.folder { console.say(texts(ConsoleText.files, folder)) }
        if options.failOn.contains(.warning), !result.warnings.isEmpty { throw ExitStatus.conditionHolds }
    }

    private func write(_ result: inout RunResult, _ summary: Summary, _ document: Document?, to folder: String) throws {
        console.progress(texts(ConsoleText.writing, folder))
        let clock = ContinuousClock()
        let start = clock.now
        var files = ResultFiles(result, summary: summary, texts: texts)
        if options.pictures { files.addPictures(result, texts: texts) }
        if let document { files.add(OutputFile(name: "network.json") { _ in DocumentWriter.json(document) }) }
        if options.geojson { files.addGeoJSON(result) }
        try addWorkbook(to: &files, title: result.network.title, folder)
        let prepared = clock.now - start
        try NetworkOutput(console: console, texts: texts).write(files, to: folder, threads: threads) { taken in
            result.timings.write = (prepared + taken).seconds
            return OutputFile(name: "summary.json", bytes: Array(summary.json(of: result, texts: texts).utf8))
        }
        console.endProgress()
    }

    /// Adds `results.xlsx` and byte order marks where they are asked for.
    private func addWorkbook(to files: inout ResultFiles, title: String, _ folder: String) throws {
        if options.xlsx {
            do throws(WriteFailure) {
                try files.addWorkbook(title: title, path: folder, texts: texts)
            } catch {
                throw NetworkOutput(console: console, texts: texts).refuse(error)
            }
        }
        if options.bom { files.markByteOrder() }
    }

    private func judge(_ summary: Summary, _ result: RunResult) throws {
        var holds = false
        for condition in options.failOn {
            guard let reason = reason(for: condition, summary, result) else { continue }
            console.say(texts(ConsoleText.failOnHolds, condition.rawValue, reason))
            holds = true
        }
        if holds { throw ExitStatus.conditionHolds }
    }

    /// Why a condition holds; nil where it does not.
    private func reason(for condition: FailCondition, _ summary: Summary, _ result: RunResult) -> String? {
        switch condition {
        case .unmet:
            guard summary.after.rooms.count > 0, summary.after.rooms.shareAtTarget < 1 else { return nil }
            return texts(ConsoleText.conditionUnmet, texts.percent(1 - summary.after.rooms.shareAtTarget))
        case .imbalance:
            let imbalance = summary.after.imbalance
            guard let level = [imbalance.horizontal, imbalance.vertical].first(where: { $0.shareWithin < 1 }) else { return nil }
            return texts(
                ConsoleText.conditionImbalance, DisplayNumber.fixed(level.lowest, 2), DisplayNumber.fixed(level.highest, 2))
        case .warning:
            guard !result.warnings.isEmpty else { return nil }
            return texts(ConsoleText.conditionWarning, DisplayNumber.count(result.warnings.count))
        }
    }
}

extension Console {
    /// Says why there is no answer, and gives the exit code for it.
    func noAnswer(_ failure: FailureText, _ texts: Texts) -> ExitCode {
        endProgress()
        failure.lines.forEach(fail)
        fail(texts(ConsoleText.noAnswer))
        return ExitStatus.noAnswer
    }
}
