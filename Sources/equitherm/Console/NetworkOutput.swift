import ArgumentParser
import NetworkFiles
import Reporting

/// Writes networks and result folders; what cannot be written is said, and ends the run with the code of the contract.
struct NetworkOutput {
    let console: Console
    let texts: Texts

    /// The JSON document.
    static func json(_ document: Document) -> [UInt8] { preconditionFailure("being written") }

    /// Writes a document as its name asks for.
    func write(_ document: Document, to path: String) throws { preconditionFailure("being written") }

    /// Writes a result folder.
    func write(_ files: ResultFiles, to folder: String) throws { preconditionFailure("being written") }
}
