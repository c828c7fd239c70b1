/// Steel pipes by nominal size, embedded so that an installed binary always finds them.
///
/// Outer diameters are those of EN 10220 (ISO 4200), series 1; walls and casings those usual for pre-insulated pipes to
/// EN 253, insulation series 1; DN 10 and 15 medium pipe to EN 10255. Check against the pipes that lie in your streets: a
/// document may give its own catalogue or the inner diameter of each pipe.
enum PipeCatalogueText {
    static let csv = """
        dn,outer_mm,wall_mm,casing_mm
        10,17.2,2.3,75
        15,21.3,2.6,75
        20,26.9,2.6,90
        25,33.7,2.6,90
        32,42.4,2.6,110
        40,48.3,2.6,110
        50,60.3,2.9,125
        65,76.1,2.9,140
        80,88.9,3.2,160
        100,114.3,3.6,200
        125,139.7,3.6,225
        150,168.3,4.0,250
        200,219.1,4.5,315
        250,273.0,5.0,400
        300,323.9,5.6,450
        350,355.6,5.6,500
        400,406.4,6.3,560
        450,457.0,6.3,630
        500,508.0,6.3,710
        600,610.0,7.1,800
        700,711.0,8.0,900
        800,813.0,8.8,1000
        900,914.0,10.0,1100
        1000,1016.0,11.0,1200
        1200,1219.0,12.5,1400
        1400,1422.0,14.2,1600
        """
}
