/// An id as the file spells it, compared byte by byte.
///
/// Swift's `String` treats canonically equivalent spellings (composed and decomposed é) as equal; two such ids in
/// a file are two elements, so equality and order here are those of the UTF-8 bytes.
public struct ElementID: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The id's text, unchanged.
    public let text: String

    /// Wraps an id as it stands in the file.
    public init(_ text: String) { self.text = text }

    /// An id written in source code (tests, generated elements).
    public init(stringLiteral value: String) { text = value }

    /// The id as the file spells it.
    public var description: String { text }

    /// Whether the bytes are equal.
    public static func == (left: Self, right: Self) -> Bool {
        left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Equal bytes are canonically equivalent, so the string's own hash is consistent with this equality.
    public func hash(into hasher: inout Hasher) { text.hash(into: &hasher) }

    /// Byte by byte.
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// The id of a part of this element, for example `B7` and `inlet` make `B7/inlet`.
    public func part(_ name: String) -> ElementID { ElementID(text + "/" + name) }
}
