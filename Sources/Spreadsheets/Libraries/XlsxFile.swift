import CXlsxWriter

/// A workbook being written to a file, by libxlsxwriter. One of three files of this module with unsafe code: the library's
/// handles, owned here until ``close()``, and C texts for the length of a call.
///
/// Rows go to temporary files as they come, so that memory does not grow with the tables; they must therefore be written in order.
@safe
struct XlsxFile: ~Copyable {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var formats: [UnsafeMutablePointer<lxw_format>] = unsafe []
    private var isClosed = false

    /// Starts a workbook that will be written to `path`; nil only when memory has run out.
    init?(path: String, title: String) {
        var options = unsafe lxw_workbook_options()
        unsafe options.constant_memory = 1
        guard let created = unsafe workbook_new_opt(path, &options) else { return nil }
        unsafe workbook = created
        // Same input, same bytes: the date of the document is fixed.
        _ = unsafe title.withCString { title in
            var properties = unsafe lxw_doc_properties()
            unsafe properties.title = UnsafeMutablePointer(mutating: title)
            unsafe properties.created = 946_684_800
            return unsafe workbook_set_properties(created, &properties)
        }
    }

    deinit {
        // One that was given up is closed all the same, which frees its memory.
        if !isClosed { _ = unsafe workbook_close(workbook) }
    }

    /// Begins a sheet; its name must be one that spreadsheets accept.
    mutating func addSheet(_ name: String) -> Bool {
        unsafe sheet = unsafe workbook_add_worksheet(workbook, name)
        return unsafe sheet != nil
    }

    /// Defines a format and gives its number.
    mutating func addFormat(_ style: CellStyle) -> Int {
        guard let format = unsafe workbook_add_format(workbook) else { return -1 }
        if let number = style.number { unsafe format_set_num_format(format, number) }
        if style.isBold { unsafe format_set_bold(format) }
        if style.isWrapped { unsafe format_set_text_wrap(format) }
        if let colour = style.fill { unsafe format_set_bg_color(format, lxw_color_t(colour)) }
        if let colour = style.colour { unsafe format_set_font_color(format, lxw_color_t(colour)) }
        if style.isHeading {
            unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
            unsafe format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        }
        unsafe formats.append(format)
        return unsafe formats.count - 1
    }

    /// Sets the width, in characters, and the format of a column.
    func setColumn(_ column: Int, width: Double, format: Int) {
        guard let sheet = unsafe sheet else { return }
        _ = unsafe worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), width, pointer(format))
    }

    /// Writes a text as a text, whatever it looks like.
    func write(_ text: String, row: Int, column: Int, format: Int = -1) {
        guard let sheet = unsafe sheet else { return }
        _ = unsafe worksheet_write_string(sheet, lxw_row_t(row), lxw_col_t(column), text, pointer(format))
    }

    /// Writes a finite number.
    func write(_ number: Double, row: Int, column: Int, format: Int = -1) {
        guard let sheet = unsafe sheet else { return }
        _ = unsafe worksheet_write_number(sheet, lxw_row_t(row), lxw_col_t(column), number, pointer(format))
    }

    /// Writes a flag.
    func write(_ flag: Bool, row: Int, column: Int) {
        guard let sheet = unsafe sheet else { return }
        _ = unsafe worksheet_write_boolean(sheet, lxw_row_t(row), lxw_col_t(column), flag ? 1 : 0, nil)
    }

    /// Keeps rows above `row` and the columns before `column` in view.
    func freeze(row: Int, column: Int) {
        guard let sheet = unsafe sheet else { return }
        unsafe worksheet_freeze_panes(sheet, lxw_row_t(row), lxw_col_t(column))
    }

    /// Puts filters on the cells of a row, for the rows down to `lastRow`.
    func filter(row: Int, lastRow: Int, columns: Int) {
        guard let sheet = unsafe sheet, columns > 0 else { return }
        _ = unsafe worksheet_autofilter(sheet, lxw_row_t(row), 0, lxw_row_t(max(lastRow, row)), lxw_col_t(columns - 1))
    }

    /// Writes the file; the library's words for what went wrong, nil where all went well.
    mutating func close() -> String? {
        isClosed = true
        let error = unsafe workbook_close(workbook)
        guard error != LXW_NO_ERROR else { return nil }
        return unsafe lxw_strerror(error).map { unsafe String(cString: $0) } ?? "libxlsxwriter \(error.rawValue)"
    }

    private func pointer(_ format: Int) -> UnsafeMutablePointer<lxw_format>? {
        unsafe formats.indices.contains(format) ? unsafe formats[format] : nil
    }
}

/// How a cell looks.
struct CellStyle {
    /// A number format of spreadsheets, such as `0.00`.
    var number: String?
    /// Bold letters.
    var isBold = false
    /// Long texts on several lines.
    var isWrapped = false
    /// The head of a table.
    var isHeading = false
    /// Background, 0xRRGGBB.
    var fill: Int?
    /// Letters, 0xRRGGBB.
    var colour: Int?
}
