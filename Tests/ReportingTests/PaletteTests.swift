import Foundation
import Testing

@testable import Reporting

/// The colours that carry meaning stay apart for people without one kind of cone.
@Suite struct PaletteTests {
    /// Kinds of sight with the matrices of Machado, Oliveira & Fernandes (2009, IEEE TVCG 15(6), severity 1.0) on linear RGB.
    enum Sight: CaseIterable {
        case full, noRed, noGreen, noBlue

        var matrix: [[Double]] {
            switch self {
            case .full: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
            case .noRed: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
            case .noGreen: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            case .noBlue: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
            }
        }
    }

    /// CIELAB of a colour as somebody sees it (D65; IEC 61966-2-1 for sRGB).
    private func lab(_ hex: String, _ sight: Sight) throws -> [Double] {
        let value = try #require(Int(hex.dropFirst(), radix: 16))
        let linear = [value >> 16, value >> 8 & 255, value & 255].map { part in
            let s = Double(part) / 255
            return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4)
        }
        func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] { matrix.map { zip($0, vector).map(*).reduce(0, +) } }
        let seen = product(sight.matrix, linear).map { min(max($0, 0), 1) }
        let xyz = product([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], seen)
        let f = zip(xyz, [0.9505, 1, 1.089]).map { pair in
            let t = pair.0 / pair.1
            return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116
        }
        return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
    }

    private func difference(_ first: String, _ second: String, _ sight: Sight) throws -> Double {
        try zip(lab(first, sight), lab(second, sight)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    }

    @Test(arguments: Sight.allCases) func bandsStayApart(_ sight: Sight) throws {
        let scales: [(String, Palette.Scale)] = [
            ("rooms", Palette.rooms(promised: 18)), ("imbalance", Palette.imbalance), ("velocity", Palette.velocity),
            ("water", Palette.water), ("room change", Palette.roomChange), ("flow change", Palette.flowChange),
        ]
        for (name, scale) in scales {
            #expect(scale.colours.count == scale.edges.count + 1)
            #expect(scale.edges == scale.edges.sorted())
            for position in scale.edges.indices {
                // Two patches side by side are told apart from about 2.3 on (Mahy et al. 1994); 5 leaves room for small ones.
                let apart = try difference(scale.colours[position], scale.colours[position + 1], sight)
                #expect(apart > 5, "\(name): \(scale.colours[position]) and \(scale.colours[position + 1]) for \(sight)")
            }
        }
    }

    @Test(arguments: Sight.allCases) func opposedMeaningsAreFarApart(_ sight: Sight) throws {
        // Before and after, supply and return, and both sides of the promise: wrong reading would be worse than none.
        let rooms = Palette.rooms(promised: 18)
        for (first, second) in [
            (Palette.before, Palette.after), ("#b2182b", "#2166ac"), (rooms.colour(17), rooms.colour(19)), (rooms.colour(8), rooms.colour(30)),
        ] {
            #expect(try difference(first, second, sight) > 20, "\(first) and \(second) for \(sight)")
        }
    }
}
