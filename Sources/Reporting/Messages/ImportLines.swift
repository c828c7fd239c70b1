import NetworkFiles
import NetworkModel

/// What an importer took for what, for people.
public struct ImportLines: Sendable {
    /// The lines; none for the format's own files.
    public let lines: [String]

    /// Lists what was mapped and what was not used.
    public init(_ record: ImportRecord, texts: Texts) {
        var lines: [String] = []
        for mapping in record.mappings {
            lines.append(
                texts(ImportText.mapping, mapping.file, mapping.table.rawValue, DisplayNumber.count(mapping.rows)))
            for entry in mapping.used where entry.heading != entry.field || !entry.unit.isEmpty {
                let line = entry.unit.isEmpty
                    ? texts(ImportText.used, entry.heading, entry.field)
                    : texts(ImportText.usedUnit, entry.heading, entry.field, entry.unit)
                lines.append("  " + line)
            }
            if !mapping.words.isEmpty { lines.append("  " + texts(ImportText.words, mapping.words.joined(separator: ", "))) }
            let unused = mapping.unused.map { $0.nearest.isEmpty ? $0.heading : texts(ImportText.near, $0.heading, $0.nearest) }
            lines.append(
                "  " + (unused.isEmpty ? texts(ImportText.nothingUnused) : texts(ImportText.unused, unused.joined(separator: ", "))))
        }
        for remark in record.remarks { lines.append(remark.message(in: texts.language)) }
        if !record.unused.isEmpty {
            let shown = record.unused.prefix(20).joined(separator: ", ")
            lines.append(texts(ImportText.unusedParts, shown + (record.unused.count > 20 ? ", … (\(record.unused.count))" : "")))
        }
        self.lines = lines
    }
}

extension ImportRecord {
    /// As the member `imported` of `input` in `summary.json`.
    func json(in language: Language) -> JSONText {
        .object([
            "format": .text(format),
            "tables": .list(
                mappings.map { mapping in
                    .object([
                        "file": .text(mapping.file), "table": .text(mapping.table.rawValue), "rows": .count(mapping.rows),
                        "used": .list(
                            mapping.used.map {
                                .object(["heading": .text($0.heading), "field": .text($0.field), "unit": .text($0.unit)])
                            }),
                        "words": .list(mapping.words.map { .text($0) }),
                        "unused": .list(mapping.unused.map { .text($0.heading) }),
                    ])
                }),
            "unused": .list(unused.map { .text($0) }),
            "remarks": .list(remarks.map { .text($0.message(in: language)) }),
        ])
    }
}
