import Foundation
import NetworkFiles
import NetworkModel
import Testing

@testable import Reporting

/// The published columns and what stands in them.
@Suite struct ResultFilesTests {
    private func files(withBalance: Bool = true) -> [String: String] {
        let run = SmallRun(withBalance: withBalance)
        let files = ResultFiles(run.result, summary: Summary(run.result), texts: Texts(.english)).files
        return Dictionary(uniqueKeysWithValues: files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    private static let areaColumns =
        "id,heated_area_m2,open_area_m2,open_rate,required_w,allocated_w,required_flow_kg_s,allocated_flow_kg_s,tilt,room_min_c,room_mean_c,share_at_target,bottleneck"

    static let columns: [String: String] = [
        "links.csv":
            "id,kind,from,to,status,mass_flow_kg_s,volume_flow_m3_h,velocity_m_s,pressure_loss_kpa,head_loss_m,setting",
        "nodes.csv": "id,kind,elevation_m,head_m,pressure_kpa,temperature_c,demand_kg_s,demand_m3_h,reachable",
        "dwellings.csv":
            "id,zone,building,unit,floor,area_m2,open,required_w,delivered_w,required_flow_kg_s,flow_kg_s,flow_ratio,room_c,limit,position_factor,neighbour_loss_w,below_frost_limit",
        "valves.csv":
            "id,substation,zone,building,unit,dwelling,dn,catalogue,kv_required_m3_h,setting,kv_set_m3_h,previous_setting,changed,design_flow_m3_h,predicted_flow_m3_h,flow_ratio,pressure_loss_kpa,authority,note,kv_tolerance,flow_deviation,room_deviation_k,next_setting,next_flow_ratio",
        "pumps.csv": "id,head_kpa,flow_m3_h,speed,electric_w,efficiency,previous_speed,changed",
        "sources.csv": "id,heat_w,limit_w,supply_c,return_c,flow_kg_s",
        "zones.csv": areaColumns,
        "substations.csv": areaColumns,
        "heating-curve.csv":
            "id,kind,regulation,outdoor_c,relative_load,supply_c,return_c,relative_flow,flow_kg_s,heat_w,pump_head_kpa,occupancy_factor,corrected_supply_c",
        "bottlenecks.csv": "element,kind,limit,dwellings,degree_dwellings,remedy,alternatives,effect_dwellings,effect_degree_dwellings,effect,alternative_1_effect_dwellings,alternative_1_effect_degree_dwellings,alternative_2_effect_dwellings,alternative_2_effect_degree_dwellings",
    ]

    @Test func columnsAreThoseOfTheContract() {
        let files = files()
        for (name, header) in Self.columns {
            #expect(files[name]?.prefix { $0 != "\n" } == header[...], "\(name)")
        }
        #expect(Set(files.keys) == Set(Self.columns.keys).union(["report.html", "worksheets.html"]))
    }

    /// Else the next run into the same folder would refuse to replace them.
    @Test func everyResultFileIsKnownAsOne() {
        let names = Set(files().keys).union(Self.columns.keys).union(["spaces.csv", "policies.csv", "trade-off.csv", "cases.csv", "case-pumps.csv"])
        #expect(names.subtracting(ResultDirectory.ownNames) == [])
    }

    @Test func solveHasNoRecommendation() {
        #expect(Set(files(withBalance: false).keys) == ["links.csv", "nodes.csv", "dwellings.csv", "heating-curve.csv"])
    }

    @Test func dwellings() throws {
        let lines = try #require(files()["dwellings.csv"]).split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines[1] == "'\(SmallRun.formulaID),east,B1,1,1,80,true,2400,2400,0.02,0.02,1,18,none,1,0,")
        #expect(lines[2].hasSuffix(",east,B1,1,1,80,true,2600,2000,0.04,0.03,0.75,15,emitter,1,0,"))
        // A closed dwelling requires nothing and has neither ratio nor limit.
        #expect(lines[3] == "d3,east,B1,1,2,80,false,0,0,0,0,,12,,1,0,false")
        #expect(lines[4].hasSuffix(",true,1200,900,0.01,0.01,1,14,restricted,1,0,"))
    }

    @Test func valves() throws {
        let lines = try #require(files()["valves.csv"]).split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines[1].contains(",15,preset,0.234,3,0.2,1,true,1.8,0.9,0.5,4.5,0.5,,"))
        #expect(lines[2].contains(",0.5,noisy low-authority,"))
        #expect(lines[3].hasPrefix("d3/valve,,east,B1,1,d3,15,preset,,3,0.2,1,true,1.8,0.9,0.5,4.5,0.5,,"))
    }

    @Test func unreachableNodesHaveNoPressure() throws {
        let lines = try #require(files()["nodes.csv"]).split(separator: "\n")
        // Node 3 is cut off: the density of a link that ends there is known, its pressure and temperature are not.
        #expect(lines[4] == "n0,single,2,,,,0,0,false")
        #expect(lines[1].hasPrefix("P0/supply,supply,0,"))
    }

    @Test func linksTellWhatTheyAre() throws {
        let lines = try #require(files()["links.csv"]).split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("T1/supply,pipe,P0/supply,B1/supply,open,0.06,") })
        #expect(lines.contains { $0.hasPrefix("d3/valve,valve,B1/supply,n2,closed,") })
        #expect(lines.contains { $0.hasPrefix("plant/pump,pump,P0/return,P0/supply,open,") && $0.hasSuffix(",1") })
    }

    @Test func sameRunSameBytes() {
        #expect(files() == files())
    }

    @Test func summaryIsJSONWithTheFiguresOfTheContract() throws {
        let run = SmallRun()
        let text = Summary(run.result).json(of: run.result, texts: Texts(.english))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["format"] as? String == "equitherm/1")
        #expect(object["tool"] as? String == "equitherm test")
        #expect(object["converged"] as? Bool == true)
        #expect((object["input"] as? [String: Any])?["sha256"] as? String == "ab12")
        let residuals = try #require(object["residuals"] as? [String: Double])
        #expect(residuals == ["mass_kg_s": 3e-12, "loop_pa": 2e-6, "energy_w": 0.5])
        let rooms = try #require(object["room_temperature"] as? [String: Double])
        #expect(rooms["min"] == 15 && rooms["mean"] == 16.5 && rooms["p02"] == 15 && rooms["share_at_target"] == 0.5)
        let imbalance = try #require(object["imbalance"] as? [String: Any])
        #expect(imbalance["horizontal"] is Double && imbalance["vertical"] is Double)
        #expect(Set(try #require(object["timings_s"] as? [String: Any]).keys) == ["read", "compile", "need", "allocate", "settings", "solve", "write", "settings_cpu", "allocate_cpu"])
        let warning = try #require((object["warnings"] as? [[String: Any]])?.first)
        #expect(warning["code"] as? String == "odd-thing")
        #expect(warning["element"] as? String == "dwellings \(SmallRun.scriptID)")
        #expect(warning["text"] as? String == "\"<b>\" is odd")
    }
}
