import ArgumentParser
import NetworkFiles
import Reporting

/// Writes networks and result folders; what cannot be written is said, and ends the run with the code of the contract.
struct NetworkOutput {
    let console: Console
    let texts: Texts

    /// Writes a document: one file where the name ends in `.json`, `.xlsx` or `.geojson`, else a folder of tables, with byte order marks
    /// where wanted.
    func write(_ document: Document, to path: String, marksByteOrder: Bool = false) throws {
        let guarded = Interruption(writing: path, console: console, texts: texts)
        defer { withExtendedLifetime(guarded) {} }
        do throws(WriteFailure) {
            if path.lowercased().hasSuffix(".xlsx") {
                try AtomicFile.write(WorkbookDocument.write(document, path: path), to: path)
            } else if path.lowercased().hasSuffix(".geojson") {
                try writeGeoJSON(document, to: path)
            } else {
                try DocumentWriter.write(document, to: path, marksByteOrder: marksByteOrder)
            }
        } catch {
            throw refuse(error)
        }
    }

    private func writeGeoJSON(_ document: Document, to path: String) throws(WriteFailure) {
        let (bytes, unplaced) = GeoJSONWriter.write(document)
        try AtomicFile.write(bytes, to: path)
        if unplaced > 0 { console.say(texts(ImportText.unplaced, DisplayNumber.count(unplaced))) }
        console.say(texts(ImportText.geoJSONPlane))
    }

    /// Writes one file.
    func write(_ bytes: [UInt8], to path: String) throws {
        let guarded = Interruption(writing: path, console: console, texts: texts)
        defer { withExtendedLifetime(guarded) {} }
        do {
            try AtomicFile.write(bytes, to: path)
        } catch {
            throw refuse(error)
        }
    }

    /// Writes a result folder; `last` makes the file that tells how long the others took.
    func write(_ files: ResultFiles, to folder: String, threads: Int?, last: (Duration) -> OutputFile?) throws {
        let guarded = Interruption(writing: folder, console: console, texts: texts)
        defer { withExtendedLifetime(guarded) {} }
        do {
            try ResultDirectory.write(files.files, to: folder, threads: threads, last: last)
        } catch {
            throw refuse(error)
        }
    }

    /// Says why nothing was written, and gives the exit code for it.
    func refuse(_ failure: WriteFailure) -> ExitCode {
        let reason =
            switch failure.reason {
            case .foreignFile(let name): texts(ConsoleText.foreignFile, name)
            case .wrongKind: texts(ConsoleText.wrongKind)
            case .system(let words): words
            }
        console.endProgress()
        console.fail(texts(ConsoleText.cannotWrite, failure.path, reason))
        return ExitStatus.unwritableOutput
    }
}
