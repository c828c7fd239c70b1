import Foundation
import NetworkFiles
import NetworkModel

@testable import Studies

/// Networks of tests, read as a user's are.
enum StudyDistrict {
    /// Two zones of sixteen dwellings behind one substation.
    static let json = """
        { "format": "equitherm/1", "title": "Two zones",
          "design": { "outdoor_c": -19, "room_c": 18 },
          "sources": [ { "id": "plant", "at": "P0", "supply_c": 110, "heat_limit_kw": 160, "pump": { "head_kpa": 300 } } ],
          "trenches": [ { "id": "T1", "from": "P0", "to": "P1", "length_m": 420, "dn": 80 },
                        { "id": "T2", "from": "S1", "to": "B7", "length_m": 80, "dn": 65 },
                        { "id": "T3", "from": "B7", "to": "B8", "length_m": 60, "dn": 65 } ],
          "substations": [ { "id": "S1", "at": "P1", "exchanger_ua_kw_k": 30,
                             "secondary": { "supply_c": 60, "return_c": 45, "pump": { "head_kpa": 90 } } } ],
          "buildings": [ { "id": "B7", "zone": "east", "floors": 4, "units": 2, "dwellings_per_floor": 2,
                           "envelope": "65-percent", "emitter": "radiator-60-45" },
                         { "id": "B8", "zone": "west", "floors": 4, "units": 2, "dwellings_per_floor": 2,
                           "envelope": "65-percent", "emitter": "radiator-60-45" } ] }
        """

    /// One dwelling on a source that gives 2 kW and no more, without losses and gains: its room stands at To + Q/He.
    static let single = """
        { "format": "equitherm/1", "title": "One dwelling",
          "design": { "outdoor_c": -10, "room_c": 18 },
          "defaults": { "gains_w_m2": 0, "pipe_u_w_m_k": 0, "emitter_oversize": 3 },
          "sources": [ { "id": "plant", "at": "P0", "supply_c": 80, "heat_limit_kw": 2, "pump": { "head_kpa": 60 } } ],
          "trenches": [ { "id": "T1", "from": "P0", "to": "B1", "length_m": 20, "dn": 25 } ],
          "buildings": [ { "id": "B1", "zone": "east", "floors": 1, "units": 1, "dwellings_per_floor": 1, "dwelling_area_m2": 80,
                           "envelope": "65-percent", "emitter": "radiator-75-50" } ] }
        """

    /// The network of a document.
    static func network(_ json: String = json) -> Network {
        let reading = DocumentReader.parse(Array(json.utf8))
        let expansion = Expander.expand(reading.document)
        guard let network = expansion.network else { preconditionFailure("\(reading.problems.problems) \(expansion.problems)") }
        return network
    }

    /// A study of a network; its problems where it has any.
    static func read(_ study: String, for json: String = json, folder: String = "") -> StudyReader.Reading {
        let document = DocumentReader.parse(Array(json.utf8)).document
        return StudyReader.resolve(
            DocumentReader.parse(Array(study.utf8), name: "study.json", schema: .study1), for: network(json), document: document, folder: folder)
    }
}

/// A folder of its own for one test.
final class ScratchFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("equitherm-study-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
