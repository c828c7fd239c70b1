import Heating

/// The colours that carry meaning, chosen to stay apart for every common kind of colour blindness; a test simulates them.
enum Palette {
    /// Colours of a quantity, band by band.
    struct Scale: Sendable {
        /// Upper ends of all bands but the last.
        var edges: [Double]
        /// One colour a band, in their order.
        var colours: [String]

        /// The colour of a value; ``noWater`` where there is none.
        func colour(_ value: Double) -> String {
            guard value.isFinite else { return noWater }
            return colours[edges.firstIndex { value < $0 } ?? edges.count]
        }
    }

    /// Room temperatures around the promised one: ColorBrewer's RdYlBu (Harrower & Brewer 2003), whose blue and yellow
    /// ends stay distinct without red or green cones. The promise is a band's edge, less what counts as kept by
    /// rounding, so "kept" and "missed" never share a colour.
    static func rooms(promised: Double) -> Scale {
        Scale(edges: roomEdges.map { promised + $0 - RoomSummary.tolerance }, colours: roomColours)
    }

    /// Edges of the bands of rooms relative to the promise, K.
    static let roomEdges: [Double] = [-8, -4, -3, -2, 0, 2, 4]
    private static let roomColours = ["#313695", "#4575b4", "#74add1", "#abd9e9", "#e0f3f8", "#fee090", "#fdae61", "#d73027"]

    /// Actual over required flow: PuOr of ColorBrewer, white where JGJ/T 132 calls it balanced (0.9…1.2).
    static let imbalance = Scale(
        edges: [0.5, 0.7, 0.9, 1.2, 1.5, 2], colours: ["#542788", "#8073ac", "#b2abd2", "#f7f7f7", "#fdb863", "#e08214", "#7f3b08"])

    /// Velocity, m/s: one hue from light to dark, YlGnBu of ColorBrewer.
    static let velocity = Scale(
        edges: [0.2, 0.5, 1, 1.5, 2, 3], colours: ["#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#253494", "#081d58"])

    /// Water temperature, °C: YlOrRd of ColorBrewer, light to dark.
    static let water = Scale(
        edges: [40, 50, 60, 80, 100], colours: ["#fed976", "#feb24c", "#fd8d3c", "#f03b20", "#bd0026", "#67001f"])

    /// Change of a room, K: PuOr, blue-violet colder, orange warmer.
    static let roomChange = Scale(
        edges: [-4, -2, -0.5, 0.5, 2, 4], colours: ["#542788", "#8073ac", "#b2abd2", "#f7f7f7", "#fdb863", "#e08214", "#7f3b08"])

    /// Flow after over before: as ``roomChange``.
    static let flowChange = Scale(
        edges: [0.5, 0.8, 0.95, 1.05, 1.25, 2], colours: ["#542788", "#8073ac", "#b2abd2", "#bdbdbd", "#fdb863", "#e08214", "#7f3b08"])

    /// Fill of a room: by how far it is from what was promised.
    static func room(_ celsius: Double, promised: Double) -> String { rooms(promised: promised).colour(celsius) }

    /// What has no water or no value.
    static let noWater = "#bdbdbd"
    /// Before: today's settings (Okabe & Ito 2008, orange).
    static let before = "#e69f00"
    /// After: the recommended settings (Okabe & Ito 2008, blue).
    static let after = "#0072b2"
}
