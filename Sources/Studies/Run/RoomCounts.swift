import NetworkModel

/// How often rooms had which temperature over all scenarios of a design: whole numbers only, so that the counts of slices add
/// up to exactly those of one run, in any order. Takes the same memory for ten scenarios and for ten million.
struct RoomCounts: Sendable {
    /// Bands of a dwelling: 0.25 K from 0 to 32 °C, one below, one above.
    static let (dwellingWidth, dwellingBands) = (0.25, 130)
    /// Bands of a zone: 0.05 K from 0 to 40 °C, one below, one above.
    static let (zoneWidth, zoneBands) = (0.05, 802)

    private(set) var dwellings: Int
    private(set) var zones: Int
    /// By dwelling and band.
    private(set) var byDwelling: [UInt32]
    /// By zone and band; the whole network comes last.
    private(set) var byZone: [UInt64]
    /// Scenarios in which a dwelling was promised its target, and reached it.
    private(set) var promised: [UInt32]
    private(set) var reached: [UInt32]
    /// Sum, least and greatest room of each dwelling, mK.
    private(set) var sum: [Int64]
    private(set) var least: [Int32]
    private(set) var greatest: [Int32]
    /// Scenarios counted.
    private(set) var scenarios: UInt64 = 0

    init(dwellings: Int, zones: Int) {
        self.dwellings = dwellings
        self.zones = zones
        byDwelling = Array(repeating: 0, count: dwellings * Self.dwellingBands)
        byZone = Array(repeating: 0, count: (zones + 1) * Self.zoneBands)
        promised = Array(repeating: 0, count: dwellings)
        reached = promised
        sum = Array(repeating: 0, count: dwellings)
        least = Array(repeating: .max, count: dwellings)
        greatest = Array(repeating: .min, count: dwellings)
    }

    /// One dwelling's room in a scenario.
    struct Reading: Sendable {
        var dwelling: Int32
        var zone: Int32
        var millikelvin: Int32
        var isReached: Bool
    }

    /// Counts the promised rooms of a scenario.
    mutating func add(_ readings: [Reading]) {
        scenarios += 1
        for reading in readings {
            let position = Int(reading.dwelling)
            let celsius = Double(reading.millikelvin) / 1000
            byDwelling[position * Self.dwellingBands + Self.band(celsius, Self.dwellingWidth, Self.dwellingBands)] &+= 1
            let band = Self.band(celsius, Self.zoneWidth, Self.zoneBands)
            if reading.zone >= 0 && Int(reading.zone) < zones { byZone[Int(reading.zone) * Self.zoneBands + band] &+= 1 }
            byZone[zones * Self.zoneBands + band] &+= 1
            promised[position] &+= 1
            if reading.isReached { reached[position] &+= 1 }
            sum[position] &+= Int64(reading.millikelvin)
            least[position] = min(least[position], reading.millikelvin)
            greatest[position] = max(greatest[position], reading.millikelvin)
        }
    }

    private static func band(_ celsius: Double, _ width: Double, _ count: Int) -> Int {
        let place = (celsius / width).rounded(.down) + 1
        return Int(min(max(place, 0), Double(count - 1)))
    }

    /// Adds the counts of another slice of the same study; false where it is of another network.
    mutating func merge(_ other: RoomCounts) -> Bool {
        guard other.dwellings == dwellings, other.zones == zones else { return false }
        for place in byDwelling.indices { byDwelling[place] &+= other.byDwelling[place] }
        for place in byZone.indices { byZone[place] &+= other.byZone[place] }
        for place in promised.indices {
            promised[place] &+= other.promised[place]
            reached[place] &+= other.reached[place]
            sum[place] &+= other.sum[place]
            least[place] = min(least[place], other.least[place])
            greatest[place] = max(greatest[place], other.greatest[place])
        }
        scenarios += other.scenarios
        return true
    }

    // MARK: Answers

    /// Room temperature below which a share of a dwelling's scenarios lies, °C; NaN where it was never promised.
    func quantile(_ share: Double, ofDwelling dwelling: Int) -> Double {
        let first = dwelling * Self.dwellingBands
        let counts = byDwelling[first..<first + Self.dwellingBands].map { UInt64($0) }
        let value = Self.quantile(share, counts, Self.dwellingWidth)
        // Within a band the exact ends are known.
        return min(max(value, Double(least[dwelling]) / 1000), Double(greatest[dwelling]) / 1000)
    }

