/// What a link does in a solution.
public enum LinkStatus: UInt8, Sendable, CaseIterable {
    /// Passes what its law and the pressures give.
    case open
    /// Closed by the state, or in a part that no open path joins to a fixed pressure.
    case closed
    /// A check valve or pump that would run backwards: it passes nothing and takes the adverse pressure difference.
    case blocked
    /// Passes exactly its flow limit and takes the pressure difference that is left over.
    case limiting
    /// A valve or pump that holds a pressure or a pressure difference; its flow and its own pressure difference are an outcome.
    case regulating
    /// Passes exactly the flow prescribed; its pressure difference is an outcome.
    case prescribed
}
