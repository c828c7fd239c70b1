/// Ids: present, unique byte by byte, and not to be mistaken for one another.
extension Network {
    func checkIDs(_ report: inout ProblemReport) {
        check(nodes.map(\.id), "nodes", &report)
        check(links.map(\.id), "links", &report)
        check(zones.map(\.id), "zones", &report)
        check(buildings.map(\.id), "buildings", &report)
        check(dwellings.map(\.id), "dwellings", &report)
        check(substations.map(\.id), "substations", &report)
    }

    /// Reports ids of one kind that are empty, equal or alike, in the order of the elements.
    private func check(_ ids: [ElementID], _ kind: String, _ report: inout ProblemReport) {
        for pair in IDPairs(ids).pairs {
            let element = ids[pair.position]
            let table = tableName(of: pair.position, in: kind)
            if element.text.isEmpty {
                report.add(.emptyID, .error, table, element)
            } else if ids[pair.earlier] == element {
                report.add(.duplicateID, .error, table, element, field: "id", [element.text])
            } else {
                report.add(.lookalikeID, .warning, table, element, field: "id", [ids[pair.earlier].text, element.text])
            }
        }
    }

    /// The table of a file that an element of a kind stands in.
    private func tableName(of position: Int, in kind: String) -> String {
        kind == "links" ? links[position].element.tableName : kind
    }
}

extension LinkElement {
    /// The table of a file that describes elements of this kind.
    public var tableName: String {
        switch self {
        case .pipe: "pipes"
        case .valve: "valves"
        case .pump: "pumps"
        case .source: "sources"
        case .exchangerPrimary, .exchangerSecondary: "substations"
        case .terminal: "terminals"
        }
    }
}

extension ElementID {
    /// Ids that differ from an earlier one in case or Unicode form only, with the position of that one, by rising position.
    ///
    /// - Complexity: O(ids), expected.
    public static func lookalikes(_ ids: [ElementID]) -> [(position: Int, earlier: Int)] {
        IDPairs(ids).pairs.filter { $0.position != $0.earlier && ids[$0.position] != ids[$0.earlier] }.map { ($0.position, $0.earlier) }
    }
}

/// Ids that are equal to or like an earlier one, and empty ids (as their own partners), by rising position.
///
/// Hashes of the folded form (lower case, canonical Unicode) are first dealt into parts that fit the cache; a table over
/// millions of ids would miss it at every probe.
private struct IDPairs {
    struct Pair { var position, earlier: Int }
    private(set) var pairs: [Pair] = []
    private static let partSize = 2048

    init(_ ids: [ElementID]) {
        let hashes = ids.map { Self.foldedHash($0.text) }
        var bits = 0
        while ids.count >> bits > Self.partSize && bits < 16 { bits += 1 }
        var starts = [Int](repeating: 0, count: (1 << bits) + 1)
        for hash in hashes { starts[Self.part(hash, bits) + 1] += 1 }
        for part in 0..<1 << bits { starts[part + 1] += starts[part] }
        var next = starts
        var order = [Int32](repeating: 0, count: ids.count)
        for (position, hash) in hashes.enumerated() {
            let part = Self.part(hash, bits)
            order[next[part]] = Int32(truncatingIfNeeded: position)
            next[part] += 1
        }
        for part in 0..<1 << bits { search(order[starts[part]..<starts[part + 1]], hashes, ids) }
        pairs.sort { $0.position < $1.position }
    }

    private static func part(_ hash: UInt64, _ bits: Int) -> Int { bits == 0 ? 0 : Int(hash >> UInt64(64 - bits)) }

    /// Finds pairs among positions by an open-addressing table.
    private mutating func search(_ positions: ArraySlice<Int32>, _ hashes: [UInt64], _ ids: [ElementID]) {
        var size = 16
        while size < 2 * positions.count { size *= 2 }
        var slots = [Int32](repeating: -1, count: size)
        for position in positions {
            let (here, hash) = (Int(position), hashes[Int(position)])
            if ids[here].text.isEmpty {
                pairs.append(Pair(position: here, earlier: here))
                continue
            }
            var slot = Int(truncatingIfNeeded: hash) & (size - 1)
            var alike: Int?
            var isEqual = false
            while slots[slot] >= 0 {
                let earlier = Int(slots[slot])
                if hashes[earlier] == hash {
                    isEqual = ids[earlier] == ids[here]
                    if isEqual || (alike == nil && ids[earlier].text.lowercased() == ids[here].text.lowercased()) { alike = earlier }
                    if isEqual { break }
                }
                slot = (slot + 1) & (size - 1)
            }
            if let alike { pairs.append(Pair(position: here, earlier: alike)) }
            if !isEqual { slots[slot] = position }
        }
    }

    /// FNV-1a over the ASCII-lowered bytes, with a last mixing; text beyond ASCII is folded by the standard library first.
    private static func foldedHash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 {
            if byte >= 0x80 { return unicodeHash(text) }
            let lowered = byte &- 65 < 26 ? byte | 32 : byte
            hash = (hash ^ UInt64(lowered)) &* 0x100_0000_01b3
        }
        return mixed(hash)
    }

    private static func unicodeHash(_ text: String) -> UInt64 {
        // Equal under canonical equivalence means equal hash; Hasher's seed changes only where an id is looked for.
        var hasher = Hasher()
        hasher.combine(text.lowercased())
        return mixed(UInt64(truncatingIfNeeded: hasher.finalize()))
    }

    private static func mixed(_ hash: UInt64) -> UInt64 {
        var value = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
