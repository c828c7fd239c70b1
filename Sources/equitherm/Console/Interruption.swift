import Dispatch
import Foundation
import NetworkFiles
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// While a run writes, an interrupt (Ctrl-C, or a scheduler's request to end) takes the unfinished files away and ends the run as
/// the shell expects, 128 + signal. Before that there is nothing to clean, and the system's own way of ending is right.
final class Interruption {
    private let sources: [any DispatchSourceSignal]
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// Guards the writing of `path` for as long as the value lives.
    init(writing path: String, console: Console, texts: Texts) {
        sources = Self.signals.map { number in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                PartialName.removeOwn(beside: path)
                console.endProgress()
                console.fail(texts(ConsoleText.interrupted, path))
                _exit(128 + number)
            }
            source.resume()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
        for number in Self.signals { _ = signal(number, SIG_DFL) }
    }
}
