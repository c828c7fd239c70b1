import Balancing
import Heating
import NetworkModel
import Quantities
import Reporting

/// What all workers of a study share: networks, compiled circuits, the solved base case. Immutable.
///
/// Nothing here is read, expanded or compiled again for a scenario: rosters, weather and supply temperatures are set on a copy
/// of the base case's simulation, whose arrays are copied only where they change.
public struct StudyModel: Sendable {
    /// The study.
    public let study: Study
    /// The network as read.
    public let network: Network
    /// The network that forward scenarios solve: with the settings of the file, or of the base case's balance.
    let settled: Network
    /// The same with each source that a measure builds.
    let extended: [Network]
    let scenarios: ScenarioList
    let rosters: RosterDraw
    let figures: Figures
    let structure: ScenarioNetwork
    /// The base case solved forward: where forward scenarios start from.
    let anchor: Simulation
    /// The base case with the settings of the file: where balances start from.
    let found: Simulation
    let workspace: BalanceWorkspace
    /// Weather of the base case.
    let weather: Weather
    /// Flows of rosters and how they are judged, for studies of flows alone.
    let flows: RosterFlows?
    let flowFigures: FlowFigures?
    /// What the base case gives.
    private(set) var base: ScenarioResult
    /// Room temperatures of the base case, °C.
    private(set) var baseRooms: [Double]

    /// How closely scenarios are solved: rooms then differ by less than some thousandths of a kelvin from where rounds would end, and a
    /// ten-thousandth of the heat may be on its way. Nobody reads findings of single scenarios.
    static func options(isothermal: Bool) -> SimulationOptions {
        var options = SimulationOptions(isothermal: isothermal, threads: 1, temperatureTolerance: 5e-4, energyTolerance: 1e-4)
        options.findsProblems = false
        return options
    }

    /// Compiles the network and runs the base case.
    ///
    /// - Throws: the base case has no answer; without it nothing can be compared.
    public init(_ study: Study, _ network: Network, extended: [Network], isothermal: Bool = false) throws(BalanceFailure) {
        self.study = study
        self.network = network
        scenarios = ScenarioList(study)
        rosters = RosterDraw(network, random: CounterRandom(seed: study.seed))
        structure = ScenarioNetwork(study)
        figures = Figures(network)
        workspace = BalanceWorkspace(network, threads: 1)
        let options = Self.options(isothermal: isothermal)
        let scenario = scenarios[0]
        let setting = ScenarioSetting(scenario, study, network, rosters)
        weather = setting.weather
        var found = Simulation(network, options: options)
        if let states = setting.states { found.setStates(states) }
        var settled = network
        if study.run == .solve || study.run == .hydraulics {
            do throws(SimulationFailure) {
                _ = try found.run(setting.weather, setPoints: setting.points(of: network))
            } catch {
                throw .verification(error)
            }
            self.extended = extended
            self.settled = network
            anchor = found
        } else {
            var balancing = BalanceOptions()
            balancing.policy = study.policies[0]
            balancing.simulation = options
            balancing.simulatesBefore = false
            let run = try BalanceRun(
                setting.network(found.network), weather: setting.weather, reusing: workspace, simulation: found, options: balancing)
            let settings = run.schedule.settings
            settled.apply(settings)
            var simulation = found
            simulation.apply(settings)
            do throws(SimulationFailure) {
                _ = try simulation.run(setting.weather, setPoints: setting.points(of: network))
            } catch {
                throw .verification(error)
            }
            anchor = simulation
            // Back to the settings of the file, as warm as the base case: balances are proven from there.
            simulation.apply(Self.settings(of: network, where: settings))
            found = simulation
            self.settled = settled
            self.extended = extended.map { $0.applying(Self.settings(settings, from: network, in: $0)) }
        }
        self.found = found
        flows = study.run == .hydraulics ? RosterFlows(anchor) : nil
        flowFigures = study.run == .hydraulics ? FlowFigures(network, required: Self.fullFlow(network, setting.weather)) : nil
        (base, baseRooms) = (ScenarioResult(failure: FailureReason(english: "", chinese: ""), zones: 0), [])
        var worker = ScenarioWorker(self)
        guard let outcome = worker.evaluate([scenario]).first else { return }
        base = outcome.result
        baseRooms = outcome.rooms
    }

