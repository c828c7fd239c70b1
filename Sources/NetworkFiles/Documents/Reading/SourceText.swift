import NetworkModel

/// The text of an input file as UTF-8, kept so that messages can quote it.
public struct SourceText: Sendable {
    /// The file as the user named it.
    public let path: String
    /// Its bytes in UTF-8, without a byte order mark.
    public let bytes: [UInt8]

    /// Where a row, or the cell of a field in it, stands.
    func location(of table: Table, row: Int, field: String?) -> SourceLocation? { nil }
}
