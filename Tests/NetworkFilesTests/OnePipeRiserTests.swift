import Balancing
import Foundation
import Heating
import NetworkModel
import Quantities
import Testing

@testable import NetworkFiles

/// Buildings with one-pipe risers: what the reader makes of them, what they need, and what a balance does with them.
@Suite("One-pipe risers of compact buildings") struct OnePipeRiserTests {
    /// One building at a source: no gains, emitters of exactly the design load.
    private static func network(_ riser: String, floors: Int = 6, roster: String = "") throws -> Network {
        try #require(Expander.expand(document(riser, floors: floors, roster: roster)).network)
    }

    private static func document(_ riser: String, floors: Int = 6, roster: String = "", more: String = "") -> Document {
        ExpansionExamples.document("""
            { "format": "equitherm/1", "design": { "outdoor_c": -10, "room_c": 18 }, "defaults": { "gains_w_m2": 0, "emitter_oversize": 1 },
              "sources": [ { "id": "s", "at": "P", "supply_c": 75, "pump": { "head_kpa": 120 } } ],
              "trenches": [ { "id": "T", "from": "P", "to": "B", "length_m": 50 } ],
              "buildings": [ { "id": "B", "floors": \(floors), "units": 2, "dwellings_per_floor": 2, "dwelling_area_m2": 80,
                               "emitter": "radiator-75-50", \(more) "riser": { \(riser) } } ],
              "roster": [ \(roster) ] }
            """)
    }

    private static func codes(_ document: Document) -> [String] { Expander.expand(document).problems.map(\.code.name) }

