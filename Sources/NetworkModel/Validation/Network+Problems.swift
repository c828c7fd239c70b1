import Quantities

/// The judgement of a whole network before anything is computed with it.
extension Network {
    /// Everything wrong or doubtful in this network, errors and warnings, in a fixed order; of each kind the first thousand, and
    /// how many more there are.
    ///
    /// Locations are not known here; a reader adds them by the element each problem names. A network without any
    /// problem of severity ``Severity/error`` can be compiled and solved without further checks.
    ///
    /// - Complexity: O(elements), expected.
    public func problems() -> [Problem] {
        let log = problemLog()
        return log.problems + log.overflow
    }

    /// As ``problems()``, of each kind the first thousand with the number of all: what is wrong with a hundred thousand elements
    /// must not take more memory than they do. `isKnown` leaves out what has been said already; it sees problems without their arguments.
    public func problemLog(where isKnown: @escaping (Problem) -> Bool = { _ in false }) -> ProblemLog {
        var report = ProblemReport(isKnown: isKnown)
        checkIDs(&report)
        report.check(conditions)
        checkNodes(&report)
        checkLinks(&report)
        checkPipes(&report)
        checkValves(&report)
        checkPumps(&report)
        checkSources(&report)
        checkSubstations(&report)
        checkTerminals(&report)
        checkDwellings(&report)
        checkRisers(&report)
        checkCircuits(&report)
        return report.log
    }
}

/// Collects problems and knows the wording of ranges.
package struct ProblemReport {
    package private(set) var log = ProblemLog()
    private let isKnown: (Problem) -> Bool

    /// - Parameter isKnown: leaves out what has been said already; it sees problems without their arguments.
    package init(isKnown: @escaping (Problem) -> Bool) { self.isKnown = isKnown }

    mutating func add(
        _ code: ProblemCode, _ severity: Severity = .error, _ kind: String, _ id: ElementID, field: String? = nil,
        _ arguments: @autoclosure () -> [String] = []
    ) {
        var problem = Problem(code, severity: severity, element: ElementReference(kind: kind, id: id), field: field)
        if isKnown(problem) { return }
        if log.isFull(code) { return log.count(code, severity) }
        problem.arguments = arguments()
        log.report(problem)
    }

    mutating func add(_ code: ProblemCode, _ severity: Severity = .error, _ arguments: [String] = []) {
        log.report(Problem(code, severity: severity, arguments: arguments))
    }

    /// Judges one number.
    ///
    /// - Parameter value: the number in the unit of `rule`.
    mutating func check(_ value: Double, _ rule: ValueRule, _ kind: String, _ id: ElementID) {
        if rule.isUsual(value) { return }
        let written = "\(value) \(rule.unit)"
        if !value.isFinite {
            add(.notFinite, .error, kind, id, field: rule.field)
        } else if rule.sign == .positive && value <= 0 {
            add(.notPositive, .error, kind, id, field: rule.field, [written])
        } else if rule.sign == .notNegative && value < 0 {
            add(.negative, .error, kind, id, field: rule.field, [written])
        } else {
            let range = rule.usual
            add(
                .implausible, .warning, kind, id, field: rule.field,
                [written, "\(range.lowerBound)", "\(range.upperBound) \(rule.unit)"])
        }
    }
}

/// What a number of a field must and should be.
struct ValueRule: Sendable {
    enum Sign { case any, notNegative, positive }
    /// Field as the file names it.
    var field: String
    /// Unit of the file.
    var unit: String
    /// Inside, nothing is said.
    var usual: ClosedRange<Double>
    /// What is refused.
    var sign: Sign

    init(_ field: String, _ unit: String, _ usual: ClosedRange<Double>, _ sign: Sign) {
        (self.field, self.unit, self.usual, self.sign) = (field, unit, usual, sign)
    }

    /// Whether there is nothing to say; not for NaN.
    func isUsual(_ value: Double) -> Bool { value >= usual.lowerBound && value <= usual.upperBound }

    static let length = ValueRule("length_m", "m", 0.01...50_000, .positive)
    static let diameter = ValueRule("inner_diameter_mm", "mm", 5...2500, .positive)
    static let roughness = ValueRule("roughness_mm", "mm", 0...3, .notNegative)
    static let minorLoss = ValueRule("minor_loss", "", 0...1000, .notNegative)
    static let heatLoss = ValueRule("heat_loss_w_m_k", "W/(m K)", 0...10, .notNegative)
    static let elevation = ValueRule("elevation_m", "m", -500...6000, .any)
    static let kv = ValueRule("kv_m3_h", "m³/h", 0.001...50_000, .positive)
    static let head = ValueRule("head_kpa", "kPa", 0...3000, .notNegative)
    static let setDifference = ValueRule("set_kpa", "kPa", 0.1...3000, .positive)
    static let speed = ValueRule("speed", "", 0...1.5, .notNegative)
    static let efficiency = ValueRule("efficiency", "", 0.05...1, .positive)
    static let efficiencyOfCurve = ValueRule("efficiency_curve", "", 0...1, .notNegative)
    static let supply = ValueRule("supply_c", "°C", 20...200, .any)
    static let returnTemperature = ValueRule("return_c", "°C", 5...180, .any)
    static let heatLimit = ValueRule("heat_limit_kw", "kW", 0...5_000_000, .notNegative)
    static let flowLimit = ValueRule("flow_limit_kg_s", "kg/s", 0...50_000, .notNegative)
    static let exchanger = ValueRule("exchanger_ua_kw_k", "kW/K", 0.05...50_000, .positive)
    static let outdoor = ValueRule("outdoor_c", "°C", -60...25, .any)
    static let ground = ValueRule("ground_c", "°C", -20...40, .any)
    static let room = ValueRule("room_c", "°C", 10...30, .any)
    static let area = ValueRule("area_m2", "m²", 8...2000, .positive)
    static let conductance = ValueRule("exterior_w_k", "W/K", 0...20_000, .notNegative)
    static let groundContact = ValueRule("ground_w_k", "W/K", 0...20_000, .notNegative)
    static let heldContact = ValueRule("held_w_k", "W/K", 0...20_000, .notNegative)
    static let coupling = ValueRule("conductance_w_k", "W/K", 0...20_000, .notNegative)
    static let gains = ValueRule("gains_w", "W", 0...50_000, .notNegative)
    static let emitterPower = ValueRule("emitter_w", "W", 20...500_000, .positive)
    static let exponent = ValueRule("exponent", "", 0.9...1.6, .positive)
    static let demand = ValueRule("demand_kg_s", "kg/s", -20_000...20_000, .any)
    static let flow = ValueRule("flow_kg_s", "kg/s", 0...50_000, .notNegative)
    static let heat = ValueRule("heat_kw", "kW", 0...5_000_000, .notNegative)
}
