/// Strands while they are being found.
///
/// Each is represented by its link outside the spanning tree, or where all its links are in the tree (it has at most one outside) by
/// the first. When all others are contracted, what is left of the tree are the representatives in it, so that the groups of nodes
/// follow from the order of the walk.
struct StrandDraft {
    private(set) var strandOfLink: [Int32]
    private(set) var isAgainst: [Bool]
    /// Strands before this one have no pump and no link with a formula.
    private(set) var firstMixed = 0
    /// The link that stands for each strand.
    private var representative: [Int32] = []
    /// Links of each strand.
    private var size: [Int32] = []
    /// 0 for resistances alone, 1 with pipes, 2 with pumps or formulas.
    private var kind: [UInt8] = []

    init(_ compiled: CompiledNetwork, _ walk: SpanningWalk, _ mayPass: [Bool]) {
        strandOfLink = [Int32](repeating: -1, count: compiled.links.count)
        isAgainst = [Bool](repeating: false, count: compiled.links.count)
        collect(compiled, walk, walk.circulation(compiled, mayPass))
    }

    /// Puts links with one number, up to the sign, into one strand.
    private mutating func collect(_ compiled: CompiledNetwork, _ walk: SpanningWalk, _ circulation: [UInt64]) {
        var (bits, count) = (4, circulation.count)
        while count > 0 {
            bits += 1
            count /= 2
        }
        var keys = [UInt64](repeating: 0, count: 1 << bits)
        var numbers = [Int32](repeating: 0, count: 1 << bits)
        for link in circulation.indices where circulation[link] != 0 {
            let (number, negative) = (circulation[link], 0 &- circulation[link])
            isAgainst[link] = negative < number
            let key = min(number, negative)
            let linkKind: UInt8 = compiled.resistances.contains(link) ? 0 : compiled.pipes.contains(link) ? 1 : 2
            var place = Int(truncatingIfNeeded: key >> UInt64(63 - bits))
            while keys[place] != 0 && keys[place] != key { place = (place + 1) & (keys.count - 1) }
            if keys[place] == 0 {
                keys[place] = key
                numbers[place] = Int32(truncatingIfNeeded: size.count)
                representative.append(Int32(truncatingIfNeeded: link))
                size.append(0)
                kind.append(0)
            }
            let strand = Int(numbers[place])
            strandOfLink[link] = numbers[place]
            size[strand] += 1
            kind[strand] = max(kind[strand], linkKind)
            if !walk.holds(link, compiled) { representative[strand] = Int32(truncatingIfNeeded: link) }
        }
    }

    /// Strands of resistances alone first, then those with pipes, then those with machines and formulas, so that loops have no branches.
    mutating func sortByKind() {
        var next = [0, 0, 0]
        for each in kind where each < 2 { next[Int(each) + 1] += 1 }
        next[2] += next[1]
        firstMixed = next[2]
        var renumbered = [Int32](repeating: 0, count: size.count)
        var (representatives, sizes) = (representative, size)
        for strand in size.indices {
            let place = next[Int(kind[strand])]
            next[Int(kind[strand])] += 1
            renumbered[strand] = Int32(truncatingIfNeeded: place)
            representatives[place] = representative[strand]
            sizes[place] = size[strand]
        }
        (representative, size) = (representatives, sizes)
        strandOfLink.renumber(renumbered)
    }

    /// The group of each node when of every strand only its representative stays; −1 where the walk does not lead.
    func groups(_ compiled: CompiledNetwork, _ walk: SpanningWalk) -> (number: [Int32], count: Int) {
        var number = [Int32](repeating: -1, count: compiled.nodes.count)
        let count = number.group(compiled, walk, strandOfLink, representative)
        return (number, count)
    }

    /// The groups that the positive flow of each strand leaves and enters.
    func ends(_ compiled: CompiledNetwork, _ group: [Int32]) -> (from: [Int32], to: [Int32]) {
        var from = [Int32](repeating: 0, count: representative.count)
        var to = from
        from.takeEnds(&to, compiled, group, representative, isAgainst)
        return (from, to)
    }

    /// Links strand by strand, rising, with the first place of each strand.
    func rows() -> (start: [Int32], links: [Int32]) {
        var start = [Int32](repeating: 0, count: size.count + 1)
        for strand in size.indices { start[strand + 1] = start[strand] + size[strand] }
        var next = start
        var links = [Int32](repeating: 0, count: Int(start[size.count]))
        links.placeRows(strandOfLink, &next)
        return (start, links)
    }
}

// Passes over links or nodes that change one array and read others.
extension [Int32] {
    fileprivate mutating func renumber(_ number: [Int32]) {
        let number = number.span
        var own = mutableSpan
        for link in 0..<own.count where own[link] >= 0 { own[link] = number[Int(own[link])] }
    }

    /// Numbers groups along the walk; gives how many.
    fileprivate mutating func group(
        _ compiled: CompiledNetwork, _ walk: SpanningWalk, _ strandOfLink: [Int32], _ representative: [Int32]
    ) -> Int {
        let (from, to, order, link) = (compiled.from.span, compiled.to.span, walk.order.span, walk.link.span)
        let (strandOfLink, representative) = (strandOfLink.span, representative.span)
        var own = mutableSpan
        var count: Int32 = 0
        for place in 0..<order.count {
            let node = order[place]
            let branch = link[Int(node)]
            let strand = branch >= 0 ? strandOfLink[Int(branch)] : -1
            if branch < 0 || (strand >= 0 && representative[Int(strand)] == branch) {
                own[Int(node)] = count
                count += 1
            } else {
                own[Int(node)] = own[Int(from[Int(branch)] == node ? to[Int(branch)] : from[Int(branch)])]
            }
        }
        return Int(count)
    }

    /// Takes the groups that strands leave, and puts those they enter into `others`.
    fileprivate mutating func takeEnds(
        _ others: inout [Int32], _ compiled: CompiledNetwork, _ group: [Int32], _ representative: [Int32], _ isAgainst: [Bool]
    ) {
        let (from, to, group) = (compiled.from.span, compiled.to.span, group.span)
        let (representative, isAgainst) = (representative.span, isAgainst.span)
        var own = mutableSpan
        var others = others.mutableSpan
        for strand in 0..<own.count {
            let link = Int(representative[strand])
            let (first, second) = (group[Int(from[link])], group[Int(to[link])])
            own[strand] = isAgainst[link] ? second : first
            others[strand] = isAgainst[link] ? first : second
        }
    }

    fileprivate mutating func placeRows(_ strandOfLink: [Int32], _ next: inout [Int32]) {
        let strandOfLink = strandOfLink.span
        var own = mutableSpan
        var next = next.mutableSpan
        for link in 0..<strandOfLink.count where strandOfLink[link] >= 0 {
            let strand = Int(strandOfLink[link])
            own[Int(next[strand])] = Int32(truncatingIfNeeded: link)
            next[strand] += 1
        }
    }
}
