import CSQLite

/// One SQLite file being written: tables of texts and numbers, row by row. The only unsafe code of this module: one connection
/// and one statement, owned here, and texts handed to C for the length of a call.
@safe
struct Database: ~Copyable {
    private var connection: OpaquePointer?
    private var statement: OpaquePointer?

    /// Makes a new file; nil where that is impossible.
    init?(_ path: String) {
        unsafe connection = nil
        unsafe statement = nil
        guard unsafe sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK else {
            unsafe sqlite3_close(connection)
            unsafe connection = nil
            return nil
        }
        // The file is thrown away where writing fails, so it needs no journal.
        guard run("PRAGMA journal_mode = OFF"), run("PRAGMA synchronous = OFF"), run("BEGIN") else { return nil }
    }

    deinit {
        unsafe sqlite3_finalize(statement)
        unsafe sqlite3_close(connection)
    }

    /// Runs a statement without values.
    borrowing func run(_ sql: String) -> Bool { unsafe sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK }

    /// Makes a table and begins to fill it; columns that `isNumber` names hold numbers.
    mutating func begin(_ table: String, _ columns: [String], isNumber: [Bool]) -> Bool {
        let names = zip(columns, isNumber).map { Self.quoted($0) + ($1 ? " REAL" : " TEXT") }
        guard run("CREATE TABLE \(Self.quoted(table)) (\(names.joined(separator: ", ")))") else { return false }
        unsafe sqlite3_finalize(statement)
        unsafe statement = nil
        let slots = columns.map { _ in "?" }.joined(separator: ", ")
        return unsafe sqlite3_prepare_v2(connection, "INSERT INTO \(Self.quoted(table)) VALUES (\(slots))", -1, &statement, nil) == SQLITE_OK
    }

    /// Adds a row; an empty cell is NULL.
    mutating func add(_ cells: [String], isNumber: [Bool]) -> Bool {
        for (place, cell) in cells.enumerated() {
            let slot = Int32(place + 1)
            let isBound: Int32
            if cell.isEmpty {
                isBound = unsafe sqlite3_bind_null(statement, slot)
            } else if isNumber[place], let number = Double(cell) {
                isBound = unsafe sqlite3_bind_double(statement, slot, number)
            } else {
                // SQLITE_TRANSIENT: the library copies the text before the call returns.
                let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
                isBound = unsafe sqlite3_bind_text(statement, slot, cell, -1, copies)
            }
            guard isBound == SQLITE_OK else { return false }
        }
        let isDone = unsafe sqlite3_step(statement) == SQLITE_DONE
        unsafe sqlite3_reset(statement)
        return isDone
    }

    /// Ends the file; false where it could not be written.
    consuming func finish() -> Bool {
        unsafe sqlite3_finalize(statement)
        unsafe statement = nil
        return run("COMMIT")
    }

    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}
