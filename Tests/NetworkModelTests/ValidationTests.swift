import NetworkModel
import Quantities
import Testing

@Suite("Judging a network")
struct ValidationTests {
    /// A source, a pump, a pipe each way and one terminal: the smallest sound network.
    static func sound(_ change: (inout NetworkBuilder) -> Void = { _ in }) -> NetworkBuilder {
        var builder = NetworkBuilder(title: "sound")
        let supply = builder.add(Node(id: "P0/supply", line: .supply))
        let back = builder.add(Node(id: "P0/return", line: .return, fixedPressure: Pressure(kilopascals: 300)))
        let inlet = builder.add(Node(id: "plant/inlet", line: .return))
        let far = builder.add(Node(id: "P1/supply", line: .supply))
        let farBack = builder.add(Node(id: "P1/return", line: .return))
        let pump = Pump(characteristic: .constantHead(PressureDifference(kilopascals: 100)))
        builder.add(pump, id: "plant/pump", from: back, to: inlet)
        builder.add(Source(id: "plant", supplyTemperature: Temperature(celsius: 90)), from: inlet, to: supply)
        builder.add(pipe(), id: "T1/supply", from: supply, to: far)
        builder.add(pipe(), id: "T1/return", from: farBack, to: back)
        builder.add(
            Terminal(load: .heat(Power(kilowatts: 100), returnTemperature: Temperature(celsius: 50))), id: "user", from: far,
            to: farBack)
        change(&builder)
        return builder
    }

    static func pipe(length: Double = 100, diameter: Double = 100, roughness: Double = 0.5) -> Pipe {
        Pipe(
            length: Length(metres: length), innerDiameter: Length(millimetres: diameter),
            roughness: Length(millimetres: roughness))
    }

    static func codes(_ builder: NetworkBuilder) -> [String] { builder.build().problems().map(\.code.name) }

