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

    /// Largest slab transmittance with floor heating, whose insulation layer lies on the slab (1.2, party-slab limit).
    public static let floorHeatingSlab = 1.2
}

/// Radiator or floor heating by class.
public struct EmitterClass: Hashable, Sendable {
    /// Name, for example `radiator-60-45`.
    public var name: String
    /// Nominal supply, °C.
    public var supply: Double
    /// Nominal return, °C.
    public var `return`: Double
    /// Exponent of the emitter law.
    public var exponent: Double
    /// Whether it lies in the floor.
    public var isFloorHeating: Bool
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
            partition: partition, slab: slab)
    }

    private static func emitter(_ row: CatalogueRows.Row) -> EmitterClass? {
        guard let supply = row.number("supply_c"), let back = row.number("return_c"), let exponent = row.number("exponent")
        else { return nil }
        return EmitterClass(
            name: row.text("name"), supply: supply, return: back, exponent: exponent,
            isFloorHeating: row.text("floor_heating") == "true")
    }
}
