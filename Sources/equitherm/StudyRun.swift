import ArgumentParser
import NetworkFiles
import NetworkModel
import Reporting
import Studies

/// `study NETWORK [STUDY]`: runs a study, or a slice of it.
struct StudyRun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a study, or with --part a slice of it.",
        discussion: """
            Example:
              equitherm study networks/gaowan networks/gaowan-study.json --out out/study
            """)

    @Argument(help: ArgumentHelp("A network: a .json document or a folder of CSV tables.", valueName: "network"))
    var network: String

    @Argument(help: ArgumentHelp("A study: a .json document, or a folder of CSV tables; without one the options say what varies.", valueName: "study"))
    var study: String?

    @Option(name: .customLong("out"), help: ArgumentHelp("Folder for the result files; it appears complete or not at all.", valueName: "folder"))
    var folder: String

    @OptionGroup var options: StudyOptions

    @Option(help: ArgumentHelp("Run slice k of n only, to be joined by `study merge`.", valueName: "k/n"))
    var part: String?

    @Option(help: ArgumentHelp("Open, closed and restricted dwellings, instead of the network's own roster.", valueName: "file"))
    var roster: String?

    @Flag(help: "One density and viscosity a circuit, no gravity head.")
    var isothermal = false

    @Option(help: ArgumentHelp("Worker threads; results do not depend on it.", valueName: "n"))
    var threads: Int?

    @Flag(help: "Throw away an unfinished run of this result instead of going on with it.")
    var restart = false

    @Flag(help: "Put study.json on standard output.")
    var json = false

    @OptionGroup var messages: MessageOptions

    func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads \(threads) is not a number of threads from 1 to 1024.")
        }
        if let part, StudySlice(part) == nil { throw ValidationError("--part \(part) is no slice k/n with k from 1 to n.") }
        if study != nil && !options.isEmpty { throw ValidationError("Give either a study or options that make one, not both.") }
    }

    func run() throws {
        let console = messages.console
        let texts = messages.texts
        let options = study == nil ? options.document : nil
        let manifest = StudyLoader.Source(network: network, roster: roster, study: study, options: options, isothermal: isothermal)
        let loaded = try StudyLoader(console: console, texts: texts).load(manifest)
        let slice = part.flatMap { StudySlice($0) }
        let work = WorkFolder(for: folder, fingerprint: loaded.fingerprint)
        let lock: FolderLock
        do throws(StudyFailure) {
            lock = try work.lock()
        } catch {
            throw console.refuse(error, texts)
        }
        defer { withExtendedLifetime(lock) {} }
        do throws(StudyFailure) {
            if restart { try work.restart() }
            try StudyRunner(loaded.model, threads: threads).run(slice ?? .whole, in: work) { progress in
                let left = progress.secondsLeft.map { texts(StudyText.timeLeft, Self.time($0)) } ?? ""
                console.progress(
                    texts(StudyText.running, DisplayNumber.count(progress.done), DisplayNumber.count(progress.total), left))
            }
            console.endProgress()
            if let slice {
                let record = SliceFolder.Manifest(
                    fingerprint: loaded.fingerprint, network: network, roster: roster, study: study, options: options, isothermal: isothermal,
                    slice: slice)
                try SliceFolder.write(work, record, to: folder)
                console.say(texts(StudyText.sliceFinished, "\(slice.part)/\(slice.of)", folder))
                return
            }
        } catch {
            throw console.refuse(error, texts)
        }
        try StudyOutput(console: console, texts: texts).finish(loaded, work, folder: folder, json: json)
    }

    /// A time as people say it.
    static func time(_ seconds: Double) -> String {
        if seconds < 90 { return "\(DisplayNumber.fixed(seconds, 0)) s" }
        if seconds < 5400 { return "\(DisplayNumber.fixed(seconds / 60, 0)) min" }
        return "\(DisplayNumber.fixed(seconds / 3600, 1)) h"
    }
}

/// `study merge SLICES...`: joins slices into the result that one machine would have written.
struct StudyMerge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Join the slices of a study into the result that one machine would have written.",
        discussion: """
            Example:
              equitherm study merge out/slice-* --out out/study
            """)

    @Argument(help: ArgumentHelp("Folders of all slices, in any order.", valueName: "slices"))
    var slices: [String]

    @Option(name: .customLong("out"), help: ArgumentHelp("Folder for the result files; it appears complete or not at all.", valueName: "folder"))
    var folder: String

    @Option(help: ArgumentHelp("The network, where it is no longer where the slices found it.", valueName: "path"))
    var network: String?

    @Option(help: ArgumentHelp("The study, where it is no longer where the slices found it.", valueName: "path"))
    var study: String?

    @Flag(help: "Put study.json on standard output.")
    var json = false

    @OptionGroup var messages: MessageOptions

    func run() throws {
        let console = messages.console
        let texts = messages.texts
        let loaded: LoadedStudy
        let work: WorkFolder
        let lock: FolderLock
        do throws(StudyFailure) {
            var folders: [SliceFolder] = []
            for slice in slices { folders.append(try SliceFolder(slice)) }
            guard let first = folders.first?.manifest else { return }
            let source = StudyLoader.Source(
                network: network ?? first.network, roster: first.roster, study: study ?? first.study, options: first.options,
                isothermal: first.isothermal)
            do {
                loaded = try StudyLoader(console: console, texts: texts).load(source)
            } catch {
                throw StudyFailure.slices(first.network)
            }
            work = WorkFolder(for: folder, fingerprint: loaded.fingerprint)
            lock = try work.lock()
            try SliceFolder.join(folders, into: work, fingerprint: loaded.fingerprint)
        } catch {
            throw console.refuse(error, texts)
        }
        console.say(texts(StudyText.merged, "\(slices.count)"))
        try StudyOutput(console: console, texts: texts).finish(loaded, work, folder: folder, json: json)
        withExtendedLifetime(lock) {}
    }
}
