extension KernelElimination {
    /// Solves with the kernel's factor, forward and back, for a vector in order of elimination.
    func solve(_ x: MutableView<Element>) {
        for index in 0..<panels.count {
            let panel = panels[index]
            solveTriangle(panel, x)
            var column = 0
            while column &+ 4 <= panel.width {
                subtractFour(panel, column, x)
                column &+= 4
            }
            if column &+ 2 <= panel.width {
                subtractTwo(panel, column, x)
                column &+= 2
            }
            if column < panel.width { subtractOne(panel, column, x) }
        }
        for index in (0..<panels.count).reversed() {
            let panel = panels[index]
            var column = 0
            while column &+ 4 <= panel.width {
                gatherFour(panel, column, x)
                column &+= 4
            }
            if column &+ 2 <= panel.width {
                gatherTwo(panel, column, x)
                column &+= 2
            }
            if column < panel.width { gatherOne(panel, column, x) }
            solveTransposedTriangle(panel, x)
        }
    }

    @inline(__always)
    private func solveTriangle(_ panel: KernelPlan.Panel, _ x: MutableView<Element>) {
        let first = firstStep &+ panel.firstColumn
        for column in 0..<panel.width {
            let base = panel.firstEntry &+ column &* panel.stride
            let value = x[first &+ column] * pivots[first &+ column]
            x[first &+ column] = value
            for row in column &+ 1..<panel.width { x[first &+ row] -= entries[base &+ row] * value }
        }
    }

    @inline(__always)
    private func solveTransposedTriangle(_ panel: KernelPlan.Panel, _ x: MutableView<Element>) {
        let first = firstStep &+ panel.firstColumn
        // Row by row rather than as sums over rows: these subtractions do not wait for each other.
        for row in (0..<panel.width).reversed() {
            let value = x[first &+ row] * pivots[first &+ row]
            x[first &+ row] = value
            var entry = panel.firstEntry &+ row
            for column in 0..<row {
                x[first &+ column] -= entries[entry] * value
                entry &+= panel.stride
            }
        }
    }

    @inline(__always)
    private func subtractOne(_ panel: KernelPlan.Panel, _ column: Int, _ x: MutableView<Element>) {
        let a = panel.firstEntry &+ column &* panel.stride &+ panel.width
        let value = x[firstStep &+ panel.firstColumn &+ column]
        for row in 0..<panel.below {
            x[firstStep &+ Int(rows[panel.firstRow &+ row])] -= entries[a &+ row] * value
        }
    }

    @inline(__always)
    private func subtractTwo(_ panel: KernelPlan.Panel, _ column: Int, _ x: MutableView<Element>) {
        let a = panel.firstEntry &+ column &* panel.stride &+ panel.width
        let b = a &+ panel.stride
        let step = firstStep &+ panel.firstColumn &+ column
        let (valueA, valueB) = (x[step], x[step &+ 1])
        for row in 0..<panel.below {
            x[firstStep &+ Int(rows[panel.firstRow &+ row])] -= entries[a &+ row] * valueA + entries[b &+ row] * valueB
        }
    }

    @inline(__always)
    private func subtractFour(_ panel: KernelPlan.Panel, _ column: Int, _ x: MutableView<Element>) {
        let a = panel.firstEntry &+ column &* panel.stride &+ panel.width
        let b = a &+ panel.stride
        let c = b &+ panel.stride
        let d = c &+ panel.stride
        let step = firstStep &+ panel.firstColumn &+ column
        let (valueA, valueB, valueC, valueD) = (x[step], x[step &+ 1], x[step &+ 2], x[step &+ 3])
        for row in 0..<panel.below {
            let first = entries[a &+ row] * valueA + entries[b &+ row] * valueB
            let second = entries[c &+ row] * valueC + entries[d &+ row] * valueD
            x[firstStep &+ Int(rows[panel.firstRow &+ row])] -= first + second
        }
    }

    @inline(__always)
    private func gatherOne(_ panel: KernelPlan.Panel, _ column: Int, _ x: MutableView<Element>) {
        let a = panel.firstEntry &+ column &* panel.stride &+ panel.width
        var sum = Element.zero
        for row in 0..<panel.below { sum += entries[a &+ row] * x[firstStep &+ Int(rows[panel.firstRow &+ row])] }
        x[firstStep &+ panel.firstColumn &+ column] -= sum
    }

    @inline(__always)
    private func gatherTwo(_ panel: KernelPlan.Panel, _ column: Int, _ x: MutableView<Element>) {
        let a = panel.firstEntry &+ column &* panel.stride &+ panel.width
        let b = a &+ panel.stride
        var (sumA, sumB) = (Element.zero, Element.zero)
        for row in 0..<panel.below {
            let value = x[firstStep &+ Int(rows[panel.firstRow &+ row])]
            sumA += entries[a &+ row] * value
            sumB += entries[b &+ row] * value
        }
        let step = firstStep &+ panel.firstColumn &+ column
        x[step] -= sumA
        x[step &+ 1] -= sumB
    }

    @inline(__always)
    private func gatherFour(_ panel: KernelPlan.Panel, _ column: Int, _ x: MutableView<Element>) {
        let a = panel.firstEntry &+ column &* panel.stride &+ panel.width
        let b = a &+ panel.stride
        let c = b &+ panel.stride
        let d = c &+ panel.stride
        var (sumA, sumB, sumC, sumD) = (Element.zero, Element.zero, Element.zero, Element.zero)
        for row in 0..<panel.below {
            let value = x[firstStep &+ Int(rows[panel.firstRow &+ row])]
            sumA += entries[a &+ row] * value
            sumB += entries[b &+ row] * value
            sumC += entries[c &+ row] * value
            sumD += entries[d &+ row] * value
        }
        let step = firstStep &+ panel.firstColumn &+ column
        x[step] -= sumA
        x[step &+ 1] -= sumB
        x[step &+ 2] -= sumC
        x[step &+ 3] -= sumD
    }
}
