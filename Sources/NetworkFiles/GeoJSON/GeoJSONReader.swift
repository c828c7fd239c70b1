import NetworkModel

/// Reads networks drawn in a geographic information system: lines are trenches, points are sources, substations, buildings and
/// nodes (GeoJSON, RFC 7946).
///
/// Lines that do not name their ends are joined with each other and with points where they meet within a tolerance; an end in the
/// middle of another line cuts it there. Ends that meet nothing are named with their coordinates.
public enum GeoJSONReader {
    /// How far apart ends may lie to be one place, m, unless the user says otherwise.
    public static let defaultSnap = 0.5
}

extension ReadingSession {
    /// Reads a network from GeoJSON.
    mutating func readGeoJSON(_ file: FileBytes, snap: Double) {
        record.format = "GeoJSON"
        guard let bytes = take(file), let tree = JSONTree.read(bytes, state: &state) else { return }
        guard let features = GeoFeatures(tree, state: &state) else { return }
        record.remarks.append(Problem(features.isPlane ? .geoPlane : .geoProjected, severity: .warning, arguments: features.originTexts))
        readOwnPart(tree, bytes)
        var topology = GeoTopology(features, snap: snap)
        topology.run(&state)
        var rows = GeoRows(tree, features, topology, document: document)
        rows.run(&state)
        for (table, filler) in rows.finished(source: state.sources.count - 1, &state) { document[table] = filler }
        record.remarks += topology.remarks + rows.remarks
        record.unused += features.unused
        state.mappings += rows.mappings
        if document[.manifest].rowCount == 0 { addManifest() }
    }

    /// The tables that have no place on a map, as `convert` puts them into the member `equitherm`.
    private mutating func readOwnPart(_ tree: JSONTree, _ bytes: [UInt8]) {
        guard let part = tree.member("equitherm", of: tree.root), tree.kind(part) == .object else { return }
        _ = JSONReader.read(bytes, from: tree.range(part), into: &document, state: &state)
    }
}
