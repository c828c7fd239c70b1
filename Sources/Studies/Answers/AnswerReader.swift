import NetworkModel

/// Gathers the answers from a study's files.
struct AnswerReader {
    private let study: Study
    private var answers = Answers()
    private var regression: Regression
    private var levels: [[Double: [Moments]]] = []
    private var swings: [[Moments]]
    private var spreads: [Moments]
    private var references: [Int: [Double]] = [:]
    private var gains: [Int: [Moments]] = [:]
    private var year = Answers.YearAnswer()
    private var byOutdoor: [Int: (count: Int, heat: Double, pump: Double)] = [:]

    /// Values of a factor of which means are kept; of more random ones these first, which are as good as any.
    static let mostLevels = 200

    /// Outputs whose means and sensitivities are asked.
    private let ranked: [Output]

    init(_ study: Study) {
        self.study = study
        let ranked = Output.ranked(study.run)
        self.ranked = ranked
        regression = Regression(factors: study.factors.count, outputs: ranked.count)
        levels = study.factors.map { _ in [:] }
        swings = study.factors.map { _ in ranked.map { _ in Moments() } }
        spreads = Output.allCases.map { _ in Moments() }
    }

    /// Reads the files of a finished run; nil where they cannot be read.
    static func read(_ study: Study, rows: String, searches: String) -> Answers? {
        guard var table = RowReader(rows), var found = RowReader(searches) else { return nil }
        var reader = AnswerReader(study)
        let columns = Columns(table.header, study)
        while let cells = table.next() {
            guard cells.count == table.header.count else { return nil }
            reader.take(cells, columns)
        }
        table.close()
        while let cells = found.next(), cells.count == BreakEvenSearch.columns.count { reader.takeSearch(cells) }
        found.close()
        return reader.finish()
    }

    /// Places of the columns.
    private struct Columns {
        let block, remedies, outage, time, status, reason, chineseReason, draw: Int
        let factors: Range<Int>
        /// By output.
        let outputs: [Int]

        init(_ header: [String], _ study: Study) {
            func place(_ name: String) -> Int { header.firstIndex(of: name) ?? 0 }
            (block, remedies, outage, time) = (place("block"), place("remedies"), place("outage"), place("time"))
            (status, reason, chineseReason, draw) = (place("status"), place("reason"), place("reason_zh"), place("draw"))
            factors = place("time") + 1..<place("time") + 1 + study.factors.count
            outputs = Output.allCases.map { place($0.name) }
        }
    }

    private mutating func take(_ cells: [String], _ columns: Columns) {
        let values = columns.outputs.map { Double(cells[$0]) ?? .nan }
        let isSolved = cells[columns.status] == "ok"
        if isSolved {
            answers.solved += 1
        } else {
            answers.failed += 1
            if answers.reasons.count < 20 { 
                answers.reasons.append((
                    Int(cells[0]) ?? 0, FailureReason(english: cells[columns.reason], chinese: cells[columns.chineseReason])))
            }
        }
        switch Scenario.Block(rawValue: cells[columns.block]) {
        case .base:
            answers.base = values
            if study.draws == nil { references[0] = values }
        case .design: if isSolved { takeDesign(columns.factors.map { Double(cells[$0]) ?? .nan }, values) }
        case .remedies: if isSolved { takeRemedy(cells[columns.remedies], Int(cells[columns.draw]) ?? 0, values) }
        case .outages: takeOutage(cells[columns.outage], values, isSolved ? "" : cells[columns.reason])
        case .hours: takeHour(cells[columns.time], values, isSolved)
        case nil: break
        }
    }

    private mutating func takeDesign(_ factors: [Double], _ values: [Double]) {
        for output in values.indices { spreads[output].add(values[output]) }
        let values = ranked.map { values[$0.rawValue] }
        // A factor that stays as the network has it stands at its neutral value.
        let x = zip(factors, study.factors).map { $0.isNaN ? $1.neutral : $0 }
        regression.add(x, values)
        for (place, factor) in factors.enumerated() where factor.isFinite {
            if levels[place].count < Self.mostLevels || levels[place][factor] != nil {
                for output in values.indices { levels[place][factor, default: values.map { _ in Moments() }][output].add(values[output]) }
            }
            let isAlone = study.design == .oneAtATime && factor != study.factors[place].base
            if isAlone { for output in values.indices { swings[place][output].add(values[output]) } }
        }
    }

    private mutating func takeRemedy(_ name: String, _ draw: Int, _ values: [Double]) {
        if name.isEmpty {
            references[draw] = values
            return
        }
        guard let remedy = study.remedies.firstIndex(where: { $0.id == name }), let reference = references[draw] else { return }
        var moments = gains[remedy] ?? Array(repeating: Moments(), count: Output.allCases.count)
        for output in values.indices { moments[output].add(values[output] - reference[output]) }
        gains[remedy] = moments
    }

    private mutating func takeOutage(_ id: String, _ values: [Double], _ reason: String) {
        let kind = study.outages.first { $0.id == id }?.kind ?? ""
        answers.outages.append(Answers.OutageAnswer(
            kind: kind, id: id, share: values[Output.share.rawValue], coldest: values[Output.coldest.rawValue],
            degreeDwellings: values[Output.degreeDwellings.rawValue], below: values[Output.below.rawValue],
            heat: values[Output.heat.rawValue], reason: reason))
    }

