import Heating
import NetworkModel
import Quantities
import Testing

@testable import Balancing

@Suite struct ComparisonTests {
    private func short(_ seed: UInt64, _ share: Double) throws -> District {
        var district = District.random(seed)
        district.heatLimit = share * (try Shared(district)).allocation.sources[0].heat.watts
        return district
    }

    @Test func policiesSideBySideEachLeadWhatTheyAreFor() throws {
        var options = BalanceOptions()
        options.compares = true
        options.certifies = true
        options.comparedFloor = 13
        let run = try BalanceRun(try short(6, 0.9).network(), options: options)
        #expect(run.certificate?.isFair == true)
        let comparison = try #require(run.comparison)
        #expect(comparison.entries.count == 6)
        let network = run.network
        func coldest(_ allocation: Allocation) -> Double {
            network.dwellings.indices.filter { network.dwellings[$0].state == .open }.map { allocation.dwellings.room[$0] }.min() ?? .nan
        }
        func share(_ allocation: Allocation) -> Int { allocation.atTarget(in: network).count { $0 } }
        for entry in comparison.entries.dropFirst() {
            // A hundredth of a kelvin is what the certificate lets pass.
            #expect(coldest(entry.allocation) <= coldest(comparison.entries[0].allocation) + 0.01, "\(entry.allocation.policy)")
            #expect(share(entry.allocation) <= share(comparison.entries[1].allocation))
        }
        // The curve has a colder end with more at the target and a warmer one with fewer.
        let (first, last) = (try #require(comparison.curve.first), try #require(comparison.curve.last))
        #expect(first.coldestShared < last.coldestShared && first.shareAtTarget > last.shareAtTarget)
    }

    @Test func remedyOfTheSourceGivesBackWhatIsMissing() throws {
        var district = District([.init(houses: [.init(floors: 2, units: 1, doors: 3, oversize: 3)])])
        district.pipeLoss = 0.03
        let needed = try Shared(district).allocation.sources[0].heat.watts
        district.heatLimit = 0.85 * needed
        var options = BalanceOptions()
        options.judgedRemedies = 1
        let allocation = try BalanceRun(district.network(), options: options).allocation
        let first = try #require(allocation.bottlenecks.first)
        #expect(first.limit == .sourceHeat)
        let effect = try #require(first.effect)
        #expect(effect.dwellings == 6)
        // All that was missing, but for the tolerance within which a room counts as at its target.
        #expect(abs(effect.degreeDwellings - first.degreeDwellings) < 1e-3 * first.degreeDwellings)
        // What is taken without the limit, pipes' greater losses included; both shares settle to 1e-4 K of supplies 30 K above rooms.
        guard case .moreHeat(let heat) = try #require(first.remedy) else { return #expect(Bool(false), "a source's remedy is heat") }
        #expect(abs(heat.watts - 0.15 * needed) < 1e-5 * needed)
    }

    @Test func tiltLawFindsALineAndItsError() throws {
        let shared = try Shared(District.random(10, weakEmitters: false))
        let law = try #require(TiltLaw(shared.allocation, in: shared.network))
        #expect(law.rules.count == 1)
        // Fewer open neighbours, more flow for those who are left.
        #expect(law.rules[0].slope > 0)
        #expect(law.zoneError >= 0 && law.zoneError <= abs(law.worstZoneError) + 1e-12)
        // By open area everyone has the same flow a square metre: a constant, exactly.
        let plain = try Shared(District.random(10), .openArea)
        let line = try #require(TiltLaw(plain.allocation, in: plain.network))
        #expect(abs(line.rules[0].slope) < 1e-9 * line.rules[0].base && line.zoneError < 1e-9)
    }

    @Test func tiltLawPromisesNoNegativeFlow() {
        // Through these three a free line would start at −0.27 kg/(s m²); by hand, through none: Σ x q / Σ x² = 0.57 / 0.38.
        let samples = [(0.2, 0.1), (0.3, 0.5), (0.5, 0.8)].map { TiltLaw.Sample(open: 1, closedShare: $0.0, flow: $0.1) }
        let rule = TiltLaw.rule("", samples)
        #expect(rule.base == 0)
        // Three products and two sums of halves and tenths: a few ulps.
        #expect(abs(rule.slope - 0.57 / 0.38) < 1e-12)
    }

    @Test(arguments: [0, 1, -5.0])
    func limitsThatContradictEachOtherEndInAnAnswer(_ limit: Double) throws {
        var district = District.random(4)
        district.heatLimit = limit
        for policy in [AllocationPolicy.equalTemperature, .mostAtTarget(floor: 30), .priority, .tilt(3)] {
            let shared = try Shared(district, policy)
            let isFinite = !shared.allocation.dwellings.room.contains { !$0.isFinite }
            #expect(isFinite)
            // Nobody gets heat that is not there.
            #expect(shared.allocation.dwellings.heat.reduce(0, +) <= max(limit, 0) + 1e-6)
        }
    }

    @Test func shortageOfThePrimaryIsSharedByRoomTemperature() throws {
        // Two substations, alike but for one with half of its dwellings closed.
        let full = District.House(floors: 3, units: 1, doors: 4, oversize: 3)
        var half = full
        half.closed = [1, 3, 4, 6, 9, 11]
        var district = District([.init(houses: [full]), .init(houses: [half])])
        district.pipeLoss = 0.03
        let needed = try Shared(district).allocation.sources[0].heat.watts
        district.heatLimit = 0.85 * needed
        let shared = try Shared(district)
        let means = shared.allocation.substationSummaries.compactMap { $0.meanRoom?.celsius }
        #expect(means.count == 2 && abs(means[0] - means[1]) < 0.01)
        #expect((shared.allocation.substationSummaries[1].tilt ?? 0) > 1)
    }

    @Test func shortageBehindTwoSubstationsByHand() throws {
        // Two rows of two behind a substation each, He 105 W/K a dwelling, 60 W/K between them, 180 W gains where open, outdoors −10 °C.
        // The first has both open: 105 (x + 10) − 180 each. Of the second one is closed and floats at (60 x − 1050)/165, so that
        // the open one needs 105 (x + 10) − 180 + 60 · 105/165 (x + 10). Together they are the limit of 6000 W.
        var district = District([
            .init(houses: [.init(floors: 1, units: 1, doors: 2, oversize: 3)]),
            .init(houses: [.init(floors: 1, units: 1, doors: 2, oversize: 3, closed: [1])]),
        ])
        district.pipeLoss = 0
        district.heatLimit = 6000
        let allocation = try Shared(district).allocation
        let slope: Double = 3 * 105 + 60.0 * 105 / 165
        let x: Double = (6000 + 3 * 180) / slope - 10
        for position in [0, 1, 2] { #expect(abs(allocation.dwellings.room[position] - x) < 1e-9) }
        // By area the second substation would get half as much as the first; by room temperature it gets more than that.
        let first: Double = 2 * (105 * (x + 10) - 180)
        #expect(abs(allocation.substations[0].heat.watts - first) < 1e-6)
        #expect(abs(allocation.substations[1].heat.watts - (6000 - first)) < 1e-6)
        // Flows follow from heats and laws: 6000 W leave the source, to the accuracy of the filling.
        #expect(abs(allocation.sources[0].heat.watts / 6000 - 1) < 1e-9)
        #expect(allocation.dwellings.limit[2] == LimitSite(.sourceHeat, at: .source(SourceIndex(0))))
    }

    @Test(arguments: [3, 7, 12, 17, 23, 31])
    func mostAtTargetIsNeverBehindAnotherPolicy(_ seed: Int) throws {
        let district = try short(UInt64(seed), 0.88)
        func share(_ policy: AllocationPolicy) throws -> Int {
            let shared = try Shared(district, policy)
            return shared.allocation.atTarget(in: shared.network).count { $0 }
        }
        let most = try share(.mostAtTarget(floor: 14))
        for other in [AllocationPolicy.equalTemperature, .openArea, .area, .tilt(1), .priority] {
            #expect(try share(other) <= most, "\(other)")
        }
    }
}
