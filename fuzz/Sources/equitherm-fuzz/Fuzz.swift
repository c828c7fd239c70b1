import Foundation

/// What is being fuzzed; libFuzzer owns the command line, so the environment says it: `EQUITHERM_FUZZ=json`.
private let subject: Subject = {
    let name = ProcessInfo.processInfo.environment["EQUITHERM_FUZZ"] ?? ""
    guard let subject = Subject(rawValue: name) else {
        let names = Subject.allCases.map(\.rawValue).joined(separator: ", ")
        FileHandle.standardError.write(Data("EQUITHERM_FUZZ must be one of: \(names)\n".utf8))
        exit(64)
    }
    return subject
}()

/// libFuzzer's entry: one input. A crash, a trap, more than the time limit or a failed `expect` is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    subject.run([UInt8](UnsafeBufferPointer(start: data, count: count)))
    return 0
}

/// A promise that an answer must keep; trapping makes it a finding with its input.
func expect(_ holds: Bool, _ promise: @autoclosure () -> String) {
    if !holds { fatalError(promise()) }
}
