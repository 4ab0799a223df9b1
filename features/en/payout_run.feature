Feature: Payout runs
  What is owed is computed anew each time, and only the difference to what was posted is posted.
  He Ping and Deng Li are in finance; Guo Hua is in operations.

  Rule: A run is calculated by one person and approved by another before it is posted

    Background:
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY

    Scenario: Draft, approved, posted
      When He Ping calculates the pay of 2026-03
      And Deng Li approves the run
      Then the ledger says that Chen Wei has earned 0.00 CNY, of which 0.00 CNY are payable
      When He Ping posts the run
      Then the ledger says that Chen Wei has earned 1,500.00 CNY, of which 750.00 CNY are payable

    Scenario: Nobody approves their own run
      Given He Ping calculates the pay of 2026-03
      When He Ping approves the run
      Then it is refused, because "he-ping made the payout run … and may not approve it."
      When Deng Li approves the run
      And He Ping posts the run
      Then the ledger says that Chen Wei has earned 1,500.00 CNY, of which 750.00 CNY are payable

    Scenario: A draft cannot be posted, and the ledger stays empty
      Given He Ping calculates the pay of 2026-03
      When Deng Li posts the run
      Then it is refused, because "The payout run … is draft; to become posted it must be approved."
      And the ledger says that Chen Wei has earned 0.00 CNY, of which 0.00 CNY are payable

    Scenario: While a run is approved and not posted, nothing is calculated beside it
      Given He Ping calculates the pay of 2026-03
      And Deng Li approves the run
      When He Ping calculates the pay of 2026-03
      Then it is refused, because "The run … for 2026-03 is approved and not yet posted."

    Scenario: Posting twice changes nothing
      Given the pay of 2026-03 is posted
      When Deng Li posts the run
      Then it is refused, because "The payout run … is already posted."
      And the ledger says that Chen Wei has earned 1,500.00 CNY, of which 750.00 CNY are payable

    Scenario: Calculating again after posting moves nothing
      Given the pay of 2026-03 is posted
      When He Ping calculates the pay of 2026-03
      Then the run moves nothing

  Rule: A period is closed by somebody who did not calculate its last run, after everything is posted

    Background:
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY

    Scenario: Deng Li closes what He Ping calculated
      Given the pay of 2026-03 is posted
      When Deng Li closes 2026-03
      And He Ping calculates the pay of 2026-03
      Then it is refused, because "The period 2026-03 is closed since …; nothing is written behind a close."

    Scenario: He Ping does not close his own run
      Given the pay of 2026-03 is posted
      When He Ping closes 2026-03
      Then it is refused, because "he-ping calculated the last run of 2026-03 and may not close it too."

    Scenario: Not before the run is posted
      Given He Ping calculates the pay of 2026-03
      When Deng Li closes 2026-03
      Then it is refused, because "2026-03 has no posted run that contains everything known: draft."

    Scenario: Not while an event waits
      Given the pay of 2026-03 is posted
      And on 3 March 2026, Qian Duo opens the deal "Press" over 50,000.00 CNY
      Then it waits, because "… speaks of the person qian-duo, of which nothing has been told yet."
      When Deng Li closes 2026-03
      Then it is refused, because "1 events wait in quarantine and may bear on 2026-03."

  Rule: Closed stays closed; what comes late is posted in the open period and points back

    Background:
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And the pay of 2026-03 is posted and closed

    Scenario: A closed period is not calculated again
      When He Ping calculates the pay of 2026-03
      Then it is refused, because "The period 2026-03 is closed since …; nothing is written behind a close."

    Scenario: A deal of March that we hear of in April
      Given on 20 March 2026, Chen Wei wins the deal "Press" for 50,000.00 CNY
      When the pay of 2026-04 is posted
      Then the run moves exactly this
        | who      | earned       | payable      | earned in | posted in |
        | Chen Wei | 3,000.00 CNY | 1,500.00 CNY | 2026-Q1   | 2026-04   |
        | Wu Fang  | 1,250.00 CNY | 1,250.00 CNY | 2026-Q1   | 2026-04   |

    Scenario: Nothing came late
      When He Ping calculates the pay of 2026-04
      Then the run moves nothing

    Scenario: Only months have books
      When He Ping calculates the pay of 2026-Q2
      Then it is refused, because "2026-Q2 is not a month of the company's calendar; books are kept by the month."

  Rule: What a posted run has settled is not calculated again, until something is told of it

    Background:
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And the pay of 2026-03 is posted and closed

    Scenario: Wu Fang's first quarter is settled; Chen Wei's waits for the customer's money
      When He Ping calculates the pay of 2026-04
      Then the open days of Wu Fang begin on 1 April 2026
      And the open days of Chen Wei begin on 1 January 2026
      And calculating every day again gives the same run

    Scenario: The customer pays, and Chen Wei's first quarter is settled too
      Given on 10 April 2026, 50,000.00 CNY are received for the deal "Kiln"
      And the pay of 2026-04 is posted and closed
      When He Ping calculates the pay of 2026-05
      Then the open days of Chen Wei begin on 1 April 2026
      And calculating every day again gives the same run

    Scenario: A deal of March that we hear of in April opens its quarter again
      Given on 20 March 2026, Chen Wei wins the deal "Press" for 50,000.00 CNY
      When He Ping calculates the pay of 2026-04
      Then the open days of Wu Fang begin on 1 January 2026
      And calculating every day again gives the same run
