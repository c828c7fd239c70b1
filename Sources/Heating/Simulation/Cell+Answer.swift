/// What a cell tells the others after it has settled: capacity flows, returns and how returns follow supplies.
extension Cell {
    mutating func answer(_ exchanges: inout [Exchange], _ conditions: Conditions) {
        var needsSlope = false
        for circuit in circuits {
            for side in circuit.secondaries {
                let exchange = exchanges[side.substation]
                // Once at least: a substation that will be starved later has to know how its return follows.
                let isNew = exchange.returnSlope == 0
                if isNew || exchange.supply != exchange.setPoint || exchange.heatLimit < .infinity { needsSlope = true }
            }
        }
        let slopes = needsSlope ? tangents() : []
        for (c, circuit) in circuits.enumerated() {
            for side in circuit.secondaries {
                var exchange = exchanges[side.substation]
                exchange.secondaryFlow = circuit.isCut[side.link] ? circuit.movingFlow(side.link) * conditions.heatCapacity : 0
                let inlet = circuit.inletTemperature(side.link)
                if inlet.isFinite { exchange.secondaryReturn = inlet }
                exchange.answeredSupply = exchange.supply
                if needsSlope {
                    let slope = slopes[c][circuit.transport.inlet(of: side.link)]
                    exchange.returnSlope = slope.isFinite ? min(max(slope, 0), 0.999) : 0
                }
                answers.append(Exchange.Answer(substation: side.substation, side: .secondary, exchange: exchange))
            }
            for side in circuit.primaries {
                answers.append(Exchange.Answer(substation: side.substation, side: .primary, exchange: exchanges[side.substation]))
            }
        }
    }

    /// Change of every node temperature when all supplies (of sources and substations) rise by 1 K at the present flows.
    mutating func tangents() -> [[Double]] {
        var slopes: [[Double]] = []
        for c in circuits.indices { slopes.append(tangent(of: c, roomsFollow: false)) }
        guard !buildings.isEmpty else { return slopes }
        for b in buildings.indices {
            for i in buildings[b].tangent.indices { buildings[b].tangent[i] = 0 }
        }
        for c in circuits.indices {
            for emitter in circuits[c].emitters where circuits[c].transport.isMoving(emitter.link) {
                let slope = slopes[c][circuits[c].transport.inlet(of: emitter.link)]
                buildings[emitter.building].tangent[emitter.place] = slope.isFinite ? slope : 0
            }
        }
        for b in buildings.indices { buildings[b].propagateTangent() }
        for c in circuits.indices { slopes[c] = tangent(of: c, roomsFollow: true) }
        return slopes
    }

    private func tangent(of c: Int, roomsFollow: Bool) -> [Double] {
        let circuit = circuits[c]
        var offset = [Double](repeating: 0, count: circuit.offset.count)
        for source in circuit.sourceStates where circuit.isCut[source.link] { offset[source.link] = 1 }
        for side in circuit.secondaries where circuit.isCut[side.link] { offset[side.link] = 1 }
        if roomsFollow {
            for emitter in circuit.emitters {
                // return = supply − heat/flow, and heat falls by the same slope as the room rises.
                let slope = buildings[emitter.building].returnPerSupply[emitter.place]
                offset[emitter.link] = (1 - slope) * buildings[emitter.building].tangent[emitter.place]
            }
        }
        var slope = [Double](repeating: 0, count: circuit.temperature.count)
        circuit.transport.propagate(
            factor: circuit.factor, offset: offset, outside: [Double](repeating: 0, count: slope.count), seed: 0, into: &slope)
        return slope
    }
}
