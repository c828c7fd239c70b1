import Foundation
import Heating
import Synchronization

/// Writes the files of a folder piece by piece: while one batch of pieces goes to the disk, workers make the next.
struct PieceWriter {
    private let folder: String
    private let path: String
    private let workers: Int
    private let pending = Slot(Pending())

    /// What is written next.
    private struct Pending: Sendable {
        var pieces: [(place: Place, bytes: [UInt8])] = []
        var failure: WriteFailure?
    }

    /// A piece of one of the files.
    private struct Place: Sendable {
        var file: Int
        var piece: Int
    }

    /// A writer into a folder that exists; `path` is what the user called it.
    init(folder: String, path: String, threads: Int?) {
        self.folder = folder
        self.path = path
        workers = Workers.count(threads)
    }

    /// Writes the files and waits until they are on the disk.
    func write(_ files: [OutputFile]) throws(WriteFailure) {
        let places = files.indices.flatMap { file in (0..<files[file].pieceCount).map { Place(file: file, piece: $0) } }
        // Enough pieces that a slow one does not hold the others up, few enough that they fit into memory.
        let batch = 2 * workers
        var start = 0
        while start < places.count || pending.value.withLock({ !$0.pieces.isEmpty }) {
            let next = Array(places[start..<min(start + batch, places.count)])
            start += next.count
            // The first position is the disk's, and one worker more than processors, since the disk mostly waits.
            let made = Workers.map(next.count + 1, threads: workers == 1 ? 1 : workers + 1) { position -> [UInt8] in
                guard position > 0 else {
                    put(files)
                    return []
                }
                return files[next[position - 1].file].piece(next[position - 1].piece)
            }
            let failure = pending.value.withLock { pending in
                pending.pieces = next.indices.map { (next[$0], made[$0 + 1]) }
                return pending.failure
            }
            if let failure { throw failure }
        }
        for file in files { try AtomicFile.synchronise(file: folder + "/" + file.name, path) }
    }

    /// Appends the pending pieces to their files.
    private func put(_ files: [OutputFile]) {
        let pieces = pending.value.withLock { pending in
            defer { pending.pieces = [] }
            return pending.pieces
        }
        do throws(WriteFailure) {
            for (place, bytes) in pieces {
                try AtomicFile.append(bytes, to: folder + "/" + files[place.file].name, isNew: place.piece == 0, path)
            }
        } catch {
            let failure = error
            pending.value.withLock { $0.failure = failure }
        }
    }
}
