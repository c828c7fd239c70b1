import Dispatch
import Synchronization

/// Work in independent pieces on several threads.
enum Parallel {
    /// The results of `body` for the pieces 0..<count, in their order whatever thread made them.
    ///
    /// Which thread takes which piece has no influence on a result, so results do not depend on `workers`.
    static func map<Piece: Sendable>(_ count: Int, workers: Int, _ body: @Sendable (Int) -> Piece) -> [Piece] {
        let threads = min(max(workers, 1), count)
        guard threads > 1 else { return (0..<count).map(body) }
        let next = Mutex(0)
        let done = Mutex<[Piece?]>([Piece?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let piece = next.withLock { position in
                    defer { position += 1 }
                    return position
                }
                if piece >= count { return }
                let result = body(piece)
                done.withLock { $0[piece] = result }
            }
        }
        return done.withLock { $0.compactMap { $0 } }
    }

    /// Ranges that cut 0..<count into at most `pieces` parts of nearly equal size.
    static func ranges(of count: Int, pieces: Int) -> [Range<Int>] {
        let parts = min(max(pieces, 1), max(count, 1))
        return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
    }
}
