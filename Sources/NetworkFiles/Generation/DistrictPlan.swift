import NetworkModel

/// A district while it is laid out: everything but the sizes.
struct DistrictPlan {
    let options: ResolvedOptions
    var random: SplitMix64
    var document = Document()
    var blocks: [DistrictBlock] = []
    var buildings: [DistrictBuilding] = []
    /// Number of plants, each with a primary and a grid of blocks of its own.
    var plants = 1
    /// Blocks of a plant; the last one may have fewer.
    var blocksPerPlant = 1
    /// Columns of the grid of blocks of a plant.
    var columns = 1
    /// Distance of neighbouring blocks, m.
    var spacing = 300.0
    /// Largest distance along a primary from its source to a block, m.
    var primaryReach = 0.0

    init(_ options: ResolvedOptions, seed: UInt64) {
        self.options = options
        random = SplitMix64(seed: seed)
    }

    /// Blocks of a plant by number.
    func blocks(of plant: Int) -> Range<Int> {
        min(plant * blocksPerPlant, blocks.count)..<min((plant + 1) * blocksPerPlant, blocks.count)
    }

    /// The plant that heats a block.
    func plant(of block: Int) -> Int { block / blocksPerPlant }

    /// The name of a plant, and of the pair of nodes at which it feeds its primary.
    func plantName(_ plant: Int) -> String { plant == 0 ? "plant" : "plant-\(plant + 1)" }
    func plantPair(_ plant: Int) -> String { plant == 0 ? "P0" : "P0-\(plant + 1)" }

    /// Dwellings that one plant heats at most. Larger cities have several heating networks; the primary of a million
    /// dwellings would reach farther than any pump.
    private static var mostDwellings: Int { 120_000 }

    /// Spreads dwellings over blocks and blocks over the plane; neighbouring blocks make a zone.
    mutating func layOutBlocks() {
        let count = options.substations
        plants = min((options.dwellings + Self.mostDwellings - 1) / Self.mostDwellings, count)
        blocksPerPlant = (count + plants - 1) / plants
        columns = max(1, Int(Double(blocksPerPlant).squareRoot().rounded(.up)))
        let perBlock = Double(options.dwellings) / Double(count)
        spacing = 140 + 75 * (perBlock / 50 + 1).squareRoot() * 1.6
        let rates = zoneRates()
        let weights = (0..<count).map { _ in random.uniform(0.7...1.3) }
        let total = weights.reduce(0, +)
        var (given, share) = (0, 0.0)
        for number in 0..<count {
            share += weights[number] / total
            let until = number == count - 1 ? options.dwellings : Int((share * Double(options.dwellings)).rounded())
            let corner = corner(ofPlant: plant(of: number))
            let (row, column) = (number % blocksPerPlant / columns, number % blocksPerPlant % columns)
            let x = corner.x + Double(column) * spacing + random.uniform(-0.15...0.15) * spacing
            let y = corner.y + Double(row) * spacing + random.uniform(-0.15...0.15) * spacing
            let zone = number * options.zones / count
            blocks.append(
                DistrictBlock(
                    number: number + 1, x: tenth(x), y: tenth(y), elevation: ground(x, y), dwellings: max(until - given, 1),
                    zone: zone, openRate: rates[zone], age: random.uniform(0...1)))
            given = max(until, given)
        }
    }

    /// Where a plant's grid begins, m: the grids stand in a square with a street between them.
    private func corner(ofPlant plant: Int) -> (x: Double, y: Double) {
        let across = Int(Double(plants).squareRoot().rounded(.up))
        let rows = (blocksPerPlant + columns - 1) / columns
        return (Double(plant % across * (columns + 2)) * spacing, Double(plant / across * (rows + 2)) * spacing)
    }

    /// Valve-open rates of the zones: spread over the range, in random order, a low one at the hydraulic end.
    private mutating func zoneRates() -> [Double] {
        let (low, high) = (options.openRate.lowerBound, options.openRate.upperBound)
        let steps = Double(max(options.zones - 1, 1))
        var rates = (0..<options.zones).map { options.zones == 1 ? (low + high) / 2 : low + (high - low) * Double($0) / steps }
        for position in stride(from: rates.count - 1, to: 0, by: -1) {
            rates.swapAt(position, Int(random.next() % UInt64(position + 1)))
        }
        if rates.count > 2, let second = rates.indices.sorted(by: { rates[$0] < rates[$1] }).dropFirst().first {
            rates.swapAt(second, rates.count - 1)
        }
        return rates
    }

    /// Height of the ground, m: rising away from the source, with low waves.
    func ground(_ x: Double, _ y: Double) -> Double {
        func wave(_ t: Double) -> Double {
            let phase = t - t.rounded(.down)
            return 16 * phase * (1 - phase) * (phase - 0.5)
        }
        return tenth(20 + 0.006 * y + 0.002 * x + 3 * wave(x / 900) + 4 * wave(y / 1300 + 0.3))
    }

    /// Rounded to a tenth, as a surveyor writes it.
    func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    /// Makes title, design and zones.
    mutating func describe(_ given: GeneratorOptions) {
        document.append(
            to: .manifest,
            [
                "format": .text(document.schema.format), "title": .text("Synthetic district of about \(given.dwellings) dwellings"),
                "description": .text(command(given)), "source": "Made by the generator; not a real district.", "licence": "CC0-1.0",
            ])
        document.append(to: .design, ["outdoor_c": -12, "room_c": 18, "ground_c": 4])
        for zone in 0..<options.zones { document.append(to: .zones, ["id": .text(zoneName(zone))]) }
    }

    /// The command that makes the same district again.
    private func command(_ given: GeneratorOptions) -> String {
        var text = "equitherm generate OUT --dwellings \(given.dwellings) --seed \(given.seed)"
        if let count = given.substations { text += " --substations \(count)" }
        if let loops = given.loops { text += " --loops \(loops)" }
        if let zones = given.zones { text += " --zones \(zones)" }
        if given.openRate != 0.35...0.95 { text += " --open-rate \(given.openRate.lowerBound)-\(given.openRate.upperBound)" }
        if given.sourceShare != GeneratorOptions.usualSourceShare { text += " --source-share \(given.sourceShare)" }
        return text
    }

    func zoneName(_ zone: Int) -> String { "Z\(zone + 1)" }
}

/// A block of buildings with its substation.
struct DistrictBlock {
    var number: Int
    var x: Double
    var y: Double
    var elevation: Double
    /// Dwellings that are to stand in it.
    var dwellings: Int
    var zone: Int
    var openRate: Double
    /// From 0, built last century, to 1, new.
    var age: Double
    /// Longest way from the substation to a building, m.
    var reach = 0.0
    /// Range of its buildings.
    var buildings = 0..<0

    var substation: String { "S\(number)" }
    var primary: String { "P\(number)" }

    /// Emitters of the block: radiators in the older two thirds, floor heating in the new ones.
    var emitter: String { age < 0.35 ? "radiator-75-50" : age < 0.68 ? "radiator-60-45" : "floor-45-35" }
    /// Secondary supply and return, °C.
    var program: (supply: Double, back: Double) { age < 0.35 ? (75, 50) : age < 0.68 ? (60, 45) : (45, 35) }
}

/// A building of a block.
struct DistrictBuilding {
    var id: String
    var block: Int
    var floors: Int
    var units: Int
    var doors: Int
    /// Way along the secondary from the substation, m.
    var distance: Double
    var dwellings: Int { floors * units * doors }
}
