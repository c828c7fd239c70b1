import NetworkModel
import Quantities
import SparseAlgebra

/// The dwellings of one building as a thermal network: which heat each needs, how warm the unheated ones are.
///
/// `He,i (Ti − To) + Σj Kij (Ti − Tj) − gains_i = Qi`. A dwelling is *held* (its temperature is known, its heat Q is
/// asked) or *floating* (its heat is known, its temperature asked). The matrix diag(He + ΣK) − K is symmetric positive
/// definite and banded, because dwellings stand floor by floor; it is factored once a set of held dwellings by LAPACK's
/// banded Cholesky. Arrays are by position in the building: °C, W, W/K. Nothing is allocated by a solve.
public struct BuildingLattice: Sendable {
    /// The building.
    public let building: BuildingIndex
    /// Its dwellings in ``Network/dwellings``; position 0 here is `dwellings.lowerBound` there.
    public let dwellings: Range<Int>
    /// Number of dwellings.
    public var count: Int { dwellings.count }
    /// Conductance to outdoors by dwelling, W/K.
    public let exterior: [Double]
    /// Internal gains by dwelling, W: those of the network where the dwelling is heated, none where it is closed.
    public private(set) var gains: [Double]
    /// Whether each dwelling's temperature is held.
    public private(set) var isHeld: [Bool]

    let internalGains: [Double]
    let couplingFirst: [Int32]
    let couplingSecond: [Int32]
    let couplingConductance: [Double]
    /// He + ΣK by dwelling.
    let diagonal: [Double]
    var matrix: BandedCholesky
    var isFactored: Bool
    var right: [Double]

    /// The lattice of a building with its heated dwellings held and its closed ones floating.
    ///
    /// Couplings that leave the building, and conductances that are not positive numbers, exchange no heat.
    public init(_ building: BuildingIndex, of network: Network) {
        preconditionFailure("pending")
    }

    /// Says which dwellings are heated and so have internal gains.
    public mutating func setHeated(_ isHeated: [Bool]) { preconditionFailure("pending") }

    /// Holds these dwellings and lets the others float; factors anew only if that changes anything.
    ///
    /// - Complexity: O(n bandwidth²).
    public mutating func hold(_ isHeld: [Bool]) { preconditionFailure("pending") }

    /// Solves the building: fills the rooms of floating dwellings and the heats of held ones.
    ///
    /// - Parameters:
    ///   - outdoor: outdoor temperature, °C.
    ///   - rooms: by dwelling, °C; held ones are read, floating ones written.
    ///   - heats: by dwelling, W; floating ones are read, held ones written.
    /// - Complexity: O(n bandwidth) after factorisation.
    public mutating func solve(outdoor: Double, rooms: inout [Double], heats: inout [Double]) { preconditionFailure("pending") }

    /// Heats of the held dwellings as `constant + slope · T` in one common held temperature T, floating ones without heat.
    ///
    /// - Parameters:
    ///   - constant: written, W by dwelling; 0 for floating ones.
    ///   - slope: written, W/K by dwelling; 0 for floating ones.
    public mutating func affineLoads(outdoor: Double, constant: inout [Double], slope: inout [Double]) { preconditionFailure("pending") }

    /// Heat of every dwelling with all of them lived in and at `temperature`: He (T − To) − gains, W.
    public func fullOccupancyLoads(outdoor: Double, temperature: Double) -> [Double] { preconditionFailure("pending") }

    /// Heat that each dwelling loses to its neighbours, Σ K (Ti − Tj), W; negative where it gains.
    public func neighbourLosses(rooms: [Double]) -> [Double] { preconditionFailure("pending") }
}

/// The water that reaches each dwelling of a building, for ``BuildingLattice/respond(to:outdoor:rooms:heats:)``.
public struct EmitterFeed: Sendable {
    /// Emitter laws.
    public var laws: [EmitterLaw]
    /// ṁ cp, W/K; 0 where no water comes.
    public var capacityFlow: [Double]
    /// Supply temperature at the emitter, °C; not read where no water comes.
    public var supply: [Double]
    /// Arrays by dwelling of one building.
    public init(laws: [EmitterLaw], capacityFlow: [Double], supply: [Double]) {
        (self.laws, self.capacityFlow, self.supply) = (laws, capacityFlow, supply)
    }
}

extension BuildingLattice {
    /// Room temperatures and heats when every emitter follows its law: Newton on the rooms.
    ///
    /// The heat of an emitter falls and is smooth as its room warms, so the Newton matrix (that of the lattice plus −∂Q/∂T on the
    /// diagonal) is positive definite. Changes what is held to nothing.
    /// - Parameters:
    ///   - rooms: the start on entry, the answer on return, °C.
    ///   - heats: written, W.
    /// - Returns: Newton iterations made, and the last change of any room in K.
    @discardableResult
    public mutating func respond(
        to feed: EmitterFeed, outdoor: Double, rooms: inout [Double], heats: inout [Double]
    ) -> (iterations: Int, change: Double) { preconditionFailure("pending") }

    /// How rooms follow supply temperatures after ``respond(to:outdoor:rooms:heats:)``: d room for given d supply.
    ///
    /// - Parameter changes: on entry d supply by dwelling, K; on return d room, K.
    public mutating func propagate(_ changes: inout [Double]) { preconditionFailure("pending") }
}
