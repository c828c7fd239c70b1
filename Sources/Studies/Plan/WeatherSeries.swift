/// Outdoor temperatures hour by hour.
public struct WeatherSeries: Sendable {
    /// The hours that are solved.
    public var hours: [Hour]
    /// Hours of the file that are warmer than the heating limit or outside the season.
    public var unheated: Int

    /// An hour.
    public struct Hour: Sendable {
        /// Its name for people: `01-15 06` or the file's own time; empty where there is none.
        public var time: String
        /// Its month, 1…12; nil where unknown.
        public var month: Int?
        /// Outdoor temperature, °C.
        public var outdoor: Double
    }

    /// Series of given hours.
    public init(hours: [Hour], unheated: Int) { (self.hours, self.unheated) = (hours, unheated) }

    /// Hours of an EPW file (EnergyPlus weather format: eight header lines, then one line an hour; fields 1–4 are year, month,
    /// day, hour; field 7 is the dry-bulb temperature, °C, 99.9 where missing), or of a CSV file with a column `outdoor_c` and
    /// perhaps `time`; nil with the first line that is wrong.
    public static func parse(_ text: String) -> Result<[Hour], LineError> {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        return text.uppercased().hasPrefix("LOCATION,") ? epw(lines) : csv(lines)
    }

    /// A line that is wrong.
    public struct LineError: Error {
        /// Its number, from 1.
        public var line: Int
    }

    private static func epw(_ lines: [Substring]) -> Result<[Hour], LineError> {
        var hours: [Hour] = []
        for (number, line) in lines.enumerated().dropFirst(8) where !line.allSatisfy(\.isWhitespace) {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
            guard fields.count > 6, let month = Int(fields[1]), (1...12).contains(month), let day = Int(fields[2]), (1...31).contains(day),
                let hour = Int(fields[3]), (0...24).contains(hour), let outdoor = Double(fields[6]), (-90...70).contains(outdoor)
            else { return .failure(LineError(line: number + 1)) }
            hours.append(Hour(time: "\(two(month))-\(two(day)) \(two(max(hour - 1, 0)))", month: month, outdoor: outdoor))
        }
        return hours.isEmpty ? .failure(LineError(line: lines.count)) : .success(hours)
    }

    private static func csv(_ lines: [Substring]) -> Result<[Hour], LineError> {
        var hours: [Hour] = []
        let header = (lines.first ?? "").drop { $0 == "\u{FEFF}" }.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
        guard let column = header.firstIndex(of: "outdoor_c") else { return .failure(LineError(line: 1)) }
        let time = header.firstIndex(of: "time")
        for (number, line) in lines.enumerated().dropFirst() where !line.allSatisfy(\.isWhitespace) {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
            guard fields.count > column, let outdoor = Double(fields[column]), (-90...70).contains(outdoor) else {
                return .failure(LineError(line: number + 1))
            }
            let name = time.flatMap { $0 < fields.count ? fields[$0] : nil } ?? ""
            hours.append(Hour(time: name, month: month(of: name), outdoor: outdoor))
        }
        return hours.isEmpty ? .failure(LineError(line: lines.count)) : .success(hours)
    }

    /// The month of `2021-01-15 06:00`, `01-15 06` or `2021-01-15T06:00`.
    private static func month(of time: String) -> Int? {
        let parts = time.prefix { $0 != " " && $0 != "T" }.split(separator: "-")
        let month = parts.count >= 3 ? parts[parts.count - 2] : parts.count == 2 ? parts[0] : ""
        return Int(month).flatMap { (1...12).contains($0) ? $0 : nil }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The hours of a season that are to be heated.
    init(_ hours: [Hour], season: (from: Int, to: Int)?, heatingLimit: Double) {
        let heated = hours.filter { hour in
            guard hour.outdoor < heatingLimit else { return false }
            guard let season, let day = hour.day else { return true }
            return season.from <= season.to ? (season.from...season.to).contains(day) : day >= season.from || day <= season.to
        }
        self.init(hours: heated, unheated: hours.count - heated.count)
    }
}

extension WeatherSeries.Hour {
    /// Month and day as one number, 1115 for 15 November; nil where unknown.
    var day: Int? {
        let date = time.prefix { $0 != " " && $0 != "T" }.split(separator: "-")
        guard date.count >= 2, let month = Int(date[date.count - 2]), let day = Int(date[date.count - 1]) else { return nil }
        return month * 100 + day
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        var part = self[...]
        while let first = part.first, first.isWhitespace { part.removeFirst() }
        while let last = part.last, last.isWhitespace { part.removeLast() }
        return String(part)
    }
}
