#!/usr/bin/env python3
"""Makes the pandapipes samples of this folder and what pandapipes itself finds for them.

Needs pandapipes (`pip install pandapipes`); made with 0.16.0. Members that the network does not need (component classes, standard types
that no element uses, property tables of water, results) are left out, so that the files stay small.
"""
import csv
import json

import pandapipes as pp
from pandapipes.pipeflow import pipeflow


def write(net, name):
    text = json.loads(pp.to_json(net))
    members = text["_object"]
    for key in [key for key in members if key.startswith("res_")] + ["component_list", "converged", "user_pf_options", "controller"]:
        members.pop(key, None)
    used = set(net.pump.std_type) if "pump" in net else set()
    members["std_types"] = {"pump": {key: value for key, value in members["std_types"]["pump"].items() if key in used}}
    fluid = json.loads(members["fluid"]["_object"])
    members["fluid"]["_object"] = json.dumps({key: fluid[key] for key in ("name", "fluid_type", "is_gas")})
    for key in [key for key, value in members.items() if isinstance(value, dict) and value.get("_class") == "DataFrame"]:
        frame = json.loads(members[key]["_object"])
        if not frame["data"]:
            del members[key]
    with open(name + ".json", "w", encoding="utf-8") as file:
        json.dump(text, file, indent=2, ensure_ascii=False)
        file.write("\n")
    with open(name + ".expected.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["kind", "id", "quantity", "value"])
        for index, row in net.res_junction.iterrows():
            out.writerow(["node", net.junction.name[index], "pressure_kpa", round(row.p_bar * 100, 4)])
            out.writerow(["node", net.junction.name[index], "temperature_c", round(row.t_k - 273.15, 4)])
        for index, row in net.res_pipe.iterrows():
            out.writerow(["link", net.pipe.name[index], "mass_flow_kg_s", round(row.mdot_from_kg_per_s, 6)])


def loop():
    """A meshed cold-and-warm water network: heights, heat loss, sinks with a scaling, a pump."""
    net = pp.create_empty_network("A loop with heat loss", fluid="water")
    heights = [0, 2, 4, 3, 1, 0]
    nodes = [pp.create_junction(net, pn_bar=6, tfluid_k=343.15, height_m=height, name=f"J{i}", geodata=(i * 100.0, 50.0 * i))
             for i, height in enumerate(heights)]
    pp.create_ext_grid(net, nodes[0], p_bar=6, t_k=353.15, name="grid")
    for a, b, length, diameter in [(0, 1, 0.5, 150), (1, 2, 0.3, 100), (2, 3, 0.4, 100), (3, 1, 0.25, 80), (3, 4, 0.2, 80)]:
        pp.create_pipe_from_parameters(net, nodes[a], nodes[b], length_km=length, inner_diameter_mm=diameter, k_mm=0.2,
                                       # pandapipes counts a local loss once a section
                                       loss_coefficient=1.5 if b == 4 else 0, name=f"P{a}{b}", u_w_per_m2k=1.5, text_k=283.15,
                                       sections=1 if b == 4 else 20)
    pp.create_pump(net, nodes[4], nodes[5], std_type="P1", name="booster")
    pp.create_sink(net, nodes[2], 4.0, name="south")
    pp.create_sink(net, nodes[5], 3.0, scaling=0.5, name="north")
    pipeflow(net, mode="sequential", friction_model="colebrook")
    write(net, "loop")


def heat():
    """A small heating network: a circulation pump of given lift, supply and return pipes, heat consumers in three kinds of control."""
    net = pp.create_empty_network("Heat for three consumers", fluid="water")
    supply = [pp.create_junction(net, pn_bar=5, tfluid_k=353.15, name=f"S{i}", geodata=(i * 200.0, 0.0)) for i in range(4)]
    back = [pp.create_junction(net, pn_bar=5, tfluid_k=323.15, name=f"R{i}", geodata=(i * 200.0, 2.0)) for i in range(4)]
    pp.create_circ_pump_const_pressure(net, back[0], supply[0], p_flow_bar=6, plift_bar=2.0, t_flow_k=353.15, name="plant")
    for i, (length, diameter) in enumerate([(0.3, 100), (0.2, 80), (0.25, 65)]):
        for a, b, line in [(supply[i], supply[i + 1], "S"), (back[i + 1], back[i], "R")]:
            pp.create_pipe_from_parameters(net, a, b, length_km=length, inner_diameter_mm=diameter, k_mm=0.1, name=f"{line}{i}{i + 1}",
                                           u_w_per_m2k=2, text_k=283.15, sections=20)
    pp.create_heat_consumer(net, supply[1], back[1], controlled_mdot_kg_per_s=0.5, qext_w=60e3, name="C1")
    pp.create_heat_consumer(net, supply[2], back[2], controlled_mdot_kg_per_s=0.6, deltat_k=30, name="C2")
    pp.create_heat_consumer(net, supply[3], back[3], qext_w=50e3, treturn_k=318.15, name="C3")
    pipeflow(net, mode="bidirectional", friction_model="colebrook", iter=200)
    write(net, "heat")


def gas():
    """A network that must be refused."""
    net = pp.create_empty_network("Gas", fluid="lgas")
    nodes = [pp.create_junction(net, pn_bar=1, tfluid_k=293.15, name=f"J{i}") for i in range(2)]
    pp.create_ext_grid(net, nodes[0], p_bar=1.1, t_k=293.15)
    pp.create_sink(net, nodes[1], 0.01)
    pp.create_pipe_from_parameters(net, nodes[0], nodes[1], length_km=0.1, inner_diameter_mm=50, name="P")
    pipeflow(net)
    write(net, "gas")


loop()
heat()
gas()
