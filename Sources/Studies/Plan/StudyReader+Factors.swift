import NetworkFiles
import NetworkModel

extension StudyReader {
    mutating func readFactors() {
        for row in 0..<document[.factors].rowCount {
            guard let id = text(.factors, "id", row),
                let parameter = text(.factors, "parameter", row).flatMap(Factor.Parameter.init)
            else { continue }
            guard let found = part(of: parameter, row) else { continue }
            guard let factor = factor(id, parameter, found.part, row) else { continue }
            judge(factor, row)
            study.factors.append(factor)
        }
    }

    /// The part of the network that a factor is about; nil for all of it.
    private struct FoundPart { var part: NetworkPart? }

    /// The part a factor is about; nil (and a problem) where it is none.
    private mutating func part(of parameter: Factor.Parameter, _ row: Int) -> FoundPart? {
        let name = text(.factors, "element", row)
        let kinds: [PartFinder.Kind]
        let found: NetworkPart?
        switch parameter {
        case .remedy:
            guard let name else {
                report(.studyElementNeeded, .factors, row, "parameter", ["remedy"])
                return nil
            }
            guard let place = study.remedies.firstIndex(where: { $0.id == name }) else {
                let hint = NearestName.nearest(to: name, in: study.remedies.map(\.id)).map { " (\($0)?)" } ?? ""
                report(.studyElement, .factors, row, "element", [name, "remedy", hint])
                return nil
            }
            return FoundPart(part: .remedy(place))
        case .outdoor, .ground, .target, .clustering: (kinds, found) = ([], nil)
        case .supply, .heatLimit:
            (kinds, found) = ([.source], name.flatMap { finder.source($0) }.map { .source($0) })
        case .pumpSpeed: (kinds, found) = ([.pump, .source, .substation], name.flatMap { finder.pump($0) }.map { .pump($0) })
        case .openRate: (kinds, found) = ([.zone], name.flatMap { finder.zone($0) }.map { .zone($0) })
        case .envelope, .neighbour, .gains, .emitter: (kinds, found) = ([.zone, .building], name.flatMap { finder.area($0) })
        case .roughness:
            let pipes = name.map { finder.pipes($0) } ?? []
            (kinds, found) = ([.pipe], pipes.isEmpty ? nil : .pipes(pipes))
        }
        guard let name else { return FoundPart(part: nil) }
        if found == nil {
            let words = kinds.isEmpty ? "part for \(parameter.rawValue)" : kinds.map(\.rawValue).joined(separator: "/")
            report(.studyElement, .factors, row, "element", [name, words, finder.hint(name, kinds)])
            return nil
        }
        return FoundPart(part: found)
    }

    private mutating func factor(_ id: String, _ parameter: Factor.Parameter, _ part: NetworkPart?, _ row: Int) -> Factor? {
        let given = document[.factors].points("values")[row] ?? []
        var (low, high) = (number(.factors, "from", row), number(.factors, "to", row))
        var levels = given.map(\.first)
        if parameter == .remedy && levels.isEmpty { levels = [0, 1] }
        if let least = levels.min(), let greatest = levels.max() { (low, high) = (low ?? least, high ?? greatest) }
        guard let low, let high, low.isFinite, high.isFinite, low < high || !levels.isEmpty && low <= high else {
            report(.studyRange, .factors, row, nil, [])
            return nil
        }
        var factor = Factor(id, parameter, part: part, over: low...high, steps: number(.factors, "steps", row).map { Int($0) } ?? 5)
        if !levels.isEmpty {
            factor.levels = levels
            factor.weights = given.isEmpty ? [] : given.map(\.second)
            if factor.weights.contains(where: { $0 < 0 }) || !given.isEmpty && factor.weights.reduce(0, +) <= 0 {
                report(.studyWeights, .factors, row, "values", [])
            }
        }
        factor.base = number(.factors, "base", row)
        if parameter == .remedy { factor.base = factor.base ?? 0 }
        let (mean, deviation) = (number(.factors, "mean", row), number(.factors, "deviation", row))
        switch text(.factors, "distribution", row) {
        case "normal": factor.distribution = .normal(mean: mean ?? 0.5 * (low + high), deviation: deviation ?? (high - low) / 6)
        case "triangular": factor.distribution = .triangular(peak: min(max(mean ?? 0.5 * (low + high), low), high))
        default: break
        }
        return factor
    }

