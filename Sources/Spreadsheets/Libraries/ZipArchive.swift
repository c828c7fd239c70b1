import CZip

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A ZIP package in memory, by libzip. One of three files of this module with unsafe code: one handle, owned here, and
/// pointers to bytes for the length of a call.
@safe
struct ZipArchive: ~Copyable {
    private let handle: OpaquePointer

    /// Opens a package; nil where the bytes are none.
    init?(_ bytes: [UInt8]) {
        // Nothing is no package; libzip would not free a copy of no bytes.
        if bytes.isEmpty { return nil }
        // libzip reads from the copy as long as the archive lives, and frees it with the archive.
        guard let copy = unsafe malloc(bytes.count) else { return nil }
        unsafe bytes.withUnsafeBytes { buffer in
            if let base = buffer.baseAddress { _ = unsafe memcpy(copy, base, buffer.count) }
        }
        guard let source = unsafe zip_source_buffer_create(copy, zip_uint64_t(bytes.count), 1, nil) else {
            unsafe free(copy)
            return nil
        }
        guard let opened = unsafe zip_open_from_source(source, ZIP_RDONLY, nil) else {
            unsafe zip_source_free(source)
            return nil
        }
        unsafe handle = opened
    }

    deinit { unsafe zip_discard(handle) }

    /// How reading a part ended.
    enum End {
        /// Every byte was given.
        case complete
        /// The part is missing, encrypted or damaged.
        case damaged
        /// The reader of the bytes wanted no more.
        case stopped
    }

    /// Whether a part is there.
    func contains(_ name: String) -> Bool { unsafe zip_name_locate(handle, name, 0) >= 0 }

    /// Gives the bytes of a part piece by piece, unpacked as they are asked for; `take` returns false to stop.
    func read(_ name: String, take: (ArraySlice<UInt8>) -> Bool) -> End {
        guard let file = unsafe zip_fopen(handle, name, 0) else { return .damaged }
        defer { unsafe zip_fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe zip_fread(file, $0.baseAddress, zip_uint64_t($0.count)) }
            if count < 0 { return .damaged }
            if count == 0 { return .complete }
            if !take(buffer[..<Int(count)]) { return .stopped }
        }
    }
}
