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

    @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

public typealias NodeIndex = DenseIndex<Node>
public typealias LinkIndex = DenseIndex<Link>
public typealias PipeIndex = DenseIndex<Pipe>
public typealias ValveIndex = DenseIndex<Valve>
public typealias PumpIndex = DenseIndex<Pump>
public typealias SourceIndex = DenseIndex<Source>
public typealias SubstationIndex = DenseIndex<Substation>
public typealias TerminalIndex = DenseIndex<Terminal>
public typealias ZoneIndex = DenseIndex<Zone>
public typealias BuildingIndex = DenseIndex<Building>
public typealias DwellingIndex = DenseIndex<Dwelling>
public typealias ValveModelIndex = DenseIndex<ValveModel>

extension Array {
    /// The element at a dense index.
    @inlinable public subscript(index: DenseIndex<Element>) -> Element {
        _read { yield self[index.position] }
        _modify { yield &self[index.position] }
    }
}
