import NetworkModel
import Quantities

/// The table of today's settings, laid over everything else.
extension ExpansionWork {
    /// Applies the settings of the document to valves and pumps by id.
    mutating func expandSettings() {
        let table = document[.settings]
        let columns = SettingColumns(table)
        var rowOf = SymbolMap(symbolCount: document.pool.count)
        for row in uniqueRows(.settings) { _ = rowOf.insert(columns.id[row], row) }
        var isUsed = [Bool](repeating: false, count: table.rowCount)
        var unset = 0
        for position in builder.current.valves.indices {
            let valve = ValveIndex(position)
            let row = table.rowCount == 0 ? nil : row(of: builder.current.valves[valve].link, rowOf)
            if let row {
                isUsed[row] = true
                set(valve, row, columns)
            } else if builder.current.valves[valve].level != nil && position < listedValveStart {
                unset += 1
            }
        }
        used.use(.valveSetting, count: unset, nil)
        if table.rowCount == 0 { return }
        for position in builder.current.pumps.indices {
            let pump = PumpIndex(position)
            guard let row = row(of: builder.current.pumps[pump].link, rowOf) else { continue }
            isUsed[row] = true
            set(pump, row, columns)
        }
        for row in 0..<table.rowCount where !isUsed[row] && !columns.id[row].isAbsent {
            if log.isFull(.danglingReference) { break }
            let links = builder.current.links
            let names = builder.current.valves.lazy.map { links[$0.link].id.text } + builder.current.pumps.lazy.map { links[$0.link].id.text }
            reportDangling(columns.id[row], "valve or pump", .settings, row, "id", among: names)
        }
    }

    private func row(of link: LinkIndex, _ rowOf: SymbolMap) -> Int? {
        document.symbol(for: builder.current.links[link].id.text).flatMap { rowOf[$0] }
    }

    private mutating func set(_ index: ValveIndex, _ row: Int, _ columns: SettingColumns) {
        var valve = builder.current.valves[index]
        applyStatus(valve.link, row, columns)
        lay(row, columns, over: &valve)
        builder.update(index) { $0 = valve }
    }

    private mutating func set(_ index: PumpIndex, _ row: Int, _ columns: SettingColumns) {
        var pump = builder.current.pumps[index]
        applyStatus(pump.link, row, columns)
        lay(row, columns, over: &pump)
        builder.update(index) { $0 = pump }
    }

    /// Lays a row over a valve; what contradicts is reported.
    mutating func lay(_ row: Int, _ columns: SettingColumns, over valve: inout Valve) {
        if columns.head[row] != nil || columns.speed[row] != nil {
            report(.conflictingFields, .error, .settings, row, "head_kpa", ["head_kpa, speed", "setting"])
        }
        if layController(row, columns, over: &valve) { return }
        if let kv = columns.kv[row] {
            valve.kv = FlowCoefficient(cubicMetresPerHour: kv)
            valve.setting = columns.setting[row]
        } else if let setting = columns.setting[row] {
            guard let model = valve.model else {
                report(.settingWithoutTable, .error, .settings, row, "setting")
                return
            }
            (valve.kv, valve.setting) = (builder.current.valveModels[model].kv(at: setting), setting)
        }
    }

    /// Sets what a controller holds; whether the row said anything of it.
    private func layController(_ row: Int, _ columns: SettingColumns, over valve: inout Valve) -> Bool {
        guard valve.isController else { return false }
        if let model = valve.model, let setting = columns.setting[row], builder.current.valveModels[model].setPoints != nil {
            let known = builder.current.valveModels[model]
            valve.function = known.holding(setting, valve.function, of: conditions.fluid)
            (valve.setting, valve.kv) = (setting, known.kv(at: setting))
            return true
        }
        let kv = columns.kv[row].map { FlowCoefficient(cubicMetresPerHour: $0) } ?? valve.kv
        switch valve.function {
        case .differentialPressure(_, let high, let low):
            guard let held = columns.pressure[row] else { return false }
            (valve.kv, valve.function) = (kv, .differentialPressure(PressureDifference(kilopascals: held), high: high, low: low))
        case .pressureIndependent:
            guard let held = columns.flow[row] else { return false }
            (valve.kv, valve.function) = (kv, .pressureIndependent(MassFlow(kilogramsPerSecond: held)))
        default: return false
        }
        return true
    }

    /// Lays a row over a pump; what contradicts is reported.
    mutating func lay(_ row: Int, _ columns: SettingColumns, over pump: inout Pump) {
        if columns.setting[row] != nil || columns.kv[row] != nil {
            report(.conflictingFields, .error, .settings, row, "setting", ["setting, kv_m3_h", "head_kpa"])
        }
        if let head = columns.head[row] { pump.characteristic = .constantHead(PressureDifference(kilopascals: head)) }
        if let speed = columns.speed[row] { pump.speed = speed }
    }

    private mutating func applyStatus(_ link: LinkIndex, _ row: Int, _ columns: SettingColumns) {
        switch document.text(columns.status[row]) {
        case "open": builder.setOpen(link, true)
        case "closed": builder.setOpen(link, false)
        default: break
        }
    }
}

/// The columns of the table of settings.
struct SettingColumns {
    let id, status: SymbolColumn
    let setting, kv, head, speed, pressure, flow: NumberColumn

    init(_ table: Table) {
        id = table.texts("id")
        status = table.texts("status")
        setting = table.numbers("setting")
        kv = table.numbers("kv_m3_h")
        head = table.numbers("head_kpa")
        speed = table.numbers("speed")
        pressure = table.numbers("pressure_kpa")
        flow = table.numbers("flow_limit_kg_s")
    }
}
