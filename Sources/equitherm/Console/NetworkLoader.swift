import ArgumentParser
import NetworkFiles
import NetworkModel
import Reporting

/// A network that was read and found usable.
struct LoadedNetwork {
    /// The document as written.
    var document: Document
    /// The network it describes.
    var network: Network
    /// What is doubtful about it.
    var warnings: [Problem]
    /// What was read.
    var record: InputRecord
}

/// Reads networks for all verbs; whatever is wrong is said, and ends the run with the code of the contract.
struct NetworkLoader {
    let console: Console
    let texts: Texts

    /// Reads, expands and judges a network.
    ///
    /// - Throws: the exit code, after every problem has been listed.
    func load(_ options: InputOptions) throws -> LoadedNetwork {
        console.progress(texts(ConsoleText.reading, options.path))
        let reading: DocumentReader.Reading
        do {
            reading = try DocumentReader.read(options.path, roster: options.roster)
        } catch .unreadable(let path, let reason) {
            console.endProgress()
            console.fail(texts(ConsoleText.cannotRead, path, reason))
            throw ExitStatus.unreadableInput
        } catch .invalid(let problems, let sources) {
            throw refuse(problems, sources)
        }
        let expansion = Expander.expand(reading.document)
        // The text's own problems come first: they explain many of the others.
        let problems = reading.problems.problems + expansion.problems
        guard !reading.problems.hasErrors, let network = expansion.network else {
            throw refuse(problems, reading.document.sources)
        }
        console.endProgress()
        return LoadedNetwork(
            document: reading.document, network: network, warnings: problems,
            record: InputRecord(path: options.path, files: reading.inputs, assumptions: expansion.assumptions))
    }

    private func refuse(_ problems: [Problem], _ sources: [SourceText]) -> ExitCode {
        console.endProgress()
        console.fail(ProblemRenderer(sources: sources, language: texts.language).text(problems))
        console.fail(
            texts(
                ConsoleText.errorsFound, DisplayNumber.count(problems.count { $0.severity == .error }),
                DisplayNumber.count(problems.count { $0.severity == .warning })))
        return ExitStatus.wrongInput
    }
}
