/// Gaussian elimination with partial pivoting: the independent solver that lattices are compared with.
func denseSolve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (a, x) = (matrix, right)
    let n = x.count
    for column in 0..<n {
        let pivot = (column..<n).max { a[$0][column].magnitude < a[$1][column].magnitude } ?? column
        a.swapAt(column, pivot)
        x.swapAt(column, pivot)
        for row in (column + 1)..<max(n, column + 1) {
            let ratio = a[row][column] / a[column][column]
            guard ratio != 0 else { continue }
            for k in column..<n { a[row][k] -= ratio * a[column][k] }
            x[row] -= ratio * x[column]
        }
    }
    for row in (0..<n).reversed() {
        for k in (row + 1)..<max(n, row + 1) { x[row] -= a[row][k] * x[k] }
        x[row] /= a[row][row]
    }
    return x
}
