/// A file to be written: pieces that are made when they are due, so that a large table never stands in memory as a whole.
public struct OutputFile: Sendable {
    /// Its name in the folder, without a path.
    public var name: String
    /// How many pieces follow each other in it, at least one.
    public let pieceCount: Int
    /// Bytes before the first piece.
    private var head: [UInt8] = []
    private let make: @Sendable (Int) -> [UInt8]

    /// A file whose content stands in memory.
    public init(name: String, bytes: [UInt8]) { self.init(name: name) { _ in bytes } }

    /// A file of pieces.
    ///
    /// - Parameter make: the bytes of a piece, whatever others have been made; called by any thread, once a piece where the file is written.
    public init(name: String, pieces: Int = 1, make: @escaping @Sendable (Int) -> [UInt8]) {
        precondition(pieces > 0, "a file has a piece, if only an empty one")
        self.name = name
        pieceCount = pieces
        self.make = make
    }

    /// The bytes of a piece.
    public func piece(_ position: Int) -> [UInt8] { position == 0 && !head.isEmpty ? head + make(0) : make(position) }

    /// The whole content.
    public var bytes: [UInt8] { pieceCount == 1 ? piece(0) : (0..<pieceCount).flatMap(piece) }

    /// Puts bytes before all others.
    public mutating func prepend(_ bytes: [UInt8]) { head = bytes + head }
}
