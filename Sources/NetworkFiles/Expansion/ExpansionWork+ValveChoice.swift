import NetworkModel
import Quantities

/// What a document says about the valve of a place.
enum ValveChoice {
    /// There is no valve.
    case none
    /// A product of one size.
    case model(ValveModelIndex)
    /// A family of which a size is taken by flow: a position in ``ExpansionWork/families``.
    case family(Int)
}

/// A family of valves by rising Kvs, for choosing sizes.
struct SizedFamily {
    var models: [ValveModel]
    var indices: [ValveModelIndex?]

    init(_ models: [ValveModel]) {
        self.models = models.sorted { $0.fullyOpen < $1.fullyOpen }
        indices = [ValveModelIndex?](repeating: nil, count: models.count)
    }

    /// The smallest size that passes a Kv fully open; the largest where none does.
    func position(passing kv: Double) -> Int {
        for position in models.indices where models[position].fullyOpen.value >= kv { return position }
        return models.count - 1
    }
}

extension ExpansionWork {
    /// The valve that a cell names: a product of one size (`static-DN50`), a family sized by flow (`static`), or `none`.
    mutating func valveChoice(
        _ symbol: Symbol, _ table: TableName, _ row: Int, _ field: String, _ key: DefaultKey
    ) -> ValveChoice {
        if !symbol.isAbsent { return resolveValve(document.text(symbol), symbol, table, row, field, key) }
        let defaults = document[.defaults]
        if defaults.schema.position(of: field) != nil {
            let common = defaults.texts(field)[0]
            if !common.isAbsent { return resolveValve(document.text(common), common, .defaults, 0, field, key) }
        }
        note(key, table, row)
        return family(named: key.value.value) ?? .none
    }

    private mutating func resolveValve(
        _ name: String, _ symbol: Symbol, _ table: TableName, _ row: Int, _ field: String, _ key: DefaultKey
    ) -> ValveChoice {
        if name == "none" { return .none }
        if let model = valveCatalogue.model(named: name) { return .model(index(of: model)) }
        if let family = family(named: name) { return family }
        reportUnknownValve(symbol, name, table, row, field)
        return .none
    }

    /// A family that is known but not in this size, or a name that is not known.
    mutating func reportUnknownValve(_ symbol: Symbol, _ name: String, _ table: TableName, _ row: Int, _ field: String) {
        if let key = ValveCatalogue.key(of: name), case let sizes = valveCatalogue.sizes(of: key.family), !sizes.isEmpty {
            report(
                .unknownValveSize, .error, table, row, field,
                [key.family, "\(key.nominalSize)", sizes.map { "\($0)" }.joined(separator: ", ")])
            return
        }
        reportDangling(symbol, "valve", table, row, field, among: valveCatalogue.names + valveCatalogue.families + ["none"])
    }

    private mutating func family(named name: String) -> ValveChoice? {
        if let known = familyPositions[name] { return .family(known) }
        let models = valveCatalogue.models.filter { $0.family == name }
        guard !models.isEmpty else { return nil }
        familyPositions[name] = families.count
        families.append(SizedFamily(models))
        return .family(families.count - 1)
    }

    /// The index in the network of a model, added when it is first used.
    mutating func index(of model: ValveModel) -> ValveModelIndex {
        let key = ValveCatalogue.Key(family: model.family, nominalSize: model.nominalSize)
        if let known = modelIndex[key] { return known }
        let index = builder.add(model)
        modelIndex[key] = index
        return index
    }

    /// The model of a choice for a design flow that may lose `loss` in it fully open; nil for none.
    mutating func model(_ choice: ValveChoice, massFlow: Double, loss: Double, density: Double) -> ValveModelIndex? {
        switch choice {
        case .none: return nil
        case .model(let index): return index
        case .family(let family):
            // Kv = V̇ √(ρ/1000 / Δp[bar]), with V̇ in m³/h.
            let kv = massFlow > 0 ? 3600 * massFlow * (100 / (density * loss)).squareRoot() : 0
            let position = families[family].position(passing: kv)
            if let known = families[family].indices[position] { return known }
            let index = index(of: families[family].models[position])
            families[family].indices[position] = index
            return index
        }
    }

    /// Adds a balancing valve, fully open as long as no setting is given; a controller at the end of its scale.
    ///
    /// - Parameter held: the nodes between which a Δp controller holds the difference.
    mutating func addValve(
        _ model: ValveModelIndex, id: ElementID, from: NodeIndex, to: NodeIndex, level: ValveLevel, serves: ServedPart,
        isOpen: Bool = true, held: NodePair
    ) -> ValveIndex {
        let (kv, setting) = fullyOpen(model)
        var valve = Valve(kv: kv, model: model, setting: setting, level: level, serves: serves)
        valve.function = function(of: model, at: setting, held: held)
        return builder.add(valve, id: id, from: from, to: to, isOpen: isOpen)
    }

    /// What a valve of a model does at a setting.
    func function(of index: ValveModelIndex, at setting: Double, held: NodePair) -> ValveFunction {
        let model = builder.current.valveModels[index]
        guard model.setPoints != nil else { return .throttling }
        let kind: ValveFunction = model.kind == .pressureIndependent
            ? .pressureIndependent(.zero) : .differentialPressure(.zero, high: held.high, low: held.low)
        return model.holding(setting, kind, of: conditions.fluid)
    }

    /// Kv and setting of a model fully open.
    func fullyOpen(_ model: ValveModelIndex) -> (kv: FlowCoefficient, setting: Double) {
        let model = builder.current.valveModels[model]
        return (model.fullyOpen, model.settingRange.upperBound)
    }
}
