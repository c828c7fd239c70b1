import ArgumentParser
import Foundation
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

/// An EPANET file that was read and found usable.
struct LoadedEpanet {
    /// The network, what came of reading it and its text.
    var file: EpanetReader.File
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
        try load(path: options.path, roster: try options.singleRoster(), snap: options.snap ?? GeoJSONReader.defaultSnap)
    }

    /// Reads a network with the first of several rosters, and the states of its dwellings under each of them.
    ///
    /// - Throws: the exit code, after every problem has been listed.
    func loadRosters(_ options: InputOptions) throws -> (first: LoadedNetwork, rosters: [(name: String, states: [DwellingState])]) {
        let snap = options.snap ?? GeoJSONReader.defaultSnap
        var first = try load(path: options.path, roster: options.rosters.first, snap: snap)
        var rosters = [(name: options.rosters.first ?? "", states: first.network.dwellings.map(\.state))]
        for roster in options.rosters.dropFirst() {
            let other = try load(path: options.path, roster: roster, snap: snap)
            rosters.append((roster, other.network.dwellings.map(\.state)))
            let files = first.record.files + other.record.files.filter { !first.record.files.contains($0) }
            first.record = InputRecord(
                path: first.record.path, files: files, assumptions: first.record.assumptions, imported: first.record.imported)
            first.warnings += other.warnings.filter { !first.warnings.contains($0) }
        }
        return (first, rosters)
    }

    /// Reads, expands and judges a network by its path.
    ///
    /// - Throws: the exit code, after every problem has been listed.
    func load(path: String, roster: String?, snap: Double = GeoJSONReader.defaultSnap) throws -> LoadedNetwork {
        if isEpanet(path) {
            console.fail(texts(ConsoleText.epanetNeedsDwellings, path))
            throw ExitStatus.wrongInput
        }
        let memory = MemoryBudget.current
        try refuseTooLarge([path, roster].compactMap { $0 }, memory)
        console.progress(texts(ConsoleText.reading, path))
        let reading: DocumentReader.Reading
        do {
            reading = try DocumentReader.read(path, roster: roster, snap: snap)
        } catch {
            throw refuse(error)
        }
        // Before any problem: what was taken for what explains most of them.
        if !reading.imported.isEmpty {
            console.endProgress()
            console.say(ImportLines(reading.imported, texts: texts).lines)
        }
        let expansion = Expander.expand(reading.document, dwellingLimit: memory.dwellings, isRefused: reading.problems.hasErrors)
        // The text's own problems come first: they explain many of the others.
        let problems = reading.sortedProblems + expansion.problems
        guard !reading.problems.hasErrors, let network = expansion.network else {
            let code = refuse(problems, reading.document.sources)
            // Nothing is wrong with a network that is too large for this machine: there is only no answer here.
            throw problems.allSatisfy { $0.severity != .error || $0.code == .tooLarge } ? ExitStatus.noAnswer : code
        }
        console.endProgress()
        return LoadedNetwork(
            document: reading.document, network: network, warnings: problems,
            record: InputRecord(path: path, files: reading.inputs, assumptions: expansion.assumptions, imported: reading.imported))
    }

    /// Reads an EPANET file; nil where the input is none, told by its content.
    ///
    /// - Throws: the exit code, after every problem has been listed.
    func loadEpanet(_ path: String) throws -> LoadedEpanet? {
        guard isEpanet(path) else { return nil }
        try refuseTooLarge([path], MemoryBudget.current)
        console.progress(texts(ConsoleText.reading, path))
        let file: EpanetReader.File
        do {
            file = try EpanetReader.read(path: path)
        } catch {
            throw refuse(error)
        }
        console.endProgress()
        return LoadedEpanet(file: file, record: InputRecord(path: path, files: [file.input], assumptions: []))
    }

    /// Refuses files that cannot fit into memory, before they are read.
    private func refuseTooLarge(_ paths: [String], _ memory: MemoryBudget) throws {
        for path in paths {
            let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
            if memory.holds(file: size) { continue }
            console.fail(texts(ConsoleText.tooLargeForMemory, path, DisplayNumber.count(size / 1_000_000), DisplayNumber.count((memory.bytes ?? 0) / 1_000_000)))
            throw ExitStatus.noAnswer
        }
    }

    /// Whether a file is read as EPANET's: by its content, or by its name where the content says nothing better.
    private func isEpanet(_ path: String) -> Bool {
        let bytes = prefix(of: path)
        if EpanetReader.recognises(bytes) { return true }
        return path.lowercased().hasSuffix(".inp") && !bytes.starts(with: [UInt8(ascii: "{")]) && FileManager.default.fileExists(atPath: path)
            && !FileBytes.isFolder(path)
    }

    /// The first bytes of a file; none of a folder or of what cannot be read, which the reader will say better.
    private func prefix(of path: String) -> [UInt8] {
        guard !FileBytes.isFolder(path), let handle = FileHandle(forReadingAtPath: path) else { return [] }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 1 << 16)).flatMap { $0 }.map { [UInt8]($0) } ?? []
    }

    private func refuse(_ failure: ReadFailure) -> ExitCode { console.refuse(failure, texts) }

    private func refuse(_ problems: [Problem], _ sources: [SourceText]) -> ExitCode {
        console.refuse(.invalid(problems, sources: sources), texts)
    }
}

extension Console {
    /// Says why an input cannot be used, every problem of it, and gives the exit code for it.
    func refuse(_ failure: ReadFailure, _ texts: Texts) -> ExitCode {
        endProgress()
        switch failure {
        case .unreadable(let path, let reason):
            fail(texts(ConsoleText.cannotRead, path, reason))
            return ExitStatus.unreadableInput
        case .invalid(let problems, let sources):
            self.problems(ProblemRenderer(sources: sources, language: texts.language).text(problems))
            fail(
                texts(
                    ConsoleText.errorsFound, DisplayNumber.count(problems.count { $0.severity == .error }),
                    DisplayNumber.count(problems.count { $0.severity == .warning })))
            return ExitStatus.wrongInput
        }
    }
}
