/// The order in which a row's fields and the objects they nest in are written.
struct KeyOrder {
    /// The names of each field, outermost first.
    let paths: [[String]]
    /// Fields that share their first name, in the order of the schema.
    private(set) var members: [[Int]] = []

    init(_ schema: TableSchema) {
        paths = schema.fields.map { $0.name.split(separator: ".").map(String.init) }
        members = grouped(Array(paths.indices), level: 0)
    }

    /// Fields together that share the name at a level of their path, in the order of the schema.
    func grouped(_ fields: [Int], level: Int) -> [[Int]] {
        var groups: [[Int]] = []
        var position: [String: Int] = [:]
        for field in fields {
            let name = paths[field][level]
            if let group = position[name] {
                groups[group].append(field)
            } else {
                position[name] = groups.count
                groups.append([field])
            }
        }
        return groups
    }
}
