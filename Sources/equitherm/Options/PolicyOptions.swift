import ArgumentParser
import Balancing

/// How heat is shared.
struct PolicyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How heat is shared when it is short.", valueName: "name"))
    var policy: Policy = .equalTemperature

    @Option(help: ArgumentHelp("Strength of --policy tilt: 0 by open area, 1 by physical need.", valueName: "factor"))
    var tilt: Double?

    func validate() throws {
        if let tilt {
            guard policy == .tilt else { throw ValidationError("--tilt belongs to --policy tilt.") }
            guard (0...10).contains(tilt) else { throw ValidationError("--tilt \(tilt) is not a factor from 0 to 10.") }
        }
    }

    /// The policy with its parameter.
    var resolved: AllocationPolicy {
        switch policy {
        case .equalTemperature: .equalTemperature
        case .tilt: .tilt(tilt ?? 1)
        case .openArea: .openArea
        case .area: .area
        }
    }
}

/// The policies by their names on the command line.
enum Policy: String, CaseIterable, ExpressibleByArgument {
    case equalTemperature = "equal-temperature"
    case tilt
    case openArea = "open-area"
    case area
}
