/// Memory of fixed length with value semantics: the handle through which kernels reach numbers.
///
/// Kernels take a ``View`` or ``MutableView`` once and index that. Its bounds are checked in debug builds, where the
/// tests run, and unchecked in release builds: all positions come from a symbolic analysis of the same package, never
/// from a caller.
struct Memory<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // Shared between copies until one of them asks for a mutable view.
    private var owner: Owner

    @safe
    private final class Owner {
        let base: UnsafeMutablePointer<Element>
        let count: Int

        init(count: Int) {
            unsafe base = .allocate(capacity: count)
            self.count = count
        }

        deinit { unsafe base.deallocate() }
    }

    init(repeating value: Element, count: Int) {
        owner = Owner(count: count)
        unsafe owner.base.initialize(repeating: value, count: count)
    }

    init(_ elements: [Element]) {
        owner = Owner(count: elements.count)
        for (position, element) in elements.enumerated() { unsafe (owner.base + position).initialize(to: element) }
    }

    var count: Int { owner.count }

    /// For reading. It lives as long as this memory: whoever keeps a view extends the lifetime of the memory.
    var view: View<Element> { unsafe View(base: owner.base, count: owner.count) }

    /// For writing; copies first when another value shares the memory.
    mutating func mutableView() -> MutableView<Element> {
        if !isKnownUniquelyReferenced(&owner) {
            let copy = Owner(count: owner.count)
            unsafe copy.base.initialize(from: owner.base, count: owner.count)
            owner = copy
        }
        return unsafe MutableView(base: owner.base, count: owner.count)
    }

    /// The elements in an array.
    var array: [Element] { (0..<count).map { view[$0] } }
}

/// Read access to ``Memory``.
@safe
struct View<Element: BitwiseCopyable> {
    let base: UnsafePointer<Element>
    let count: Int

    @unsafe @inline(__always)
    init(base: UnsafePointer<Element>, count: Int) {
        unsafe self.base = base
        self.count = count
    }

    @inline(__always)
    subscript(position: Int) -> Element {
        assert(position >= 0 && position < count, "position \(position) of \(count)")
        return unsafe base[position]
    }

    /// The address of a position, for BLAS.
    @unsafe @inline(__always)
    func address(_ position: Int) -> UnsafePointer<Element> {
        assert(position >= 0 && position <= count, "position \(position) of \(count)")
        return unsafe base + position
    }
}

/// Read and write access to ``Memory``.
@safe
struct MutableView<Element: BitwiseCopyable> {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    @unsafe @inline(__always)
    init(base: UnsafeMutablePointer<Element>, count: Int) {
        unsafe self.base = base
        self.count = count
    }

    @inline(__always)
    subscript(position: Int) -> Element {
        get {
            assert(position >= 0 && position < count, "position \(position) of \(count)")
            return unsafe base[position]
        }
        nonmutating set {
            assert(position >= 0 && position < count, "position \(position) of \(count)")
            unsafe base[position] = newValue
        }
    }

    /// The same memory, for reading.
    @inline(__always)
    var readOnly: View<Element> { unsafe View(base: base, count: count) }

    /// Sets a range to one value.
    func fill(_ range: Range<Int>, with value: Element) {
        assert(range.lowerBound >= 0 && range.upperBound <= count)
        unsafe (base + range.lowerBound).update(repeating: value, count: range.count)
    }

    /// The address of a position, for BLAS.
    @unsafe @inline(__always)
    func address(_ position: Int) -> UnsafeMutablePointer<Element> {
        assert(position >= 0 && position <= count, "position \(position) of \(count)")
        return unsafe base + position
    }
}
