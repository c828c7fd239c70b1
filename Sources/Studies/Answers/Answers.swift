import NetworkModel

/// What a study's rows answer, gathered in one pass over `scenarios.csv` in little memory.
public struct Answers: Sendable {
    /// Figures of the base case by ``Output``.
    public var base: [Double] = []
    /// Scenarios with an answer.
    public var solved = 0
    /// Scenarios without one.
    public var failed = 0
    /// The first reasons of those without.
    public var reasons: [(scenario: Int, reason: FailureReason)] = []
    /// Sensitivity of outputs to factors, strongest first within each output.
    public var sensitivities: [Sensitivity] = []
    /// Means by level of each factor that has few, for plots.
    public var levels: [LevelMeans] = []
    /// Measures, the best first.
    public var remedies: [RemedyAnswer] = []
    /// Outages, the worst first.
    public var outages: [OutageAnswer] = []
    /// The year, where there are hours.
    public var year: YearAnswer?
    /// Break-even points as the searches found them.
    public var breakEvens: [BreakEvenAnswer] = []
    /// Mean and spread of outputs over the design.
    public var spreads: [(output: Output, moments: Moments)] = []

    /// How strongly an output follows a factor over the design.
    public struct Sensitivity: Sendable {
        /// The factor's id.
        public var factor: String
        /// The output.
        public var output: Output
        /// Change of the output for one unit of the factor, all other factors alike (least squares).
        public var slope: Double
        /// The same in standard deviations of both: −1…1, comparable between factors.
        public var standardized: Double
        /// Greatest less least output where this factor alone moves; NaN in designs that move several at once.
        public var swing: Double
        /// Share of the output's variance that all factors together explain linearly.
        public var explained: Double
    }

    /// Means of outputs at one level of a factor.
    public struct LevelMeans: Sendable {
        /// The factor's id.
        public var factor: String
        /// Its value, in its own unit.
        public var level: Double
        /// Scenarios at that value.
        public var count: Int
        /// By ``Output/ranked``.
        public var means: [Double]
    }

    /// What a measure does.
    public struct RemedyAnswer: Sendable {
        /// The measure's id.
        public var id: String
        /// What it costs, in the study's own currency; nil where none is given.
        public var cost: Double?
        /// Scenarios it was judged by.
        public var count: Int
        /// Degree-dwellings gained, mean over the same scenarios with and without it, K · dwellings; so are the others.
        public var degreeDwellings: Double
        /// Change of the share of open dwellings at the target, 0…1.
        public var share: Double
        /// Change of the coldest dwelling's temperature, K.
        public var coldest: Double
        /// Change of the sources' heat, kW.
        public var heat: Double
        /// Change of the pumps' electric power, kW.
        public var pump: Double
        /// Degree-dwellings gained for a unit of cost; NaN without a cost.
        public var gainPerCost: Double
    }

    /// What an outage does.
    public struct OutageAnswer: Sendable {
        /// What is out: a pump, a source or a pipe.
        public var kind: String
        /// Its id.
        public var id: String
        /// Share of open dwellings at the target with it, 0…1; this and the other figures are NaN where there is no answer.
        public var share: Double
        /// The coldest dwelling, °C.
        public var coldest: Double
        /// What is missing to the target, K · dwellings.
        public var degreeDwellings: Double
        /// Open dwellings below their target.
        public var below: Double
        /// Heat of the sources, kW.
        public var heat: Double
        /// Why there is no answer; empty where there is one.
        public var reason: String
    }

    /// A year of hours.
    public struct YearAnswer: Sendable {
        /// Hours solved.
        public var hours = 0
        /// Hours that need no heat.
        public var unheated = 0
        /// Hours without an answer.
        public var failed = 0
        /// Energy by month, 1…12; place 0 for hours of no known month.
        public var months = [Month](repeating: Month(), count: 13)
        /// Coldest dwelling of the year, °C.
        public var coldest = Double.nan
        /// When that was, as the weather file writes it.
        public var coldestTime = ""
        /// Hours in which fewer than 98 % of open dwellings reach their target.
        public var hoursShort = 0
        /// Greatest heat, kW.
        public var peakHeat = 0.0
        /// Heat of each hour by outdoor temperature, for a plot: mean by whole degree.
        public var byOutdoor: [(outdoor: Double, count: Int, heat: Double, pump: Double)] = []

        /// A month's energy.
        public struct Month: Sendable {
            /// Hours solved.
            public var hours = 0
            /// Heat of the sources, kWh.
            public var heat = 0.0
            /// Electricity of the pumps, kWh.
            public var pump = 0.0
            /// Heat lost by pipes, kWh.
            public var losses = 0.0
            /// What was missing to the target, K · dwellings · h.
            public var degreeDwellingHours = 0.0
        }

        /// The whole year.
        public var total: Month {
            months.reduce(into: Month()) {
                $0.hours += $1.hours
                $0.heat += $1.heat
                $0.pump += $1.pump
                $0.losses += $1.losses
                $0.degreeDwellingHours += $1.degreeDwellingHours
            }
        }
    }

    /// A break-even point, as its row says.
    public struct BreakEvenAnswer: Sendable {
        /// Its id in the study.
        public var id: String
        /// The factor that was moved.
        public var factor: String
        /// The output that crosses, by its column name.
        public var output: String
        /// The zone whose output it is; empty for the whole network.
        public var zone: String
        /// The limit that is crossed, in the output's unit.
        public var limit: Double
        /// `found`, or why there is no point.
        public var status: String
        /// The factor where the output crosses; NaN where it does not.
        public var value: Double
        /// How often it crosses in the range.
        public var crossings: Int
        /// The output at the lowest value of the factor.
        public var low: Double
        /// The output at its highest.
        public var high: Double
        /// Width of the last step of the search, in the factor's unit.
        public var width: Double
    }
}

/// Count, mean, spread and ends of numbers that come one by one (Welford 1962).
public struct Moments: Sendable {
    /// How many counted.
    public private(set) var count = 0
    /// Their mean; 0 of none.
    public private(set) var mean = 0.0
    /// The least; +∞ of none.
    public private(set) var least = Double.infinity
    /// The greatest; −∞ of none.
    public private(set) var greatest = -Double.infinity
    private var squares = 0.0

    /// No numbers.
    public init() {}

    /// Adds a number; what is undefined does not count.
    public mutating func add(_ value: Double) {
        guard value.isFinite else { return }
        count += 1
        let difference = value - mean
        mean += difference / Double(count)
        squares += difference * (value - mean)
        least = min(least, value)
        greatest = max(greatest, value)
    }

    /// Standard deviation; NaN of fewer than two numbers.
    public var deviation: Double { count > 1 ? (squares / Double(count - 1)).squareRoot() : .nan }
}
