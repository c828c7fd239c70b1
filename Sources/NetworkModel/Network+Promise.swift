import Quantities

extension Network {
    /// This network with another room temperature promised to every dwelling that has no target of its own.
    public func promising(_ room: Temperature) -> Network {
        var copy = self
        copy.conditions.room = room
        return copy
    }
}

extension Network {
    /// Positions in ``dwellings`` of what people live in: a building's range without its stairwells, cellars and other spaces.
    public func homes(of building: Building) -> [Int] { building.dwellings.filter { dwellings[$0].use == .dwelling } }
}
