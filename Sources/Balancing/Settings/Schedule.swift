import Heating
import NetworkModel
import Quantities

/// What operations turn: a setting for every balancing valve and pump, with the flows a forward solve of exactly these
/// settings gives.
public struct Schedule: Sendable {
    /// The settings, to be put into a network with ``Network/applying(_:)``.
    public var settings: Settings
    /// A row a balancing valve, in the order of ``Network/valves``.
    public var valves: [ValveRow]
    /// A row a pump, in the order of ``Network/pumps``.
    public var pumps: [PumpRow]
    /// Correction rounds of settings against forward solves.
    public var rounds: Int
}

/// One row of `valves.csv`.
public struct ValveRow: Sendable {
    /// The valve.
    public var valve: ValveIndex
    /// Kv that would give exactly the design flow, m³/h; nil where no loss is left for the valve or nothing flows.
    public var requiredKv: FlowCoefficient?
    /// What a fitter turns to; nil without a catalogue model.
    public var setting: Double?
    /// The setting in the catalogue's own notation; empty without a model.
    public var settingLabel: String
    /// Kv at the setting.
    public var kv: FlowCoefficient
    /// Setting before; nil where unknown.
    public var previousSetting: Double?
    /// Kv before.
    public var previousKv: FlowCoefficient
    /// Design mass flow, kg/s, positive from→to.
    public var designFlow: MassFlow
    /// Mass flow that the forward solve with all rounded settings gives.
    public var predictedFlow: MassFlow
    /// Density of the water in the valve, for volume flows.
    public var density: Density
    /// Pressure loss across the valve at the predicted flow.
    public var pressureLoss: PressureDifference
    /// Loss of the valve fully open over the loss it would take closed, both at design flow: above 0.3 it governs.
    public var authority: Double?
    /// What a person should know about it.
    public var notes: [ValveNote]
    /// What a controller holds; nil for a valve that only throttles.
    public var function: ValveFunction?
    /// What it held before.
    public var previousFunction: ValveFunction?
    /// Where a dwelling's flow misses by more than ``flowLimit``: the next setting toward the design flow, and what it would give; nil
    /// where the flow is met, and where the scale ends.
    public var next: NextSetting?

    /// What a flow is missed for that no end of a scale explains.
    public var missCause = MissCause.steps

    /// Why a flow may be missed though the valve could be set otherwise.
    public enum MissCause: Hashable, Sendable {
        /// The steps of the scale.
        case steps
        /// Other cases that the same setting has to suit.
        case otherCases
        /// Fewer visits than the full schedule takes.
        case fewerVisits
    }

    /// What stands between the dwelling and its flow besides its scale: what its neighbours would have to give for it; nil where the flow
    /// is met.
    public var neighbours: ValveNote?

    /// Miss of a dwelling's flow that has to be explained, as a ratio.
    public static let flowLimit = 0.05

    /// The setting before in the catalogue's own notation, or what a controller held; nil where unknown.
    public func previousLabel(in network: Network) -> String? {
        let model = network.valves[valve].model.map { network.valveModels[$0] }
        return previousSetting.flatMap { before in model.map { $0.label(for: before) } } ?? previousFunction?.setPointLabel
    }

    /// Whether somebody has to go there.
    public var isChanged: Bool {
        if function != previousFunction { return true }
        if function != nil { return false }
        if let setting, let previousSetting { return abs(setting - previousSetting) > 1e-9 }
        return abs(kv.value - previousKv.value) > 1e-9 * abs(previousKv.value)
    }
    /// Predicted over design flow; nil where the design flow is zero.
    public var flowRatio: Double? { designFlow.value == 0 ? nil : predictedFlow.value / designFlow.value }
    /// Design volume flow.
    public var designVolumeFlow: VolumeFlow { VolumeFlow(designFlow, density: density) }
    /// Predicted volume flow.
    public var predictedVolumeFlow: VolumeFlow { VolumeFlow(predictedFlow, density: density) }
}

