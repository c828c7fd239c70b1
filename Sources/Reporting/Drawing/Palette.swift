import Heating

/// The colours that carry meaning, chosen to stay apart for every common kind of colour blindness.
enum Palette {
    /// A band of room temperatures with its colour.
    struct Band {
        /// Upper end relative to the promised temperature, K.
        var upTo: Double
        /// Fill.
        var colour: String
    }

    /// Bands below and above the promised room temperature, from cold to warm: ColorBrewer's RdYlBu (Harrower & Brewer
    /// 2003), whose blue and yellow ends stay distinct without red or green cones. The promised temperature is a
    /// band's edge, so "kept" and "missed" never share a colour.
    static let roomBands: [Band] = [
        Band(upTo: -8, colour: "#313695"), Band(upTo: -4, colour: "#4575b4"), Band(upTo: -3, colour: "#74add1"),
        Band(upTo: -2, colour: "#abd9e9"), Band(upTo: 0, colour: "#e0f3f8"), Band(upTo: 2, colour: "#fee090"),
        Band(upTo: 4, colour: "#fdae61"), Band(upTo: .infinity, colour: "#d73027"),
    ]

    /// Fill of a room: by how far it is from what was promised; a room just short by rounding counts as kept.
    static func room(_ celsius: Double, promised: Double) -> String {
        guard celsius.isFinite else { return noWater }
        let above = celsius - promised + RoomSummary.tolerance
        return (roomBands.first { above < $0.upTo } ?? roomBands[roomBands.count - 1]).colour
    }

    /// What has no water or no value.
    static let noWater = "#bdbdbd"
    /// Before: today's settings (Okabe & Ito 2008, orange).
    static let before = "#e69f00"
    /// After: the recommended settings (Okabe & Ito 2008, blue).
    static let after = "#0072b2"
}
