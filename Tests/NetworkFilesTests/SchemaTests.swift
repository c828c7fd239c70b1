import Foundation
import NetworkModel
import Testing

@testable import NetworkFiles

/// The schema is the format: it must be complete, consistent and what the shipped file says.
@Suite struct SchemaTests {
    /// Writes the file anew when EQUITHERM_UPDATE_SCHEMA is set; otherwise it must be up to date.
    @Test(arguments: [Schema.equitherm1, .study1]) func shippedJSONSchemaIsUpToDate(schema: Schema) throws {
        let path = networksFolder() + "/\(schema.format.replacing("/", with: "-")).schema.json"
        let text = JSONSchemaWriter.text(schema)
        if ProcessInfo.processInfo.environment["EQUITHERM_UPDATE_SCHEMA"] != nil {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let shipped = try String(contentsOfFile: path, encoding: .utf8)
        let isUpToDate = shipped == text
        #expect(isUpToDate, "run the tests once with EQUITHERM_UPDATE_SCHEMA=1 and commit the schemas in networks")
    }

    @Test func jsonSchemaIsJSON() throws {
        let parsed = try JSONSerialization.jsonObject(with: Data(JSONSchemaWriter.text(.equitherm1).utf8)) as? [String: Any]
        let properties = try #require(parsed?["properties"] as? [String: Any])
        let manifest = Schema.equitherm1[.manifest].fields.map(\.name)
        #expect(Set(properties.keys) == Set(manifest + Schema.equitherm1.names.dropFirst().map(\.rawValue)))
    }

    @Test func everyFieldIsDocumentedInBothLanguages() {
        for table in Schema.equitherm1.tables {
            for field in table.fields {
                let documentation = field.documentation
                #expect(documentation.english.hasSuffix("."), "\(table.name) \(field.name)")
                #expect(documentation.chinese.contains { !$0.isASCII }, "\(table.name) \(field.name)")
            }
        }
    }

    /// A number says its unit in its name; the suffix and the declared unit must agree.
    @Test func namesCarryTheirUnits() {
        let suffixes: [String: [String]] = [
            "°C": ["_c"], "K": ["_k"], "m": ["_m"], "mm": ["_mm"], "kPa": ["_kpa"], "kg/s": ["_kg_s"], "kW": ["_kw"], "W": ["_w"],
            "m³/h": ["_m3_h"], "m²": ["_m2"], "W/K": ["_w_k"], "kW/K": ["_kw_k"], "W/m²": ["_w_m2"], "W/(m² K)": ["_w_m2_k"],
            "W/(m K)": ["_w_m_k"], "1/h": ["_1_h"], "kg/m³": ["_kg_m3"], "Pa s": ["_pa_s"], "J/(kg K)": ["_j_kg_k"],
            "Pa/m": ["_pa_m"], "m/s": ["_m_s"], "1": [""],
        ]
        for table in Schema.equitherm1.tables {
            for field in table.fields {
                guard case .number(let unit, _) = field.type else { continue }
                let endings = suffixes[unit]
                #expect(endings?.contains { field.name.hasSuffix($0) } == true, "\(table.name).\(field.name) is in \(unit)")
            }
        }
    }

    @Test func plausibleRangesLieInsideValidOnes() {
        for table in Schema.equitherm1.tables {
            for field in table.fields {
                let range: NumberRange
                switch field.type {
                case .number(_, let declared), .integer(let declared): range = declared
                default: continue
                }
                #expect(range.valid.lowerBound <= range.plausible.lowerBound && range.plausible.upperBound <= range.valid.upperBound, "\(table.name).\(field.name)")
                #expect(range.valid.lowerBound.isFinite && range.valid.upperBound.isFinite)
            }
        }
    }

    /// A name that is both a value and an object could not be written in JSON.
    @Test func noFieldIsAlsoAnObject() {
        for table in Schema.equitherm1.tables {
            for field in table.fields {
                #expect(!table.fields.contains { $0.name.hasPrefix(field.name + ".") }, "\(table.name).\(field.name)")
            }
        }
    }
}

/// The folder of networks in the checkout.
func networksFolder() -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("networks").path
}