    private mutating func takeHour(_ time: String, _ values: [Double], _ isSolved: Bool) {
        guard isSolved else {
            year.failed += 1
            return
        }
        func value(_ output: Output) -> Double { values[output.rawValue] }
        let month = study.weather?.month(of: year.hours + year.failed) ?? 0
        year.hours += 1
        year.months[month].hours += 1
        // One state stands for its hour: kW are kWh.
        year.months[month].heat += value(.heat)
        year.months[month].pump += value(.pump)
        year.months[month].losses += value(.losses)
        if value(.degreeDwellings).isFinite { year.months[month].degreeDwellingHours += value(.degreeDwellings) }
        year.peakHeat = max(year.peakHeat, value(.heat))
        if value(.coldest) < year.coldest || year.coldest.isNaN { (year.coldest, year.coldestTime) = (value(.coldest), time) }
        if value(.share) < 0.98 { year.hoursShort += 1 }
        let degree = Int(value(.outdoor).rounded(.down))
        let sum = byOutdoor[degree] ?? (0, 0, 0)
        byOutdoor[degree] = (sum.count + 1, sum.heat + value(.heat), sum.pump + value(.pump))
    }

    private mutating func takeSearch(_ cells: [String]) {
        func number(_ place: Int) -> Double { Double(cells[place]) ?? .nan }
        answers.breakEvens.append(Answers.BreakEvenAnswer(
            id: cells[0], factor: cells[1], output: cells[2], zone: cells[3], limit: number(4), status: cells[5], value: number(6),
            crossings: Int(cells[7]) ?? 0, low: number(8), high: number(9), width: number(10)))
    }

    private mutating func finish() -> Answers {
        finishSensitivities()
        answers.spreads = zip(Output.allCases, spreads).filter { $0.1.count > 0 }.map { ($0.0, $0.1) }
        for (place, factor) in study.factors.enumerated() {
            for level in levels[place].keys.sorted() {
                guard let moments = levels[place][level], let first = moments.first else { continue }
                answers.levels.append(Answers.LevelMeans(
                    factor: factor.id, level: level, count: first.count, means: moments.map { $0.count > 0 ? $0.mean : .nan }))
            }
        }
        for remedy in study.remedies.indices {
            guard let moments = gains[remedy] else { continue }
            // What two solves differ in by their tolerance is no change.
            func mean(_ output: Output) -> Double { moments[output.rawValue].count > 0 ? output.rounded(moments[output.rawValue].mean) : .nan }
            let cost = study.remedies[remedy].cost
            answers.remedies.append(Answers.RemedyAnswer(
                id: study.remedies[remedy].id, cost: cost, count: moments[Output.degreeDwellings.rawValue].count,
                degreeDwellings: mean(.degreeDwellings), share: mean(.share), coldest: mean(.coldest), heat: mean(.heat), pump: mean(.pump),
                gainPerCost: cost.map { -mean(.degreeDwellings) / $0 } ?? .nan))
        }
        // Those with a cost by what they gain for it, then the others by what they gain.
        answers.remedies.sort {
            if $0.gainPerCost.isFinite != $1.gainPerCost.isFinite { return $0.gainPerCost.isFinite }
            if $0.gainPerCost.isFinite && $0.gainPerCost != $1.gainPerCost { return $0.gainPerCost > $1.gainPerCost }
            if $0.degreeDwellings != $1.degreeDwellings { return $0.degreeDwellings < $1.degreeDwellings }
            return $0.id < $1.id
        }
        answers.outages.sort {
            let (a, b) = ($0.reason.isEmpty ? $0.degreeDwellings : .infinity, $1.reason.isEmpty ? $1.degreeDwellings : .infinity)
            return a != b ? a > b : $0.id < $1.id
        }
        if let weather = study.weather {
            year.unheated = weather.unheated
            year.byOutdoor = byOutdoor.keys.sorted().compactMap { degree in
                byOutdoor[degree].map { (Double(degree) + 0.5, $0.count, $0.heat / Double($0.count), $0.pump / Double($0.count)) }
            }
            answers.year = year
        }
        return answers
    }

    private mutating func finishSensitivities() {
        guard !study.factors.isEmpty else { return }
        for (place, output) in ranked.enumerated() {
            let fit = regression.fit(place)
            var found: [Answers.Sensitivity] = []
            for (number, factor) in study.factors.enumerated() {
                var swing = Double.nan
                if study.design == .oneAtATime, answers.base.indices.contains(output.rawValue) {
                    var moments = swings[number][place]
                    moments.add(answers.base[output.rawValue])
                    swing = moments.greatest - moments.least
                }
                found.append(Answers.Sensitivity(
                    factor: factor.id, output: output, slope: fit.slopes[number], standardized: fit.standardized[number], swing: swing,
                    explained: fit.explained))
            }
            func strength(_ sensitivity: Answers.Sensitivity) -> Double {
                let value = sensitivity.swing.isFinite ? sensitivity.swing : sensitivity.standardized.magnitude
                return value.isFinite ? value : -1
            }
            answers.sensitivities += found.enumerated().sorted {
                let (a, b) = (strength($0.element), strength($1.element))
                return a != b ? a > b : $0.offset < $1.offset
            }.map(\.element)
        }
    }
}

extension Factor {
    /// The value at which a factor changes nothing.
    var neutral: Double {
        if let base { return base }
        switch parameter {
        case .heatLimit, .pumpSpeed, .envelope, .neighbour, .gains, .roughness, .emitter: return 1
        default: return .nan
        }
    }
}

extension WeatherSeries {
    /// The month of an hour, 0 where it is unknown.
    func month(of hour: Int) -> Int { hours.indices.contains(hour) ? hours[hour].month ?? 0 : 0 }
}
