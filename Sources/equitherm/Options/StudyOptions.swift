import ArgumentParser
import NetworkFiles

/// A study made of options instead of a file.
struct StudyOptions: ParsableArguments {
    @Option(name: .customLong("vary"), help: ArgumentHelp("What varies: PARAMETER[@ELEMENT]=FROM:TO[:STEPS], or a list of values with commas.", valueName: "factor"))
    var factors: [String] = []

    @Option(name: .customLong("run"), help: ArgumentHelp("What each scenario runs: balance, solve, balance-once or hydraulics.", valueName: "kind"))
    var kind: String?

    @Option(help: ArgumentHelp("How factors are combined: grid, one-at-a-time, latin-hypercube or random.", valueName: "name"))
    var design: String?

    @Option(help: ArgumentHelp("Points of a latin-hypercube or random design.", valueName: "n"))
    var samples: Int?

    @Option(help: ArgumentHelp("Rosters drawn for each point of the design, at the open rate of each zone.", valueName: "n"))
    var draws: Int?

    @Option(help: ArgumentHelp("How much of being open dwellings share with their neighbours, 0 to 1.", valueName: "share"))
    var clustering: Double?

    @Option(help: ArgumentHelp("Seed of all draws.", valueName: "n"))
    var seed: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Outdoor temperature of the base case, °C.", valueName: "celsius"))
    var outdoor: Double?

    @Option(help: ArgumentHelp("Hourly weather, each hour solved forward: an EPW file, or CSV with a column outdoor_c.", valueName: "file"))
    var weather: String?

    @Flag(help: "Each pump, source and main pipe out, one at a time.")
    var outages = false

    /// Whether none of them was given.
    var isEmpty: Bool {
        factors.isEmpty && kind == nil && design == nil && samples == nil && draws == nil && clustering == nil && seed == nil
            && outdoor == nil && weather == nil && !outages
    }

    func validate() throws {
        for factor in factors where Self.row(factor, number: 1) == nil {
            throw ValidationError("--vary \(factor) is not PARAMETER[@ELEMENT]=FROM:TO[:STEPS] or PARAMETER[@ELEMENT]=VALUE,VALUE,...")
        }
        if clustering != nil && draws == nil { throw ValidationError("--clustering belongs to --draws.") }
    }

    /// The study as the document that a file would hold.
    var document: String {
        var members = ["\"format\": \"equitherm-study/1\""]
        if let kind { members.append("\"run\": \(Self.quoted(kind))") }
        if let design { members.append("\"design\": \(Self.quoted(design))") }
        if let samples { members.append("\"samples\": \(samples)") }
        if let seed { members.append("\"seed\": \(seed)") }
        if let outdoor { members.append("\"outdoor_c\": \(NumberText.shortest(outdoor))") }
        if let draws {
            let share = clustering.map { ", \"clustering\": \(NumberText.shortest($0))" } ?? ""
            members.append("\"draws\": { \"count\": \(draws)\(share) }")
        }
        let rows = factors.enumerated().compactMap { Self.row($0.element, number: $0.offset + 1) }
        if !rows.isEmpty { members.append("\"factors\": [\n    \(rows.joined(separator: ",\n    "))\n  ]") }
        if outages { members.append("\"outages\": { \"pumps\": true, \"sources\": true, \"mains\": true }") }
        if let weather { members.append("\"weather\": { \"file\": \(Self.quoted(weather)) }") }
        return "{ " + members.joined(separator: ",\n  ") + " }\n"
    }

    /// A row of the table of factors; nil where the text is none.
    private static func row(_ text: String, number: Int) -> String? {
        guard let sign = text.lastIndex(of: "=") else { return nil }
        let name = text[..<sign]
        let values = text[text.index(after: sign)...]
        let at = name.firstIndex(of: "@")
        let parameter = String(name[..<(at ?? name.endIndex)])
        var members = ["\"id\": \(quoted(String(name)))", "\"parameter\": \(quoted(parameter))"]
        if let at { members.append("\"element\": \(quoted(String(name[name.index(after: at)...])))") }
        let range = values.split(separator: ":", omittingEmptySubsequences: false)
        if range.count > 1 {
            let numbers = range.map { Double($0) }
            guard (2...3).contains(range.count), let from = numbers[0], let to = numbers[1] else { return nil }
            members += ["\"from\": \(NumberText.shortest(from))", "\"to\": \(NumberText.shortest(to))"]
            if range.count == 3 {
                guard let steps = Int(range[2]) else { return nil }
                members.append("\"steps\": \(steps)")
            }
        } else {
            let list = values.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            guard !list.isEmpty, list.allSatisfy({ $0?.isFinite == true }) else { return nil }
            members.append("\"values\": [\(list.compactMap { $0 }.map { NumberText.shortest($0) }.joined(separator: ", "))]")
        }
        return "{ " + members.joined(separator: ", ") + " }"
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ") + "\""
    }
}
