import ArgumentParser
import Balancing

/// How heat is shared.
struct PolicyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How heat is shared when it is short.", valueName: "name"))
    var policy: Policy = .equalTemperature

    @Option(help: ArgumentHelp("Strength of --policy tilt: 0 by open area, 1 by physical need.", valueName: "factor"))
    var tilt: Double?

    @Option(name: .customLong("tilt-cap"), help: ArgumentHelp("Greatest tilt of a zone that --policy tilt may ask for.", valueName: "factor"))
    var tiltCap: Double?

    @Option(help: ArgumentHelp("Temperature that --policy most-at-target keeps everyone at, °C (16 without it).", valueName: "celsius"))
    var floor: Double?

    func validate() throws {
        if let tiltCap {
            guard policy == .tilt else { throw ValidationError("--tilt-cap belongs to --policy tilt.") }
            guard (1...100).contains(tiltCap) else { throw ValidationError("--tilt-cap \(tiltCap) is not a factor from 1 to 100.") }
        }
        if let floor {
            guard (-20...40).contains(floor) else { throw ValidationError("--floor \(floor) is not a room temperature.") }
        }
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
        case .mostAtTarget: .mostAtTarget(floor: floor ?? 16)
        case .priority: .priority
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
    case mostAtTarget = "most-at-target"
    case priority
}
