import NetworkModel

/// `[OPTIONS]` and `[TIMES]`.
extension EpanetParser {
    /// Spellings of flow units that people use and EPANET does not know, with what they mean.
    private static let foreignUnits = [
        "M3H": "CMH", "M3/H": "CMH", "M3D": "CMD", "M3/D": "CMD", "M3S": "CMS", "M3/S": "CMS", "L/S": "LPS", "LS": "LPS",
        "L/MIN": "LPM", "ML/D": "MLD", "GAL/MIN": "GPM", "FT3/S": "CFS",
    ]

    mutating func readOption(_ line: EpanetLine) {
        noteOption(line)
        if matches(line, 0, "UNIT") {
            readFlowUnit(line)
        } else if matches(line, 0, "PRESSURE"), !matches(line, 1, "EXP") {
            readPressureUnit(line)
        } else if matches(line, 0, "HEADL") {
            readHeadLoss(line)
        } else if matches(line, 0, "PATT") {
            if line.count > 1 { defaultPatternName = (text(line, 1), line) }
        } else if matches(line, 0, "DEMAND"), matches(line, 1, "MODEL") {
            readDemandModel(line)
        } else if matches(line, 0, "BACK") {
            guard line.count > 2 else { return }
            if matches(line, 2, "NO") {
                network.options.emitterBackflow = false
            } else if !matches(line, 2, "YES") {
                reportUnknown(line, 2, known: ["YES", "NO"])
            }
        } else if !readNumericOption(line) {
            readUnusedOption(line)
        }
    }

    /// Warns of an option that is given twice with different values; the last one holds, as in EPANET.
    private mutating func noteOption(_ line: EpanetLine) {
        guard line.count > 1 else { return }
        let key = (0..<line.count - 1).map { text(line, $0).uppercased() }.joined(separator: " ")
        let value = text(line, line.count - 1)
        if let first = optionsGiven[key], first.value.uppercased() != value.uppercased() {
            report(.inpRepeatedOption, line, 0, [quote(key), String(first.line), quote(value)], severity: .warning)
        }
        optionsGiven[key] = (value, line.number)
    }

    private mutating func readFlowUnit(_ line: EpanetLine) {
        guard line.count > 1 else { return }
        if let unit = EpanetFlowUnit.allCases.first(where: { matches(line, 1, $0.rawValue) }) {
            network.options.flowUnit = unit
        } else if matches(line, 1, "SI") {
            network.options.flowUnit = .litresPerSecond
        } else {
            let suggestion = Self.foreignUnits[text(line, 1).uppercased()]
            reportUnknown(line, 1, known: EpanetFlowUnit.allCases.map(\.rawValue), suggestion: suggestion)
        }
    }

    private mutating func readPressureUnit(_ line: EpanetLine) {
        guard line.count > 1 else { return }
        if let unit = EpanetPressureUnit.allCases.first(where: { matches(line, 1, $0.rawValue) }) {
            network.options.pressureUnit = unit
        } else {
            reportUnknown(line, 1, known: EpanetPressureUnit.allCases.map(\.rawValue))
        }
    }

    private mutating func readHeadLoss(_ line: EpanetLine) {
        guard line.count > 1 else { return }
        if let law = EpanetHeadLoss.allCases.first(where: { matches(line, 1, $0.rawValue) }) {
            network.options.headLoss = law
        } else {
            reportUnknown(line, 1, known: EpanetHeadLoss.allCases.map(\.rawValue))
        }
    }

    private mutating func readDemandModel(_ line: EpanetLine) {
        guard line.count > 2 else { return }
        if matches(line, 2, "PDA") {
            network.options.isPressureDriven = true
        } else if matches(line, 2, "DDA") {
            network.options.isPressureDriven = false
        } else {
            reportUnknown(line, 2, known: ["DDA", "PDA"])
        }
    }

    /// Options with a number that steady hydraulics need; true where the line was one.
    private mutating func readNumericOption(_ line: EpanetLine) -> Bool {
        let options: [(keyword: String, word: Int, store: (inout EpanetOptions, Double) -> Void)] = [
            ("VISC", 1, { $0.viscosity = $1 }),
            ("SPEC", 2, { $0.specificGravity = $1 }),
            ("EMIT", 2, { $0.emitterExponent = $1 }),
            ("DEMAND", 2, { $0.demandMultiplier = $1 }),
            ("REQU", 2, { $0.requiredPressure = $1 }),
            ("PRESSURE", 2, { $0.pressureExponent = $1 }),
        ]
        if matches(line, 0, "MINI") {
            if line.count > 2, let value = number(line, 2, .notNegative) { network.options.minimumPressure = value }
            return true
        }
        guard let option = options.first(where: { matches(line, 0, $0.keyword) }) else { return false }
        // A missing value leaves the default, as in EPANET.
        if line.count > option.word, let value = number(line, option.word, .positive) { option.store(&network.options, value) }
        return true
    }

