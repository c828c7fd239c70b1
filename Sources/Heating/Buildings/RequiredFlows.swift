import Hydraulics
import NetworkModel

/// ``HeatDemand/requiredFlow`` alone, for one roster of a network after the other: lattices and laws are kept between them.
public struct RequiredFlows: Sendable {
    private var lattices: [BuildingLattice]
    /// By building, four dwellings to a vector.
    private let quads: [[EmitterQuad]]
    private let laws: [EmitterLaw]
    /// Whether dwellings are neither neighbours of other buildings nor on risers: those share what others leave them.
    private let isSimple: Bool

    /// The lattices of a network; others that differ from it in states of dwellings, settings and weather alone have the same.
    ///
    /// - Complexity: O(dwellings · bandwidth).
    public init(of network: Network) {
        isSimple = network.partyWalls.isEmpty && network.onePipeRisers().isEmpty
        let laws = isSimple ? network.dwellings.map { EmitterLaw($0.emitter) } : []
        lattices = isSimple ? network.buildings.indices.map { BuildingLattice(BuildingIndex($0), of: network) } : []
        quads = lattices.map { EmitterQuad.blocks(laws[$0.dwellings]) }
        self.laws = laws
    }

    /// The flow that each dwelling requires, kg/s.
    ///
    /// - Complexity: O(dwellings · bandwidth²).
    public mutating func flows(of network: Network, in weather: Weather, options: HeatDemandOptions = HeatDemandOptions()) -> [Double] {
        guard isSimple else { return HeatDemand(of: network, in: weather, options: options).requiredFlow }
        let supply = HeatDemand.supply(of: network, in: weather, options)
        let perFlow = 1 / network.conditions.fluid.heatCapacity.value
        var flows = [Double](repeating: 0, count: network.dwellings.count)
        for building in lattices.indices {
            let range = lattices[building].dwellings
            let states = range.map { network.dwellings[$0].use == .dwelling ? network.dwellings[$0].state : .closed }
            lattices[building].setGround(weather.ground.celsius)
            lattices[building].setHeated(states.map(\.isHeated))
            var rooms = range.map { network.target(of: DwellingIndex($0)).celsius }
            var required = [Double](repeating: 0, count: range.count)
            BuildingDemand.solve(&lattices[building], states: states, outdoor: weather.outdoor.celsius, rooms: &rooms, heats: &required)
            for (block, quad) in quads[building].enumerated() {
                let first = 4 * block
                var (heat, excess) = (Quad.zero, Quad.zero)
                for lane in 0..<min(4, range.count - first) {
                    heat[lane] = required[first + lane]
                    excess[lane] = supply[range.lowerBound + first + lane] - rooms[first + lane]
                }
                let found = quad.capacityFlow(delivering: heat, share: options.saturationShare, excess: excess)
                for lane in 0..<min(4, range.count - first) {
                    let place = range.lowerBound + first + lane
                    let flow = found.left[lane]
                        ? laws[place].requiredCapacityFlow(
                            heat[lane], share: options.saturationShare, supply: supply[place], room: rooms[first + lane]) : found.flow[lane]
                    flows[place] = flow * perFlow
                }
            }
        }
        return flows
    }
}
