import Quantities

/// Changes in place that a study makes: sizes, strengths and outages. None touches the topology, so dense indices stay.
extension Network {
    /// Scales the conductance to outdoors of some dwellings: insulation, or the uncertainty of an envelope.
    public mutating func scaleEnvelope(by factor: Double, of range: Range<Int>) {
        for position in range { dwellings[position].exteriorConductance = ThermalConductance(dwellings[position].exteriorConductance.value * factor) }
    }

    /// Scales what dwellings of some buildings exchange with each other.
    public mutating func scaleCouplings(by factor: Double, of building: BuildingIndex) {
        for position in buildings[building].couplings {
            couplings[position].conductance = ThermalConductance(couplings[position].conductance.value * factor)
        }
    }

    /// Scales the internal gains of some dwellings.
    public mutating func scaleGains(by factor: Double, of range: Range<Int>) {
        for position in range { dwellings[position].gains = Power(dwellings[position].gains.value * factor) }
    }

    /// Scales the nominal power of the emitters of some dwellings.
    public mutating func scaleEmitters(by factor: Double, of range: Range<Int>) {
        for position in range {
            dwellings[position].emitter.nominalPower = Power(dwellings[position].emitter.nominalPower.value * factor)
        }
    }

    /// Scales the roughness of a pipe's wall.
    public mutating func scaleRoughness(by factor: Double, of pipe: PipeIndex) {
        pipes[pipe].roughness = Length(pipes[pipe].roughness.value * factor)
    }

    /// Gives a pipe another inner diameter.
    public mutating func setInnerDiameter(_ diameter: Length, of pipe: PipeIndex) { pipes[pipe].innerDiameter = diameter }

    /// Sets the supply temperature of a source.
    public mutating func setSupply(_ temperature: Temperature, of source: SourceIndex) {
        sources[source].supplyTemperature = temperature
    }

    /// Sets the most heat that a source can give; nil = unlimited.
    public mutating func setHeatLimit(_ limit: Power?, of source: SourceIndex) { sources[source].heatLimit = limit }

    /// Scales the speed of a pump.
    public mutating func scaleSpeed(by factor: Double, of pump: PumpIndex) { pumps[pump].speed *= factor }

    /// Scales the Kv of a valve and of every setting of its model, as the same valve in a larger size.
    public mutating func scaleKv(by factor: Double, of valve: ValveIndex) {
        valves[valve].kv = FlowCoefficient(valves[valve].kv.value * factor)
        guard let index = valves[valve].model else { return }
        var model = valveModels[index]
        for point in model.points.indices { model.points[point].kv = FlowCoefficient(model.points[point].kv.value * factor) }
        valveModels.append(model)
        valves[valve].model = ValveModelIndex(valveModels.count - 1)
    }

    /// Scales the size of a substation's exchanger, its Kv on both sides along.
    public mutating func scaleExchanger(by factor: Double, of substation: SubstationIndex) {
        substations[substation].exchangerConductance = ThermalConductance(substations[substation].exchangerConductance.value * factor)
        substations[substation].primaryKv = FlowCoefficient(substations[substation].primaryKv.value * factor)
        substations[substation].secondaryKv = FlowCoefficient(substations[substation].secondaryKv.value * factor)
    }

    /// Opens or closes a link.
    public mutating func setOpen(_ isOpen: Bool, of link: LinkIndex) { links[link].isOpen = isOpen }
}
