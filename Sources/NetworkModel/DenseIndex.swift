/// The dense position of an element in one array of a ``Network``.
///
/// File ids (``ElementID``) and dense positions are different types on purpose: the only renumbering of the
/// engine is from ids to these, and nothing can mix a node's position with a link's.
@frozen
public struct DenseIndex<Element>: Hashable, Comparable, Sendable {
    /// The position, counted from zero.
    public let raw: Int32

    /// The position as an array subscript.
    @inlinable public var position: Int { Int(raw) }

    /// Wraps an array position.
    @inlinable public init(_ position: Int) { raw = Int32(truncatingIfNeeded: position) }

    /// By position.
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// Place of a node in its array.
public typealias NodeIndex = DenseIndex<Node>
/// Place of a link in its array.
public typealias LinkIndex = DenseIndex<Link>
/// Place of a pipe in its array.
public typealias PipeIndex = DenseIndex<Pipe>
/// Place of a valve in its array.
public typealias ValveIndex = DenseIndex<Valve>
/// Place of a pump in its array.
public typealias PumpIndex = DenseIndex<Pump>
/// Place of a source in its array.
public typealias SourceIndex = DenseIndex<Source>
/// Place of a substation in its array.
public typealias SubstationIndex = DenseIndex<Substation>
/// Place of a terminal in its array.
public typealias TerminalIndex = DenseIndex<Terminal>
/// Place of a zone in its array.
public typealias ZoneIndex = DenseIndex<Zone>
/// Place of a building in its array.
public typealias BuildingIndex = DenseIndex<Building>
/// Place of a dwelling in its array.
public typealias DwellingIndex = DenseIndex<Dwelling>
/// Place of a valve model in its array.
public typealias ValveModelIndex = DenseIndex<ValveModel>

extension Array {
    /// The element at a dense index.
    @inlinable public subscript(index: DenseIndex<Element>) -> Element {
        _read { yield self[index.position] }
        _modify { yield &self[index.position] }
    }
}
