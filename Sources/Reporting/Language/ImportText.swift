/// What is said of files of other programs.
public enum ImportText: String, CatalogueText {
    case mapping, used, usedUnit, words, unused, near, unusedParts, nothingUnused
    case unplaced, geoJSONPlane

    /// The text in both languages, `{0}`, `{1}` for the arguments.
    public var wording: (english: String, chinese: String) {
        switch self {
        case .mapping: ("{0} → {1}, {2} rows", "{0} 读作表 {1}，{2} 行")
        case .used: ("{0} → {1}", "{0} 识别为 {1}")
        case .usedUnit: ("{0} → {1} ({2})", "{0} 识别为 {1}（{2}）")
        case .words: ("words: {0}", "取值：{0}")
        case .unused: ("not used: {0}", "未使用：{0}")
        case .near: ("{0} ({1}?)", "{0}（是否为 {1}？）")
        case .unusedParts: ("not read: {0}", "未读取：{0}")
        case .nothingUnused: ("every column is used", "所有列均已使用")
        case .unplaced: ("{0} rows have no place and are features without geometry", "{0} 行没有坐标，写为无几何的要素")
        case .geoJSONPlane:
            ("coordinates are metres of the network's plane; give the layer its coordinate system in QGIS",
             "坐标为管网平面坐标（米），请在 QGIS 中为图层指定坐标系")
        }
    }
}
