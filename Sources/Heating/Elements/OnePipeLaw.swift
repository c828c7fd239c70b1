import NetworkModel
import Quantities

/// The emitters of one one-pipe riser in the direction of the water: what each gets from those before it, and which flow all of them need.
///
/// With C = ṁ cp of the riser, emitters that take Qᵢ and a supply T₁, the stages get T_{k+1} = T_k − Σ Qᵢ / C (mixing of what comes from the
/// emitters and the bypass), and an emitter that a share α of the water passes gives its heat at supply T_k and flow α C. So the later an
/// emitter stands, the colder its water and the larger it has to be (Recknagel, Sprenger & Albers, one-pipe heating).
public struct OnePipeLaw: Sendable {
    /// One emitter and what is asked of it.
    public struct Emitter: Sendable {
        /// Its law.
        public var law: EmitterLaw
        /// Share of the riser's water that passes it; 0 where it is closed.
        public var share: Double
        /// Heat asked of it, W.
        public var heat: Double
        /// Room temperature, °C.
        public var room: Double

        /// Describes an emitter.
        public init(law: EmitterLaw, share: Double, heat: Double, room: Double) {
            (self.law, self.share, self.heat, self.room) = (law, share, heat, room)
        }
    }

    /// Emitters by stage in the order of the water.
    public var stages: [[Emitter]]
    /// Water that cools by less than this over the whole riser hardly heats better, K: no more flow is asked for (judgement).
    public var leastCooling = 5.0
    /// What the water cools by, K, where somebody has too little even at ``leastCooling``: as much as helps it without flooding the
    /// others (judgement).
    public var hopelessCooling = 10.0
    /// Heat by stage that comes out beside what is asked, W, where emitters give more than that; empty for none.
    public var surplus: [Double] = []

    /// Describes a riser.
    public init(stages: [[Emitter]]) { self.stages = stages }

    /// What a flow does: the supply of each stage, °C, and whether every emitter can give its heat with it.
    public struct State: Sendable {
        /// Supply temperature by stage, °C; one more for what leaves the last.
        public var supply: [Double]
        /// Whether each emitter has water enough for its heat, by stage.
        public var suffices: [[Bool]]
        /// Whether all of them have.
        public var isEnough: Bool { suffices.allSatisfy { $0.allSatisfy { $0 } } }
    }

    /// The stages' supplies at a capacity flow of the riser, W/K, every emitter taking what is asked of it as far as it can.
    ///
    /// - Complexity: O(emitters).
    public func state(capacityFlow: Double, supply: Double) -> State {
        var state = State(supply: [supply], suffices: [])
        var here = supply
        for (place, stage) in stages.enumerated() {
            var taken = place < surplus.count ? surplus[place] : 0
            var suffices: [Bool] = []
            for emitter in stage {
                let own = emitter.share * capacityFlow
                let isEnough = emitter.law.capacityFlow(delivering: emitter.heat, supply: here, room: emitter.room) <= own * (1 + 1e-12)
                taken += isEnough ? emitter.heat : emitter.law.heat(capacityFlow: own, supply: here, room: emitter.room)
                suffices.append(isEnough)
            }
            state.suffices.append(suffices)
            here -= capacityFlow > 0 ? taken / capacityFlow : 0
            state.supply.append(here)
        }
        return state
    }

    /// The least capacity flow of the riser, W/K, with which every emitter gives what is asked of it; those that cannot at
    /// ``leastCooling`` ask for ``hopelessCooling``.
    ///
    /// More flow is hotter at every stage, so the condition is monotone: bisection of the logarithm to 1e-12.
    public func requiredCapacityFlow(supply: Double) -> Double {
        let asking = stages.joined().filter { $0.share > 0 && $0.heat > 0 }
        let heat = asking.reduce(surplus.reduce(0, +)) { $0 + $1.heat }
        let coldest = asking.reduce(Double.infinity) { min($0, $1.room) }
        guard heat > 0, coldest < supply else { return 0 }
        let greatest = heat / leastCooling
        let best = state(capacityFlow: greatest, supply: supply)
        let isHopeless = !best.suffices.joined().elementsEqual(stages.joined()) { $0 || !($1.share > 0 && $1.heat > 0) }
        let least = isHopeless ? heat / hopelessCooling : 0
        func isEnough(_ flow: Double) -> Bool {
            let state = state(capacityFlow: flow, supply: supply)
            return zip(state.suffices.joined(), best.suffices.joined()).allSatisfy { $0 || !$1 }
        }
        // The water cannot be cooled below the coldest room.
        var low = naturalLogarithm(heat / max(supply - coldest, leastCooling))
        var high = naturalLogarithm(greatest)
        for _ in 0..<60 where high - low > 1e-12 {
            let middle = 0.5 * (low + high)
            if isEnough(exponential(middle)) { high = middle } else { low = middle }
        }
        return max(exponential(high), least)
    }

    /// Size that every emitter would need over the size it has, by stage, for exactly the heat asked at a capacity flow of the riser, W/K.
    ///
    /// The inverse of design: water cools along the riser, and the size needed grows. +∞ where the water does not carry the heat.
    public func requiredSizes(capacityFlow: Double, supply: Double) -> [[Double]] {
        var here = supply
        return stages.map { stage in
            let arriving = here
            here -= stage.reduce(0) { $0 + ($1.share > 0 ? $1.heat : 0) } / capacityFlow
            return stage.map { emitter in
                let needed = emitter.law.coefficient(
                    delivering: emitter.heat, capacityFlow: emitter.share * capacityFlow, supply: arriving, room: emitter.room)
                return needed.map { emitter.law.coefficient > 0 ? $0 / emitter.law.coefficient : .infinity } ?? .infinity
            }
        }
    }
}
