Feature: Part of a period
  Somebody who joins, leaves or is on unpaid leave is measured against their part of the quota.

  Rule: A plan says by which days the quota of part of a quarter is counted

    Scenario Outline: Qian Duo joins on 1 March; <counted> of her quota of 90,000.00 count
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "proration: <counted>" and put in force
      And from 1 March 2026, Qian Duo reports to Wu Fang as account executive
      And Qian Duo has a quota of 90,000.00 CNY for 2026-Q1
      And on 10 March 2026, Qian Duo wins the deal "Kiln" for 30,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Qian Duo has earned <earned>
      And the pay of Qian Duo for the deal "Kiln" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says <quota>

      Examples: the same deal
        | counted       | earned       | quota                                                  |
        | months        | 1,350.00 CNY | "quota 30,000.00 CNY: 33.3333…% of 90,000.00 CNY" |
        | thirty_360    | 1,350.00 CNY | "quota 30,000.00 CNY: 33.3333…% of 90,000.00 CNY" |
        | calendar_days | 1,335.00 CNY | "quota 31,000.00 CNY: 34.4444…% of 90,000.00 CNY" |

    Scenario: Without proration the whole quota counts
      Given from 1 March 2026, Qian Duo reports to Wu Fang as account executive
      And Qian Duo has a quota of 90,000.00 CNY for 2026-Q1
      And on 10 March 2026, Qian Duo wins the deal "Kiln" for 30,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Qian Duo has earned 900.00 CNY

  Rule: Unpaid leave counts as days that one was not there; paid leave does not

    Scenario Outline: January and February on leave, paid: <paid>
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "proration: months" and put in force
      And Chen Wei has a quota of 90,000.00 CNY for 2026-Q1
      And a file of "Leave from the personnel office" in profiles/hr-leave.yaml is taken in
        | Person   | First day  | First day back | Paid   |
        | chen-wei | 2026-01-01 | 2026-03-01     | <paid> |
      And on 10 March 2026, Chen Wei wins the deal "Kiln" for 30,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <earned>

      Examples: a third of the quota, or all of it
        | paid | earned       |
        | no   | 1,350.00 CNY |
        | yes  | 900.00 CNY   |

    Scenario: Nothing can be measured against a quota of which nothing is left
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "proration: months" and put in force
      And Chen Wei has a quota of 90,000.00 CNY for 2026-Q1
      And a file of "Leave from the personnel office" in profiles/hr-leave.yaml is taken in
        | Person   | First day  | First day back | Paid |
        | chen-wei | 2026-01-01 | 2026-04-01     | no   |
      And on 10 March 2026, Chen Wei wins the deal "Kiln" for 30,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then it is refused, because "Of the quota of 90,000.00 CNY that chen-wei has of bookings in 2026-Q1, ramp and proration leave nothing to measure by."

  Rule: A ramp asks for less in the first months on the plan

    Scenario Outline: Half a month's quota in the first month, and three quarters in the second, for who joins on <day>
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "ramp: {months: [50%, 75%]}" and put in force
      And from <day>, Qian Duo reports to Wu Fang as account executive
      And Qian Duo has a quota of 120,000.00 CNY for 2026-Q1
      And on 20 March 2026, Qian Duo wins the deal "Kiln" for 20,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Qian Duo has earned <earned>
      And the pay of Qian Duo for the deal "Kiln" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says <quota>

      Examples: 40,000.00 a month when the quota is whole
        | day             | earned     | quota                                                                               |
        | 1 March 2026    | 900.00 CNY | "quota 20,000.00 CNY instead of 120,000.00 CNY: 2026-01 0%, 2026-02 0%, 2026-03 50%" |
        | 1 February 2026 | 600.00 CNY | "quota 50,000.00 CNY instead of 120,000.00 CNY: 2026-01 0%, 2026-02 50%, 2026-03 75%" |

    Scenario: All of on-target pay is guaranteed in the first month
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "ramp: {months: [50%], guarantee: 100%}" and put in force
      And from 1 March 2026, Qian Duo reports to Wu Fang as account executive
      And Qian Duo has a quota of 120,000.00 CNY for 2026-Q1
      And on 20 March 2026, Qian Duo wins the deal "Kiln" for 20,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Qian Duo has earned 900.00 CNY with the deal "Kiln"
      And Qian Duo has earned 1,900.00 CNY as "Guarantee"
      And Qian Duo has earned 2,800.00 CNY
