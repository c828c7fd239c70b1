import Hydraulics
import NetworkModel
import Quantities

extension CircuitBalance {
    /// Tries single steps of every valve by forward solves, and steps of common valves with the presets behind them chosen
    /// anew, until none helps. For small circuits only, where it costs nothing and every dwelling counts.
    mutating func polish(_ best: Trial, _ presets: PresetChoice, _ solver: inout HydraulicSolver) throws(HydraulicFailure) -> Trial {
        var best = best
        for _ in 0..<options.polishRounds {
            let before = best.error
            for group in presets.groups {
                if let common = group.common { try polish(&best, common: common, group.members, presets, &solver) }
                for member in group.members {
                    guard let link = dwellingValve(of: member) else { continue }
                    for step in [-1, 1] { try attempt(&best, &solver) { $0.move(link, by: step) } }
                }
            }
            if best.error > before * (1 - 1e-6) { break }
        }
        return best
    }

    /// Moves a common valve by up to eight positions and sets the dwellings behind it for what they then find.
    private mutating func polish(
        _ best: inout Trial, common: Int, _ members: [Int], _ presets: PresetChoice, _ solver: inout HydraulicSolver
    ) throws(HydraulicFailure) {
        for step in -8...8 where step != 0 {
            var moved = self
            guard moved.move(common, by: step) else { continue }
            var trial = try moved.trial(&solver, from: best.solution)
            // The first setting of the dwellings changes what the second finds.
            for _ in 0..<2 {
                for member in members {
                    if let branch = moved.branch(member, by: trial.massFlow, damping: 1) { _ = moved.put(branch, aim: branch.aim, presets) }
                }
                trial = try moved.trial(&solver, from: trial.solution)
                for member in members {
                    guard let link = moved.dwellingValve(of: member) else { continue }
                    for step in [-1, 1] { try moved.attempt(&trial, &solver) { $0.move(link, by: step) } }
                }
            }
            if trial.error < best.error * (1 - 1e-9) { (best, self) = (trial, moved) }
        }
    }

    /// Makes a change and keeps it where a forward solve finds less cost.
    private mutating func attempt(
        _ best: inout Trial, _ solver: inout HydraulicSolver, _ change: (inout CircuitBalance) -> Bool
    ) throws(HydraulicFailure) {
        var moved = self
        guard change(&moved) else { return }
        let trial = try moved.trial(&solver, from: best.solution)
        if trial.error < best.error * (1 - 1e-9) { (best, self) = (trial, moved) }
    }

    /// Turns a valve by steps of its grid; whether it could.
    private mutating func move(_ link: Int, by steps: Int) -> Bool {
        guard let valve = circuit.setValve[link], let index = network.valves[valve].model, !setting[link].isNaN, !isController(link)
        else { return false }
        let model = network.valveModels[index]
        let next = model.setting(setting[link], movedBy: steps)
        guard next != setting[link] else { return false }
        set(link, next, model)
        return true
    }
}