    /// Options that this engine does not need: they steer EPANET's iteration, quality or files.
    private mutating func readUnusedOption(_ line: EpanetLine) {
        let unused = [
            "ACCURACY", "TRIALS", "UNBALANCED", "QUALITY", "DIFFUSIVITY", "TOLERANCE", "MAP", "VERIFY", "HYDRAULICS",
            "CHECKFREQ", "MAXCHECK", "DAMPLIMIT", "FLOWCHANGE", "HEADERROR", "HTOL", "QTOL", "RQTOL", "SEGMENTS", "PRECISION",
        ]
        // EPANET compares four letters of most of these words.
        if unused.contains(where: { matches(line, 0, String($0.prefix { $0 != " " }.prefix(4))) }) {
            unusedOptions += 1
            return
        }
        let known = unused + ["UNITS", "PRESSURE", "HEADLOSS", "PATTERN", "DEMAND MULTIPLIER", "DEMAND MODEL", "EMITTER EXPONENT",
            "VISCOSITY", "SPECIFIC GRAVITY", "BACKFLOW ALLOWED", "MINIMUM PRESSURE", "REQUIRED PRESSURE", "PRESSURE EXPONENT"]
        reportUnknown(line, 0, known: known.sorted())
    }

    mutating func readTime(_ line: EpanetLine) {
        guard line.count > 1 else { return report(.inpMissingField, line, nil, ["value", "keyword value [unit]"]) }
        if matches(line, 0, "STAT") {
            unusedOptions += 1
            return
        }
        let isPattern = matches(line, 0, "PATT")
        let isClock = matches(line, 0, "STAR")
        let others = ["DURA", "HYDR", "QUAL", "RULE", "MINI", "REPO"]
        guard isPattern || isClock || others.contains(where: { matches(line, 0, $0) }) else {
            return reportUnknown(
                line, 0,
                known: ["DURATION", "HYDRAULIC TIMESTEP", "PATTERN START", "PATTERN TIMESTEP", "QUALITY TIMESTEP", "REPORT START",
                    "REPORT TIMESTEP", "RULE TIMESTEP", "START CLOCKTIME", "STATISTIC"])
        }
        guard let hours = time(line, last: line.count - 1) else {
            return report(.inpUnknownWord, line, line.count - 1, [quote(text(line, line.count - 1)), "12, 12:30, 6:30 PM, 90 MIN", "write a time"])
        }
        // EPANET rounds to the second.
        let seconds = Int((hours * 3600 + 0.5).rounded(.down))
        if isClock {
            network.times.startClock = seconds % 86400
        } else if isPattern, matches(line, 1, "STAR") {
            network.times.patternStart = seconds
        } else if isPattern, matches(line, 1, "TIME") {
            network.times.patternStep = seconds > 0 ? seconds : 3600
        } else if isPattern {
            reportUnknown(line, 1, known: ["START", "TIMESTEP"])
        } else {
            unusedOptions += 1
        }
    }

    /// A time in hours at the end of a line: a number, `h:mm[:ss]`, either with a unit or AM/PM after it; nil where it is none.
    func time(_ line: EpanetLine, last: Int) -> Double? {
        if let hours = hours(line, last, unit: nil) { return hours }
        return last > 0 ? hours(line, last - 1, unit: last) : nil
    }

    /// The hours that a word means, with the unit of another word.
    func hours(_ line: EpanetLine, _ word: Int, unit: Int?) -> Double? {
        let parts = text(line, word).split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var numbers: [Double] = []
        for part in parts {
            guard case .value(let number) = EpanetNumber.read(Array(part.utf8), EpanetToken(start: 0, end: part.utf8.count)), number >= 0 else { return nil }
            numbers.append(number)
        }
        let value = numbers[0] + (numbers.count > 1 ? numbers[1] / 60 : 0) + (numbers.count > 2 ? numbers[2] / 3600 : 0)
        // A century of hours is the most that fits a count of seconds with room to spare.
        guard value <= 1e6 else { return nil }
        guard let unit else { return value }
        if numbers.count == 1 {
            if matches(line, unit, "SEC") { return value / 3600 }
            if matches(line, unit, "MIN") { return value / 60 }
            if matches(line, unit, "HOU") { return value }
            if matches(line, unit, "DAY") { return value * 24 }
        }
        if matches(line, unit, "AM") { return value >= 13 ? nil : value >= 12 ? value - 12 : value }
        if matches(line, unit, "PM") { return value >= 13 ? nil : value >= 12 ? value : value + 12 }
        return nil
    }
}
