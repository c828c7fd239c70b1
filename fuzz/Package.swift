// swift-tools-version: 6.2
import PackageDescription

// Coverage-guided fuzzing of the readers and of read → solve → check. A package of its own, because libFuzzer brings its own
// `main`; `scripts/fuzz` builds and runs it.
let package = Package(
    name: "equitherm-fuzz",
    dependencies: [.package(name: "equitherm", path: "..")],
    targets: [
        .executableTarget(
            name: "equitherm-fuzz", dependencies: [.product(name: "Equitherm", package: "equitherm")],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    ],
    swiftLanguageModes: [.v6]
)
