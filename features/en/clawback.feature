Feature: Clawback
  Commission on a deal that the customer cancels within 180 days is taken back, from the top tier down.

  Rule: A deal cancelled within 180 days earns nothing

    Scenario Outline: Won on 2 March 2026, cancelled on <day>: <earned> remain
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When on <day>, the customer cancels the deal "Kiln"
      And He Ping calculates the pay of <month>
      Then Chen Wei has earned <earned>
      And the pay of Chen Wei for the deal "Kiln" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says <words>

      Examples: the 180th day and the one after
        | day            | month   | earned       | words                                   |
        | 10 March 2026  | 2026-03 | 0.00 CNY     | "1,500.00 CNY taken back on 2026-03-10" |
        | 29 August 2026 | 2026-08 | 0.00 CNY     | "1,500.00 CNY taken back on 2026-08-29" |
        | 30 August 2026 | 2026-08 | 1,500.00 CNY | "which the plan does not take back"     |

    Scenario: A cancellation needs a won deal
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 3 March 2026, Chen Wei moves the deal "Kiln" to "Lost", because "price"
      When on 10 March 2026, the customer cancels the deal "Kiln"
      Then it is refused, because "The deal Kiln is lost; there is nothing to cancel."

  Rule: What is taken back comes off the top tier

    Scenario: The first of two deals is cancelled, and the rate of the second goes
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 3 March 2026, Chen Wei wins the deal "Press" for 50,000.00 CNY
      When on 10 March 2026, the customer cancels the deal "Kiln"
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 1,500.00 CNY
      And Chen Wei has earned -1,500.00 CNY with the deal "Kiln"
      And Chen Wei has earned 3,000.00 CNY with the deal "Press"

    Scenario: Nothing is cancelled
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 3 March 2026, Chen Wei wins the deal "Press" for 50,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 4,500.00 CNY

  Rule: What was paid already is taken back in the open period

    Scenario: Won and paid in March, cancelled in May
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And the pay of 2026-03 is posted and closed
      And the pay of 2026-04 is posted and closed
      When on 10 May 2026, the customer cancels the deal "Kiln"
      And the pay of 2026-05 is posted
      Then the run moves exactly this
        | who      | earned        | payable     | earned in | posted in |
        | Chen Wei | -1,500.00 CNY | -750.00 CNY | 2026-Q1   | 2026-05   |
        | Wu Fang  | -250.00 CNY   | -250.00 CNY | 2026-Q1   | 2026-05   |
      And the ledger says that Chen Wei has earned 0.00 CNY, of which 0.00 CNY are payable

    Scenario: Cancelled on the day after the 180th, nothing moves
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And the pay of 2026-03 is posted and closed
      When on 30 August 2026, the customer cancels the deal "Kiln"
      And He Ping calculates the pay of 2026-08
      Then the run moves nothing

  Rule: A clawback says how much it takes, of what, and how it is got back

    Scenario Outline: The share falls evenly over 180 days: cancelled on <day>, <earned> remain
      Given in plans/account-executive-2026.yaml, "share: 100%, attainment: reversed, through_tiers: from_top" is changed to "share: 100%, tapers: yes, attainment: kept" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When on <day>, the customer cancels the deal "Kiln"
      And He Ping calculates the pay of 2026-08
      Then Chen Wei has earned <earned>

      Examples: the day itself, a quarter of the way, the day before the last, and the last
        | day            | earned       |
        | 2 March 2026   | 0.00 CNY     |
        | 16 April 2026  | 375.00 CNY   |
        | 28 August 2026 | 1,491.67 CNY |
        | 29 August 2026 | 1,500.00 CNY |

    Scenario: Only what was paid is taken back, and what was held lapses
      Given in plans/account-executive-2026.yaml, "share: 100%, attainment: reversed, through_tiers: from_top" is changed to "share: 50%, of: paid, attainment: kept" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And the pay of 2026-03 is posted and closed
      When on 10 April 2026, the customer cancels the deal "Kiln"
      And the pay of 2026-04 is posted
      Then Chen Wei has earned 375.00 CNY
      And of what Chen Wei has earned, 0.00 CNY are held back
      And the pay of Chen Wei for the deal "Kiln" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says "50% of what was paid by then; what was held lapses"

    Scenario: What the payee owes is deducted from nothing
      Given in plans/account-executive-2026.yaml, "share: 100%, attainment: reversed, through_tiers: from_top" is changed to "share: 100%, settled: receivable, attainment: kept" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And the pay of 2026-03 is posted and closed
      And on 10 April 2026, the customer cancels the deal "Kiln"
      When the pay of 2026-04 is posted
      And Chen Wei asks about the pay of Chen Wei for the deal "Kiln"
      Then the answer says "taken back, owed by the payee"

  Rule: What the payee gives back is booked by one person, approved by another, and never more than is owed

    Background:
      Given in plans/account-executive-2026.yaml, "share: 100%, attainment: reversed, through_tiers: from_top" is changed to "share: 100%, settled: receivable, attainment: kept" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 3 March 2026, 50,000.00 CNY are received for the deal "Kiln"
      And the pay of 2026-03 is posted and closed
      And on 10 April 2026, the customer cancels the deal "Kiln"
      And the pay of 2026-04 is posted

    Scenario: A part of it, then the rest
      When on 4 May 2026, 600.00 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      And Deng Li approves the repayment
      Then the ledger says that Chen Wei has earned 0.00 CNY, of which 1,500.00 CNY are payable, and owes 900.00 CNY
      When on 5 May 2026, 900.00 CNY are received from Chen Wei as "TRF-2", booked by He Ping
      And Deng Li approves the repayment
      Then the ledger says that Chen Wei has earned 0.00 CNY, of which 1,500.00 CNY are payable, and owes 0.00 CNY

    Scenario: One cent more than is owed
      When on 4 May 2026, 1,500.01 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      Then it is refused, because "chen-wei owes 1,500.00 CNY, of which 0.00 CNY waits for approval; 1,500.01 CNY is more than is left."

    Scenario: What waits for approval counts against what is owed
      When on 4 May 2026, 1,000.00 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      And on 5 May 2026, 501.00 CNY are received from Chen Wei as "TRF-2", booked by He Ping
      Then it is refused, because "chen-wei owes 1,500.00 CNY, of which 1,000.00 CNY waits for approval; 501.00 CNY is more than is left."

    Scenario: Nobody approves what they booked themselves
      When on 4 May 2026, 600.00 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      And He Ping approves the repayment
      Then it is refused, because "he-ping may not do this: they booked it themselves, or it is they who owe it."
      And the ledger says that Chen Wei has earned 0.00 CNY, of which 1,500.00 CNY are payable, and owes 1,500.00 CNY

    Scenario: The same transfer twice counts once
      When on 4 May 2026, 600.00 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      And Deng Li approves the repayment
      And on 4 May 2026, 600.00 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      Then the ledger says that Chen Wei has earned 0.00 CNY, of which 1,500.00 CNY are payable, and owes 900.00 CNY

    Scenario: The same transfer with another amount is refused
      When on 4 May 2026, 600.00 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      And on 4 May 2026, 700.00 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      Then it is refused, because "The reference TRF-1 of chen-wei is booked already, over 600.00 CNY or with another day."

    Scenario: A mistake is taken back, again by two people
      When on 4 May 2026, 600.00 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      And Deng Li approves the repayment
      And He Ping takes back the repayment
      And Deng Li approves the repayment
      Then the ledger says that Chen Wei has earned 0.00 CNY, of which 1,500.00 CNY are payable, and owes 1,500.00 CNY
      When He Ping takes back the repayment
      Then it is refused, because "The repayment … is not posted, or was taken back already; there is nothing to take back."

    Scenario: What is declined is not posted, and its reference may be used again
      When on 4 May 2026, 600.00 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      And Deng Li declines the repayment
      And on 4 May 2026, 700.00 CNY are received from Chen Wei as "TRF-1", booked by He Ping
      And Deng Li approves the repayment
      Then the ledger says that Chen Wei has earned 0.00 CNY, of which 1,500.00 CNY are payable, and owes 800.00 CNY
