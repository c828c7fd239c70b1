/// What a cell tells the others after it has settled: capacity flows, returns and how returns follow supplies.
extension Cell {
    mutating func answer(_ exchanges: inout [Exchange], _ conditions: Conditions) {
        var needsSlope = false
        for c in circuits.indices {
            for side in circuits[c].secondaries {
                let exchange = exchanges[side.substation]
                // Once at least: a substation that will be starved later has to know how its return follows.
                let isNew = exchange.returnSlope == 0
                if isNew || exchange.supply != exchange.setPoint || exchange.heatLimit < .infinity { needsSlope = true }
            }
        }
        if needsSlope { renewSlopes(exchanges) } else { slopes = [] }
        for c in circuits.indices {
            for side in circuits[c].secondaries {
                var exchange = exchanges[side.substation]
                exchange.secondaryFlow = circuits[c].isCut[side.link] ? circuits[c].movingFlow(side.link) * conditions.heatCapacity : 0
                let inlet = circuits[c].inletTemperature(side.link)
                if inlet.isFinite { exchange.secondaryReturn = inlet }
                exchange.answeredSupply = exchange.supply
                lastSupply = exchange.supply
                if needsSlope {
                    let slope = slopes[c][circuits[c].transport.inlet(of: side.link)]
                    exchange.returnSlope = slope.isFinite ? min(max(slope, 0), 0.999) : 0
                }
                answers.append(Exchange.Answer(substation: side.substation, side: .secondary, exchange: exchange))
            }
            for side in circuits[c].primaries {
                answers.append(Exchange.Answer(substation: side.substation, side: .primary, exchange: exchanges[side.substation]))
            }
        }
    }

    /// Finds the slopes anew where the supply is no longer near the one they were found at, or much has moved since.
    private mutating func renewSlopes(_ exchanges: [Exchange]) {
        let supply = onlyFeed.map { exchanges[$0].supply } ?? .nan
        guard slopes.count != circuits.count || !((supply - slopesSupply).magnitude < Self.nearSupply) else { return }
        slopes = tangents()
        slopesSupply = change < Self.nearSupply ? supply : .nan
    }

    /// How far the supply may move while slopes hold, K: an emitter's turns by some 0.3/40 a kelvin.
    private static var nearSupply: Double { 1 }

    /// Change of every node temperature when all supplies (of sources and substations) rise by 1 K at the present flows.
    mutating func tangents() -> [[Double]] {
        var slopes: [[Double]] = []
        for c in circuits.indices { slopes.append(tangent(of: c, roomsFollow: false)) }
        guard !buildings.isEmpty else { return slopes }
        for b in buildings.indices {
            for i in buildings[b].tangent.indices { buildings[b].tangent[i] = 0 }
        }
        for c in circuits.indices { circuits[c].giveTangents(slopes[c], to: &buildings) }
        for b in buildings.indices { buildings[b].propagateTangent() }
        for c in circuits.indices { slopes[c] = tangent(of: c, roomsFollow: true) }
        return slopes
    }

    private mutating func tangent(of c: Int, roomsFollow: Bool) -> [Double] {
        circuits[c].tangent(roomsFollow ? buildings : [])
    }
}

extension CircuitModel {
    /// Moves all water along a tangent.
    mutating func move(along slope: [Double], by step: Double) {
        temperature.move(along: slope, by: step, copy: &previous)
    }

    /// Tells buildings how the supplies of their emitters change.
    fileprivate mutating func giveTangents(_ slopes: [Double], to buildings: inout [BuildingModel]) {
        for group in emitterGroups {
            for emitter in emitters[group.emitters] where transport.inletNode[emitter.link] >= 0 {
                let slope = slopes[Int(transport.inletNode[emitter.link])]
                buildings[group.building].tangent[emitter.place] = slope.isFinite ? slope : 0
            }
        }
    }

    /// Change of every node temperature when all supplies rise by 1 K, with rooms that follow by `tangent` of the buildings given.
    fileprivate mutating func tangent(_ buildings: [BuildingModel]) -> [Double] {
        var rise = [Double](repeating: 0, count: offset.count)
        for source in sourceStates where isCut[source.link] { rise[source.link] = 1 }
        for side in secondaries where isCut[side.link] { rise[side.link] = 1 }
        if !buildings.isEmpty {
            for group in emitterGroups {
                rise.follow(emitters[group.emitters], buildings[group.building].returnPerSupply, buildings[group.building].tangent)
            }
        }
        var slope = [Double](repeating: 0, count: temperature.count)
        transport.propagate(
            factor: factor, offset: rise, outside: [Double](repeating: 0, count: slope.count), seed: 0, into: &slope)
        return slope
    }
}

extension BuildingModel {
    /// Moves rooms by what a change of all supplies makes of them.
    mutating func moveAlongTangent(by step: Double) {
        for i in rooms.indices where tangent[i].isFinite { rooms[i] += step * tangent[i] }
    }
}

extension [Double] {
    /// Moves along slopes where both are numbers; the copy becomes the same.
    fileprivate mutating func move(along slope: [Double], by step: Double, copy: inout [Double]) {
        let slope = slope.span
        var own = mutableSpan
        var copy = copy.mutableSpan
        for node in 0..<own.count where slope[node].isFinite && own[node].isFinite {
            own[node] += step * slope[node]
            copy[node] = own[node]
        }
    }

    /// Sets the rise of returns with their rooms: return = supply − heat/flow, and heat falls by the same slope as the room rises.
    fileprivate mutating func follow(_ emitters: ArraySlice<CircuitModel.EmitterLink>, _ slopes: [Double], _ tangent: [Double]) {
        for emitter in emitters { self[emitter.link] = (1 - slopes[emitter.place]) * tangent[emitter.place] }
    }
}
