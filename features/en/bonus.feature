Feature: Bonuses
  Fixed amounts for one thing each: a new customer, a lead that turned out well.

  Rule: The first deal with a new customer earns 1,000.00 CNY, from 1 March to 30 June 2026

    Scenario Outline: A new customer won on <day> earns <bonus>
      Given Chen Wei has a quota of 100,000.00 CNY for <quarter>
      And on <day>, Chen Wei wins the deal "Kiln" for 10,000.00 CNY
        | Account | Lanzhou Steel |
      When He Ping calculates the pay of <month>
      Then Chen Wei has earned <bonus> as "New customer bonus"

      Examples: the day before, the first day, the last day, the day after
        | day              | quarter | month   | bonus        |
        | 28 February 2026 | 2026-Q1 | 2026-02 | 0.00 CNY     |
        | 1 March 2026     | 2026-Q1 | 2026-03 | 1,000.00 CNY |
        | 30 June 2026     | 2026-Q2 | 2026-06 | 1,000.00 CNY |
        | 1 July 2026      | 2026-Q3 | 2026-07 | 0.00 CNY     |

    Scenario: A customer who has bought before is not new
      Given the customer "Lanzhou Steel" has bought before
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 10,000.00 CNY
        | Account | Lanzhou Steel |
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 0.00 CNY as "New customer bonus"

    Scenario: The bonus comes on top of the commission and is not held back
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 10,000.00 CNY
        | Account | Lanzhou Steel |
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 1,300.00 CNY
      And of what Chen Wei has earned, 150.00 CNY are held back

  Rule: The budget of a bonus is given out first come, first served, exactly

    Scenario: With 2,500.00 left, the third winner gets the rest and the fourth nothing
      Given in plans/account-executive-2026.yaml, "budget: 50_000 CNY" is changed to "budget: 2_500 CNY" and put in force
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 1,000.00 CNY
        | Account | Lanzhou Steel |
      And on 3 March 2026, Li Na wins the deal "Press" for 1,000.00 CNY
        | Account | Wuxi Bearings |
      And on 4 March 2026, Wang Lei wins the deal "Saw" for 1,000.00 CNY
        | Account | Foshan Tools |
      And on 5 March 2026, Sun Jie wins the deal "Drill" for 1,000.00 CNY
        | Account | Ningbo Moulds |
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 1,000.00 CNY as "New customer bonus"
      And Li Na has earned 1,000.00 CNY as "New customer bonus"
      And Wang Lei has earned 500.00 CNY as "New customer bonus"
      And Sun Jie has earned 0.00 CNY as "New customer bonus"

    Scenario: First come counts by when it was won, not by when we heard of it
      Given in plans/account-executive-2026.yaml, "budget: 50_000 CNY" is changed to "budget: 1_500 CNY" and put in force
      And on 5 March 2026, Li Na wins the deal "Press" for 1,000.00 CNY
        | Account | Wuxi Bearings |
      And on 4 March 2026, Chen Wei wins the deal "Kiln" for 1,000.00 CNY
        | Account | Lanzhou Steel |
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 1,000.00 CNY as "New customer bonus"
      And Li Na has earned 500.00 CNY as "New customer bonus"

    Scenario: The last of the first two loses theirs to one who won before and was heard of late, in the open month
      Given in plans/account-executive-2026.yaml, "budget: 50_000 CNY" is changed to "budget: 2_000 CNY" and put in force
      And on 4 March 2026, Chen Wei wins the deal "Kiln" for 1,000.00 CNY
        | Account | Lanzhou Steel |
      And on 5 March 2026, Li Na wins the deal "Press" for 1,000.00 CNY
        | Account | Wuxi Bearings |
      And the pay of 2026-03 is posted and closed
      When on 3 March 2026, Wang Lei wins the deal "Saw" for 1,000.00 CNY
        | Account | Foshan Tools |
      And He Ping calculates the pay of 2026-04
      Then Wang Lei has earned 1,000.00 CNY as "New customer bonus"
      And Chen Wei has earned 1,000.00 CNY as "New customer bonus"
      And Li Na has earned 0.00 CNY as "New customer bonus"
      And the ledger says that Li Na has earned 1,030.00 CNY, of which 1,015.00 CNY are payable

  Rule: The bonus of a customer's first sale goes to the sale that was won first, whichever is told first

    Scenario Outline: Kiln is won on 3 March and Press on 5 March; <first> is told first
      Given in vocabulary/polaris.yaml, "owner.booked: {sum: credits.bookings}" is changed to "account.sales: {count: deals, where: won_on is set}" and put in force
      And in plans/account-executive-2026.yaml, "when: account.is_new" is changed to "when: account.sales <= 1" and put in force
      And on <first day>, <first seller> wins the deal "<first>" for 1,000.00 CNY
        | Account | Lanzhou Steel |
      When on <second day>, <second seller> wins the deal "<second>" for 1,000.00 CNY
        | Account | Lanzhou Steel |
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 1,000.00 CNY as "New customer bonus"
      And Li Na has earned 0.00 CNY as "New customer bonus"

      Examples: in time, and too late
        | first | first day    | first seller | second | second day   | second seller |
        | Kiln  | 3 March 2026 | Chen Wei     | Press  | 5 March 2026 | Li Na         |
        | Press | 5 March 2026 | Li Na        | Kiln   | 3 March 2026 | Chen Wei      |

  Rule: A bonus may be bounded for each person, or in number

    Scenario: With 1,500.00 a person, the second of one person is half, and another person's is not touched
      Given in plans/account-executive-2026.yaml, "budget: 50_000 CNY" is changed to "budget_per_person: 1_500 CNY" and put in force
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 1,000.00 CNY
        | Account | Lanzhou Steel |
      And on 3 March 2026, Chen Wei wins the deal "Press" for 1,000.00 CNY
        | Account | Wuxi Bearings |
      And on 4 March 2026, Li Na wins the deal "Saw" for 1,000.00 CNY
        | Account | Foshan Tools |
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 500.00 CNY with the deal "Press" as "New customer bonus"
      And Chen Wei has earned 1,500.00 CNY as "New customer bonus"
      And Li Na has earned 1,000.00 CNY as "New customer bonus"

    Scenario: The first two are paid, and one that is cancelled keeps its place
      Given in plans/account-executive-2026.yaml, "budget: 50_000 CNY" is changed to "count_at_most: 2" and put in force
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 1,000.00 CNY
        | Account | Lanzhou Steel |
      And on 3 March 2026, Li Na wins the deal "Press" for 1,000.00 CNY
        | Account | Wuxi Bearings |
      And on 4 March 2026, Wang Lei wins the deal "Saw" for 1,000.00 CNY
        | Account | Foshan Tools |
      When on 10 March 2026, the customer cancels the deal "Kiln"
      And He Ping calculates the pay of 2026-03
      Then Li Na has earned 1,000.00 CNY as "New customer bonus"
      And Wang Lei has earned 0.00 CNY as "New customer bonus"

  Rule: Sales development earns 150.00 CNY for a qualified lead and 400.00 CNY when it is won

    Scenario: Qualified, and not yet won
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Sales development representative | He Jing       |
        | Customer's budget                | 60,000.00 CNY |
      And on 2 March 2026, He Jing logs the "Call" "Spoke to the customer" for the deal "Kiln"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified"
      And He Ping calculates the pay of 2026-03
      Then He Jing has earned 150.00 CNY as "Qualified lead"
      And He Jing has earned 150.00 CNY
      And the pay of He Jing for the deal "Kiln" rests on "Sales development" in plans/sdr.yaml

    Scenario: Won
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Sales development representative | He Jing |
      And He Ping calculates the pay of 2026-03
      Then He Jing has earned 150.00 CNY as "Qualified lead"
      And He Jing has earned 400.00 CNY as "Lead that was won"
      And He Jing has earned 550.00 CNY

    Scenario: Nobody is named, nobody is paid
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And He Ping calculates the pay of 2026-03
      Then He Jing has earned 0.00 CNY

    Scenario: A deal that is cancelled takes back the bonus for the win, not the one for the lead
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Sales development representative | He Jing |
      When on 10 March 2026, the customer cancels the deal "Kiln"
      And He Ping calculates the pay of 2026-03
      Then He Jing has earned 150.00 CNY
