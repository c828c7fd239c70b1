import Heating
import Hydraulics
import NetworkModel
import Quantities

/// How many dwellings any choice of presets could bring within a band of their design flows, and how many have come.
///
/// The bound gives every group of dwellings behind one common valve (``PresetGroup``) whatever pressure suits most of
/// its presets, as if the common valve, those above it and the pump had no steps and no limits of their own; losses of
/// pipes are those of the solution. No choice of presets does better there: a dwelling is in the band for those
/// pressures at which one of its presets is, and the bound is the most of these intervals that overlap anywhere.
public struct PresetBound: Hashable, Sendable {
    /// Half-width of the band, as a ratio of the design flow.
    public var band: Double
    /// Dwellings that are meant to get water and have a valve of their own.
    public var dwellings: Int
    /// Dwellings within the band with the settings chosen.
    public var reached: Int
    /// Dwellings within the band with the best settings there could be, at most.
    public var possible: Int

    /// Shares; 1 where nothing is counted.
    public var shareReached: Double { dwellings > 0 ? Double(reached) / Double(dwellings) : 1 }
    /// The bound on ``shareReached``.
    public var sharePossible: Double { dwellings > 0 ? Double(possible) / Double(dwellings) : 1 }

    /// Bounds the settings of a finished run. - Complexity: O(dwellings × presets · log).
    public init(of run: BalanceRun, band: Double, options: BalanceOptions = BalanceOptions()) {
        let distribution = Distribution(of: run.balanced, threads: options.workers)
        self.init(distribution, run.allocation, run.after, band: band)
    }

    init(_ distribution: Distribution, _ allocation: Allocation, _ outcome: Outcome, band: Double) {
        self.init(FittedGroup.all(distribution, allocation, outcome), band: band)
    }

    init(_ groups: [FittedGroup], band: Double) {
        self.band = band
        (dwellings, reached, possible) = (0, 0, 0)
        for group in groups {
            dwellings += group.fits.count
            reached += group.fits.count { ($0.ratio - 1).magnitude <= band }
            // Without a common valve each is bounded by itself, and pressure can always be found for one.
            possible += group.common == nil ? group.fits.count : group.fits.mostWithin(band)
        }
    }
}

/// The dwellings of a ``PresetGroup`` as a bound sees them.
struct FittedGroup: Sendable {
    /// The common valve's link in the network; nil without one.
    var common: LinkIndex?
    /// Links of the dwellings' terminals in the network.
    var terminals: [LinkIndex] = []
    /// By dwelling.
    var fits: [PresetFit] = []

    /// All groups of a network in a simulated state.
    static func all(_ distribution: Distribution, _ allocation: Allocation, _ outcome: Outcome) -> [FittedGroup] {
        let network = distribution.network
        let grids = VisitGrids(network)
        var found: [FittedGroup] = []
        for circuit in distribution.circuits {
            func takes(_ consumer: Int) -> Bool {
                let consumer = circuit.consumers[consumer]
                let flow = allocation.massFlow[circuit.compiled.links[consumer.link].position]
                return consumer.isReachable && consumer.isLoad && flow > 0
            }
            let chains = ValveChains(circuit, of: network, takes: takes)
            for group in PresetGroup.groups(circuit, chains, dwellingValve: { consumer in
                guard takes(consumer), case .dwelling = circuit.consumers[consumer].kind, let last = chains.valves(of: consumer).last,
                    let valve = circuit.setValve[Int(last)], network.valves[valve].level == .dwelling,
                    !network.valves[valve].isController
                else { return nil }
                return Int(last)
            }) {
                var fitted = FittedGroup(common: group.common.map { circuit.compiled.links[$0] })
                for consumer in group.members {
                    let terminal = circuit.consumers[consumer].link
                    guard let valve = chains.valves(of: consumer).last,
                        let fit = Self.branch(circuit, terminal, Int(valve), network, allocation, outcome, grids)
                    else { continue }
                    fitted.terminals.append(circuit.compiled.links[terminal])
                    fitted.fits.append(fit)
                }
                found.append(fitted)
            }
        }
        return found
    }

    private static func branch(
        _ circuit: DesignCircuit, _ terminal: Int, _ valve: Int, _ network: Network, _ allocation: Allocation, _ outcome: Outcome,
        _ grids: VisitGrids
    ) -> PresetFit? {
        let (terminalLink, valveLink) = (circuit.compiled.links[terminal].position, circuit.compiled.links[valve].position)
        let (actual, design) = (outcome.massFlow[terminalLink], allocation.massFlow[terminalLink])
        guard let index = circuit.setValve[valve], let model = network.valves[index].model, let grid = grids.byModel[model.position],
            actual > 0, outcome.pressureLoss[terminalLink].isFinite, outcome.pressureLoss[valveLink].isFinite
        else { return nil }
        let own = outcome.pressureLoss[terminalLink].magnitude * (design / actual) * (design / actual)
        let unit = FlowCoefficient(1).resistance(density: Density(outcome.density[valveLink])) * design * design
        return PresetFit(
            ratio: actual / design, taken: outcome.pressureLoss[terminalLink].magnitude + outcome.pressureLoss[valveLink].magnitude,
            presets: grid.kv.map { $0 > 0 ? own + unit / ($0 * $0) : .infinity })
    }
}
