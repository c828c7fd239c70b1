import ArgumentParser
import NetworkFiles
import NetworkModel
import Reporting
import Studies

/// A study that was read, resolved and whose base case is solved.
struct LoadedStudy {
    /// What all its workers share.
    var model: StudyModel
    /// What it was made from.
    var origin: StudyResult.Origin
    /// What tells it from other studies.
    var fingerprint: String
}

/// Reads studies for both verbs of `study`; whatever is wrong is said, and ends the run with the code of the contract.
struct StudyLoader {
    let console: Console
    let texts: Texts

    /// Where a study stands.
    struct Source {
        var network: String
        var roster: String?
        var study: String?
        /// The study itself where options make it.
        var options: String?
        var isothermal: Bool
    }

    /// Reads network and study and runs the base case.
    ///
    /// - Throws: the exit code, after every problem has been listed.
    func load(_ source: Source) throws -> LoadedStudy {
        let loaded = try NetworkLoader(console: console, texts: texts).load(path: source.network, roster: source.roster)
        let reading: StudyReader.Reading
        do {
            if let path = source.study {
                reading = try StudyReader.read(path, for: loaded.network, document: loaded.document)
            } else {
                let parsed = DocumentReader.parse(Array((source.options ?? "").utf8), name: "options", schema: .study1)
                reading = StudyReader.resolve(parsed, for: loaded.network, document: loaded.document, folder: "")
            }
        } catch {
            throw console.refuse(error, texts)
        }
        guard let study = reading.study else {
            throw console.refuse(.invalid(reading.problems, sources: reading.sources), texts)
        }
        console.progress(texts(ConsoleText.simulating))
        let model: StudyModel
        do {
            model = try StudyModel(study, loaded.network, extended: reading.extended, isothermal: source.isothermal)
        } catch {
            throw console.noAnswer(FailureText(error, in: loaded.network, texts: texts), texts)
        }
        console.endProgress()
        let origin = StudyResult.Origin(
            tool: Equitherm.tool, network: source.network, study: source.study ?? "", inputs: loaded.record.files + reading.inputs)
        return LoadedStudy(model: model, origin: origin, fingerprint: origin.fingerprint(isothermal: source.isothermal))
    }
}

/// The end of `study` and `study merge`: files, and words to people.
struct StudyOutput {
    let console: Console
    let texts: Texts

    /// Writes the result and says what it answers.
    func finish(_ loaded: LoadedStudy, _ work: WorkFolder, folder: String, json: Bool) throws {
        let result: StudyResult
        do throws(StudyFailure) {
            result = try StudyResult(loaded.model, in: work)
            try result.write(to: folder, origin: loaded.origin, texts: texts)
        } catch {
            throw console.refuse(error, texts)
        }
        if json { console.data(result.summary(loaded.origin)) }
        console.say(result.lines(texts: texts))
        console.say(texts(StudyText.filesAre, folder))
    }
}

extension Console {
    /// Says why a study has no result, and gives the exit code for it.
    func refuse(_ failure: StudyFailure, _ texts: Texts) -> ExitCode {
        endProgress()
        switch failure {
        case .unwritable(let failure):
            return NetworkOutput(console: self, texts: texts).refuse(failure)
        case .otherStudy(let path):
            fail(texts(StudyText.otherStudy, path))
            return ExitStatus.unwritableOutput
        case .inUse(let path):
            fail(texts(StudyText.inUse, path))
            return ExitStatus.unwritableOutput
        case .slices(let words):
            fail(texts(StudyText.slices, words))
            return ExitStatus.wrongInput
        }
    }
}
