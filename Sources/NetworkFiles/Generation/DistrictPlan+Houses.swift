import NetworkModel

/// Buildings and who lives in them.
extension DistrictPlan {
    /// Shapes of buildings: floors, units, dwellings a floor of a unit.
    private static let lowShapes = [(6, 3, 2), (6, 4, 2), (6, 5, 2), (7, 4, 2)]
    private static let highShapes = [(9, 2, 3), (11, 2, 2), (11, 1, 4), (15, 1, 4), (18, 1, 4), (18, 2, 2)]

    /// Decides the buildings of a block until its dwellings are housed; the last one gets fewer floors.
    mutating func makeBuildings(_ index: Int, _ generator: inout SplitMix64) {
        var open = blocks[index].dwellings
        let isHigh = blocks[index].age
        while open > 0 {
            var (floors, units, doors) = generator.pick(generator.unit() < 0.25 + 0.6 * isHigh ? Self.highShapes : Self.lowShapes)
            if floors * units * doors > open {
                doors = min(doors, open)
                units = max(min(units, open / doors), 1)
                floors = max(min(floors, open / (doors * units)), 1)
                // Too small a rest for a house of its own would make huts; a house of six floors or more takes it in.
                if floors < 6 && open >= 12 { (floors, units) = (6, max(open / (6 * doors), 1)) }
            }
            let building = DistrictBuilding(
                id: "B\(buildings.count + 1)", block: index, floors: floors, units: units, doors: doors, distance: 0)
            buildings.append(building)
            open -= building.dwellings
        }
    }

    /// Writes the row of a building.
    mutating func addBuilding(_ position: Int, _ x: Double, _ y: Double, _ index: Int, _ generator: inout SplitMix64) {
        let (building, block) = (buildings[position], blocks[index])
        let envelopes = block.age < 0.35 ? ["old", "old", "50-percent"] : block.age < 0.68 ? ["50-percent", "65-percent"] : ["65-percent", "75-percent"]
        let envelope = generator.pick(envelopes)
        let area = Double(Int(generator.uniform(13...24))) * 5
        let oversize = (generator.uniform(1.3...1.8) * 20).rounded() / 20
        document.append(
            to: .buildings,
            [
                "id": .text(building.id), "zone": .text(zoneName(block.zone)), "floors": Cell(building.floors),
                "units": Cell(building.units), "dwellings_per_floor": Cell(building.doors), "dwelling_area_m2": .number(area),
                "x_m": .number(tenth(x)), "y_m": .number(tenth(y)), "elevation_m": .number(ground(x, y)),
                "envelope": .text(envelope), "emitter": .text(block.emitter), "emitter_oversize": .number(oversize),
            ])
    }

    /// Closes dwellings by zone, in clusters: a family's neighbours above, below and beside often have not paid either.
    mutating func fillRoster() {
        for building in buildings {
            let block = blocks[building.block]
            let rate = min(max(block.openRate + random.uniform(-0.08...0.08), 0.02), 1)
            let open = min(max(Int((rate * Double(building.dwellings)).rounded()), 1), building.dwellings)
            let scores = clusterScores(building)
            let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
            var isOpen = [Bool](repeating: false, count: building.dwellings)
            for position in order.prefix(open) { isOpen[position] = true }
            for position in isOpen.indices {
                let isRestricted = isOpen[position] && random.unit() < 0.015
                if isOpen[position] && !isRestricted { continue }
                let perFloor = building.units * building.doors
                document.append(
                    to: .roster,
                    [
                        "building": .text(building.id), "unit": Cell(position % perFloor / building.doors + 1),
                        "floor": Cell(position / perFloor + 1), "door": Cell(position % building.doors + 1),
                        "state": isRestricted ? "restricted" : "closed", "share": isRestricted ? 0.5 : .absent,
                    ])
            }
        }
    }

    /// A score a dwelling, low = open: its own, its floor's, its unit's.
    private mutating func clusterScores(_ building: DistrictBuilding) -> [Double] {
        let floors = (0..<building.floors).map { _ in random.unit() }
        let units = (0..<building.units).map { _ in random.unit() }
        let perFloor = building.units * building.doors
        return (0..<building.dwellings).map { position in
            0.5 * random.unit() + 0.3 * floors[position / perFloor] + 0.2 * units[position % perFloor / building.doors]
        }
    }
}
