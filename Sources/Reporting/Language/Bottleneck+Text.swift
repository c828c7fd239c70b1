import Balancing

extension Bottleneck {
    /// The remedy, and what it changes where that was judged and is something.
    func whatHelps(_ texts: Texts) -> String {
        var parts = [remedy?.text(in: texts.language)]
        if let effect, effect.dwellings > 0 || effect.degreeDwellings >= 0.5 {
            parts.append(texts(
                ConsoleText.effect, DisplayNumber.count(max(0, effect.dwellings)), DisplayNumber.fixed(max(0, effect.degreeDwellings), 0)))
        }
        return parts.compactMap { $0 }.joined(separator: " ")
    }
}
