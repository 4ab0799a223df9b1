Feature: Holdback
  Half of a commission is payable with the win, the other half as the customer pays.

  Rule: Half is payable at the win, the rest in proportion to what the customer has paid

    Scenario: Nothing paid yet
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 4,500.00 CNY
      And of what Chen Wei has earned, 2,250.00 CNY are held back
      And Chen Wei receives 2,250.00 CNY from the run

    Scenario: Each payment releases its part, in the month in which it arrives
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      And the pay of 2026-03 is posted and closed
      When on 10 April 2026, 40,000.00 CNY are received for the deal "Kiln"
      And the pay of 2026-04 is posted and closed
      Then Chen Wei receives 900.00 CNY from the run
      And of what Chen Wei has earned, 1,350.00 CNY are held back
      When on 10 May 2026, 60,000.00 CNY are received for the deal "Kiln"
      And the pay of 2026-05 is posted
      Then Chen Wei receives 1,350.00 CNY from the run
      And of what Chen Wei has earned, 0.00 CNY are held back
      And the ledger says that Chen Wei has earned 4,500.00 CNY, of which 4,500.00 CNY are payable

    Scenario: A month without a payment releases nothing
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      And the pay of 2026-03 is posted and closed
      And on 1 May 2026, 40,000.00 CNY are received for the deal "Kiln"
      When He Ping calculates the pay of 2026-04
      Then Chen Wei receives 0.00 CNY from the run
      And the run moves nothing

    Scenario: A customer who pays too much releases no more than everything
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      When on 3 March 2026, 100,000.01 CNY are received for the deal "Kiln"
      And He Ping calculates the pay of 2026-03
      Then Chen Wei receives 4,500.00 CNY from the run
      And of what Chen Wei has earned, 0.00 CNY are held back

    Scenario: A payment is a positive amount
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      When on 3 March 2026, 0.00 CNY are received for the deal "Kiln"
      Then it is refused, because "The amount 0.00 CNY of a payment is not positive."

  Rule: A sales manager's commission is not held back

    Scenario: All of it with the win
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Wu Fang receives 1,500.00 CNY from the run
      And of what Wu Fang has earned, 0.00 CNY are held back

    Scenario: And nothing more when the customer pays
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      And the pay of 2026-03 is posted and closed
      When on 10 April 2026, 40,000.00 CNY are received for the deal "Kiln"
      And He Ping calculates the pay of 2026-04
      Then Wu Fang receives 0.00 CNY from the run

  Rule: A part may wait for a time, or for a day

    Scenario Outline: Half at the win, half ninety days later; in <month>, <held> are held back
      Given in plans/account-executive-2026.yaml, "share: 50%, on: payment.received, pro_rata: yes" is changed to "share: 50%, on: deal.won, after: 90 days" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      When He Ping calculates the pay of <month>
      Then of what Chen Wei has earned, <held> are held back

      Examples: the month before the ninetieth day, and the one that holds it
        | month   | held         |
        | 2026-04 | 2,250.00 CNY |
        | 2026-05 | 0.00 CNY     |

    Scenario: The other half is payable on the last day of the year
      Given in plans/account-executive-2026.yaml, "share: 50%, on: payment.received, pro_rata: yes" is changed to "share: 50%, on_day: 2026-12-31" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      When the pay of 2026-11 is posted
      Then of what Chen Wei has earned, 2,250.00 CNY are held back
      When the pay of 2026-12 is posted
      Then of what Chen Wei has earned, 0.00 CNY are held back
