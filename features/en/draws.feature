Feature: Draws and guarantees
  What lifts a lean month to an agreed amount, and whether later months pay it back.

  Rule: A month that earns less than the draw is lifted to it, and what later months earn above the draw pays it back

    Scenario: January earns 1,500.00 and is lifted to 2,000.00
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "draw: {amount: 2_000 CNY, per: month, kind: recoverable}" and put in force
      And Chen Wei has a quota of 1,000,000.00 CNY for 2026-Q1
      And on 5 January 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When He Ping calculates the pay of 2026-01
      Then Chen Wei has earned 1,500.00 CNY with the deal "Kiln"
      And Chen Wei has earned 500.00 CNY as "Draw"
      And Chen Wei has earned 2,000.00 CNY

    Scenario: February earns 3,000.00 and pays back 500.00
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "draw: {amount: 2_000 CNY, per: month, kind: recoverable}" and put in force
      And Chen Wei has a quota of 1,000,000.00 CNY for 2026-Q1
      And on 5 January 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And the pay of 2026-01 is posted and closed
      And on 5 February 2026, Chen Wei wins the deal "Press" for 100,000.00 CNY
      When He Ping calculates the pay of 2026-02
      Then Chen Wei has earned 0.00 CNY as "Draw"
      And Chen Wei has earned 4,500.00 CNY
      And Chen Wei receives 1,000.00 CNY from the run

    Scenario Outline: After both months, a draw that is <kind> has moved <moved>
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "draw: {amount: 2_000 CNY, per: month, kind: <kind>}" and put in force
      And Chen Wei has a quota of 1,000,000.00 CNY for 2026-Q1
      And on 5 January 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 5 February 2026, Chen Wei wins the deal "Press" for 100,000.00 CNY
      When He Ping calculates the pay of 2026-02
      Then Chen Wei has earned <moved> as "Draw"

      Examples: what is paid back, and how fast
        | kind                                                | moved      |
        | non_recoverable                                     | 500.00 CNY |
        | recoverable, rate: 20%                              | 300.00 CNY |
        | recoverable, at_most: 100 CNY                       | 400.00 CNY |
        | recoverable, starts_after: 2 months                 | 500.00 CNY |
        | forgiven, ends: 2026-02-01                          | 500.00 CNY |
        | recoverable, ends: 2026-02-01                       | 0.00 CNY   |

    Scenario: A month is settled once it has ended
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "draw: {amount: 2_000 CNY, per: quarter, kind: recoverable}" and put in force
      And Chen Wei has a quota of 1,000,000.00 CNY for 2026-Q1
      And on 5 January 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When He Ping calculates the pay of 2026-02
      Then Chen Wei has earned 0.00 CNY as "Draw"
      And Chen Wei has earned 1,500.00 CNY

  Rule: A guarantee lifts the first months of somebody new, and nothing is paid back

    Scenario Outline: Qian Duo joins on 1 February; by the end of <month> she has earned <earned>
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "guarantee: {amount: 2_000 CNY, per: month, for: 2 months}" and put in force
      And from 1 February 2026, Qian Duo reports to Wu Fang as account executive
      And Qian Duo has a quota of 1,000,000.00 CNY for 2026-Q1
      And on 5 March 2026, Qian Duo wins the deal "Kiln" for 50,000.00 CNY
      When He Ping calculates the pay of <month>
      Then Qian Duo has earned <earned>
      And Qian Duo has earned <added> as "Guarantee"

      Examples: two months, of which the second earns 1,500.00 by itself
        | month   | earned       | added        |
        | 2026-01 | 0.00 CNY     | 0.00 CNY     |
        | 2026-02 | 2,000.00 CNY | 2,000.00 CNY |
        | 2026-03 | 4,000.00 CNY | 2,500.00 CNY |
        | 2026-04 | 4,000.00 CNY | 2,500.00 CNY |
