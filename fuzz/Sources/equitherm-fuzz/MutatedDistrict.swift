/// A small sound district of which an input's bytes change cells: three bytes a change, so that libFuzzer's own mutations are
/// small changes of the network and what it has learnt survives.
struct MutatedDistrict {
    /// A cell: the field's name and its JSON text.
    private typealias Row = [(field: String, value: String)]
    private var tables: [(name: String, rows: [Row])] = Self.base

    /// Changes of one input at most; more only makes nonsense that the reader refuses.
    private static let changes = 40

    init(_ bytes: [UInt8]) {
        var position = 0
        while position + 3 <= bytes.count, position < 3 * Self.changes {
            change(Int(bytes[position]), Int(bytes[position + 1]), Int(bytes[position + 2]))
            position += 3
        }
    }

    /// The document.
    var json: [UInt8] {
        let parts = tables.map { table in
            let rows = table.rows.map { row in "{" + row.map { "\"\($0.field)\":\($0.value)" }.joined(separator: ",") + "}" }
            return table.name == "design" ? "\"design\":\(rows.first ?? "{}")" : "\"\(table.name)\":[\(rows.joined(separator: ",\n"))]"
        }
        return Array(("{\"format\":\"equitherm/1\",\n" + parts.joined(separator: ",\n") + "}").utf8)
    }

    /// One change: `place` chooses a row by going through all of them, `kind` the cell and what happens, `choice` the new value.
    private mutating func change(_ place: Int, _ kind: Int, _ choice: Int) {
        let sizes = tables.map(\.rows.count)
        let total = sizes.reduce(0, +)
        guard total > 0 else { return }
        var row = place % total
        var table = 0
        while row >= sizes[table] { (row, table) = (row - sizes[table], table + 1) }
        if kind >= 224 {
            // Rows appear twice (with an id of their own in half of the cases) and vanish.
            if kind < 240 { tables[table].rows.remove(at: row) } else if total < 60 { duplicate(table, row, choice) }
            return
        }
        let cells = tables[table].rows[row].count
        guard cells > 0 else { return }
        let cell = kind % cells
        switch kind / cells % 4 {
        case 0, 1: tables[table].rows[row][cell].value = Self.numbers[choice % Self.numbers.count]
        case 2: tables[table].rows[row][cell].value = Self.words[choice % Self.words.count]
        default:
            let field = Self.fields[choice % Self.fields.count]
            tables[table].rows[row].append((field, Self.numbers[kind % Self.numbers.count]))
        }
    }

    private mutating func duplicate(_ table: Int, _ row: Int, _ choice: Int) {
        var copy = tables[table].rows[row]
        if choice.isMultiple(of: 2), let cell = copy.firstIndex(where: { $0.field == "id" }) { copy[cell].value = "\"N\(choice)\"" }
        tables[table].rows.append(copy)
    }

    // MARK: What is changed to what

    private static let numbers = [
        "0", "1", "-1", "0.5", "2", "3", "5", "10", "18", "20", "45", "60", "95", "110", "150", "300", "1000", "1e-3", "1e-6", "1e-9", "1e-12",
        "1e6", "1e9", "1e15", "1e300", "-0", "-1e-9", "-273.15", "0.1", "0.01", "7", "40", "65", "100", "0.999999", "1.000001", "4", "6", "12",
        "null", "true", "[[0, 300], [30, 240]]", "[[0, 1], [1, 0]]", "[[0, 0]]", "[]",
    ]

    private static let words = [
        "\"P0\"", "\"P1\"", "\"P2\"", "\"S1\"", "\"S2\"", "\"B1\"", "\"B2\"", "\"B3\"", "\"plant\"", "\"P1/supply\"", "\"P1/return\"", "\"B1/u1/f01/d1\"",
        "\"closed\"", "\"open\"", "\"restricted\"", "\"check\"", "\"flow_limiting\"", "\"pressure_reducing\"", "\"differential_pressure\"", "\"floor-45-35\"",
        "\"radiator-75-50\"", "\"old\"", "\"static-DN50\"", "\"preset-DN15\"", "\"\"", "\"=1+1\"", "\"east\"", "\"west\"", "\"throttling\"",
        "\"pressure_sustaining\"",
    ]

