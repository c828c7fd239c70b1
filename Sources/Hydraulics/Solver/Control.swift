import NetworkModel
import Quantities

/// A ``Regulator`` at work in one solve.
struct Control: Sendable {
    /// What it is.
    let regulator: Regulator
    /// Those of its sensors that an open path joins to a fixed pressure.
    let sensors: [Regulator.Sensor]
    /// The reading it holds at rest, Pa.
    let setting: Double
    /// What the setting rises with the mass flow of the link, Pa s/kg.
    let slope: Double
    /// Its part where several devices hold the same reading: Kv, or the pump's last flow.
    let size: Double
    /// Conductance that stands in the matrix for the device while it regulates, kg/(s Pa): any would do, since its flow is an unknown
    /// of its own; one like those around it keeps the part behind it regular.
    let weight: Double
    /// A pump's law at its greatest and at its least speed.
    let laws: (full: PumpLaw, least: PumpLaw)?
    /// The sensor with the least reading at present.
    var sensor = 0
    /// Whether a pump runs at its least speed.
    var isAtLeast = false
    /// Whether its flow cannot change its reading as the other devices stand.
    var isPowerless = false
    /// Whether more flow moves the reading the wrong way.
    var isBackwards = false

    /// What it did before it last began to regulate; nil where it has since all began.
    var cameFrom: Move?

    /// What a device does next.
    enum Move { case regulate, open, slow, shut }

    /// Where a device ends that runs away from one of its ends: a pump never stops on its own, but runs on at its least speed.
    func otherEnd(of end: Move) -> Move { end != .open ? .open : laws == nil ? .shut : .slow }

    /// Its local link.
    var link: Int { regulator.link }

    /// What counts of the pressures, Pa: the least of its readings.
    func reading(_ pressure: [Double]) -> Double {
        var least = sensors[sensor].reading(pressure)
        for place in sensors.indices where sensors.count > 1 { least = min(least, sensors[place].reading(pressure)) }
        return least
    }

    /// How far the reading is on the side that calls for throttling, Pa.
    func excess(_ pressure: [Double], _ massFlow: Double) -> Double {
        let above = reading(pressure) - (setting + slope * massFlow)
        return regulator.isReducing ? above : -above
    }

    /// Chooses the sensor with the least reading.
    mutating func aim(_ pressure: [Double]) {
        guard sensors.count > 1 else { return }
        var least = sensors[sensor].reading(pressure)
        for place in sensors.indices where sensors[place].reading(pressure) < least {
            (sensor, least) = (place, sensors[place].reading(pressure))
        }
    }

    /// What it holds, for finding devices that hold the very same reading, so that only their sum is determined by it; nil where that
    /// depends on its own flow.
    var held: Held? {
        guard slope == 0 else { return nil }
        let sensor = sensors[sensor]
        return Held(high: sensor.high, low: sensor.low, setting: setting, isReducing: regulator.isReducing)
    }

    /// A reading and its setting.
    struct Held: Hashable {
        let high: Int
        let low: Int
        let setting: Double
        let isReducing: Bool
    }
}

extension HydraulicSolver {
    /// Sets up the devices that may regulate in a state.
    mutating func prepareControls(_ state: CircuitState) {
        controls.removeAll(keepingCapacity: true)
        for regulator in compiled.regulators where iterate.mode[regulator.link] == .free {
            let sensors = regulator.sensors.filter { reach.isReachable[$0.high] && ($0.low < 0 || reach.isReachable[$0.low]) }
            // A head given from outside takes the place of the pump's own control.
            if sensors.isEmpty || regulator.setting(in: state) == .infinity || (regulator.pump >= 0 && !state.pumpHead[regulator.pump].isNaN) { continue }
            controls.append(control(regulator, sensors, state))
        }
    }

    private func control(_ regulator: Regulator, _ sensors: [Regulator.Sensor], _ state: CircuitState) -> Control {
        let link = regulator.link
        let typical = laws.flowScale / LinkLaws.expectedLoss
        var machine: (full: PumpLaw, least: PumpLaw)?
        var size = state.kv[link].isFinite ? state.kv[link] : 1
        if regulator.pump >= 0 {
            let full = laws.pumps[regulator.pump]
            machine = (full, full.at(speed: min(regulator.leastSpeed, full.speed)))
            size = full.lastFlow ?? 1
        }
        return Control(
            regulator: regulator, sensors: sensors, setting: regulator.setting(in: state) - (regulator.isOwnHead ? laws.gravity[link] : 0),
            slope: machine.map { regulator.rise / $0.full.density } ?? 0, size: size > 0 && size.isFinite ? size : 1,
            weight: min(laws.startConductance[link], typical), laws: machine)
    }

    /// Whether any device holds its reading at the moment.
    var isRegulating: Bool { controls.contains { iterate.mode[$0.link] == .regulating } }

    /// The greatest miss of a reading that a device holds, and its place in the controls.
    func greatestMiss() -> Extreme {
        var extreme = Extreme()
        for (place, control) in controls.enumerated() where iterate.mode[control.link] == .regulating {
            let miss = control.excess(iterate.pressure, iterate.links[control.link].flow).magnitude
            if !(miss <= extreme.size) && !extreme.size.isNaN { (extreme.size, extreme.place) = (miss, place) }
        }
        return extreme
    }
}
