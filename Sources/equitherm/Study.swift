import ArgumentParser

/// `study`: many scenarios, one question answered.
struct StudyVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study",
        abstract: "Run many scenarios of a network and answer what matters, where it breaks, which repair pays.",
        discussion: """
            Example:
              equitherm study networks/gaowan networks/gaowan-study.json --out out/study
              equitherm study networks/gaowan --vary open_rate@Z1=0.3:0.9:7 --run solve --out out/open-rate

            A run that is stopped goes on where it was when the same command is given again. On several machines:
              equitherm study networks/gaowan networks/gaowan-study.json --part 3/8 --out out/slice-3
              equitherm study merge out/slice-* --out out/study
            """,
        subcommands: [StudyRun.self, StudyMerge.self], defaultSubcommand: StudyRun.self)
}
