import NetworkModel

/// The rare cases: wording what is wrong with a cell or a row.
extension TableFiller {
    /// Reports a number outside its valid (error) or plausible (warning) range.
    @inline(never)
    func reportRange(_ field: Int, _ range: Range<Int>, _ severity: Severity, _ state: inout ReadingState) {
        let declared = schema.fields[field]
        let limits: NumberRange
        let unit: String
        switch declared.type {
        case .number(let declaredUnit, let range): (limits, unit) = (range, declaredUnit == "1" ? "" : declaredUnit)
        case .integer(let range): (limits, unit) = (range, "")
        default: return
        }
        if severity == .error {
            let lower = NumberText.shortest(limits.valid.lowerBound)
            state.report(
                .outOfRange, at: range.lowerBound, field: declared.name, declared.name, state.quote(range),
                "\(limits.excludesLowerBound ? "]" : "[")\(lower), \(NumberText.shortest(limits.valid.upperBound))]",
                unit.isEmpty ? "" : "; its unit is \(unit)", unit.isEmpty ? "" : "，单位为 \(unit)")
        } else {
            state.report(
                .implausible, severity: .warning, at: range.lowerBound, field: declared.name, declared.name,
                state.quote(range),
                "\(NumberText.shortest(limits.plausible.lowerBound))…\(NumberText.shortest(limits.plausible.upperBound))",
                unit.isEmpty ? "" : " and its unit (\(unit))", unit.isEmpty ? "" : "及单位（\(unit)）")
        }
    }

    /// Reports a text or id that is too long to keep.
    @inline(never)
    func reportLength(_ count: Int, _ field: Int, _ range: Range<Int>, _ state: inout ReadingState) {
        let name = schema.fields[field].name
        state.report(
            .textTooLong, at: range.lowerBound, field: name, name, String(count),
            String(TextLimits.bytes(isName: plans[field].isName)))
    }

    /// Reports a word that is none of the choices.
    @inline(never)
    func reportChoice(_ field: Int, _ range: Range<Int>, _ state: inout ReadingState) {
        let name = schema.fields[field].name
        guard case .choice(let words) = schema.fields[field].type else { return }
        if name == "format" {
            return state.report(.unknownFormat, at: range.lowerBound, field: name, words.joined(separator: ", "))
        }
        let found = state.quote(range)
        state.report(
            .unknownChoice, at: range.lowerBound, field: name, name, found, Suggestion.text(for: found, in: words),
            words.joined(separator: ", "))
    }

    /// Judges a text met for the first time: characters that cannot be seen, spaces around an id.
    func judge(_ symbol: Symbol, _ field: Int, _ range: Range<Int>, _ state: inout ReadingState) {
        let utf8 = state.pool.utf8(symbol)
        let isName = plans[field].isName
        if isName, utf8.first == 32 || utf8.last == 32 {
            state.report(.spacesAround, at: range.lowerBound, field: schema.fields[field].name, state.pool.text(symbol))
        }
        guard utf8.contains(where: { $0 < 32 || $0 >= 127 }) else { return }
        let invisible = state.pool.text(symbol).unicodeScalars.first { scalar in
            isName ? Quoting.isInvisible(scalar) : scalar.properties.generalCategory == .control && !"\n\t\r".unicodeScalars.contains(scalar)
        }
        if let invisible {
            let name = schema.fields[field].name
            state.report(.badCharacter, at: range.lowerBound, field: name, name, Quoting.name(invisible))
        }
    }

    /// Reports a field that the row must give and does not.
    @inline(never)
    func reportMissing(_ field: Int, _ state: inout ReadingState) {
        let declared = schema.fields[field]
        if schema.shape == .document && declared.name == "format" {
            guard case .choice(let words) = declared.type else { return }
            return state.report(.unknownFormat, at: Int(rowOffsets.last ?? 0), field: declared.name, words.joined(separator: ", "))
        }
        state.report(
            .missingField, at: Int(rowOffsets.last ?? 0), field: declared.name, currentID(state) ?? "#\(rowCount)",
            schema.name.rawValue, declared.name, declared.documentation.english,
            declared.documentation.chinese)
    }

    /// Names the element in the problems of its row, which may have been found before its id.
    @inline(never)
    func nameElement(since mark: Int, _ state: inout ReadingState) {
        guard let id = currentID(state) else { return }
        state.log.fillElement(from: mark, ElementReference(kind: schema.name.rawValue, id: ElementID(id)))
    }

    private func currentID(_ state: ReadingState) -> String? {
        guard let position = schema.position(of: "id"), texts[position].count == rowCount, let id = texts[position].last,
            !id.isAbsent
        else { return nil }
        return state.pool.text(id)
    }
}