    /// Room temperature below which a share of a zone's dwellings and scenarios lies, °C; `zones` is the whole network.
    func quantile(_ share: Double, ofZone zone: Int) -> Double {
        Self.quantile(share, Array(byZone[zone * Self.zoneBands..<(zone + 1) * Self.zoneBands]), Self.zoneWidth)
    }

    /// Counts of a zone in bands of 0.5 K from 0 to 40 °C; `zones` is the whole network.
    func halfKelvins(ofZone zone: Int) -> [UInt64] {
        var coarse = [UInt64](repeating: 0, count: 80)
        for band in 0..<Self.zoneBands {
            let place = min(max((band - 1) / 10, 0), 79)
            coarse[place] += byZone[zone * Self.zoneBands + band]
        }
        return coarse
    }

    /// Readings of a zone.
    func count(ofZone zone: Int) -> UInt64 { byZone[zone * Self.zoneBands..<(zone + 1) * Self.zoneBands].reduce(0, +) }

    /// Linear within a band; the two outer bands stand for their edge.
    private static func quantile(_ share: Double, _ counts: [UInt64], _ width: Double) -> Double {
        let total = counts.reduce(0, +)
        guard total > 0 else { return .nan }
        let wanted = share * Double(total)
        var before = 0.0
        for (band, count) in counts.enumerated() where count > 0 {
            let after = before + Double(count)
            if after >= wanted {
                if band == 0 { return 0 }
                if band == counts.count - 1 { return Double(band - 1) * width }
                return (Double(band - 1) + max(0, wanted - before) / Double(count)) * width
            }
            before = after
        }
        return Double(counts.count - 2) * width
    }

    // MARK: Bytes

    /// The counts as bytes, little endian.
    func append(to bytes: inout [UInt8]) {
        var writer = ByteWriter(bytes: [])
        writer.add(UInt64(dwellings))
        writer.add(UInt64(zones))
        writer.add(scenarios)
        for value in byDwelling { writer.add(value) }
        for value in byZone { writer.add(value) }
        for value in promised { writer.add(value) }
        for value in reached { writer.add(value) }
        for value in sum { writer.add(value) }
        for value in least { writer.add(value) }
        for value in greatest { writer.add(value) }
        bytes += writer.bytes
    }

    /// Counts from bytes; nil where they are cut short.
    init?(_ reader: inout ByteReader) {
        guard let dwellings = reader.next(UInt64.self), let zones = reader.next(UInt64.self), let scenarios = reader.next(UInt64.self),
            dwellings < 1 << 31, zones < 1 << 31, reader.left >= Int(dwellings) * Self.dwellingBands * 4
        else { return nil }
        self.init(dwellings: Int(dwellings), zones: Int(zones))
        self.scenarios = scenarios
        guard reader.fill(&byDwelling), reader.fill(&byZone), reader.fill(&promised), reader.fill(&reached), reader.fill(&sum),
            reader.fill(&least), reader.fill(&greatest)
        else { return nil }
    }
}

/// Whole numbers as bytes, little endian.
struct ByteWriter {
    var bytes: [UInt8]

    mutating func add(_ value: some FixedWidthInteger) {
        for shift in stride(from: 0, to: value.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}

/// Reads what a ``ByteWriter`` wrote.
struct ByteReader {
    let bytes: [UInt8]
    var place = 0

    /// Bytes that are left.
    var left: Int { bytes.count - place }

    mutating func next<Value: FixedWidthInteger>(_: Value.Type) -> Value? {
        let size = Value.bitWidth / 8
        guard left >= size else { return nil }
        var value: Value = 0
        for offset in 0..<size { value |= Value(truncatingIfNeeded: bytes[place + offset]) << (8 * offset) }
        place += size
        return value
    }

    mutating func fill<Value: FixedWidthInteger>(_ values: inout [Value]) -> Bool {
        guard left >= values.count * Value.bitWidth / 8 else { return false }
        for position in values.indices { values[position] = next(Value.self) ?? 0 }
        return true
    }
}
