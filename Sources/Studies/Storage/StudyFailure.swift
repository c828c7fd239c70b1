import NetworkFiles

/// Why a study has no result.
public enum StudyFailure: Error, Sendable {
    /// The folder cannot be written.
    case unwritable(WriteFailure)
    /// The unfinished folder is of another study, network or version.
    case otherStudy(path: String)
    /// Another process is writing into the unfinished folder.
    case inUse(path: String)
    /// A slice is missing, given twice, of another study, or damaged.
    case slices(String)
}
