/// Envelope and emitter classes, embedded so that an installed binary always finds them.
///
/// Envelopes are reference sets for stock built under the successive energy standards for northern residential
/// buildings: our judgement, plausible against published figures, meant to be overridden by what is known of a building.
/// Emitters: exponent 1.3 for radiators (EN 442-2), 1.1 for floor heating (EN 1264), whose insulation holds the slab to
/// 1.2 W/(m² K), the limit for party slabs.
enum BuildingCatalogueText {
    static let envelopes = """
        name,u_wall_w_m2_k,u_window_w_m2_k,u_roof_w_m2_k,u_ground_w_m2_k,air_changes_1_h,u_partition_w_m2_k,u_slab_w_m2_k
        old,1.5,4.7,1.2,1.2,0.7,2.4,3.0
        50-percent,0.9,4.0,0.7,0.55,0.5,1.7,3.0
        65-percent,0.6,2.7,0.45,0.55,0.5,1.5,3.0
        75-percent,0.4,1.8,0.25,0.4,0.5,1.5,1.2
        """

    static let emitters = """
        name,supply_c,return_c,room_c,exponent,u_slab_w_m2_k
        radiator-95-70,95,70,20,1.3,
        radiator-85-60,85,60,20,1.3,
        radiator-75-50,75,50,20,1.3,
        radiator-70-50,70,50,20,1.3,
        radiator-60-45,60,45,20,1.3,
        radiator-55-45,55,45,20,1.3,
        floor-50-40,50,40,20,1.1,1.2
        floor-45-35,45,35,20,1.1,1.2
        floor-40-30,40,30,20,1.1,1.2
        """
}
