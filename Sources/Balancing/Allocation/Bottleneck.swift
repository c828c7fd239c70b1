import NetworkModel
import Quantities

/// One row of `bottlenecks.csv`: an element whose limit keeps dwellings below their target.
public struct Bottleneck: Sendable, Hashable {
    /// The element that would have to be larger.
    public var element: ElementReference
    /// Which of its limits.
    public var limit: Limit
    /// Open dwellings below target for this reason.
    public var dwellings: Int
    /// Sum over them of kelvins below target.
    public var degreeDwellings: Double
    /// What would lift the limit, where that is simple to say.
    public var remedy: Remedy?
    /// Other ways to the same end.
    public var alternatives: [Alternative] = []
    /// The remedy as changes of the network; empty where it is none that can be applied.
    public var reinforcements: [Reinforcement] = []
    /// What the remedy changes, where the shares were computed again with it.
    public var effect: RemedyEffect?

    /// Another way to the same end.
    public struct Alternative: Sendable, Hashable {
        /// What it is.
        public var remedy: Remedy
        /// The same as changes of the network; empty where it is none that can be applied.
        public var reinforcements: [Reinforcement] = []
        /// What it changes, where the shares were computed again with it.
        public var effect: RemedyEffect?
    }

    /// Describes a bottleneck.
    public init(
        element: ElementReference, limit: Limit, dwellings: Int, degreeDwellings: Double, remedy: Remedy? = nil
    ) {
        self.element = element
        self.limit = limit
        self.dwellings = dwellings
        self.degreeDwellings = degreeDwellings
        self.remedy = remedy
    }
}

/// What would lift a limit at the need of today's weather.
public enum Remedy: Sendable, Hashable {
    /// More heat at the source or substation.
    case moreHeat(Power)
    /// More water through the source or substation.
    case moreFlow(MassFlow)
    /// More exchanger, W/K.
    case moreExchanger(ThermalConductance)
    /// More head at the pump.
    case moreHead(PressureDifference)
    /// More emitter at its nominal temperatures, in all dwellings of the row together.
    case moreEmitter(Power)
    /// A supply at the emitters of so much: enough for the dwelling that lacks most.
    case hotterSupply(Temperature)
    /// A heat loss less by so large a share in all dwellings of the row: enough for the dwelling that lacks most.
    case lessLoss(Double)
    /// A valve of at least this Kv.
    case largerValve(FlowCoefficient)
    /// Valve and pipework of the dwelling with at least this Kv together; a larger valve alone would not do.
    case widerBranch(FlowCoefficient)
    /// The pipe of the critical path that loses most a metre, in the next nominal size, DN.
    case largerPipe(ElementID, nominalSize: Int)
    /// Pipes that carry the same water, such as supply and return of a trench, in the next nominal size that carries what is needed, DN.
    case largerPipes([ElementID], nominalSize: Int)

    /// The remedy as a sentence, in a language.
    public func text(in language: Language = .english) -> String {
        switch (self, language) {
        case (.moreHeat(let heat), .english): "\(decimal(heat.kilowatts)) kW more heat"
        case (.moreHeat(let heat), .chinese): "增加热量 \(decimal(heat.kilowatts)) kW"
        case (.moreFlow(let flow), .english): "\(decimal(flow.value * 3.6)) t/h more flow"
        case (.moreFlow(let flow), .chinese): "增加流量 \(decimal(flow.value * 3.6)) t/h"
        case (.moreExchanger(let more), .english): "\(decimal(more.value / 1000)) kW/K more exchanger"
        case (.moreExchanger(let more), .chinese): "增加换热器 UA \(decimal(more.value / 1000)) kW/K"
        case (.moreHead(let head), .english): "\(decimal(head.kilopascals)) kPa more pump head"
        case (.moreHead(let head), .chinese): "增加水泵扬程 \(decimal(head.kilopascals)) kPa"
        case (.moreEmitter(let power), .english): "\(decimal(power.kilowatts)) kW more emitter at nominal temperatures"
        case (.moreEmitter(let power), .chinese): "增加散热器（额定工况）\(decimal(power.kilowatts)) kW"
        case (.hotterSupply(let supply), .english): "\(decimal(supply.celsius)) °C of supply"
        case (.hotterSupply(let supply), .chinese): "供水温度提高至 \(decimal(supply.celsius)) °C"
        case (.lessLoss(let loss), .english): "\(decimal(100 * loss)) % less heat loss"
        case (.lessLoss(let loss), .chinese): "热损失减少 \(decimal(100 * loss)) %"
        case (.largerPipes(let pipes, let size), .english):
            "\(pipes.count > 1 ? "pipes" : "pipe") \(pipes.map(\.text).joined(separator: ", ")) in DN\(size)"
        case (.largerPipes(let pipes, let size), .chinese): "管道 \(pipes.map(\.text).joined(separator: "、")) 换为 DN\(size)"
        case (.largerValve(let kv), .english): "valve of Kv \(decimal(kv.value)) or more"
        case (.largerValve(let kv), .chinese): "更换阀门，Kv 不小于 \(decimal(kv.value))"
        case (.widerBranch(let kv), .english): "valve and dwelling pipework of Kv \(decimal(kv.value)) together"
        case (.widerBranch(let kv), .chinese): "更换阀门并加大户内管径，合计 Kv 不小于 \(decimal(kv.value))"
        case (.largerPipe(let pipe, let size), .english): "pipe \(pipe.text) in DN\(size)"
        case (.largerPipe(let pipe, let size), .chinese): "管道 \(pipe.text) 换为 DN\(size)"
        }
    }

    private func decimal(_ value: Double) -> String {
        // Three significant digits, rounded up so that the remedy never falls short of the need.
        guard value.isFinite, value > 0 else { return "0" }
        var scale = 1.0
        while value * scale < 100 && scale < 1e9 { scale *= 10 }
        let rounded = (value * scale * (1 - 1e-12)).rounded(.up) / scale
        return rounded == rounded.rounded() && rounded < 1e15 ? String(Int(rounded)) : String(rounded)
    }
}
