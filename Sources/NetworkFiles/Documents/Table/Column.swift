/// A pair of numbers in a list of them, such as flow and head of a pump curve.
public struct TablePoint: Hashable, Sendable {
    /// The first number.
    public var first: Double
    /// The second number.
    public var second: Double
    /// A pair.
    public init(_ first: Double, _ second: Double) { (self.first, self.second) = (first, second) }
}

/// The cells of a field of a table, one a row; a column that no row gives takes no memory.
@frozen
public struct NumberColumn: Sendable {
    /// The numbers in the unit of the file, NaN where the cell is empty (files hold finite numbers only); empty when no row gives one.
    public let values: [Double]
    /// Wraps the numbers of a column.
    @inlinable public init(values: [Double]) { self.values = values }
    /// The number of a row; nil where the cell is empty.
    @inlinable public subscript(row: Int) -> Double? {
        guard row < values.count else { return nil }
        let value = values[row]
        return value.isNaN ? nil : value
    }
    /// The whole number of a row; nil where the cell is empty.
    @inlinable public func integer(_ row: Int) -> Int? { self[row].flatMap { Int(exactly: $0) } }
    /// Whether no row gives a number.
    @inlinable public var isEmpty: Bool { values.isEmpty }
}

/// The texts of a field, as symbols of the document's ``TextPool``.
@frozen
public struct SymbolColumn: Sendable {
    /// One symbol a row, ``Symbol/absent`` where the cell is empty; empty when no row gives one.
    public let values: [Symbol]
    /// Wraps the symbols of a column.
    @inlinable public init(values: [Symbol]) { self.values = values }
    /// The symbol of a row, ``Symbol/absent`` where the cell is empty.
    @inlinable public subscript(row: Int) -> Symbol { row < values.count ? values[row] : .absent }
    /// Whether no row gives a text.
    @inlinable public var isEmpty: Bool { values.isEmpty }
}

/// The flags of a field.
@frozen
public struct FlagColumn: Sendable {
    /// One flag a row, nil where the cell is empty; empty when no row gives one.
    public let values: [Bool?]
    /// Wraps the flags of a column.
    @inlinable public init(values: [Bool?]) { self.values = values }
    /// The flag of a row; nil where the cell is empty.
    @inlinable public subscript(row: Int) -> Bool? { row < values.count ? values[row] : nil }
}

/// The lists of pairs of a field.
@frozen
public struct PointsColumn: Sendable {
    /// One list a row, empty where the cell is empty; empty when no row gives one.
    public let values: [[TablePoint]]
    /// Wraps the lists of a column.
    @inlinable public init(values: [[TablePoint]]) { self.values = values }
    /// The list of a row; nil where the cell is empty.
    @inlinable public subscript(row: Int) -> [TablePoint]? {
        row < values.count && !values[row].isEmpty ? values[row] : nil
    }
}
