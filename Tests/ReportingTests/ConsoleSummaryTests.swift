import NetworkModel
import Testing

@testable import Reporting

/// Golden text of what a person reads after a run.
@Suite struct ConsoleSummaryTests {
    private func text(_ language: Language, withBalance: Bool = true) -> String {
        let run = SmallRun(withBalance: withBalance)
        return ConsoleSummary(run.result, summary: Summary(run.result), texts: Texts(language)).lines.joined(separator: "\n")
    }

    @Test func balanceInEnglish() {
        #expect(
            text(.english) == """
                Two floors: dwellings 4, open 2 (50 %), buildings 1, outdoors −10.0 °C

                                                  before        after
                  open dwellings at 18.0 °C       50.0 %       50.0 %
                  coldest dwelling               11.0 °C      15.0 °C
                  2 % are colder than            11.0 °C      15.0 °C
                  mean room temperature          15.5 °C      16.5 °C
                  heat from sources               5.4 kW       5.4 kW  limit 10.0 kW
                  return to sources              48.0 °C      48.0 °C
                  horizontal imbalance             0.0 %        0.0 %
                  vertical imbalance               6.8 %        6.8 %
                  flow/need low, top floors  0.83 / 1.00  0.83 / 1.00
                  flow/need network's end           1.00         1.00
                  pump power                         7 W          7 W

                Room temperatures of open dwellings, °C
                  before  █        █
                  after       █  █
                              15   20   25

                Zones
                  zone  valve-open rate  tilt  coldest dwelling  mean room temperature  at target  limited by
                  East           75.0 %  1.25           15.0 °C                16.5 °C     50.0 %  emitter too small

                What stops more dwellings from reaching the target
                                                                     dwellings  degrees short, K  what helps
                  1  <script>alert("1")</script>: emitter too small          1                 3  0.8 kW more emitter at nominal temperatures

                Valves to turn: 4 of 4 (dwelling 4)
                Flows off by more than 5 %: 4 dwellings (valve too large 0, too small 0, between two settings 0, fully open 0, for other cases or fewer visits 0)
                Dwellings' valves that may be heard: 1 of 4; at 0 a neighbour behind the same riser needs the pressure, at 0 no valve above can take it, at 0 presets fit better so

                Warnings: 1
                  dwellings <script>alert("1")</script>: "<b>" is odd

                Checked: worst node 3.0e-12 kg/s, worst loop 2.0e-6 Pa, energy balance 5.0e-1 W of 5.4 kW
                """)
    }

    @Test func balanceInChinese() {
        #expect(
            text(.chinese) == """
                Two floors：1 栋楼，4 户，供热 2 户（50%），室外 −10.0 °C

                                                  调节前       调节后
                  室温达到 18.0 °C 的供热户        50.0%        50.0%
                  最冷户室温                     11.0 °C      15.0 °C
                  最冷 2 % 户低于                11.0 °C      15.0 °C
                  平均室温                       15.5 °C      16.5 °C
                  热源供热量                      5.4 kW       5.4 kW  上限 10.0 kW
                  热源回水温度                   48.0 °C      48.0 °C
                  水平失调度                        0.0%         0.0%
                  垂直失调度                        6.8%         6.8%
                  低层/顶层水力平衡度        0.83 / 1.00  0.83 / 1.00
                  管网末端水力平衡度                1.00         1.00
                  水泵电功率                         7 W          7 W

                供热户室温分布（°C）
                  调节前  █        █
                  调节后      █  █
                              15   20   25

                分区
                  分区  开阀率  流量倾斜  最冷户室温  平均室温  达标率  限制因素
                  East   75.0%      1.25     15.0 °C   16.5 °C   50.0%  散热器不足

                制约达标的因素
                                                              户数  欠温户度数（户·K）  建议措施
                  1  <script>alert("1")</script>: 散热器不足     1                   3  增加散热器（额定工况）0.8 kW

                需调节阀门：4 / 4（户 4）
                流量偏差超过5%的户：4（阀门过大 0，过小 0，介于两档之间 0，已全开 0，兼顾多工况或减少上门 0）
                可能有噪声的户阀：1 / 4；其中 0 个因同一立管的邻户需要该压差，0 个上游无阀门可分担，0 个为使整定档位更准

                警告：1 条
                  dwellings <script>alert("1")</script>: "<b>" 异常

                校核：节点最大 3.0e-12 kg/s，环路最大 2.0e-6 Pa，能量平衡 5.0e-1 W（总量 5.4 kW）
                """)
    }

    @Test func solveHasOneColumn() {
        #expect(
            text(.english, withBalance: false) == """
                Two floors: dwellings 4, open 2 (50 %), buildings 1, outdoors −10.0 °C

                  open dwellings at 18.0 °C       50.0 %
                  coldest dwelling               15.0 °C
                  2 % are colder than            15.0 °C
                  mean room temperature          16.5 °C
                  heat from sources               5.4 kW  limit 10.0 kW
                  return to sources              48.0 °C
                  horizontal imbalance             0.0 %
                  vertical imbalance               6.8 %
                  flow/need low, top floors  0.83 / 1.00
                  flow/need network's end           1.00
                  pump power                         7 W

                Room temperatures of open dwellings, °C
                       █  █
                       15   20   25

                Warnings: 1
                  dwellings <script>alert("1")</script>: "<b>" is odd

                Checked: worst node 3.0e-12 kg/s, worst loop 2.0e-6 Pa, energy balance 5.0e-1 W of 5.4 kW
                """)
    }
}
