import Dispatch
import Synchronization

/// Work on many independent items by several threads, each item by one: the result cannot depend on their number.
package enum Workers {
    /// Threads to use: those asked for, or one a processor.
    package static func count(_ asked: Int?) -> Int {
        if let asked { return max(1, asked) }
        return processorCount
    }

    /// Calls `body` with every position once; positions are handed out in order as threads become free.
    package static func forEach(_ count: Int, threads: Int?, _ body: @Sendable (Int) -> Void) {
        let workers = min(Self.count(threads), count)
        guard workers > 1 else {
            for position in 0..<count { body(position) }
            return
        }
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while true {
                let position = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard position < count else { return }
                body(position)
            }
        }
    }

    /// The results of a function at every position.
    package static func map<Result: Sendable>(
        _ count: Int, threads: Int?, _ body: @Sendable (Int) -> Result
    ) -> [Result] {
        if min(Self.count(threads), count) <= 1 { return (0..<count).map(body) }
        let slots = (0..<count).map { _ in Slot<Result?>(nil) }
        forEach(count, threads: threads) { position in
            let result = body(position)
            slots[position].value.withLock { $0 = result }
        }
        return slots.compactMap { slot in slot.value.withLock { $0 } }
    }

    /// Changes every item in place.
    package static func update<Item: Sendable>(
        _ items: inout [Item], threads: Int?, _ body: @Sendable (Int, inout Item) -> Void
    ) {
        if min(Self.count(threads), items.count) <= 1 {
            for position in items.indices { body(position, &items[position]) }
            return
        }
        // Items are moved, not copied: what they hold must stay uniquely referenced.
        var slots: [Slot<Item>] = []
        slots.reserveCapacity(items.count)
        for item in items { slots.append(Slot(item)) }
        items.removeAll()
        let shared = slots
        forEach(shared.count, threads: threads) { position in
            shared[position].value.withLock { body(position, &$0) }
        }
        items = shared.map { slot in slot.value.withLock { $0 } }
    }
}

/// A value that one thread at a time may reach.
package final class Slot<Value: Sendable>: Sendable {
    package let value: Mutex<Value>
    package init(_ value: Value) { self.value = Mutex(value) }
}
