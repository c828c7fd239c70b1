/// A district of two buildings behind one substation, small enough for a debug build, with one building's unit and a
/// floor of the other closed.
enum SmallDistrict {
    static let json = """
        { "format": "equitherm/1", "title": "Two buildings",
          "design": { "outdoor_c": -19, "room_c": 18 },
          "sources": [ { "id": "plant", "at": "P0", "supply_c": 110, "heat_limit_kw": 160,
                         "pump": { "curve": [[0, 400], [30, 320], [60, 100]] } } ],
          "trenches": [ { "id": "T1", "from": "P0", "to": "P1", "length_m": 420, "dn": 80 },
                        { "id": "T2", "from": "S1", "to": "B7", "length_m": 80, "dn": 65 },
                        { "id": "T3", "from": "B7", "to": "B8", "length_m": 60, "dn": 65 } ],
          "substations": [ { "id": "S1", "at": "P1", "exchanger_ua_kw_k": 30,
                             "secondary": { "supply_c": 60, "return_c": 45, "pump": { "head_kpa": 90 } } } ],
          "buildings": [ { "id": "B7", "zone": "east", "floors": 4, "units": 2, "dwellings_per_floor": 2,
                           "envelope": "65-percent", "emitter": "radiator-60-45" },
                         { "id": "B8", "zone": "west", "floors": 4, "units": 2, "dwellings_per_floor": 2,
                           "envelope": "65-percent", "emitter": "radiator-60-45" } ],
          "roster": [ { "building": "B8", "unit": 1, "state": "closed" }, { "building": "B7", "floor": 3, "state": "closed" } ] }
        """

    /// The same with ids that attack spreadsheets, pages and terminals.
    static var hostile: String {
        json.replacing("\"B8\"", with: "\"=B8<script>\"").replacing("\"title\": \"Two buildings\"", with: "\"title\": \"<img src=x>\"")
    }
}