/// What a person should know about a valve's setting.
public enum ValveNote: String, Hashable, Sendable, CaseIterable {
    /// The Kv needed is above the valve's fully open one.
    case tooSmall = "too-small"
    /// The Kv needed is below the valve's smallest setting.
    case belowSmallestSetting = "below-smallest-setting"
    /// It would take more pressure than is quiet.
    case noisy
    /// It loses less than 3 kPa, too little to measure its flow.
    case notMeasurable = "not-measurable"
    /// A controller has less pressure difference than it needs to regulate.
    case belowLeastDifference = "below-least-difference"
    /// Its authority is below 0.25.
    case lowAuthority = "low-authority"
    /// Neither of the settings next to the Kv needed gives the flow to within a twentieth, and no other position of the valves above
    /// would without another dwelling's missing its own.
    case betweenSettings = "between-settings"
    /// No model in the catalogue: the Kv is given instead of a setting.
    case noCatalogue = "no-catalogue"
    /// Nothing is meant to flow here.
    case noFlow = "no-flow"
    /// Its excess pressure cannot be taken above, because a neighbour behind the same valves needs it.
    case neededBeside = "needed-beside"
    /// There is no valve above that could take its excess pressure.
    case noValveAbove = "no-valve-above"
    /// Valves above could take its excess pressure, but then presets would fit the flows less well.
    case forPresets = "for-presets"
    /// It is fully open and its flow too little by more than a twentieth: more pressure would make others miss theirs.
    case fullyOpenShort = "fully-open-short"
    /// Its flow misses by more than a twentieth, and at no pressure at which one of its settings gives it do as many dwellings behind the
    /// valve above have theirs as now (``PresetFit``).
    case othersWouldMiss = "others-would-miss"
    /// Its flow misses by more than a twentieth; with it held, a neighbour would be short or too many would miss by more than 3 %.
    case neighboursPay = "neighbours-pay"
    /// Its flow misses by more than a twentieth because its setting suits several cases.
    case otherCases = "other-cases"
    /// Its flow misses by more than a twentieth because only some valves are visited.
    case fewerVisits = "fewer-visits"

    /// The note as a sentence, in a language.
    public func text(in language: Language = .english) -> String {
        switch (self, language) {
        case (.tooSmall, .english): "required Kv above fully open: valve too small"
        case (.tooSmall, .chinese): "所需Kv大于全开值：阀门过小"
        case (.belowSmallestSetting, .english): "required Kv below the smallest setting: valve too large"
        case (.belowSmallestSetting, .chinese): "所需Kv小于最小开度：阀门过大"
        case (.noisy, .english): "pressure loss may be heard"
        case (.noisy, .chinese): "压降过大，可能有噪声"
        case (.notMeasurable, .english): "less than 3 kPa: flow cannot be measured here"
        case (.notMeasurable, .chinese): "压降小于3 kPa，无法测量流量"
        case (.belowLeastDifference, .english): "less pressure difference than it needs to regulate"
        case (.belowLeastDifference, .chinese): "压差低于最小工作压差，无法正常调节"
        case (.lowAuthority, .english): "authority below 0.25"
        case (.lowAuthority, .chinese): "阀权度低于0.25"
        case (.betweenSettings, .english): "flow off by more than 5 %: settings too coarse"
        case (.betweenSettings, .chinese): "流量偏差超过5%：整定档位过粗"
        case (.noCatalogue, .english): "no catalogue: set to the Kv given"
        case (.noCatalogue, .chinese): "无产品样本：按所给Kv调节"
        case (.noFlow, .english): "nothing flows here: left as it is"
        case (.noFlow, .chinese): "无流量：保持原状"
        case (.neededBeside, .english): "a neighbour behind the same riser or inlet valve needs this pressure"
        case (.neededBeside, .chinese): "同一立管或入口阀后的邻户需要此压差"
        case (.forPresets, .english): "with less pressure the presets would miss more flows"
        case (.forPresets, .chinese): "若降低压差，各户整定档位的流量偏差更大"
        case (.fullyOpenShort, .english): "fully open and short of water: with more pressure neighbours behind the same valves would miss their flows"
        case (.fullyOpenShort, .chinese): "已全开仍流量不足：若提高压差，同一阀后的邻户流量将超差"
        case (.othersWouldMiss, .english): "at any pressure that suits this valve no more neighbours get their flows"
        case (.othersWouldMiss, .chinese): "任何适合本阀的压差下，同一阀后流量达标的户数都不会更多"
        case (.neighboursPay, .english): "to hold this flow a neighbour would be left short, or too many would miss theirs by more than 3 %"
        case (.neighboursPay, .chinese): "若保证本户流量，则会有邻户流量不足，或过多邻户偏差超过3%"
        case (.otherCases, .english): "flow off by more than 5 %: one setting for several cases"
        case (.otherCases, .chinese): "流量偏差超过5%：一个整定值兼顾多个工况"
        case (.fewerVisits, .english): "flow off by more than 5 %: only some valves are visited"
        case (.fewerVisits, .chinese): "流量偏差超过5%：仅调节部分阀门"
        case (.noValveAbove, .english): "no valve above that could take the excess"
        case (.noValveAbove, .chinese): "上游没有可承担富余压差的阀门"
        }
    }
}

