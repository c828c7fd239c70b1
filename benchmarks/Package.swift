// swift-tools-version: 6.2
import PackageDescription

// Timings and comparisons with peers. A package of its own, so that what only comparisons need (CHOLMOD) is no
// dependency of the engine. One executable a subject, one file a benchmark.
let package = Package(
    name: "equitherm-benchmarks",
    dependencies: [.package(name: "equitherm", path: "..")],
    targets: [
        .systemLibrary(name: "CCholmod", providers: [.apt(["libsuitesparse-dev"])]),
        .target(name: "BenchmarkSupport"),
        .executableTarget(
            name: "core-bench",
            dependencies: ["BenchmarkSupport", "CCholmod", .product(name: "SparseAlgebra", package: "equitherm")]),
        .executableTarget(
            name: "batch-bench", dependencies: ["BenchmarkSupport", .product(name: "Equitherm", package: "equitherm")]),
        .executableTarget(
            name: "lattice-bench", dependencies: ["BenchmarkSupport", .product(name: "Equitherm", package: "equitherm")]),
        .executableTarget(name: "coupled-bench", dependencies: [.product(name: "Equitherm", package: "equitherm")]),
    ],
    swiftLanguageModes: [.v6]
)
