import NetworkModel

/// Thermal quality of a building by class: transmittances in W/(m² K), air changes in 1/h.
public struct EnvelopeClass: Hashable, Sendable {
    /// Name, for example `65-percent`.
    public var name: String
    /// Outside walls.
    public var wall: Double
    /// Windows.
    public var window: Double
    /// Roof.
    public var roof: Double
    /// Floor over ground or cellar, counted half.
    public var ground: Double
    /// Air changes an hour.
    public var airChanges: Double
    /// Walls between dwellings of one unit.
    public var partition: Double
    /// Slabs between floors.
    public var slab: Double
    /// Windows as a share of the facade; nil = the default of the format.
    public var windowShare: Double?
}

/// Radiator or floor heating by class.
public struct EmitterClass: Hashable, Sendable {
    /// Name, for example `radiator-60-45`.
    public var name: String
    /// Nominal supply, °C.
    public var supply: Double
    /// Nominal return, °C.
    public var `return`: Double
    /// Nominal room temperature, °C.
    public var room: Double
    /// Exponent of the emitter law.
    public var exponent: Double
    /// Largest transmittance of the slabs that carry it, W/(m² K): floor heating lies on insulation; nil = that of the envelope.
    public var slab: Double?
    /// Pressure loss of a dwelling's branch with it at design flow, kPa; nil = the default of the format.
    public var terminalLoss: Double?
    /// The mean that its law is written in.
    public var mean = EmitterMean.logarithmic

    /// Mean temperature difference to a room, K; zero where the room is not colder than the return.
    public func meanDifference(toRoom room: Double) -> Double {
        let (a, b) = (supply - room, self.return - room)
        return mean == .arithmetic ? (b > 0 ? 0.5 * (a + b) : 0) : logarithmicMean(a, b)
    }
}

/// Envelope classes and emitter classes by name.
public struct BuildingCatalogue: Sendable {
    /// Envelope classes in order.
    public private(set) var envelopes: [EnvelopeClass]
    /// Emitter classes in order.
    public private(set) var emitters: [EmitterClass]

    /// The classes that ship with the engine.
    public static let standard = BuildingCatalogue(
        envelopes: CatalogueRows(BuildingCatalogueText.envelopes).map(envelope),
        emitters: CatalogueRows(BuildingCatalogueText.emitters).map(emitter))

    /// The envelope class of a name.
    public func envelope(_ name: String) -> EnvelopeClass? { envelopes.first { $0.name == name } }
    /// The emitter class of a name.
    public func emitter(_ name: String) -> EmitterClass? { emitters.first { $0.name == name } }

    /// Adds an envelope class or replaces the one of its name.
    public mutating func insert(_ new: EnvelopeClass) {
        if let position = envelopes.firstIndex(where: { $0.name == new.name }) {
            envelopes[position] = new
        } else {
            envelopes.append(new)
        }
    }

    /// Adds an emitter class or replaces the one of its name.
    public mutating func insert(_ new: EmitterClass) {
        if let position = emitters.firstIndex(where: { $0.name == new.name }) {
            emitters[position] = new
        } else {
            emitters.append(new)
        }
    }

    private static func envelope(_ row: CatalogueRows.Row) -> EnvelopeClass? {
        guard let wall = row.number("u_wall_w_m2_k"), let window = row.number("u_window_w_m2_k"),
            let roof = row.number("u_roof_w_m2_k"), let ground = row.number("u_ground_w_m2_k"),
            let air = row.number("air_changes_1_h"), let partition = row.number("u_partition_w_m2_k"),
            let slab = row.number("u_slab_w_m2_k")
        else { return nil }
        return EnvelopeClass(
            name: row.text("name"), wall: wall, window: window, roof: roof, ground: ground, airChanges: air,
            partition: partition, slab: slab, windowShare: nil)
    }

    private static func emitter(_ row: CatalogueRows.Row) -> EmitterClass? {
        guard let supply = row.number("supply_c"), let back = row.number("return_c"), let room = row.number("room_c"),
            let exponent = row.number("exponent")
        else { return nil }
        return EmitterClass(
            name: row.text("name"), supply: supply, return: back, room: room, exponent: exponent,
            slab: row.number("u_slab_w_m2_k"), terminalLoss: nil)
    }
}
