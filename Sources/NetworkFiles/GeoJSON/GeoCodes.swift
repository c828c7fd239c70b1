import NetworkModel

/// Problems and remarks of GeoJSON files.
extension ProblemCode {
    static let geoNoFeatures = ProblemCode(
        "geojson-empty",
        en: ("the file holds no features that can be used", "Export lines and points as a FeatureCollection."),
        zh: ("文件中没有可用的要素", "请将线要素和点要素导出为 FeatureCollection。"))
    static let geoGeometry = ProblemCode(
        "geojson-geometry",
        en: ("feature {0} has no usable geometry", "Give a Point, a LineString of at least two points or a Polygon, with finite coordinates."),
        zh: ("要素 {0} 的几何无效", "请使用 Point、至少两个点的 LineString 或 Polygon，且坐标为有限数值。"))
    static let geoParts = ProblemCode(
        "geojson-parts",
        en: ("line {0} has {1} parts", "Split multi-part lines into single ones before the export."),
        zh: ("线要素 {0} 由 {1} 段组成", "请在导出前将多部件线拆分为单部件线。"))
    static let geoDangling = ProblemCode(
        "geojson-loose-end",
        en: (
            "the end of {0} at {1} meets nothing; nearest is {2}, {3} m away",
            "Draw the line to where it belongs, put a point there, or read with --snap above that distance."
        ),
        zh: ("{0} 位于 {1} 的端点未与任何要素相接；最近的是 {2}，相距 {3} m", "请将该线画到正确位置、在该处加点，或将 --snap 设为大于该距离。"))
    static let geoShort = ProblemCode(
        "geojson-zero-line",
        en: ("both ends of {0} are one place within {1} m, at {2}", "Remove the line, or read with a smaller --snap."),
        zh: ("{0} 的两端在 {1} m 内重合，位于 {2}", "请删除该线，或减小 --snap。"))
    static let geoDense = ProblemCode(
        "geojson-dense",
        en: (
            "around {0} so many ends and lines lie together that they cannot be told apart",
            "Check the unit of the coordinates, remove copies of the same line, or read with a smaller --snap."
        ),
        zh: ("{0} 附近的端点和线段过于密集，无法区分", "请检查坐标单位、删除重复的线，或减小 --snap。"))
    static let geoDoubtful = ProblemCode(
        "geojson-two-places",
        en: ("the end of {0} at {1} lies within the tolerance of both {2} and {3}; the nearer is taken", "Read with a smaller --snap if that is wrong."),
        zh: ("{0} 位于 {1} 的端点在容差内同时接近 {2} 和 {3}，取较近者", "如不正确，请减小 --snap。"))
    static let geoLoosePoint = ProblemCode(
        "geojson-loose-point",
        en: ("no line ends at {0} ({1})", "Draw a line to it, or read with a larger --snap."),
        zh: ("没有管线接到 {0}（{1}）", "请画线连接，或增大 --snap。"))
    static let geoLength = ProblemCode(
        "geojson-length",
        en: ("the length of {0} is {1} m in its attributes and {2} m as drawn", "Check the attribute and its unit; the attribute is used."),
        zh: ("{0} 的属性长度为 {1} m，图上长度为 {2} m", "请检查该属性及其单位；计算采用属性值。"))
    // Remarks
    static let geoPlane = ProblemCode(
        "geojson-plane", en: ("coordinates are taken as metres of a plane", ""), zh: ("坐标按平面坐标（米）读取", ""))
    static let geoProjected = ProblemCode(
        "geojson-degrees",
        en: ("coordinates are taken as degrees and laid into a plane around latitude {0}, longitude {1}", ""),
        zh: ("坐标按经纬度读取，并以纬度 {0}、经度 {1} 为中心换算为平面坐标", ""))
    static let geoJoined = ProblemCode(
        "geojson-joined",
        en: ("{0} line ends were joined within {1} m: {2} with points, the others in {3} nodes of their own", ""),
        zh: ("在 {1} m 容差内连接了 {0} 个线端：{2} 个接到点要素，其余生成 {3} 个节点", ""))
    static let geoCut = ProblemCode(
        "geojson-cut", en: ("{0} is cut at {1}, where {2} ends", ""), zh: ("{0} 在 {1} 处被分段（{2} 的端点在此）", ""))
    static let geoDrawnLengths = ProblemCode(
        "geojson-drawn-lengths",
        en: ("{0} lines give no length; the length drawn is taken", ""), zh: ("{0} 条线没有长度属性，取图上长度", ""))
    static let geoNamed = ProblemCode(
        "geojson-named", en: ("{0} lines give no id and are named by their number, as {1}", ""), zh: ("{0} 条线没有编号，按序号命名，如 {1}", ""))
}
