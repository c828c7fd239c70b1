import NetworkModel

/// Ids that EPANET can read: at most 31 bytes, no blanks, quotes, commas or semicolons, no bracket in front.
///
/// An id that fits stays as it is. Any other keeps what fits of it and gets a tail made of all its bytes (FNV-1a, Fowler, Noll & Vo),
/// so that the same network always gets the same names, and no two elements share one.
struct EpanetNames {
    static let greatestLength = 31
    private var taken: Set<ElementID>

    /// Reserves the ids that fit.
    init(taken ids: [ElementID]) { taken = Set(ids.lazy.filter(Self.fits)) }

    /// Whether EPANET reads an id as it stands.
    static func fits(_ id: ElementID) -> Bool {
        !id.text.isEmpty && id.text.utf8.count <= greatestLength && id.text.utf8.allSatisfy(isPlain)
            && id.text.utf8.first != UInt8(ascii: "[")
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte > 32 && byte != 127 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'") && byte != UInt8(ascii: ";") && byte != UInt8(ascii: ",")
    }

    /// The name of an element of the network.
    mutating func name(for id: ElementID) -> ElementID { Self.fits(id) ? id : shortened(id) }

    /// The name of something that the network does not have, like `id` where that is free.
    mutating func addition(_ id: ElementID) -> ElementID {
        Self.fits(id) && taken.insert(id).inserted ? id : shortened(id)
    }

    private mutating func shortened(_ id: ElementID) -> ElementID {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in id.text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        while true {
            // Six digits of base 36.
            let tail = String(hash % 2_176_782_336, radix: 36)
            let name = ElementID(Self.head(of: id, room: Self.greatestLength - tail.utf8.count - 1) + "~" + tail)
            if taken.insert(name).inserted { return name }
            hash &+= 1
        }
    }

    /// The first characters of an id, what EPANET cannot read made an underscore.
    private static func head(of id: ElementID, room: Int) -> String {
        var head = ""
        var length = 0
        for scalar in id.text.unicodeScalars {
            let plain = scalar.value > 127 ? scalar : isPlain(UInt8(scalar.value)) && scalar != "[" ? scalar : "_"
            length += UTF8.width(plain)
            if length > room { break }
            head.unicodeScalars.append(plain)
        }
        return head
    }
}
