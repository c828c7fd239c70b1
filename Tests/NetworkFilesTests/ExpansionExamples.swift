import NetworkFiles
import NetworkModel

/// Documents that several tests of the expansion share.
enum ExpansionExamples {
    /// The example of the format's description: two trenches, one substation, one building.
    static let twoBuildings = """
        { "format": "equitherm/1", "title": "Two buildings behind one substation",
          "design": { "outdoor_c": -19, "room_c": 18 },
          "sources": [ { "id": "plant", "at": "P0", "supply_c": 110, "heat_limit_kw": 900, "pump": { "curve": [[0, 400], [30, 320], [60, 100]] } } ],
          "trenches": [ { "id": "T1", "from": "P0", "to": "P1", "length_m": 420, "dn": 150 },
                        { "id": "T2", "from": "S1", "to": "B7", "length_m": 80, "dn": 80 } ],
          "substations": [ { "id": "S1", "at": "P1", "exchanger_ua_kw_k": 45, "secondary": { "supply_c": 60, "return_c": 45, "pump": { "head_kpa": 90 } } } ],
          "buildings": [ { "id": "B7", "zone": "east", "floors": 6, "units": 3, "dwellings_per_floor": 2, "dwelling_area_m2": 90,
                           "envelope": "65-percent", "emitter": "radiator-60-45",
                           "valves": { "inlet": "static-DN50", "unit": "static-DN25", "dwelling": "preset-DN15" } } ]ROSTER }
        """

    static func document(_ json: String) -> Document { DocumentReader.parse(Array(json.utf8)).document }

    /// The example with rows of a roster, and texts replaced.
    static func example(roster: String = "", replacing changes: [(String, String)] = []) -> Document {
        var json = twoBuildings.replacing("ROSTER", with: roster.isEmpty ? "" : ", \"roster\": [ \(roster) ]")
        for (old, new) in changes {
            precondition(json.contains(old), "the example has no “\(old)”")
            json = json.replacing(old, with: new)
        }
        return document(json)
    }

    /// Codes of the problems of a document, errors first letter upper case for a glance.
    static func codes(_ document: Document) -> [String] { Expander.expand(document).problems.map(\.code.name) }
}