    @Test("A sound network has no problem")
    func nothing() { #expect(Self.codes(Self.sound()) == []) }

    @Test("Ids are compared byte by byte; case and Unicode form are warned of")
    func ids() {
        let builder = Self.sound { builder in
            let (a, b) = (NodeIndex(0), NodeIndex(3))
            builder.add(Self.pipe(), id: "T1/supply", from: a, to: b)
            builder.add(Self.pipe(), id: "t1/SUPPLY", from: a, to: b)
            builder.add(Self.pipe(), id: ElementID("caf\u{e9}"), from: a, to: b)
            builder.add(Self.pipe(), id: ElementID("cafe\u{301}"), from: a, to: b)
            builder.add(Self.pipe(), id: "", from: a, to: b)
        }
        let problems = builder.build().problems()
        #expect(problems.map(\.code) == [.duplicateID, .lookalikeID, .lookalikeID, .emptyID])
        #expect(problems.map(\.severity) == [.error, .warning, .warning, .error])
        #expect(problems[0].element == ElementReference(kind: "pipes", id: "T1/supply"))
    }

    @Test("Numbers that cannot be are errors, those that are unlikely warnings", arguments: [
        (Self.pipe(length: 0), "not-positive", Severity.error), (Self.pipe(length: -5), "not-positive", .error),
        (Self.pipe(length: .nan), "not-finite", .error), (Self.pipe(diameter: 0), "not-positive", .error),
        (Self.pipe(diameter: 100_000), "implausible", .warning), (Self.pipe(roughness: -1), "negative", .error),
        (Self.pipe(diameter: 20, roughness: 15), "roughness-above-diameter", .error),
    ])
    func numbers(pipe: Pipe, code: String, severity: Severity) {
        let builder = Self.sound { $0.add(pipe, id: "odd", from: NodeIndex(0), to: NodeIndex(3)) }
        let problems = builder.build().problems()
        #expect(problems.contains { $0.code.name == code && $0.severity == severity && $0.element?.id == "odd" })
    }

    @Test("A pipe from a node to itself is named")
    func selfLoop() {
        let builder = Self.sound { $0.add(Self.pipe(), id: "ring", from: NodeIndex(3), to: NodeIndex(3)) }
        #expect(Self.codes(builder) == ["self-loop"])
    }

    @Test("An island without a known pressure is an error, one with but without heat a warning")
    func islands() {
        let builder = Self.sound { builder in
            let a = builder.add(Node(id: "X"))
            let b = builder.add(Node(id: "Y"))
            builder.add(Self.pipe(), id: "lost", from: a, to: b)
            let c = builder.add(Node(id: "V", fixedPressure: .zero))
            let d = builder.add(Node(id: "W"))
            builder.add(
                Terminal(load: .flow(MassFlow(1), drop: TemperatureDifference(kelvin: 20))), id: "cold", from: c, to: d)
        }
        #expect(Self.codes(builder) == ["no-pressure-reference", "no-heat"])
    }

    @Test("Pump curves must fall and have head")
    func pumpCurves() {
        func problems(_ points: [(Double, Double)]) -> [String] {
            let curve = points.map { PumpPoint(flow: VolumeFlow(cubicMetresPerHour: $0.0), head: PressureDifference(kilopascals: $0.1)) }
            return Self.codes(
                Self.sound { $0.add(Pump(characteristic: .curve(curve)), id: "odd", from: NodeIndex(1), to: NodeIndex(2)) })
        }
        #expect(problems([(0, 300), (10, 200)]) == [])
        #expect(problems([(0, 300), (10, 310)]) == ["pump-curve-rising"])
        #expect(problems([(10, 300), (0, 200)]) == ["pump-curve-rising"])
        #expect(problems([(0, 0), (10, 0)]) == ["pump-without-head"])
        #expect(problems([]) == ["pump-without-head"])
        #expect(problems([(0, 300), (.nan, 200)]).contains("negative"))
    }

    @Test("No source, no pump, no open dwelling, no way to a dwelling")
    func missingParts() {
        var lone = NetworkBuilder()
        let (a, b) = (lone.add(Node(id: "a", fixedPressure: .zero)), lone.add(Node(id: "b")))
        lone.add(Terminal(load: .flow(MassFlow(1), drop: .zero)), id: "t", from: a, to: b)
        #expect(Self.codes(lone) == ["no-source", "no-heat"])

        let closed = Self.sound { Self.addDwelling(&$0, state: .closed, pipeIsOpen: true) }
        #expect(Self.codes(closed) == ["no-open-dwelling"])
        let unreachable = Self.sound { Self.addDwelling(&$0, state: .open, pipeIsOpen: false) }
        #expect(Self.codes(unreachable) == ["unreachable-dwelling"])
        #expect(Self.codes(Self.sound { Self.addDwelling(&$0, state: .open, pipeIsOpen: true) }) == [])
    }

    /// A dwelling behind a pipe of its own.
    static func addDwelling(_ builder: inout NetworkBuilder, state: DwellingState, pipeIsOpen: Bool) {
        let zone = builder.add(Zone(id: "z"))
        let building = builder.add(
            Building(id: "B", zone: zone, dwellings: 0..<1, couplings: 0..<0, floors: 1, units: 1, dwellingsPerFloor: 1))
        let node = builder.add(Node(id: "B/supply"))
        builder.add(pipe(), id: "B/pipe", from: NodeIndex(3), to: node, isOpen: pipeIsOpen)
        let terminal = builder.add(
            Terminal(load: .emitter(DwellingIndex(0)), kv: FlowCoefficient(1)), id: "B/d1", from: node, to: NodeIndex(4))
        builder.add(
            Dwelling(
                id: "B/d1", building: building, unit: 1, floor: 1, door: 1, area: Area(squareMetres: 90),
                exteriorConductance: ThermalConductance(wattsPerKelvin: 120), gains: .zero, state: state,
                emitter: Emitter(
                    nominalPower: Power(watts: 4000), nominalSupply: Temperature(celsius: 75),
                    nominalReturn: Temperature(celsius: 50), nominalRoom: Temperature(celsius: 20), exponent: 1.3),
                terminal: terminal))
    }

    @Test("Every problem says in both languages what to do")
    func wording() {
        let builder = Self.sound { $0.add(Self.pipe(length: -1, diameter: 0, roughness: .nan), id: "odd", from: NodeIndex(0), to: NodeIndex(0)) }
        for problem in builder.build().problems() {
            for language in Language.allCases {
                #expect(!problem.message(in: language).isEmpty && !problem.message(in: language).contains("{"))
                #expect(!problem.remedy(in: language).isEmpty && !problem.remedy(in: language).contains("{"))
            }
        }
    }

    @Test("Grouping links by kind keeps every reference")
    func grouping() {
        var builder = Self.sound()
        let before = builder.build()
        builder.groupLinksByKind()
        let after = builder.build()
        #expect(after.links.map(\.element.tableName) == ["pipes", "pipes", "pumps", "sources", "terminals"])
        for (old, new) in zip(before.pipes, after.pipes) { #expect(before.links[old.link].id == after.links[new.link].id) }
        #expect(after.links[after.pumps[0].link].id == "plant/pump")
        #expect(after.links[after.sources[0].link].id == "plant")
        #expect(after.links[after.terminals[0].link].id == "user")
        #expect(after.problems().isEmpty)
    }
}
