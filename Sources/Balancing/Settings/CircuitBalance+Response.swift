import Hydraulics
import NetworkModel
import Quantities

/// Groups of branches under the flows of a forward solve: what their presets are chosen for.
extension CircuitBalance {
    /// A consumer's branch under the flows of a forward solve; nil where it has no valve of its own.
    ///
    /// Within a branch both losses are quadratic: what valve and terminal take together at the actual flow, they take
    /// at the design flow when the valve is set right.
    func branch(_ consumer: Int, by massFlow: [Double], damping: Double) -> Branch? {
        var branch = branches[consumer]
        guard branch.valve >= 0 else { return nil }
        let ratio = (massFlow[circuit.consumers[consumer].link] / branch.design).magnitude
        let kv = state.kv[branch.valve]
        let taken = kv > 0 ? branch.unitLoss / (kv * kv) + branch.terminal : 0
        branch.aim = taken * (damping == 1 ? ratio * ratio : power(ratio, 2 * damping))
        return branch
    }

    /// A group under the flows of a forward solve.
    ///
    /// - Parameters:
    ///   - trim: what the pump was trimmed by after the flows were found, as a logarithm of the flows.
    ///   - above: loss over flow of all that lies between root and node, Pa s/kg, by local node.
    func response(
        of group: PresetGroup, by massFlow: [Double], pressing trim: Double, damping: Double, above: [Double]
    ) -> GroupResponse {
        var response = GroupResponse(branches: group.members.compactMap { branch($0, by: massFlow, damping: damping) })
        let press = power(2.718281828459045, trim)
        for position in response.branches.indices {
            let branch = response.branches[position]
            let actual = massFlow[circuit.consumers[branch.consumer].link].magnitude
            response.flow += press * (damping == 1 ? actual : actual * power(actual / branch.design, damping - 1))
            response.design += branch.design
        }
        guard response.design > 0 else { return response }
        let square = (response.flow / response.design) * (response.flow / response.design)
        for position in response.branches.indices {
            response.branches[position].aim *= press * press
            let consumer = circuit.consumers[response.branches[position].consumer]
            var behind = 0.0
            for end in [circuit.compiled.from[consumer.link], circuit.compiled.to[consumer.link]] {
                behind += lossAbove(Int(end), of: response.design, beside: response.branches[position].valve, group.common, above)
            }
            response.branches[position].feedback = behind * square
        }
        if let common = group.common, !isController(common) {
            response.commonLoss = valveLoss(common) * square
            response.commonKv = state.kv[common]
        }
        return response
    }

    /// Loss between the root and a node as far as it follows a group's flow, Pa at the design flows: all of it where only
    /// the group's water passes, and the group's share where others' does too.
    private func lossAbove(_ node: Int, of groupFlow: Double, beside own: Int, _ common: Int?, _ above: [Double]) -> Double {
        let compiled = circuit.compiled
        var (here, sum) = (node, 0.0)
        // Behind a controller of the difference nothing above it is felt.
        let isHeld = common.map { holdsDifference($0) } ?? false
        while circuit.treeLink[here] >= 0 {
            let link = Int(circuit.treeLink[here])
            guard flow[link].magnitude <= groupFlow * (1 + 1e-6) else { break }
            if link != own && link != common { sum += lossAtDesign(link) }
            here = Int(compiled.to[link]) == here ? Int(compiled.from[link]) : Int(compiled.to[link])
        }
        return isHeld ? sum : sum + groupFlow * above[here]
    }

    /// Loss of a link at its design flow with valves as they are set, Pa; 0 for the pump.
    private func lossAtDesign(_ link: Int) -> Double {
        circuit.setValve[link] != nil ? valveLoss(link) : circuit.compiled.pumps.contains(link) ? 0 : loss[link].magnitude
    }

    /// Loss over flow of all between root and node, Pa s/kg, by local node.
    func resistanceAbove() -> [Double] {
        let compiled = circuit.compiled
        var above = [Double](repeating: 0, count: compiled.nodes.count)
        for node in circuit.order {
            let link = Int(circuit.treeLink[Int(node)])
            guard link >= 0 else { continue }
            let parent = Int(compiled.to[link] == node ? compiled.from[link] : compiled.to[link])
            above[Int(node)] = holdsDifference(link) ? 0 : above[parent] + (flow[link] != 0 ? lossAtDesign(link) / flow[link].magnitude : 0)
        }
        return above
    }
}
