import NetworkModel

/// A GeoJSON collection that grows feature by feature, one a line (RFC 7946; coordinates in metres of the network's plane, which
/// the member `coordinates_in` says, since the standard knows degrees only).
public struct GeoJSONText: Sendable {
    /// The value of an attribute.
    public enum Value: Hashable, Sendable {
        case text(String)
        /// NaN and infinity are `null`.
        case number(Double)
        case flag(Bool)
        case points([TablePoint])

        /// A number where there is one.
        public init(_ value: Double?) { self = .number(value ?? .nan) }
    }

    /// The text so far.
    private var bytes: [UInt8]
    private var isEmpty = true

    /// An empty collection with a title.
    public init(title: String) {
        bytes = Array("{ \"type\": \"FeatureCollection\", \"name\": ".utf8)
        Self.append(title, to: &bytes)
        bytes += Array(",\n  \"coordinates_in\": \"m\",\n  \"features\": [".utf8)
    }

    /// Adds a feature: a line through places, a point for a single one, no geometry for none. Attributes keep their order.
    public mutating func add(_ places: [MapPoint], _ properties: [(name: String, value: Value)]) {
        bytes += Array((isEmpty ? "\n    " : ",\n    ").utf8)
        isEmpty = false
        bytes += Array("{ \"type\": \"Feature\", \"geometry\": ".utf8)
        switch places.count {
        case 0: bytes += Array("null".utf8)
        case 1:
            bytes += Array("{ \"type\": \"Point\", \"coordinates\": ".utf8)
            append(places[0])
            bytes += Array(" }".utf8)
        default:
            bytes += Array("{ \"type\": \"LineString\", \"coordinates\": [".utf8)
            for (position, place) in places.enumerated() {
                if position > 0 { bytes += [0x2C, 0x20] }
                append(place)
            }
            bytes += Array("] }".utf8)
        }
        bytes += Array(", \"properties\": {".utf8)
        for (position, property) in properties.enumerated() {
            bytes += Array((position == 0 ? " " : ", ").utf8)
            Self.append(property.name, to: &bytes)
            bytes += Array(": ".utf8)
            append(property.value)
        }
        bytes += Array(" } }".utf8)
    }

    /// The whole text; `own`, a JSON text, becomes the member `equitherm`.
    public consuming func finished(own: [UInt8] = []) -> [UInt8] {
        bytes += Array("\n  ]".utf8)
        if !own.isEmpty {
            bytes += Array(",\n  \"equitherm\": ".utf8)
            bytes += own.last == 10 ? own.dropLast() : own[...]
        }
        bytes += Array("\n}\n".utf8)
        return bytes
    }

    private mutating func append(_ place: MapPoint) {
        bytes.append(UInt8(ascii: "["))
        NumberText.append(place.x, to: &bytes)
        bytes += [0x2C, 0x20]
        NumberText.append(place.y, to: &bytes)
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func append(_ value: Value) {
        switch value {
        case .text(let text): Self.append(text, to: &bytes)
        case .flag(let flag): bytes += Array((flag ? "true" : "false").utf8)
        case .number(let number):
            if number.isFinite { NumberText.append(number, to: &bytes) } else { bytes += Array("null".utf8) }
        case .points(let points):
            bytes.append(UInt8(ascii: "["))
            for (position, point) in points.enumerated() {
                if position > 0 { bytes += [0x2C, 0x20] }
                append(MapPoint(x: point.first, y: point.second))
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }

    /// Quotes a text. Angle brackets and ampersands are written as escapes, so that a page that shows an attribute as it stands runs nothing.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<32, 127, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
                let digits = String(byte, radix: 16)
                bytes += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
