import NetworkModel

/// The pressure diagram of one way through a circuit: heads of supply and return over the ground, with the heights and
/// limits they have to respect.
struct PressureDiagram {
    private let profile: PressureProfile
    private let verdicts: PressureVerdicts
    private let name: Phrase
    private let language: Language
    private let x: Axis
    private let y: Axis

    private static let (width, height) = (960.0, 400.0)
    private static let (left, right, top, bottom) = (56.0, 190.0, 30.0, 46.0)

    /// A diagram; `name` says from where to where.
    init(_ profile: PressureProfile, name: Phrase, language: Language) {
        self.profile = profile
        self.name = name
        self.language = language
        verdicts = PressureVerdicts(profile)
        let length = profile.supply.last?.distance ?? 1
        var heads = profile.supply.map(\.head) + profile.back.map(\.head) + profile.supply.map(\.ground)
        heads += profile.pumps.flatMap { [$0.from, $0.to] }
        heads += [profile.restingHead, profile.building?.top, verdicts.emptying].compactMap { $0 }
        let (low, high) = (heads.min() ?? 0, heads.max() ?? 1)
        // A limit far above everything would press the lines flat: it is named in the caption, not drawn.
        let limits = [verdicts.rupture].compactMap { $0 }.filter { $0 < high + 0.35 * (high - low) }
        x = Axis(
            from: 0, to: max(length, 1), start: Self.left, end: Self.width - Self.right, ticks: 8, rounds: false)
        y = Axis(
            from: low - 0.04 * (high - low), to: max(high, limits.max() ?? high), start: Self.height - Self.bottom, end: Self.top, ticks: 6)
    }

    /// The picture.
    var drawing: Drawing {
        var drawing = Drawing(
            width: Self.width, height: Self.height, label: Phrase { $0(PageText.pressureLabel, name.text(in: $0.language)) },
            language: language)
        drawGround(in: &drawing)
        let end = Self.width - Self.right
        drawing.upright(y, left: Self.left, right: end, name: Phrase(PageText.headAxis)) { DisplayNumber.fixed($0, 0) }
        drawing.level(x, top: Self.top, bottom: Self.height - Self.bottom, name: Phrase(PageText.distanceAxis)) { DisplayNumber.fixed($0, 0) }
        drawLimits(in: &drawing)
        // The consumer closes the way: what stands between the ends is what it has to work with.
        if let supply = profile.supply.last, let back = profile.back.last {
            drawing.line(x.place(supply.distance), y.place(supply.head), x.place(back.distance), y.place(back.head), style: "consumer")
        }
        drawing.path(line(profile.back), style: "return")
        drawing.path(line(profile.supply), style: "supply")
        drawPumps(in: &drawing)
        drawLabels(in: &drawing)
        return drawing
    }

    private func line(_ points: [PressureProfile.Point]) -> Path {
        Path(through: points.map { (x.place($0.distance), y.place($0.head)) })
    }

    private func drawGround(in drawing: inout Drawing) {
        let base = Self.height - Self.bottom
        if let building = profile.building {
            let end = Self.width - Self.right
            // A house is drawn at least so wide that it can be seen, whatever the scale.
            let start = min(x.place(building.start), end - 22)
            let roof = y.place(building.top)
            drawing.rectangle(
                x: start, y: roof, width: end - start, height: max(0, y.place(building.bottom) - roof), style: "house",
                hover: Phrase { $0(PageText.houseHover, DisplayNumber.fixed(building.top - building.bottom, 0)) })
        }
        var ground = Path()
        ground.move(Self.left, base)
        for point in profile.supply { ground.line(x.place(point.distance), y.place(point.ground)) }
        ground.line(Self.width - Self.right, base)
        ground.close()
        drawing.path(ground, style: "ground")
    }

    private func drawLimits(in drawing: inout Drawing) {
        let end = Self.width - Self.right
        func level(_ head: Double?, _ style: String) {
            guard let head, y.values.contains(head) else { return }
            drawing.line(Self.left, y.place(head), end, y.place(head), style: style)
        }
        level(profile.restingHead, "static")
        level(verdicts.emptying, "limit")
        level(verdicts.rupture, "limit")
        if let boiling = verdicts.boiling {
            let limit = profile.supply.map { (x.place($0.distance), y.place($0.ground + boiling)) }
            drawing.path(Path(through: limit), style: "limit")
        }
    }

    private func drawPumps(in drawing: inout Drawing) {
        for pump in profile.pumps {
            let place = (x: x.place(pump.distance), y: y.place((pump.from + pump.to) / 2))
            let name = Phrase { $0(PageText.pumpLift, pump.name, DisplayNumber.fixed((pump.to - pump.from).magnitude, 1)) }
            drawing.circle(x: place.x, y: place.y, radius: 6, fill: "#fff", style: "plant", hover: name)
            drawing.text(name, x: place.x + 10, y: place.y + 4, style: "label")
        }
    }

    /// Names of the lines with their heads at the end, to the right of the picture, apart from each other.
    private func drawLabels(in drawing: inout Drawing) {
        var labels: [(y: Double, text: Phrase)] = []
        func add(_ text: PageText, _ head: Double?) {
            guard let head, y.values.contains(head) else { return }
            labels.append((y.place(head), Phrase { $0(text, DisplayNumber.fixed(head, 1)) }))
        }
        add(.supplyLine, profile.supply.last?.head)
        add(.returnLine, profile.back.last?.head)
        add(.restingLine, profile.restingHead)
        add(.emptyingLine, verdicts.emptying)
        add(.ruptureLine, verdicts.rupture)
        if let boiling = verdicts.boiling, let end = profile.supply.last { add(.boilingLine, end.ground + boiling) }
        labels.sort { $0.y < $1.y }
        let x = Self.width - Self.right + 8
        var next = Self.top + 4
        for (position, label) in labels.enumerated() {
            // No label pushes those below it out of the picture.
            let most = Self.height - Self.bottom - Double(labels.count - 1 - position) * 15
            let place = min(max(label.y + 4, next), most)
            drawing.text(label.text, x: x, y: place, style: "axis")
            next = place + 15
        }
    }

    /// The judgement in words: whether a limit is kept, and the words.
    var judgements: [(isKept: Bool, text: Phrase)] {
        func judge(_ reserve: Double?, _ kept: PageText, _ broken: PageText) -> (Bool, Phrase)? {
            reserve.map { reserve in
                (reserve >= 0, Phrase { $0(reserve >= 0 ? kept : broken, DisplayNumber.fixed(reserve.magnitude, 1)) })
            }
        }
        return [
            judge(verdicts.boilingReserve, .boilingKept, .boilingBroken),
            judge(verdicts.restingReserve, .restingKept, .restingBroken),
            judge(verdicts.emptyingReserve, .emptyingKept, .emptyingBroken),
            judge(verdicts.ruptureReserve, .ruptureKept, .ruptureBroken),
        ].compactMap { $0 }
    }
}
