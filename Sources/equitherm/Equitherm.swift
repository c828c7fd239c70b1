import ArgumentParser

@main
struct Equitherm: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "equitherm", abstract: "Hydraulic balancing and heat allocation for district heating.")
}
