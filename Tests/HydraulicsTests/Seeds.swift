import Foundation

/// How many seeds the properties of random networks are tried on: `EQUITHERM_SEEDS=3000 swift test --filter HydraulicsTests` tries
/// thousands.
enum Seeds {
    /// The usual number, or more where the environment asks for more.
    static func count(_ usual: Int) -> Int {
        max(usual, ProcessInfo.processInfo.environment["EQUITHERM_SEEDS"].flatMap { Int($0) } ?? 0)
    }

    /// The same for seeds that are not negative by type.
    static func count(_ usual: UInt64) -> UInt64 { UInt64(count(Int(usual))) }
}
