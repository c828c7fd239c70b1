import Quantities

extension Network {
    /// This network with another room temperature promised to every dwelling that has no target of its own.
    public func promising(_ room: Temperature) -> Network {
        var copy = self
        copy.conditions.room = room
        return copy
    }
}
