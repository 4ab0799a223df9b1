Feature: Commission on bookings
  Account executives are paid by how much of their quota they reach; sales managers by what their team reaches.
  Every example has a quota of 100,000.00 CNY for the quarter, so that one percent of quota is 1,000.00 CNY.

  Rule: An account executive earns 3 % up to half of the quota, 6 % up to the quota, 9 % up to one and a half, 12 % above

    Scenario Outline: Booking <booked> earns <earned>
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for <booked>
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <earned>
      And the pay of Chen Wei for the deal "Kiln" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says <arithmetic>

      Examples: below, exactly at and one cent above half of the quota
        | booked        | earned       | arithmetic                                    |
        | 10,000.00 CNY | 300.00 CNY   | "10,000.00 × 3% = 300.00 CNY"                 |
        | 50,000.00 CNY | 1,500.00 CNY | "50,000.00 × 3% = 1,500.00 CNY"               |
        | 50,000.01 CNY | 1,500.00 CNY | "50,000.00 × 3% + 0.01 × 6% = 1,500.0006 CNY" |

      Examples: at the quota, one cent above, and beyond one and a half
        | booked         | earned        | arithmetic                                                                           |
        | 99,999.99 CNY  | 4,500.00 CNY  | "50,000.00 × 3% + 49,999.99 × 6% = 4,499.9994 CNY"                                   |
        | 100,000.00 CNY | 4,500.00 CNY  | "50,000.00 × 3% + 50,000.00 × 6% = 4,500.00 CNY"                                     |
        | 100,000.01 CNY | 4,500.00 CNY  | "50,000.00 × 3% + 50,000.00 × 6% + 0.01 × 9% = 4,500.0009 CNY"                       |
        | 150,000.00 CNY | 9,000.00 CNY  | "50,000.00 × 3% + 50,000.00 × 6% + 50,000.00 × 9% = 9,000.00 CNY"                    |
        | 160,000.00 CNY | 10,200.00 CNY | "50,000.00 × 3% + 50,000.00 × 6% + 50,000.00 × 9% + 10,000.00 × 12% = 10,200.00 CNY" |

    Scenario: Booking nothing earns nothing
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 0.00 CNY

    Scenario: Nobody is paid by this plan but account executives
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Guo Hua wins the deal "Kiln" for 50,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Guo Hua has earned 0.00 CNY

  Rule: The deal that crosses a tier is split, so that slicing deals changes nothing

    Scenario: Two deals of 60,000.00 earn together what one of 120,000.00 earns
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 60,000.00 CNY
      And on 3 March 2026, Chen Wei wins the deal "Press" for 60,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 2,100.00 CNY with the deal "Kiln"
      And Chen Wei has earned 4,200.00 CNY with the deal "Press"
      And the pay of Chen Wei for the deal "Press" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says "40,000.00 × 6% + 20,000.00 × 9% = 4,200.00 CNY"
      And Chen Wei has earned 6,300.00 CNY

    Scenario: One deal of 120,000.00
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 120,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 6,300.00 CNY

    Scenario: A new quarter begins at the first tier again
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q2
      And on 31 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      And on 1 April 2026, Chen Wei wins the deal "Press" for 10,000.00 CNY
      When He Ping calculates the pay of 2026-04
      Then Chen Wei has earned 300.00 CNY with the deal "Press"
      And Chen Wei has earned 4,800.00 CNY

  Rule: A service deal counts 1.2 times

    Scenario Outline: 10,000.00 of <line> earn <earned>
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 10,000.00 CNY
        | Product line | <line> |
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <earned>
      And the pay of Chen Wei for the deal "Kiln" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says <step>

      Examples: service and everything else
        | line     | earned     | step    |
        | service  | 360.00 CNY | "× 1.2" |
        | hardware | 300.00 CNY | "× 1"   |
        | software | 300.00 CNY | "× 1"   |

  Rule: One deal earns 80,000.00 CNY at most, before the multiplier

    Scenario Outline: After the quota is passed one and a half times, a deal of <booked> earns <earned>
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 150,000.00 CNY
      And on 3 March 2026, Chen Wei wins the deal "Press line" for <booked>
        | Product line | <line> |
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <earned> with the deal "Press line"
      And the pay of Chen Wei for the deal "Press line" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says <step>

      Examples: within the limit, above it, and the multiplier after it
        | booked         | line     | earned        | step                                               |
        | 600,000.00 CNY | hardware | 72,000.00 CNY | "within the bounds per deal"                       |
        | 700,000.00 CNY | hardware | 80,000.00 CNY | "lowered to 80,000.00 CNY per deal: 80,000.00 CNY" |
        | 700,000.00 CNY | service  | 96,000.00 CNY | "lowered to 80,000.00 CNY per deal: 80,000.00 CNY" |

  Rule: For a sales manager the tier that is reached pays on everything: 0.5 %, from 80 % of quota 1 %, from 100 % 1.5 %

    Scenario Outline: A team that books <booked> earns its manager <earned>
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for <booked>
      When He Ping calculates the pay of 2026-03
      Then Wu Fang has earned <earned>
      And of what Wu Fang has earned, 0.00 CNY are held back
      And the pay of Wu Fang for the deal "Kiln" rests on "Sales manager 2026" in plans/sales-manager-2026.yaml

      Examples: one cent below, exactly at, one cent above
        | booked         | earned       |
        | 79,999.99 CNY  | 400.00 CNY   |
        | 80,000.00 CNY  | 800.00 CNY   |
        | 80,000.01 CNY  | 800.00 CNY   |
        | 99,999.99 CNY  | 1,000.00 CNY |
        | 100,000.00 CNY | 1,500.00 CNY |

    Scenario Outline: A tier may pay a fixed amount in the stead of a rate: <booked> earn <earned>
      Given in plans/sales-manager-2026.yaml, "from: 80%, rate: 1%" is changed to "from: 80%, flat: 900 CNY" and put in force
      And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 60,000.00 CNY
      When on 3 March 2026, Li Na wins the deal "Press" for <booked>
      And He Ping calculates the pay of 2026-03
      Then Wu Fang has earned <earned>

      Examples: below it, in it, and above it, where the fixed amount has gone
        | booked        | earned       |
        | 10,000.00 CNY | 350.00 CNY   |
        | 20,000.00 CNY | 900.00 CNY   |
        | 39,999.99 CNY | 900.00 CNY   |
        | 40,000.00 CNY | 1,500.00 CNY |

    Scenario: The deal that reaches a tier lifts what was earned before
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 60,000.00 CNY
      And on 3 March 2026, Li Na wins the deal "Press" for 20,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Wu Fang has earned 800.00 CNY

    Scenario: Another team's deal is not theirs
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Anna Keller wins the deal "Lathe" for 60,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Wu Fang has earned 0.00 CNY

  Rule: Without a quota there is no attainment, and the pay of that person is left alone in sight

    Scenario: Somebody has no share of the target and no quota
      Given on 2 March 2026, Zhou Ming wins the deal "Kiln" for 10,000.00 CNY
      And from 1 February 2026, Qian Duo reports to Wu Fang as account executive
      And on 3 March 2026, Qian Duo wins the deal "Press" for 10,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then it is refused, because "qian-duo has no quota of bookings, which bookings-commission needs to know the attainment."

    Scenario: With a quota the same person is paid
      Given from 1 February 2026, Qian Duo reports to Wu Fang as account executive
      And Qian Duo has a quota of 100,000.00 CNY for 2026-Q1
      And on 3 March 2026, Qian Duo wins the deal "Press" for 10,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Qian Duo has earned 300.00 CNY

  Rule: What is measured, over which time and up to where, is a choice of the plan

    Scenario: Above one and a half times the quota nothing counts any more
      Given in plans/account-executive-2026.yaml, "deal_that_crosses: split" is changed to "highest: 150%" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 200,000.00 CNY
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 9,000.00 CNY
      And the pay of Chen Wei for the deal "Kiln" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says "what is above 150% does not count"

    Scenario: Bookings are paid at the tier that the cash has reached
      Given in plans/account-executive-2026.yaml, "deal_that_crosses: split" is changed to "position_of: cash" and put in force
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 200,000.00 CNY
      And on 3 March 2026, 130,000.00 CNY are received for the deal "Kiln"
      When on 4 March 2026, Chen Wei wins the deal "Press" for 50,000.00 CNY
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 6,000.00 CNY with the deal "Kiln"
      And Chen Wei has earned 3,000.00 CNY with the deal "Press"

    Scenario: The quarters of a year add up where the plan is measured over its whole time
      Given in plans/account-executive-2026.yaml, "measured_over: quarter" is changed to "measured_over: plan" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When on 2 June 2026, Chen Wei wins the deal "Press" for 50,000.00 CNY
      And He Ping calculates the pay of 2026-06
      Then Chen Wei has earned 1,500.00 CNY with the deal "Kiln"
      And Chen Wei has earned 3,000.00 CNY with the deal "Press"