/// One row of `pumps.csv`.
public struct PumpRow: Sendable {
    /// The pump.
    public var pump: PumpIndex
    /// Head at the predicted flow.
    public var head: PressureDifference
    /// Predicted mass flow.
    public var massFlow: MassFlow
    /// Density of the water in the pump.
    public var density: Density
    /// Speed as a ratio of the nominal one; a constant-head pump's set point is its head × speed².
    public var speed: Double
    /// Electric power at the predicted flow.
    public var electricPower: Power
    /// Hydraulic over electric power at the predicted flow and speed.
    public var efficiency = 0.0
    /// Speed before.
    public var previousSpeed = 1.0

    /// Finds efficiency and power of the point of operation.
    mutating func rate(_ pump: Pump) {
        efficiency = pump.efficiency(at: volumeFlow, speed: speed)
        electricPower = pump.electricPower(flow: volumeFlow, head: head, speed: speed)
    }

    /// Predicted volume flow.
    public var volumeFlow: VolumeFlow { VolumeFlow(massFlow, density: density) }
}

extension ValveRow {
    /// Notes what keeps a dwelling's flow from its design where it misses by more than ``flowLimit``: an end of the valve's scale, or
    /// its steps.
    mutating func explainMiss(in network: Network) {
        let causes: [ValveNote] = [.betweenSettings, .fullyOpenShort, .otherCases, .fewerVisits, .othersWouldMiss, .neighboursPay]
        notes.removeAll { causes.contains($0) }
        guard network.valves[valve].level == .dwelling, function == nil, !notes.contains(.noFlow), let ratio = flowRatio,
            abs(ratio - 1) > Self.flowLimit
        else {
            next = nil
            return
        }
        if missCause != .steps {
            next = nil
            notes.append(missCause == .otherCases ? .otherCases : .fewerVisits)
            return
        }
        let points = network.valves[valve].model.map { network.valveModels[$0].points } ?? []
        if let setting, let last = points.last, ratio < 1, setting >= last.setting {
            if !notes.contains(.tooSmall) { notes.append(.fullyOpenShort) }
        } else if let setting, let first = points.first, ratio > 1, setting <= first.setting {
            if !notes.contains(.belowSmallestSetting) { notes.append(.belowSmallestSetting) }
        } else if !points.isEmpty {
            notes.append(.betweenSettings)
        } else if ratio < 1, !notes.contains(.tooSmall) {
            notes.append(.fullyOpenShort)
        }
        if let neighbours { notes.append(neighbours) }
    }
}

extension ValveRow {
    /// Notes a controller that has too little pressure to regulate.
    mutating func explainController(in network: Network) {
        guard function != nil, designFlow.value != 0 else { return }
        notes.removeAll { $0 == .belowLeastDifference }
        let least = network.leastLoss(of: valve)
        // A hundredth less is within what the gauge of such a valve shows.
        if pressureLoss.value < 0.99 * least { notes.append(.belowLeastDifference) }
    }
}

extension Schedule {
    /// Takes over flows and losses from a simulation of the network with exactly these settings.
    public mutating func predict(from outcome: Outcome, in network: Network) {
        for row in valves.indices {
            let link = network.valves[valves[row].valve].link
            let flow = MassFlow(outcome.massFlow[link.position])
            // What the next setting gives moves with the flow that the simulation finds.
            let before = valves[row].predictedFlow.value
            if before != 0 { valves[row].next?.flowRatio *= flow.value / before }
            valves[row].predictedFlow = flow
            let loss = outcome.pressureLoss[link.position]
            valves[row].pressureLoss = PressureDifference(loss.isFinite ? loss : 0)
            valves[row].explainMiss(in: network)
            valves[row].explainController(in: network)
        }
        for row in pumps.indices {
            let link = network.pumps[pumps[row].pump].link
            let flow = outcome.massFlow[link.position]
            let loss = outcome.pressureLoss[link.position]
            let density = outcome.density[link.position]
            let head = loss.isFinite ? -loss : pumps[row].head.value
            pumps[row].massFlow = MassFlow(flow)
            pumps[row].head = PressureDifference(head)
            if density > 0 { pumps[row].density = Density(density) }
            pumps[row].rate(network.pumps[pumps[row].pump])
        }
    }
}