    @Test("The water meets floor after floor, from above or below", arguments: [true, false])
    func order(isTopFed: Bool) throws {
        let feed = isTopFed ? "top" : "bottom"
        let network = try Self.network(#""kind": "one-pipe", "feed": "\#(feed)", "bypass_share": 0.6"#)
        let risers = network.onePipeRisers()
        #expect(risers.count == 2)
        for (unit, riser) in risers.enumerated() {
            #expect(network.links[network.pipes[riser.pipe].link].id.text == "B/u\(unit + 1)/riser")
            #expect(riser.missing.isEmpty && !riser.isBlocked)
            let floors = riser.stages.map { network.dwellings[$0.emitters[0].dwelling].floor }
            #expect(floors == (isTopFed ? [6, 5, 4, 3, 2, 1] : [1, 2, 3, 4, 5, 6]))
            for stage in riser.stages {
                #expect(stage.emitters.count == 2)
                // Kvs share the water as the design does: 40 % through the emitters.
                #expect(abs(stage.emitters.reduce(0) { $0 + riser.share($1, in: stage) } - 0.4) < 1e-12)
                #expect(stage.emitters.allSatisfy { network.dwellings[$0.dwelling].valve == nil })
            }
        }
        // What is set is the riser's valve.
        #expect(network.valves.count { $0.level == .unit && $0.model != nil } == 2)
        #expect(!network.valves.contains { $0.level == .dwelling })
    }

    @Test("At design every floor needs exactly the flow it was sized for, at the temperature of the ladder", arguments: ["top", "bottom"])
    func need(feed: String) throws {
        let network = try Self.network(#""kind": "one-pipe", "feed": "\#(feed)", "bypass_share": 0.5"#)
        let demand = HeatDemand(
            of: network, in: network.designWeather, options: HeatDemandOptions(networkDrop: 0))
        for riser in network.onePipeRisers() {
            let members = riser.stages.flatMap(\.emitters).map(\.dwelling.position)
            let whole = members.reduce(0) { $0 + demand.requiredHeat[$1] }
            let flow = whole / (network.conditions.fluid.heatCapacity.value * 25)
            var before = 0.0
            for stage in riser.stages {
                for branch in stage.emitters {
                    let position = branch.dwelling.position
                    // T = 75 − 25 Σ Q before / Σ Q; loads are sums of the same conductances in another order.
                    #expect(abs(demand.supply[position] - (75 - 25 * before / whole)) < 1e-6)
                    #expect(abs(demand.requiredFlow[position] / (riser.share(branch, in: stage) * flow) - 1) < 1e-6)
                    #expect(!demand.isSaturated[position])
                }
                before += stage.emitters.reduce(0) { $0 + demand.requiredHeat[$1.dwelling.position] }
            }
            // Emitters grow along the water: Q_N at their own temperatures, K by the law.
            let sizes = riser.stages.map { stage -> Double in
                let dwelling = network.dwellings[stage.emitters[0].dwelling]
                return EmitterLaw(dwelling.emitter).coefficient / dwelling.emitter.nominalPower.watts
            }
            for (one, next) in zip(sizes, sizes.dropFirst()) { #expect(next > one) }
        }
    }

    @Test("Written out in full it is the same network") func roundTrip() throws {
        let network = try Self.network(#""kind": "one-pipe""#, roster: #"{ "building": "B", "unit": 1, "floor": 2, "door": 1, "state": "closed" }"#)
        let again = try #require(Expander.expand(ExplicitDocument.document(of: network)).network)
        #expect(again.onePipeRisers() == network.onePipeRisers())
        #expect(again.links.map(\.id) == network.links.map(\.id))
        #expect(again.dwellings.map(\.riser) == network.dwellings.map(\.riser))
    }

    @Test("Wrong risers are refused by name") func problems() {
        func json(_ riser: String, floors: Int = 6, roster: String = "", more: String = "") -> [String] {
            Self.codes(Self.document(riser, floors: floors, roster: roster, more: more))
        }
        #expect(json(#""kind": "two-pipe", "bypass_share": 0.5"#) == ["riser-field-of-two-pipe"])
        #expect(json(#""kind": "one-pipe""#, more: #""valves": { "dwelling": "preset-DN15" },"#) == ["valve-on-one-pipe"])
        // One floor, 5 % of the water through its emitters: it would have to leave them far below the room.
        #expect(json(#""kind": "one-pipe", "bypass_share": 0.95"#, floors: 1).contains("riser-too-cold"))
        let floor = #"{ "building": "B", "unit": 1, "floor": 3, "state": "closed" }"#
        #expect(json(#""kind": "one-pipe", "bypass_share": 0"#, roster: floor) == ["riser-blocked", "unreachable-dwelling"])
        #expect(json(#""kind": "one-pipe", "bypass_share": 0.3"#, roster: floor) == [])
        // The whole riser may be shut, and one of two emitters side by side.
        #expect(json(#""kind": "one-pipe", "bypass_share": 0"#, roster: #"{ "building": "B", "unit": 1, "state": "closed" }"#) == [])
        let door = #"{ "building": "B", "unit": 1, "floor": 3, "door": 1, "state": "closed" }"#
        #expect(json(#""kind": "one-pipe", "bypass_share": 0"#, roster: door) == [])
    }

    @Test("A listed riser that the water does not follow is refused by name") func unfollowed() throws {
        let network = try Self.network(#""kind": "one-pipe", "bypass_share": 0.3"#, floors: 3)
        let text = String(decoding: DocumentWriter.json(ExplicitDocument.document(of: network)), as: UTF8.self)
        #expect(text.contains("\"riser\": \"B/u1/riser\""))
        let astray = text.replacing("\"riser\": \"B/u1/riser\"", with: "\"riser\": \"B/u2/riser\"")
        #expect(Self.codes(ExpansionExamples.document(astray)).contains("riser-not-followed"))
        let nowhere = text.replacing("\"riser\": \"B/u1/riser\"", with: "\"riser\": \"B/u1/rise\"")
        #expect(Self.codes(ExpansionExamples.document(nowhere)).contains("dangling-reference"))
    }

    // MARK: Balance

    private static func demo() throws -> Network {
        let folder = PublishedNetworkTests.networks
        let reading = try DocumentReader.read(folder.appending(path: "one-pipe.json").path)
        #expect(reading.sortedProblems == [])
        let expansion = Expander.expand(reading.document)
        #expect(expansion.problems == [])
        return try #require(expansion.network)
    }

    @Test("Forward, every riser follows the ladder of what its emitters take; closed ones pass the water on")
    func forward() throws {
        let network = try Self.demo()
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        #expect(outcome.energy.relativeResidual < 1e-6)
        let capacity = network.conditions.fluid.heatCapacity.value
        for riser in network.onePipeRisers() where riser.hasOpenEmitter {
            let flow = outcome.massFlow[network.pipes[riser.pipe].link.position]
            var arriving = outcome.linkOutletTemperature[network.pipes[riser.pipe].link.position]
            for stage in riser.stages {
                for branch in stage.emitters {
                    let position = branch.dwelling.position
                    guard branch.isOpen else {
                        #expect(outcome.dwellingFlow[position] == 0 && outcome.delivered[position] == 0)
                        continue
                    }
                    #expect(abs(outcome.dwellingSupply[position] - arriving) < 1e-4)
                    // Densities of emitter and bypass differ by some kelvin: half a per cent of the share.
                    #expect(abs(outcome.dwellingFlow[position] / (riser.share(branch, in: stage) * flow) - 1) < 0.01)
                }
                arriving -= stage.emitters.reduce(0) { $0 + outcome.delivered[$1.dwelling.position] } / (flow * capacity)
            }
        }
    }

    @Test("Settings bring everyone whose emitter suffices to the target, by the risers' valves")
    func balance() throws {
        let run = try BalanceRun(Self.demo())
        let shares = run.allocation.dwellings
        for (position, dwelling) in run.network.dwellings.enumerated() where dwelling.state == .open {
            if shares.limit[position].limit == .none {
                // Rounded settings: as in two-pipe houses some tenths of a kelvin.
                #expect(run.after.room[position] > 18 - 0.4, "\(dwelling.id.text): \(run.after.room[position])")
            }
            guard dwelling.riser != nil else { continue }
            // The plan foresees the rooms that one flow for all makes, the warm ones too.
            #expect(abs(run.after.room[position] - shares.room[position]) < 0.6, "\(dwelling.id.text)")
        }
        for riser in run.network.onePipeRisers() where riser.hasOpenEmitter {
            let link = run.network.pipes[riser.pipe].link.position
            // Unit valves open in steps of a tenth of a turn.
            #expect(abs(run.after.massFlow[link] / run.allocation.massFlow[link] - 1) < 0.06)
            // No riser gets more than its coldest member needs: less of it would leave somebody below target or level.
            let members = riser.stages.flatMap(\.emitters).filter(\.isOpen).map(\.dwelling.position)
            let coldest = members.filter { run.network.dwellings[$0].state == .open }.map { shares.room[$0] }.min() ?? 0
            #expect(coldest < 21.5)
        }
        // Water counts once however many dwellings it passes.
        let drawn = run.allocation.substationSummaries[0].allocatedFlow.value
        #expect(abs(drawn / run.allocation.substations[0].secondaryFlow.value - 1) < 1e-6)
        #expect(run.after.energy.relativeResidual < 1e-6)
    }

    @Test("In shortage risers give way with everybody else, and the heat limit is kept", arguments: [0.9, 0.75])
    func shortage(part: Double) throws {
        let network = try Self.demo()
        let full = try BalanceRun(network)
        let limit = part * full.after.energy.sources
        let short = try Expander.expand(Self.limited(limit)).network.map { try BalanceRun($0) }
        let run = try #require(short)
        #expect(run.after.energy.sources <= limit * (1 + 1e-5))
        // The plan keeps it too: what risers take beyond the level is counted.
        #expect(run.allocation.sources[0].heat.watts <= limit * (1 + 1e-4))
        #expect(run.allocation.sources[0].heat.watts > 0.97 * limit)
        let rooms = run.network.dwellings.indices.filter { run.network.dwellings[$0].state == .open && run.network.dwellings[$0].riser != nil }
        for position in rooms { #expect(abs(run.after.room[position] - run.allocation.dwellings.room[position]) < 1.2) }
    }

    @Test("Every open dwelling on a riser has the operator's least flow, which its water brings to all of them") func leastFlow() throws {
        let least = 0.12
        let document = ExpansionExamples.document("""
            { "format": "equitherm/1", "design": { "outdoor_c": -10, "room_c": 18 },
              "defaults": { "gains_w_m2": 0, "emitter_oversize": 2, "least_flow_kg_s": \(least) },
              "sources": [ { "id": "s", "at": "P", "supply_c": 75, "pump": { "head_kpa": 120 } } ],
              "trenches": [ { "id": "T", "from": "P", "to": "B", "length_m": 50 } ],
              "buildings": [ { "id": "B", "floors": 6, "units": 2, "dwellings_per_floor": 2, "dwelling_area_m2": 80,
                               "emitter": "radiator-75-50", "riser": { "kind": "one-pipe", "feed": "top", "bypass_share": 0.6 } } ] }
            """)
        let run = try BalanceRun(try #require(Expander.expand(document).network))
        let flows = run.allocation.dwellings.massFlow
        // Shares differ by what densities of emitter and bypass do.
        #expect((flows.min() ?? 0) > 0.99 * least)
        let free = try BalanceRun(try Self.network(#""kind": "one-pipe", "feed": "top", "bypass_share": 0.6"#)).allocation.dwellings.massFlow
        #expect((free.min() ?? 1) < least)
    }

    @Test("The certificate tells how many it cannot judge") func certificate() throws {
        let full = try BalanceRun(Self.demo())
        let network = try #require(Expander.expand(Self.limited(0.8 * full.after.energy.sources)).network)
        let allocation = try BalanceRun(network).allocation
        let judged = FairnessCertificate(allocation, in: network)
        // All circuits with dwellings have risers: nobody is judged, and everybody below target is said to be left out.
        #expect(judged.judged == 0 && judged.greatestGain == 0)
        let cold = network.dwellings.indices.count { network.dwellings[$0].state == .open && allocation.dwellings.room[$0] < 17.9 }
        #expect(cold > 0 && judged.unjudged >= cold)
    }

    private static func limited(_ watts: Double) throws -> Document {
        try changed(#""supply_c": 110,"#, to: #""supply_c": 110, "heat_limit_kw": \#(watts / 1000),"#)
    }

    private static func changed(_ part: String, to other: String) throws -> Document {
        let path = PublishedNetworkTests.networks.appending(path: "one-pipe.json")
        let text = try String(contentsOf: path, encoding: .utf8)
        let roster = try String(contentsOf: PublishedNetworkTests.networks.appending(path: "one-pipe.roster.csv"), encoding: .utf8)
        let rows = roster.split(separator: "\n").dropFirst().map { line -> String in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let fields = zip(["unit", "floor", "door"], cells[1...3]).filter { !$0.1.isEmpty }.map { "\"\($0.0)\": \($0.1)" }
            return "{ \"building\": \"\(cells[0])\", \(fields.joined(separator: ", ")), \"state\": \"\(cells[4])\" }"
        }
        return ExpansionExamples.document(
            text.replacing(part, with: other)
                .replacing(#""roster": "one-pipe.roster.csv""#, with: "\"roster\": [\(rows.joined(separator: ","))]"))
    }
}