    /// The flow that each dwelling requires with all of them heated, kg/s: one measure for all rosters.
    private static func fullFlow(_ network: Network, _ weather: Weather) -> [Double] {
        var full = network
        for dwelling in network.dwellings.indices { full.setState(.open, of: DwellingIndex(dwelling)) }
        var options = HeatDemandOptions()
        options.threads = 1
        var flows = RequiredFlows(of: full)
        return flows.flows(of: full, in: weather, options: options)
    }

    /// What a network has where others change it.
    private static func settings(of network: Network, where changes: Settings) -> Settings {
        Settings(
            valves: changes.valves.map {
                let valve = network.valves[$0.valve]
                return Settings.ValveChange(
                    valve: $0.valve, setting: valve.setting, kv: valve.kv, function: $0.function == nil ? nil : valve.function)
            },
            pumps: changes.pumps.map {
                Settings.PumpChange(pump: $0.pump, characteristic: network.pumps[$0.pump].characteristic, speed: network.pumps[$0.pump].speed)
            })
    }

    /// Settings for a network with more elements, by the ids of links.
    private static func settings(_ settings: Settings, from network: Network, in larger: Network) -> Settings {
        var places: [ElementID: LinkElement] = [:]
        for link in larger.links { places[link.id] = link.element }
        var moved = Settings()
        for change in settings.valves {
            guard case .valve(let valve) = places[network.links[network.valves[change.valve].link].id] else { continue }
            moved.valves.append(Settings.ValveChange(valve: valve, setting: change.setting, kv: change.kv, function: change.function))
        }
        for change in settings.pumps {
            guard case .pump(let pump) = places[network.links[network.pumps[change.pump].link].id] else { continue }
            moved.pumps.append(Settings.PumpChange(pump: pump, characteristic: change.characteristic, speed: change.speed))
        }
        return moved
    }
}

/// What a scenario sets without changing the structure: weather, supply temperatures, promise, roster.
struct ScenarioSetting {
    let weather: Weather
    /// The roster; nil for today's.
    let states: [DwellingState]?
    private let target: Double?
    private let supplies: [(source: SourceIndex?, celsius: Double)]

    init(_ scenario: Scenario, _ study: Study, _ network: Network, _ rosters: RosterDraw) {
        var weather = network.designWeather
        if let outdoor = study.outdoor { weather.outdoor = Temperature(celsius: outdoor) }
        var target: Double?
        var supplies: [(SourceIndex?, Double)] = []
        var rates = rosters.rates
        var clustering = study.draws?.clustering ?? 0.4
        var isDrawn = scenario.draw != nil && study.draws?.rosters == true
        for (factor, value) in zip(study.factors, scenario.values) {
            guard let value else { continue }
            switch factor.parameter {
            case .outdoor: weather.outdoor = Temperature(celsius: value)
            case .ground: weather.ground = Temperature(celsius: value)
            case .target: target = value
            case .supply:
                if case .source(let source) = factor.part { supplies.append((source, value)) } else { supplies.append((nil, value)) }
            case .openRate:
                isDrawn = true
                if case .zone(let zone) = factor.part { rates[zone.position] = value } else { rates = rates.map { _ in value } }
            case .clustering: clustering = value
            default: break
            }
        }
        if let hour = scenario.hour, let series = study.weather { weather.outdoor = Temperature(celsius: series.hours[hour].outdoor) }
        self.weather = weather
        self.target = target
        self.supplies = supplies
        states = isDrawn ? rosters.states(draw: scenario.draw ?? 1, rates: rates, clustering: clustering) : nil
    }

    /// Whether the network itself has another promise or supply than the study's.
    private var isPlain: Bool { target == nil && supplies.isEmpty }

    /// A network with the scenario's promise and supply temperatures.
    func network(_ network: Network) -> Network {
        guard !isPlain else { return network }
        var copy = network
        if let target { copy = copy.promising(Temperature(celsius: target)) }
        for supply in supplies {
            for source in copy.sources.indices where supply.source == nil || supply.source?.position == source {
                copy.setSupply(Temperature(celsius: supply.celsius), of: SourceIndex(source))
            }
        }
        return copy
    }

    /// Set points of a network under this setting.
    func points(of network: Network) -> SetPoints { SetPoints(of: self.network(network), in: weather) }
}
