Feature: Scorecards
  A score of the quarter decides how much of a bonus is paid: what was sold counts half, what the manager tells the rest.
  Every example has a quota of 100,000.00 CNY, so that one percent of quota is one point, of which half counts.

  Rule: From 60 points on 80 % of the quarterly bonus of 3,000.00 CNY is paid, from 75 all of it, from 90 a fifth more; below 60 nothing

    Scenario Outline: Bookings of <booked>, and 60 points for everything else, earn <bonus>
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for <booked>
      And on 3 April 2026, Wu Fang gives Chen Wei 80% for "Customer satisfaction" in 2026-Q1
      And on 3 April 2026, Wu Fang gives Chen Wei 60% for "Records kept" in 2026-Q1
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <bonus> as "Quarterly bonus"

      Examples: 59.99 points, and 60
        | booked        | bonus        |
        | 59,980.00 CNY | 0.00 CNY     |
        | 60,000.00 CNY | 2,400.00 CNY |

      Examples: 74.99 points, and 75
        | booked        | bonus        |
        | 89,980.00 CNY | 2,400.00 CNY |
        | 90,000.00 CNY | 3,000.00 CNY |

      Examples: 89.99 points, 90, and beyond 120 % of quota, which scores no more
        | booked         | bonus        |
        | 119,980.00 CNY | 3,000.00 CNY |
        | 120,000.00 CNY | 3,600.00 CNY |
        | 150,000.00 CNY | 3,600.00 CNY |

    Scenario: The bonus says how the score came about
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 80,000.00 CNY
      And on 3 April 2026, Wu Fang gives Chen Wei 92.5% for "Customer satisfaction" in 2026-Q1
      And on 3 April 2026, Wu Fang gives Chen Wei 70% for "Records kept" in 2026-Q1
      And He Ping calculates the pay of 2026-03
      When Chen Wei asks about the pay of Chen Wei as "Quarterly bonus"
      Then the answer says "Account executive's scorecard, 2026-Q1: 40 + 24 + 14 = 78 points, grade B (As expected), multiplier 1"
      And the answer says "Bookings: 80%, 80 points × 50% = 40"
      And the answer says "Customer satisfaction: 92.5%, 80 points × 30% = 24"
      And the answer says "Records kept: 70%, 70 points × 20% = 14"
      And the answer says "scorecard: account-executive" in scorecards/account-executive.yaml

  Rule: There is no score before the quarter has ended, nor before every value that must be told has been told

    Scenario: In February the quarter has not ended
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 February 2026, Chen Wei wins the deal "Kiln" for 80,000.00 CNY
      And on 20 February 2026, Wu Fang gives Chen Wei 80% for "Customer satisfaction" in 2026-Q1
      And on 20 February 2026, Wu Fang gives Chen Wei 60% for "Records kept" in 2026-Q1
      When He Ping calculates the pay of 2026-02
      Then Chen Wei has earned 0.00 CNY as "Quarterly bonus"

    Scenario: Nobody has told how the records were kept
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 80,000.00 CNY
      And He Ping calculates the pay of 2026-03
      When Chen Wei asks about the pay of Chen Wei as "Quarterly bonus"
      Then Chen Wei has earned 0.00 CNY as "Quarterly bonus"
      And the answer says "no score yet, because the value of Records kept has not been told"

    Scenario: It is told after March was closed, so the bonus is paid with April
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 80,000.00 CNY
      And the pay of 2026-03 is posted and closed
      And on 10 April 2026, Wu Fang gives Chen Wei 100% for "Records kept" in 2026-Q1
      When He Ping calculates the pay of 2026-04
      Then Chen Wei has earned 3,000.00 CNY as "Quarterly bonus"

  Rule: The rule says what happens when a value is missing

    Scenario Outline: Nobody told how the records were kept, and the rule says <word>
      Given in scorecards/account-executive.yaml, "without_data: wait" is changed to "without_data: <word>" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 80,000.00 CNY
      And on 3 April 2026, Wu Fang gives Chen Wei 80% for "Customer satisfaction" in 2026-Q1
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <bonus> as "Quarterly bonus"

      Examples: 40 and 18 points: 58; with 100 points for the missing fifth 78; without that fifth 72.5
        | word    | bonus        |
        | zero    | 0.00 CNY     |
        | par     | 3,000.00 CNY |
        | exclude | 2,400.00 CNY |

  Rule: What was told last counts, by when it was told and not by when we heard of it

    Scenario: A correction
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 80,000.00 CNY
      And on 3 April 2026, Wu Fang gives Chen Wei 10% for "Records kept" in 2026-Q1
      And on 5 April 2026, Wu Fang gives Chen Wei 90% for "Records kept" in 2026-Q1
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 3,000.00 CNY as "Quarterly bonus"

    Scenario: The same two, the other way round at our door
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 80,000.00 CNY
      And on 5 April 2026, Wu Fang gives Chen Wei 90% for "Records kept" in 2026-Q1
      And on 3 April 2026, Wu Fang gives Chen Wei 10% for "Records kept" in 2026-Q1
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 3,000.00 CNY as "Quarterly bonus"

  Rule: Only what people are asked for can be told, and nobody tells their own

    Scenario: One's own records
      When on 3 April 2026, Chen Wei gives Chen Wei 100% for "Records kept" in 2026-Q1
      Then it is refused, because "chen-wei may not tell the value of their own records."

    Scenario: What the program works out itself
      When on 3 April 2026, Wu Fang gives Chen Wei 100% for "Bookings" in 2026-Q1
      Then it is refused, because "No scorecard account-executive asks people for bookings in 2026-Q1. It asks for: customer-satisfaction, records."

    Scenario: A number where a percent is wanted
      When on 3 April 2026, Wu Fang gives Chen Wei 80 for "Records kept" in 2026-Q1
      Then it is refused, because "The value of records is told like 80%, not as 80."

  Rule: A gate can ask for the score

    Scenario Outline: Bookings of <booked> earn <commission> when commission needs 60 points
      Given in plans/account-executive-2026.yaml, "per_deal: {at_most: 80_000 CNY}" is changed to "gate: scorecard.score >= 60" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for <booked>
      And on 3 April 2026, Wu Fang gives Chen Wei 80% for "Customer satisfaction" in 2026-Q1
      And on 3 April 2026, Wu Fang gives Chen Wei 60% for "Records kept" in 2026-Q1
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <commission> as "Commission on bookings"

      Examples: 59.99 points, and 60
        | booked        | commission   |
        | 59,980.00 CNY | 0.00 CNY     |
        | 60,000.00 CNY | 2,100.00 CNY |

  Rule: A sales manager's bonus for objectives is 6,000.00 CNY times what was reached of each, by its weight

    Scenario: More than agreed is paid for the new market, and not for training
      Given on 3 April 2026, Zhou Ming gives Wu Fang 120% for "Open a new market" in 2026-Q1
      And on 3 April 2026, Zhou Ming gives Wu Fang 110% for "Train the team" in 2026-Q1
      And on 3 April 2026, Zhou Ming gives Wu Fang 80% for "Keep the forecast" in 2026-Q1
      When He Ping calculates the pay of 2026-03
      Then Wu Fang has earned 6,180.00 CNY as "Bonus for objectives"

    Scenario: The bonus says what each objective is worth
      Given on 3 April 2026, Zhou Ming gives Wu Fang 50% for "Open a new market" in 2026-Q1
      And on 3 April 2026, Zhou Ming gives Wu Fang 100% for "Train the team" in 2026-Q1
      And on 3 April 2026, Zhou Ming gives Wu Fang 100% for "Keep the forecast" in 2026-Q1
      And He Ping calculates the pay of 2026-03
      When Wu Fang asks about the pay of Wu Fang as "Bonus for objectives"
      Then Wu Fang has earned 4,800.00 CNY as "Bonus for objectives"
      And the answer says "Open a new market: 50%, 50 points × 40% = 20"
      And the answer says "scorecard: sales-manager-objectives" in scorecards/sales-manager-objectives.yaml

    Scenario: While one objective has not been told, nothing is paid
      Given on 3 April 2026, Zhou Ming gives Wu Fang 100% for "Open a new market" in 2026-Q1
      And on 3 April 2026, Zhou Ming gives Wu Fang 100% for "Train the team" in 2026-Q1
      When He Ping calculates the pay of 2026-03
      Then Wu Fang has earned 0.00 CNY as "Bonus for objectives"

  Rule: On the screen a manager tells the values of their own people; the last value counts, whichever door it came through

    Scenario: Told by a file, corrected on the screen
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 80,000.00 CNY
      And on 3 April 2026, Wu Fang gives Chen Wei 10% for "Records kept" in 2026-Q1
      When on 5 April 2026, Wu Fang gives Chen Wei 90% for "Records kept" in 2026-Q1 on the screen
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 3,000.00 CNY as "Quarterly bonus"

    Scenario: Somebody else's people
      When on 3 April 2026, Wu Fang gives Anna Keller 90% for "Records kept" in 2026-Q1 on the screen
      Then Wu Fang gets no answer

    Scenario: One's own objectives
      When on 3 April 2026, Wu Fang gives Wu Fang 150% for "Open a new market" in 2026-Q1 on the screen
      Then Wu Fang gets no answer

    Scenario: The director tells the manager's
      Given on 3 April 2026, Zhou Ming gives Wu Fang 120% for "Open a new market" in 2026-Q1 on the screen
      And on 3 April 2026, Zhou Ming gives Wu Fang 110% for "Train the team" in 2026-Q1 on the screen
      And on 3 April 2026, Zhou Ming gives Wu Fang 80% for "Keep the forecast" in 2026-Q1 on the screen
      When He Ping calculates the pay of 2026-03
      Then Wu Fang has earned 6,180.00 CNY as "Bonus for objectives"

    Scenario: A representative tells nobody's
      When on 3 April 2026, Li Na gives Chen Wei 90% for "Records kept" in 2026-Q1 on the screen
      Then Li Na gets no answer
