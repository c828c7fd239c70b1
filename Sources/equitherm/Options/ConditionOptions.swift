import ArgumentParser
import Heating
import NetworkModel
import Quantities

/// The state that is computed.
struct ConditionOptions: ParsableArguments {
    @Option(name: .customLong("outdoor"), parsing: .unconditionalSingleValue, help: ArgumentHelp("Outdoor temperature, °C; the design temperature where not given. Several times with balance: settings that suit all of them.", valueName: "celsius"))
    var outdoors: [Double] = []

    /// The first outdoor temperature, °C; nil where none was given.
    var outdoor: Double? { outdoors.first }

    @Option(parsing: .unconditional, help: ArgumentHelp("Room temperature promised, °C, instead of the network's.", valueName: "celsius"))
    var target: Double?

    @Flag(help: "One density and viscosity a circuit, no gravity head: for comparison with cold-water engines.")
    var isothermal = false

    @Option(help: ArgumentHelp("Worker threads; results do not depend on it.", valueName: "n"))
    var threads: Int?

    func validate() throws {
        for outdoor in outdoors where !(-90...60).contains(outdoor) {
            throw ValidationError("--outdoor \(outdoor) is no outdoor temperature in °C (-90 to 60).")
        }
        if let target, !(0...40).contains(target) {
            throw ValidationError("--target \(target) is no room temperature in °C (0 to 40).")
        }
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads \(threads) is not a number of threads from 1 to 1024.")
        }
    }

    /// The network with the promise asked for.
    func apply(to network: Network) -> Network {
        target.map { network.promising(Temperature(celsius: $0)) } ?? network
    }

    /// The weather asked for.
    func weather(for network: Network) -> Weather {
        var weather = network.designWeather
        if let outdoor { weather.outdoor = Temperature(celsius: outdoor) }
        return weather
    }

    /// The weathers asked for, at least one.
    func weathers(for network: Network) -> [Weather] {
        outdoors.isEmpty ? [network.designWeather] : outdoors.map { outdoor in
            var weather = network.designWeather
            weather.outdoor = Temperature(celsius: outdoor)
            return weather
        }
    }

    /// How to simulate.
    var simulationOptions: SimulationOptions {
        var options = SimulationOptions(isothermal: isothermal, threads: threads)
        options.comparesGravity = true
        return options
    }
}