    /// Values that a parameter may have.
    private static func bounds(_ parameter: Factor.Parameter) -> ClosedRange<Double> {
        switch parameter {
        case .outdoor: -80...40
        case .ground: -40...60
        case .target: 0...40
        case .supply: 20...250
        case .openRate, .clustering, .remedy: 0...1
        case .heatLimit, .envelope, .neighbour, .gains, .roughness, .emitter: 0...100
        case .pumpSpeed: 0...10
        }
    }

    private mutating func judge(_ factor: Factor, _ row: Int) {
        let bounds = Self.bounds(factor.parameter)
        let values = factor.levels + [factor.range.lowerBound, factor.range.upperBound] + (factor.base.map { [$0] } ?? [])
        if let wrong = values.first(where: { !bounds.contains($0) }) {
            report(
                .studyValue, .factors, row, nil,
                [NumberText.shortest(wrong), factor.parameter.rawValue, NumberText.shortest(bounds.lowerBound), NumberText.shortest(bounds.upperBound)])
        }
    }

    mutating func readBreakEvens() {
        for row in 0..<document[.breakEvens].rowCount {
            guard let id = text(.breakEvens, "id", row), let name = text(.breakEvens, "factor", row),
                let output = text(.breakEvens, "output", row).flatMap(WatchedOutput.init),
                let limit = number(.breakEvens, "limit", row)
            else { continue }
            guard let factor = study.factors.firstIndex(where: { $0.id == name }) else {
                let hint = NearestName.nearest(to: name, in: study.factors.map(\.id)).map { " (\($0)?)" } ?? ""
                report(.studyFactor, .breakEvens, row, "factor", [name, hint])
                continue
            }
            var zone: ZoneIndex?
            if let name = text(.breakEvens, "zone", row) {
                zone = finder.zone(name)
                if zone == nil { report(.studyElement, .breakEvens, row, "zone", [name, "zone", finder.hint(name, [.zone])]) }
            }
            let range = study.factors[factor].range
            study.breakEvens.append(
                BreakEven(
                    id: id, factor: factor, output: output, zone: zone, limit: limit,
                    tolerance: number(.breakEvens, "tolerance", row) ?? 1e-3 * (range.upperBound - range.lowerBound),
                    draws: number(.breakEvens, "draws", row).map { Int($0) } ?? 1))
        }
    }

    mutating func readWeather() {
        guard document[.weather].rowCount > 0, let name = text(.weather, "file", 0) else { return }
        let season = readSeason()
        let path = name.hasPrefix("/") ? name : folder + name
        let file: FileBytes
        do throws(ReadFailure) {
            file = try FileBytes.read(path)
        } catch {
            var reason = ""
            if case .unreadable(_, let words) = error { reason = words }
            return report(.studyWeatherFile, .weather, 0, "file", [path, reason])
        }
        inputs.append(file.file)
        switch WeatherSeries.parse(String(decoding: file.bytes, as: UTF8.self)) {
        case .success(let hours):
            study.weather = WeatherSeries(hours, season: season, heatingLimit: number(.weather, "heating_limit_c", 0) ?? 15)
        case .failure(let error):
            problems.append(Problem(.studyWeatherLine, location: SourceLocation(file: path, line: error.line)))
        }
    }

    /// The days of the heating season as 1115; nil where none is given.
    private mutating func readSeason() -> (from: Int, to: Int)? {
        let days = ["from", "to"].map { field -> Int? in
            guard let text = text(.weather, field, 0) else { return nil }
            let parts = text.split(separator: "-")
            guard parts.count == 2, let month = Int(parts[0]), let day = Int(parts[1]), (1...12).contains(month), (1...31).contains(day)
            else {
                report(.studyDay, .weather, 0, field, [text])
                return nil
            }
            return month * 100 + day
        }
        if let from = days[0], let to = days[1] { return (from, to) }
        if (text(.weather, "from", 0) == nil) != (text(.weather, "to", 0) == nil) { report(.studySeason, .weather, 0, nil, []) }
        return nil
    }
}
