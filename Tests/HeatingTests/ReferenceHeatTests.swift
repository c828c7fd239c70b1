import Heating
import NetworkModel
import Quantities
import Testing

/// The reference folder as it stands: lattices, analytic temperatures, pipes with heat loss of OpenModelica.
@Suite(.enabled(if: ReferenceFolder.isPresent)) struct ReferenceHeatTests {
    @Test(arguments: ["six_by_six", "eighteen_by_four", "two_units"]) func lattices(name: String) throws {
        let dwellings = try ReferenceFolder.rows("lattice/dwellings.csv").filter { $0["building"] == name }
        let couplings = try ReferenceFolder.rows("lattice/couplings.csv").filter { $0["building"] == name }
        let expected = try ReferenceFolder.rows("lattice/expected.csv").filter { $0["building"] == name }
        var builder = NetworkBuilder(conditions: DesignConditions(room: Temperature(celsius: 20)))
        let zone = builder.add(Zone(id: "z"))
        var place: [String: Int] = [:]
        for (position, row) in dwellings.enumerated() {
            place[row["id"]] = position
            builder.add(Dwelling(
                id: ElementID(row["id"]), building: BuildingIndex(0), unit: 1, floor: 1, door: 1,
                area: Area(squareMetres: row.number("area_m2")),
                exteriorConductance: ThermalConductance(wattsPerKelvin: row.number("exterior_w_k")),
                gains: Power(watts: TestBuilding.gains), state: row["state"] == "open" ? .open : .closed,
                emitter: .radiator(watts: 4000)))
        }
        for row in couplings {
            builder.add(Coupling(
                first: DwellingIndex(try #require(place[row["a"]])), second: DwellingIndex(try #require(place[row["b"]])),
                conductance: ThermalConductance(wattsPerKelvin: row.number("conductance_w_k")), kind: .partition))
        }
        builder.add(Building(
            id: "b", zone: zone, dwellings: 0..<dwellings.count, couplings: 0..<couplings.count, floors: 1, units: 1,
            dwellingsPerFloor: dwellings.count))
        let weather = Weather(outdoor: Temperature(celsius: -7.6), ground: Temperature(celsius: 5))
        let demand = HeatDemand(of: builder.build(), in: weather)
        #expect(expected.count == dwellings.count)
        for (position, row) in expected.enumerated() {
            // The folder's own tolerances: printed digits and six digits of the conductances.
            #expect(abs(demand.room[position] - row.number("temperature_c")) < 1e-5)
            #expect(abs(demand.requiredHeat[position] - row.number("heat_w")) < 1e-2)
            #expect(abs(demand.fullOccupancyHeat[position] - row.number("heat_all_open_w")) < 1e-2)
        }
    }

    @Test(arguments: [
        "one_pipe", "tee_one_in_two_out", "tee_two_in_one_out", "tee_two_in_one_out_reversed", "two_in_two_out",
        "loop_one_load", "loop_one_load_reversed", "heat_exchanger", "two_consumers_by_flow",
    ]) func analyticTemperaturesWithFlowsGiven(name: String) throws {
        func rows(_ table: String) throws -> [ReferenceFolder.Row] {
            try ReferenceFolder.rows("heat/analytic/\(table).csv").filter { $0["case"] == name }
        }
        let capacity = try #require(try rows("cases").first).number("heat_capacity_j_kg_k")
        let nodes = try rows("nodes")
        var place: [String: Int] = [:]
        for (position, row) in nodes.enumerated() { place[row["id"]] = position }
        var (from, to): ([Int32], [Int32]) = ([], [])
        var (flow, factor, offset): ([Double], [Double], [Double]) = ([], [], [])
        func add(_ row: ReferenceFolder.Row, _ law: (Double, Double)) throws {
            from.append(Int32(try #require(place[row["from"]])))
            to.append(Int32(try #require(place[row["to"]])))
            flow.append(row.number("mass_flow_kg_s"))
            factor.append(law.0)
            offset.append(law.1)
        }
        for row in try rows("pipes") {
            let conductance = row.number("u_w_m2_k") * Double.pi * row.number("inner_diameter_mm") / 1000 * row.number("length_m")
            let left = PipeCooling.remainder(
                conductance: conductance, capacityFlow: row.number("mass_flow_kg_s") * capacity)
            try add(row, (left, row.number("ambient_c") * (1 - left)))
        }
        for row in try rows("heat_extractors") {
            try add(row, (1, -row.number("heat_w") / (row.number("mass_flow_kg_s") * capacity)))
        }
        // What leaves a node beyond what enters it comes from outside; where that is at a known temperature it is fed.
        var inflow = [Double](repeating: 0, count: nodes.count)
        for link in from.indices {
            inflow[Int(from[link])] += flow[link]
            inflow[Int(to[link])] -= flow[link]
        }
        let outside = nodes.map { $0.number("fixed_temperature_c") }
        for node in inflow.indices { inflow[node] = outside[node].isNaN ? 0 : max(0, inflow[node]) }
        var transport = TemperatureTransport(nodeCount: nodes.count, from: from, to: to)
        transport.orient(
            massFlow: flow, isCut: [Bool](repeating: false, count: from.count), inflow: inflow, stillBelow: 1e-9)
        var temperature = [Double](repeating: .nan, count: nodes.count)
        transport.propagate(factor: factor, offset: offset, outside: outside, seed: 20, into: &temperature)
        for row in try rows("expected") where row["kind"] == "node" && row["quantity"] == "temperature_c" {
            let node = try #require(place[row["id"]])
            #expect(abs(temperature[node] - row.number("value")) < row.number("abs_tolerance"))
        }
    }

    /// Pipes with strong heat loss: flows, pressures and temperatures by the whole simulation.
    @Test(arguments: ["heat_delta", "heat_one_pipe", "heat_section_variation", "heat_two_pipes"])
    func openModelicaPipesWithHeatLoss(name: String) throws {
        func rows(_ table: String) throws -> [ReferenceFolder.Row] {
            try ReferenceFolder.rows("heat/openmodelica/\(table).csv").filter { $0["case"] == name }
        }
        let data = try #require(try rows("cases").first)
        var builder = NetworkBuilder(conditions: DesignConditions(
            fluid: .constant(
                Density(kilogramsPerCubicMetre: data.number("density_kg_m3")), Viscosity(data.number("viscosity_pa_s")),
                HeatCapacity(joulesPerKilogramKelvin: data.number("heat_capacity_j_kg_k")))))
        var place: [String: NodeIndex] = [:]
        for row in try rows("nodes") {
            let fixed = row.number("fixed_pressure_kpa")
            let temperature = row.number("fixed_temperature_c").isNaN
                ? row.number("injection_temperature_c") : row.number("fixed_temperature_c")
            place[row["id"]] = builder.add(Node(
                id: ElementID(row["id"]), elevation: Length(metres: row.number("elevation_m")),
                fixedPressure: fixed.isNaN ? nil : Pressure(kilopascals: fixed),
                demand: MassFlow(row.number("demand_kg_s")),
                injectionTemperature: temperature.isNaN ? nil : Temperature(celsius: temperature)))
        }
        for row in try rows("pipes") {
            let diameter = row.number("inner_diameter_mm")
            builder.add(
                Pipe(
                    length: Length(metres: row.number("length_m")), innerDiameter: Length(millimetres: diameter),
                    roughness: Length(millimetres: row.number("roughness_mm")), minorLoss: row.number("zeta"),
                    heatLoss: LinearTransmittance(row.number("u_w_m2_k") * Double.pi * diameter / 1000),
                    surroundings: .indoors(Temperature(celsius: row.number("ambient_c")))),
                id: ElementID(row["id"]), from: try #require(place[row["from"]]), to: try #require(place[row["to"]]))
        }
        let network = builder.build()
        var simulation = Simulation(network)
        let outcome = try simulation.run(network.designWeather)
        let links = Dictionary(uniqueKeysWithValues: network.links.enumerated().map { ($1.id.text, $0) })
        var judged = 0
        for row in try rows("expected") {
            let value: Double
            switch (row["kind"], row["quantity"]) {
            case ("node", "pressure_kpa"): value = outcome.pressure[try #require(place[row["id"]]).position] / 1000
            case ("node", "temperature_c"): value = outcome.temperature[try #require(place[row["id"]]).position]
            case ("pipe", "outlet_temperature_c"): value = outcome.linkOutletTemperature[try #require(links[row["id"]])]
            case ("pipe", "velocity_m_s"):
                let link = try #require(links[row["id"]])
                guard case .pipe(let pipe) = network.links[link].element else { continue }
                let diameter = network.pipes[pipe].innerDiameter.metres
                value = outcome.massFlow[link] / outcome.density[link] / (Double.pi / 4 * diameter * diameter)
            default: continue
            }
            judged += 1
            #expect(abs(value - row.number("value")) <= row.number("abs_tolerance"), "\(row["kind"]) \(row["id"]) \(row["quantity"])")
        }
        #expect(judged > 0)
    }
}
