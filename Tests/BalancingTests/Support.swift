import Heating
import NetworkModel
import Quantities

@testable import Balancing

/// SplitMix64 (Steele, Lea & Flood 2014): repeatable random cases.
struct SplitMix64 {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
    /// Uniform in a range.
    mutating func uniform(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * Double(next() >> 11) / 9_007_199_254_740_992
    }
    mutating func integer(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(next() % UInt64(range.count)) }
}

extension District {
    /// A random district of a few dozen dwellings, some closed, some emitters weak.
    static func random(_ seed: UInt64, weakEmitters: Bool = true) -> District {
        var random = SplitMix64(seed: seed)
        var stations: [Station] = []
        for _ in 0..<random.integer(1...3) {
            var houses: [House] = []
            for _ in 0..<random.integer(1...3) {
                var house = House(
                    zone: random.integer(0...2), floors: random.integer(1...5), units: random.integer(1...2),
                    doors: random.integer(1...3), area: random.uniform(50, 120), exterior: random.uniform(40, 90),
                    partition: random.uniform(20, 90), slab: random.uniform(50, 200), oversize: random.uniform(2.2, 3.2),
                    exponent: random.uniform(1.1, 1.4), pipe: random.uniform(10, 80))
                let rate = random.uniform(0.3, 1)
                for position in 0..<house.floors * house.units * house.doors {
                    if random.uniform(0, 1) > rate { house.closed.insert(position) }
                    if weakEmitters && random.uniform(0, 1) < 0.1 { house.weakEmitters[position] = 0.25 }
                }
                houses.append(house)
            }
            stations.append(Station(conductance: 60e3, head: 150e3, houses: houses))
        }
        var district = District(stations)
        district.pipeLoss = 0.03
        return district
    }
}

/// A district with its demand and an allocation.
struct Shared {
    let network: Network
    let demand: HeatDemand
    let allocation: Allocation

    init(_ district: District, _ policy: AllocationPolicy = .equalTemperature, options: AllocationOptions = AllocationOptions()) throws {
        network = district.network()
        demand = HeatDemand(of: network, in: network.designWeather)
        allocation = try Allocation(of: demand, policy: policy, in: network, options: options)
    }

    /// Positions of dwellings that are open or restricted.
    var heated: [Int] { network.dwellings.indices.filter { network.dwellings[$0].state.isHeated } }

    /// Coldest heated room, °C.
    var coldest: Double { heated.map { allocation.dwellings.room[$0] }.min() ?? .nan }

    /// Greatest |He (Ti − To) + Σ Kij (Ti − Tj) − gains − Q| of a dwelling, W: the lattice equation written out again.
    var latticeError: Double {
        let room = allocation.dwellings.room
        let outdoor = network.conditions.outdoor.celsius
        var balance = network.dwellings.indices.map { position -> Double in
            let dwelling = network.dwellings[position]
            let gains = dwelling.state.isHeated ? dwelling.gains.watts : 0
            return dwelling.exteriorConductance.value * (room[position] - outdoor) - gains - allocation.dwellings.heat[position]
        }
        for coupling in network.couplings {
            let (a, b) = (coupling.first.position, coupling.second.position)
            let heat = coupling.conductance.value * (room[a] - room[b])
            balance[a] += heat
            balance[b] -= heat
        }
        return balance.map { $0.magnitude }.max() ?? 0
    }

    /// Greatest relative error of Q/Q_N = (LMTD/LMTD_N)ⁿ over the dwellings that get heat, from flow, heat and temperatures.
    var emitterError: Double {
        let shares = allocation.dwellings
        var worst = 0.0
        for position in heated where shares.heat[position] > 1 {
            let emitter = network.dwellings[position].emitter
            let back = shares.supply[position] - shares.heat[position] / (shares.massFlow[position] * 4187)
            let mean = logarithmicMean(shares.supply[position] - shares.room[position], back - shares.room[position])
            let nominal = logarithmicMean(
                emitter.nominalSupply.celsius - emitter.nominalRoom.celsius, emitter.nominalReturn.celsius - emitter.nominalRoom.celsius)
            let heat = emitter.nominalPower.watts * power(mean / nominal, emitter.exponent)
            worst = max(worst, abs(heat / shares.heat[position] - 1))
        }
        return worst
    }

    private func logarithmicMean(_ a: Double, _ b: Double) -> Double { a == b ? a : (a - b) / logarithm(a / b) }
}
