import NetworkModel

/// Numbers about spaces and facades that the network, a zone and a building can set.
enum ShapeKey: Int, CaseIterable {
    case shopRoom, stairWidth, stairDepth, stairAir, stairWall, stairMixing
    case cellarHeight, cellarGround, cellarAir, atticRoof, atticAir
    case north, eastWest, southEast, south

    /// Its field in `defaults`, `zones` and `buildings`.
    var field: String {
        switch self {
        case .shopRoom: "shop_room_c"
        case .stairWidth: "stair_width_m"
        case .stairDepth: "stair_depth_m"
        case .stairAir: "stair_air_changes_1_h"
        case .stairWall: "u_stair_w_m2_k"
        case .stairMixing: "stair_mixing_w_k"
        case .cellarHeight: "cellar_height_m"
        case .cellarGround: "u_cellar_ground_w_m2_k"
        case .cellarAir: "cellar_air_changes_1_h"
        case .atticRoof: "u_attic_roof_w_m2_k"
        case .atticAir: "attic_air_changes_1_h"
        case .north: "orientation_factor.north"
        case .eastWest: "orientation_factor.east_west"
        case .southEast: "orientation_factor.south_east_west"
        case .south: "orientation_factor.south"
        }
    }

    /// Its row in the table of defaults.
    var key: DefaultKey {
        switch self {
        case .shopRoom: .shopRoom
        case .stairWidth: .stairWidth
        case .stairDepth: .stairDepth
        case .stairAir: .stairAir
        case .stairWall: .stairWall
        case .stairMixing: .stairMixing
        case .cellarHeight: .cellarHeight
        case .cellarGround: .cellarGround
        case .cellarAir: .cellarAir
        case .atticRoof: .atticRoof
        case .atticAir: .atticAir
        case .north: .north
        case .eastWest: .eastWest
        case .southEast: .southEast
        case .south: .south
        }
    }
}

/// Shape numbers as far as they are given; narrower places lie over wider ones.
struct ShapeParameters {
    /// By key; empty where nothing is given.
    private var given: [Double?] = []

    subscript(key: ShapeKey) -> Double? { given.isEmpty ? nil : given[key.rawValue] }

    /// Takes what a row gives, keeps the rest.
    mutating func overlay(_ columns: ShapeColumns, _ row: Int) {
        if columns.isEmpty { return }
        if given.isEmpty { given = Array(repeating: nil, count: ShapeKey.allCases.count) }
        for key in ShapeKey.allCases { if let value = columns.columns[key.rawValue][row] { given[key.rawValue] = value } }
    }
}

/// The columns of the shape numbers of a table.
struct ShapeColumns {
    let columns: [NumberColumn]
    /// Whether no row of the table sets any.
    let isEmpty: Bool

    init(_ table: Table) {
        // Dwellings have parameters, but no shape of their own.
        let hasShape = table.schema.position(of: ShapeKey.shopRoom.field) != nil
        columns = hasShape ? ShapeKey.allCases.map { table.numbers($0.field) } : []
        isEmpty = columns.allSatisfy(\.isEmpty)
    }
}

/// The way the front of a building faces.
enum Facing: Int, CaseIterable {
    case north, northEast, east, southEast, south, southWest, west, northWest

    /// The words of the format.
    static let words = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"]

    init?(word: String) {
        guard let position = Self.words.firstIndex(of: word) else { return nil }
        self.init(rawValue: position)
    }

    /// The way that the back, the left and the right end face, seen from before the front.
    var back: Facing { turned(4) }
    var left: Facing { turned(2) }
    var right: Facing { turned(6) }

    private func turned(_ eighths: Int) -> Facing { Facing(rawValue: (rawValue + eighths) % 8) ?? self }

    /// Which of the four factors of GB 50736-2012 §5.2.6 holds for it.
    var key: ShapeKey {
        switch self {
        case .north, .northEast, .northWest: .north
        case .east, .west: .eastWest
        case .southEast, .southWest: .southEast
        case .south: .south
        }
    }
}
