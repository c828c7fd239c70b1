import ArgumentParser

/// The exit codes of the command line contract; 64 is argument-parser's own for wrong usage.
enum ExitStatus {
    /// Done, and a `--fail-on` condition holds.
    static let conditionHolds = ExitCode(1)
    /// No trustworthy answer: not converged, or none exists.
    static let noAnswer = ExitCode(2)
    /// The input is wrong; every problem has been listed.
    static let wrongInput = ExitCode(65)
    /// The input cannot be read.
    static let unreadableInput = ExitCode(66)
    /// The output cannot be written.
    static let unwritableOutput = ExitCode(73)
}
