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

    /// Finds ids of one kind that are equal or alike, by an open-addressing table of hashes of their folded form.
    private func check(_ ids: [ElementID], _ kind: String, _ report: inout ProblemReport) {
        var table = IDTable(count: ids.count)
        for (position, element) in ids.enumerated() {
            if element.text.isEmpty {
                report.add(.emptyID, .error, kind, element)
                continue
            }
            guard let earlier = table.insert(position, ids) else { continue }
            if ids[earlier] == element {
                report.add(.duplicateID, .error, tableName(of: position, in: kind), element, field: "id", [element.text])
            } else {
                report.add(
                    .lookalikeID, .warning, tableName(of: position, in: kind), element, field: "id",
                    [ids[earlier].text, element.text])
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

/// Positions of ids by a hash of their folded form (lower case, canonical Unicode).
private struct IDTable {
    /// Half of the hash above, the position below; all ones = free. One array, so that a probe touches one cache line.
    private var slots: [UInt64]
    private let mask: Int
    private static let free = UInt64.max

    init(count: Int) {
        var size = 16
        while size < 2 * count { size *= 2 }
        slots = [UInt64](repeating: Self.free, count: size)
        mask = size - 1
    }

    /// Puts an id in; the position of an equal or alike one that is there already, equal ones first.
    mutating func insert(_ position: Int, _ ids: [ElementID]) -> Int? {
        let element = ids[position]
        let hash = Self.foldedHash(element.text)
        let mark = hash >> 32
        var slot = Int(truncatingIfNeeded: hash) & mask
        var alike: Int?
        while slots[slot] != Self.free {
            if slots[slot] >> 32 == mark {
                let earlier = Int(slots[slot] & 0xffff_ffff)
                if ids[earlier] == element { return earlier }
                if alike == nil, ids[earlier].text.lowercased() == element.text.lowercased() { alike = earlier }
            }
            slot = (slot + 1) & mask
        }
        slots[slot] = mark << 32 | UInt64(position)
        return alike
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
        // Equal under canonical equivalence means equal hash; Hasher's seed changes only which slot is tried first.
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
