import Quantities

/// Dwellings, their emitters and their shared surfaces.
extension Network {
    func checkDwellings(_ report: inout ProblemReport) {
        for dwelling in dwellings where !dwelling.isUsual { report.check(dwelling, hasEmitter: dwelling.terminal != nil) }
        for coupling in couplings {
            if ValueRule.coupling.isUsual(coupling.conductance.value) && coupling.first != coupling.second { continue }
            report.check(coupling, from: dwellings[coupling.first].id)
        }
        if !dwellings.isEmpty && !dwellings.contains(where: { $0.state.isHeated }) { report.add(.noOpenDwelling, .warning) }
    }

    /// One-pipe risers: whether their emitters follow one another, and whether water can pass.
    func checkRisers(_ report: inout ProblemReport) {
        for riser in onePipeRisers() {
            report.check(riser, pipe: links[pipes[riser.pipe].link].id) { (dwellings[$0].id, dwellings[$0].valve != nil) }
        }
    }
}
