extension InputFile {
    /// One digest for an input of several files, in hexadecimal: that of its only file, or SHA-256 of the lines
    /// `DIGEST  NAME` that `sha256sum` would print for all of them, names without the folder.
    public static func digest(of files: [InputFile]) -> String {
        if files.count == 1 { return files[0].sha256 }
        let lines = files.map { "\($0.sha256)  \(DocumentReader.fileName($0.path))\n" }
        return SHA256.digest(Array(lines.joined().utf8))
    }
}
