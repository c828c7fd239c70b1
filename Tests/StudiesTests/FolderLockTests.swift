import Foundation
import Testing

@testable import Studies

@Suite struct FolderLockTests {
    /// A new folder for each of many tries, since only the first taker of a folder makes the file.
    @Test func ofManyWhoTakeANewFolderAtOnceOneGetsIt() async throws {
        let parent = FileManager.default.temporaryDirectory.appendingPathComponent("equitherm-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: parent) }
        for number in 0..<40 {
            let folder = "\(parent)/\(number)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let locks = try await withThrowingTaskGroup(of: FolderLock?.self) { group in
                for _ in 0..<8 { group.addTask { try FolderLock(of: folder) } }
                return try await group.reduce(into: [FolderLock]()) { all, lock in if let lock { all.append(lock) } }
            }
            #expect(locks.count == 1)
        }
    }

    @Test func aFolderIsFreeWhenItsHolderIsGone() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("equitherm-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var first = try FolderLock(of: folder)
        #expect(first != nil)
        #expect(try FolderLock(of: folder) == nil)
        first = nil
        #expect(try FolderLock(of: folder) != nil)
    }
}
