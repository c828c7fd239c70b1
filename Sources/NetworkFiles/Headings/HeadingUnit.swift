import Foundation

/// Units as headings write them, and what turns a number of one into another.
enum HeadingUnit {
    /// What a unit measures, and its size.
    struct Size: Hashable {
        var dimension: String
        var factor: Double
    }

    /// A heading cut into its words and the unit behind them.
    struct Cut {
        /// The heading without its unit.
        var name: String
        /// The unit as written; nil where none stands there.
        var unit: String?
    }

    private static let brackets: [(Character, Character)] = [("(", ")"), ("（", "）"), ("[", "]"), ("【", "】"), ("（", ")"), ("(", "）")]
    private static let separators: [Character] = ["/", "／", ",", "，", "_", " ", "-"]

    /// Bytes of the longest text that is looked at as a heading.
    private static let longest = 1000

    /// Cuts `管长(m)`, `Length [km]`, `面积/㎡`, `length_mm` into words and unit.
    static func cut(_ heading: String) -> Cut {
        // A heading is words and a unit, not a page.
        guard heading.utf8.count <= Self.longest else { return Cut(name: heading, unit: nil) }
        let text = Substring(heading).withoutBlanks
        for (open, close) in Self.brackets where text.last == close {
            guard let start = text.lastIndex(of: open) else { continue }
            let inside = text[text.index(after: start)...].dropLast()
            return Cut(name: text[..<start].withoutBlanks, unit: inside.withoutBlanks)
        }
        for separator in Self.separators {
            guard let place = text.lastIndex(of: separator), place > text.startIndex else { continue }
            let tail = text[text.index(after: place)...].withoutBlanks
            if size(of: tail) != nil, !tail.isEmpty { return Cut(name: text[..<place].withoutBlanks, unit: tail) }
        }
        return Cut(name: text, unit: nil)
    }

    /// The number that a number with unit `unit` is multiplied with to be one in `wanted`, the unit of the field; nil where
    /// they do not measure the same.
    static func factor(from unit: String, to wanted: String, field: String) -> Double? {
        guard let given = size(of: unit) else { return nil }
        if wanted == "kPa", field.hasSuffix("head_kpa"), given.dimension == "length" {
            // Head in metres of water: standard gravity, 1000 kg/m³.
            return given.factor * 9.80665
        }
        if wanted == "K", given.dimension == "temperature" { return 1 }
        guard let target = size(of: wanted), target.dimension == given.dimension else { return nil }
        return given.factor / target.factor
    }

    /// A unit by its spelling; nil for what is none.
    static func size(of unit: String) -> Size? { known[spelling(unit)] }

    private static func spelling(_ unit: String) -> String {
        var plain = ""
        for character in unit.lowercased() where !" ·.*".contains(character) {
            switch character {
            case "㎡": plain += "m2"
            case "²": plain += "2"
            case "³": plain += "3"
            case "㎥": plain += "m3"
            case "㎜": plain += "mm"
            case "㎝": plain += "cm"
            case "㎞": plain += "km"
            case "㎏": plain += "kg"
            case "℃": plain += "°c"
            case "（", "）", "(", ")": break
            case "／": plain += "/"
            default: plain.append(character)
            }
        }
        return plain
    }

    private static let known: [String: Size] = {
        let list: [(String, [String], Double)] = [
            ("length", ["m", "米", "metre", "metres", "meter", "meters"], 1), ("length", ["mm", "毫米", "dn"], 1e-3),
            ("length", ["cm", "厘米"], 1e-2), ("length", ["km", "公里", "千米"], 1e3),
            ("area", ["m2", "平方米", "平米", "平方", "sqm"], 1), ("power", ["w", "瓦"], 1), ("power", ["kw", "千瓦"], 1e3),
            ("power", ["mw", "兆瓦"], 1e6), ("pressure", ["pa", "帕"], 1), ("pressure", ["kpa", "千帕"], 1e3),
            ("pressure", ["mpa", "兆帕"], 1e6), ("pressure", ["bar"], 1e5), ("pressure", ["mbar"], 100),
            ("pressure", ["mh2o", "米水柱", "mwc", "m水柱"], 9806.65), ("temperature", ["°c", "c", "degc", "度", "摄氏度"], 1),
            ("difference", ["k"], 1), ("mass flow", ["kg/s"], 1), ("mass flow", ["kg/h"], 1 / 3600),
            ("mass flow", ["t/h", "吨/小时", "吨/时"], 1 / 3.6), ("volume flow", ["m3/h", "立方米/小时", "立方米/时"], 1),
            ("volume flow", ["l/s"], 3.6), ("volume flow", ["l/h"], 1e-3), ("volume flow", ["m3/s"], 3600),
            ("conductance", ["w/k", "w/°c"], 1), ("conductance", ["kw/k", "kw/°c"], 1e3),
            ("line loss", ["w/mk", "w/m°c"], 1), ("transmittance", ["w/m2k", "w/m2°c"], 1), ("gradient", ["pa/m"], 1),
            ("rate", ["1/h", "次/h", "次/小时"], 1), ("density", ["kg/m3"], 1), ("viscosity", ["pas"], 1), ("heat capacity", ["j/kgk"], 1),
            ("number", ["1", "–", "-", "层", "户", "个", "栋", "号", "单元"], 1), ("number", ["%", "％"], 1e-2),
        ]
        var known: [String: Size] = [:]
        for (dimension, spellings, factor) in list { for text in spellings { known[text] = Size(dimension: dimension, factor: factor) } }
        return known
    }()
}
