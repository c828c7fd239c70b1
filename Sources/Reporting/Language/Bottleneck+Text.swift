import Balancing

extension Bottleneck {
    /// The remedy and other ways to the same end, each with what it changes where that was judged.
    func whatHelps(_ texts: Texts) -> String {
        var ways = remedy.map { [text($0, effect, texts)] } ?? []
        ways += alternatives.map { text($0.remedy, $0.effect, texts) }
        return ways.joined(separator: texts(ConsoleText.otherWay))
    }

    private func text(_ remedy: Remedy, _ effect: RemedyEffect?, _ texts: Texts) -> String {
        let words = remedy.text(in: texts.language)
        guard let effect else { return words }
        // What one limit gives away another may take: with heat short, more emitter here is less for the others.
        guard effect.dwellings > 0 || effect.degreeDwellings >= min(0.5, 0.1 * degreeDwellings) else { return words + " " + texts(ConsoleText.noEffect) }
        return words + " " + texts(
            ConsoleText.effect, Self.signed(effect.dwellings),
            DisplayNumber.fixed(max(0, effect.degreeDwellings), effect.degreeDwellings < 9.95 ? 1 : 0))
    }

    private static func signed(_ count: Int) -> String { (count < 0 ? "−" : "+") + DisplayNumber.count(abs(count)) }
}
