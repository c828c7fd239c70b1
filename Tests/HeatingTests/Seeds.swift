import Foundation

/// How many seeds the properties of random buildings and districts are tried on: `EQUITHERM_SEEDS=3000 swift test --filter HeatingTests`
/// tries thousands.
enum Seeds {
    /// The usual number, or more where the environment asks for more.
    static func count(_ usual: Int) -> Int {
        max(usual, ProcessInfo.processInfo.environment["EQUITHERM_SEEDS"].flatMap { Int($0) } ?? 0)
    }
}
