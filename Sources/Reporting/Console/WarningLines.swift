import NetworkModel

/// Warnings for the console: the first few of each kind, in the order in which the kinds appear.
struct WarningLines {
    /// The lines; none without warnings.
    let lines: [String]
    private static let limit = 3

    /// Lists warnings.
    init(_ warnings: [Problem], texts: Texts) {
        guard !warnings.isEmpty else {
            lines = []
            return
        }
        var kinds: [ProblemCode] = []
        var ofKind: [ProblemCode: [Problem]] = [:]
        for warning in warnings {
            if ofKind[warning.code] == nil { kinds.append(warning.code) }
            ofKind[warning.code, default: []].append(warning)
        }
        var lines = [texts(ConsoleText.warnings, DisplayNumber.count(warnings.count))]
        for kind in kinds {
            let all = ofKind[kind, default: []]
            for warning in all.prefix(Self.limit) {
                let element = warning.element.map { "\($0.kind) \($0.id.text): " } ?? ""
                lines.append("  \(element)\(warning.message(in: texts.language))")
            }
            if all.count > Self.limit {
                lines.append(texts(ConsoleText.warningsMore, DisplayNumber.count(all.count - Self.limit)))
            }
        }
        self.lines = lines
    }
}