    private static let fields = [
        "elevation_m", "roughness_mm", "minor_loss", "u_w_m_k", "status", "kv_m3_h", "heat_limit_kw", "flow_limit_kg_s", "inner_diameter_mm",
        "return_c", "supply_c", "share", "target_c", "setting", "efficiency", "speed", "demand_kg_s", "fixed_pressure_kpa", "gains_w_m2", "dn",
    ]

    /// Two substations, a loop in the primary, three buildings, valves of several kinds; no larger, so that thousands an hour are solved.
    private static let base: [(name: String, rows: [Row])] = [
        ("design", [[("outdoor_c", "-12"), ("room_c", "18")]]),
        (
            "sources",
            [[("id", "\"plant\""), ("at", "\"P0\""), ("supply_c", "95"), ("heat_limit_kw", "90"), ("pump", "{\"curve\": [[0, 300], [6, 240], [12, 90]]}")]]
        ),
        (
            "trenches",
            [
                [("id", "\"T1\""), ("from", "\"P0\""), ("to", "\"P1\""), ("length_m", "200"), ("dn", "80")],
                [("id", "\"T2\""), ("from", "\"P1\""), ("to", "\"P2\""), ("length_m", "150"), ("dn", "65")],
                [("id", "\"T3\""), ("from", "\"P0\""), ("to", "\"P2\""), ("length_m", "300"), ("dn", "65")],
                [("id", "\"T4\""), ("from", "\"S1\""), ("to", "\"B1\""), ("length_m", "60"), ("dn", "50")],
                [("id", "\"T5\""), ("from", "\"B1\""), ("to", "\"B2\""), ("length_m", "80"), ("dn", "40")],
                [("id", "\"T6\""), ("from", "\"S2\""), ("to", "\"B3\""), ("length_m", "40"), ("dn", "40"), ("status", "\"open\"")],
            ]
        ),
        (
            "substations",
            [
                [("id", "\"S1\""), ("at", "\"P1\""), ("exchanger_ua_kw_k", "6"), ("secondary", "{\"supply_c\": 60, \"return_c\": 45, \"pump\": {\"head_kpa\": 90}}")],
                [("id", "\"S2\""), ("at", "\"P2\""), ("exchanger_ua_kw_k", "3"), ("secondary", "{\"supply_c\": 55, \"return_c\": 40, \"pump\": {\"head_kpa\": 60}}")],
            ]
        ),
        (
            "buildings",
            [
                [("id", "\"B1\""), ("zone", "\"east\""), ("floors", "2"), ("units", "1"), ("dwellings_per_floor", "1"), ("dwelling_area_m2", "80")],
                [("id", "\"B2\""), ("zone", "\"east\""), ("floors", "1"), ("units", "1"), ("dwellings_per_floor", "2"), ("dwelling_area_m2", "60"), ("envelope", "\"old\"")],
                [("id", "\"B3\""), ("zone", "\"west\""), ("floors", "2"), ("units", "1"), ("dwellings_per_floor", "1"), ("dwelling_area_m2", "100"), ("emitter", "\"floor-45-35\"")],
            ]
        ),
        (
            "roster",
            [
                [("building", "\"B1\""), ("unit", "1"), ("floor", "1"), ("state", "\"closed\"")],
                [("building", "\"B2\""), ("unit", "1"), ("floor", "1"), ("door", "2"), ("state", "\"restricted\""), ("share", "0.5")],
            ]
        ),
        ("settings", [[("id", "\"B1/inlet\""), ("setting", "2")]]),
        ("valves", [[("id", "\"bypass\""), ("from", "\"P2/supply\""), ("to", "\"P2/return\""), ("kv_m3_h", "1"), ("function", "\"throttling\"")]]),
        ("nodes", [[("id", "\"P2\""), ("line", "\"pair\""), ("elevation_m", "5")]]),
    ]
}
