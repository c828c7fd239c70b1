// swift-tools-version: 6.2
import PackageDescription

// Memory-unsafe constructs must be spelled `unsafe`; only SparseAlgebra (BLAS/LAPACK), the digest
// wrapper and the wrappers of the spreadsheet libraries use any.
let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatWarning("StrictMemorySafety", as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency]) -> [Target] {
    [
        .target(name: name, dependencies: dependencies, swiftSettings: strict),
        .testTarget(
            name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies,
            path: "Tests/\(name)Tests", swiftSettings: strict),
    ]
}

let package = Package(
    name: "equitherm",
    products: [
        .executable(name: "equitherm", targets: ["equitherm"]),
        .library(
            name: "Equitherm",
            targets: ["Quantities", "SparseAlgebra", "NetworkModel", "Hydraulics", "Heating", "Balancing", "NetworkFiles", "Reporting", "Studies"]),
        // The sparse core alone, so that its benchmark does not build the rest.
        .library(name: "SparseAlgebra", targets: ["SparseAlgebra"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "lapacke",
            providers: [.apt(["liblapack-dev", "liblapacke-dev", "libopenblas-dev"])]),
        .systemLibrary(name: "CSuiteSparse", providers: [.apt(["libsuitesparse-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    ]
        + module("Quantities", [])
        + module("SparseAlgebra", ["COpenBLAS", "CSuiteSparse"])
        + module("NetworkModel", ["Quantities"])
        + module("Hydraulics", ["Quantities", "SparseAlgebra", "NetworkModel"])
        + module("Heating", ["Quantities", "SparseAlgebra", "NetworkModel", "Hydraulics"])
        + module("Balancing", ["Quantities", "SparseAlgebra", "NetworkModel", "Hydraulics", "Heating"])
        + module("Spreadsheets", ["CXlsxWriter", "CZip", "CExpat"])
        + module("NetworkFiles", ["CCrypto", "Spreadsheets", "Quantities", "NetworkModel", "Hydraulics", "Heating", "Balancing"])
        + module("Reporting", ["Spreadsheets", "Quantities", "NetworkModel", "Hydraulics", "Heating", "Balancing", "NetworkFiles"])
        + module(
            "Studies",
            ["CSQLite", "Quantities", "NetworkModel", "Hydraulics", "Heating", "Balancing", "NetworkFiles", "Reporting"])
        + [
            .executableTarget(
                name: "equitherm",
                dependencies: [
                    "Quantities", "NetworkModel", "Hydraulics", "Heating", "Balancing", "NetworkFiles", "Reporting", "Studies",
                    .product(name: "ArgumentParser", package: "swift-argument-parser"),
                ],
                swiftSettings: strict),
            .testTarget(
                name: "CommandLineTests",
                dependencies: ["equitherm", "Quantities", "NetworkModel", "Hydraulics", "Heating", "Balancing", "NetworkFiles", "Reporting"],
                path: "Tests/CommandLineTests", swiftSettings: strict),
        ],
    swiftLanguageModes: [.v6]
)
