import CCrypto
import Foundation

/// SHA-256 (FIPS 180-4) by libcrypto, so that a result names exactly what it was made from.
///
/// The only unsafe code of this module: one handle, owned here, and a pointer to bytes for the length of a call.
@safe
struct SHA256: ~Copyable {
    // Null only when memory has run out; the digest is then empty.
    private let context: OpaquePointer?

    /// The library without its configuration file and its tables of names, which cost more than the digest of a small file.
    private static let isReady: Bool = {
        let options = UInt64(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS)
        return OPENSSL_init_crypto(options, nil) == 1
    }()

    init() {
        _ = Self.isReady
        unsafe context = EVP_MD_CTX_new()
        if unsafe context != nil { unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) }
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Adds bytes.
    mutating func update(_ data: some ContiguousBytes) {
        unsafe data.withUnsafeBytes { bytes in _ = unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }
    }

    /// The digest of all bytes added, in small hexadecimal.
    consuming func hexadecimal() -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        unsafe digest.withUnsafeMutableBufferPointer { buffer in
            _ = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, &count)
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.prefix(Int(count)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The digest of some bytes.
    static func digest(_ bytes: [UInt8]) -> String {
        var digest = SHA256()
        digest.update(bytes)
        return digest.hexadecimal()
    }
}
