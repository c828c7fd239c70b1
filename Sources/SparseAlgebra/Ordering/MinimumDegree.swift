import CSuiteSparse

/// Approximate minimum degree (Amestoy, Davis and Duff, ACM Trans. Math. Softw. 30, 2004) by SuiteSparse's AMD.
enum MinimumDegree {
    /// An elimination order for a symmetric graph.
    ///
    /// - Parameters:
    ///   - start: the first neighbour of each node, and the number of neighbours at the end.
    ///   - neighbor: the neighbours of all nodes, each edge from both sides; they need not be sorted.
    /// - Returns: the node to eliminate at each step; the natural order if the library finds no memory.
    static func order(start: [Int32], neighbor: [Int32]) -> [Int32] {
        let count = Int32(start.count - 1)
        var permutation = [Int32](0..<count)
        guard count > 1, neighbor.count > 0 else { return permutation }
        let status = unsafe start.withUnsafeBufferPointer { start in
            unsafe neighbor.withUnsafeBufferPointer { neighbor in
                unsafe permutation.withUnsafeMutableBufferPointer { permutation in
                    unsafe amd_order(count, start.baseAddress, neighbor.baseAddress, permutation.baseAddress, nil, nil)
                }
            }
        }
        // AMD_OK, or AMD_OK_BUT_JUMBLED for unsorted neighbours; otherwise the output is untouched.
        return status == AMD_OK || status == AMD_OK_BUT_JUMBLED ? permutation : [Int32](0..<count)
    }
}
