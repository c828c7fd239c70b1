import NetworkModel

/// Pipes in the streets: the looped primary and the branching secondaries.
extension DistrictPlan {
    /// The sources, each with its primary along the first column and the rows, and the loops between row ends.
    mutating func layOutPrimary() {
        for plant in 0..<plants {
            layOutPrimary(of: plant)
            let loops = options.loops * (plant + 1) / plants - options.loops * plant / plants
            addLoops(to: plant, loops)
        }
    }

    private mutating func layOutPrimary(of plant: Int) {
        let range = blocks(of: plant)
        let first = blocks[range.lowerBound]
        let (x, y) = (first.x - 1.2 * spacing, first.y - 0.4 * spacing)
        addPair(plantPair(plant), x, y)
        for block in blocks[range] { addPair(block.primary, block.x, block.y) }
        var reach = [Double](repeating: 0, count: range.count)
        reach[0] = addTrench("T\(range.lowerBound + 1)", (plantPair(plant), x, y), (first.primary, first.x, first.y))
        for number in range.indices.dropFirst() {
            let place = number - range.lowerBound
            let before = place % columns == 0 ? place - columns : place - 1
            let (from, to) = (blocks[range.lowerBound + before], blocks[number])
            reach[place] =
                reach[before] + addTrench("T\(number + 1)", (from.primary, from.x, from.y), (to.primary, to.x, to.y))
        }
        primaryReach = max(primaryReach, reach.max() ?? 0)
    }

    private mutating func addLoops(to plant: Int, _ count: Int) {
        let range = blocks(of: plant)
        let rows = (range.count + columns - 1) / columns
        var loops = 0
        for column in stride(from: columns - 1, to: 0, by: -1) {
            for row in 0..<max(rows - 1, 0) where loops < count {
                let (here, above) = (row * columns + column, (row + 1) * columns + column)
                guard above < range.count else { continue }
                let (from, to) = (blocks[range.lowerBound + here], blocks[range.lowerBound + above])
                loops += 1
                addTrench(
                    plant == 0 ? "L\(loops)" : "L\(plant + 1)-\(loops)", (from.primary, from.x, from.y),
                    (to.primary, to.x, to.y))
            }
        }
    }

    private mutating func addPair(_ name: String, _ x: Double, _ y: Double) {
        document.append(
            to: .nodes,
            ["id": .text(name), "line": "pair", "x_m": .number(tenth(x)), "y_m": .number(tenth(y)), "elevation_m": .number(ground(x, y))])
    }

    /// Adds a trench along the streets and gives its length.
    @discardableResult
    private mutating func addTrench(
        _ id: String, _ from: (name: String, x: Double, y: Double), _ to: (name: String, x: Double, y: Double)
    ) -> Double {
        // Streets are at right angles; bends and house connections add a little.
        let length = tenth(max(1.04 * (abs(from.x - to.x) + abs(from.y - to.y)), 5))
        document.append(
            to: .trenches,
            [
                "id": .text(id), "from": .text(from.name), "to": .text(to.name), "length_m": .number(length),
                "minor_loss": .number(tenth(1 + length / 60)),
            ])
        return length
    }

    /// A spine through the block with streets to both sides; houses stand in pairs along the streets.
    mutating func layOutSecondary(of index: Int) {
        let start = buildings.count
        var generator = random.fork()
        makeBuildings(index, &generator)
        blocks[index].buildings = start..<buildings.count
        var next = start
        var level = 0
        var streets: [(name: String, x: Double, y: Double, distance: Double)] = []
        let block = blocks[index]
        while next < buildings.count {
            let spine = spinePair(level, block, &streets)
            for side in [1.0, -1.0] where next < buildings.count { layStreet(side, spine, index, &next, &generator) }
            level += 1
        }
        for position in start..<buildings.count { blocks[index].reach = max(blocks[index].reach, buildings[position].distance) }
    }

    /// The pair where a level's streets leave the spine: the substation itself, then in turn to the north and south.
    private mutating func spinePair(
        _ level: Int, _ block: DistrictBlock, _ streets: inout [(name: String, x: Double, y: Double, distance: Double)]
    ) -> (name: String, x: Double, y: Double, distance: Double) {
        if level == 0 {
            streets.append((block.substation, block.x, block.y, 0))
            return streets[0]
        }
        let before = streets[level <= 2 ? 0 : level - 2]
        let y = before.y + (level % 2 == 1 ? 95 : -95)
        let name = "\(block.substation)-M\(level)"
        addPair(name, block.x, y)
        let length = addTrench("\(block.substation)-TM\(level)", (before.name, before.x, before.y), (name, block.x, y))
        streets.append((name, block.x, y, before.distance + length))
        return streets[level]
    }

    /// Up to four junctions to one side, a house to the north and one to the south of each.
    private mutating func layStreet(
        _ side: Double, _ spine: (name: String, x: Double, y: Double, distance: Double), _ index: Int, _ next: inout Int,
        _ generator: inout SplitMix64
    ) {
        var before = spine
        for junction in 1...4 where next < blocks[index].buildings.upperBound {
            let x = before.x + side * generator.uniform(55...75)
            let name = "\(spine.name)-\(side > 0 ? "E" : "W")\(junction)"
            addPair(name, x, spine.y)
            let length = addTrench("\(name)-T", (before.name, before.x, before.y), (name, x, spine.y))
            before = (name, x, spine.y, before.distance + length)
            for way in [1.0, -1.0] where next < blocks[index].buildings.upperBound {
                let y = spine.y + way * generator.uniform(18...36)
                addBuilding(next, x, y, index, &generator)
                let house = buildings[next].id
                buildings[next].distance = before.distance + addTrench("\(house)-T", (name, x, spine.y), (house, x, y))
                next += 1
            }
        }
    }
}
