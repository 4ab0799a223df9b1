Feature: Late, twice and too early
  What people earn hangs on what happened, not on when we heard of it or how often.

  Rule: A correction that comes late gives the same pay as one that came in time

    Scenario: In time
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei opens the deal "Kiln" over 60,000.00 CNY and brings it to "Negotiation"
      And on 3 March 2026, it is recorded about the deal "Kiln"
        | Amount          | 40,000.00 CNY |
        | Contract signed | yes           |
      And on 4 March 2026, Chen Wei moves the deal "Kiln" to "Won"
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 1,200.00 CNY

    Scenario: Told after the win, as of before it
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei opens the deal "Kiln" over 60,000.00 CNY and brings it to "Negotiation"
      And on 4 March 2026, it is recorded about the deal "Kiln"
        | Contract signed | yes |
      And on 4 March 2026, Chen Wei moves the deal "Kiln" to "Won"
      And it is 20 March 2026
      When on 3 March 2026, it is recorded about the deal "Kiln"
        | Amount | 40,000.00 CNY |
      And He Ping calculates the pay of 2026-03
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 40,000.00 CNY | own     |
        | Wu Fang  | 40,000.00 CNY | overlay |
      And Chen Wei has earned 1,200.00 CNY

    Scenario: A correction as of after the win changes the deal, not what was credited
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 4 March 2026, Chen Wei wins the deal "Kiln" for 60,000.00 CNY
      When on 5 March 2026, it is recorded about the deal "Kiln"
        | Amount | 40,000.00 CNY |
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 2,100.00 CNY

  Rule: The same event twice is one event, and the same name with another content is refused

    Scenario: A payment that is delivered twice is received once
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 10 March 2026, 25,000.00 CNY are received for the deal "Kiln"
      When the last event is delivered again
      Then it counts as "a repetition", and nothing else happens
      When He Ping calculates the pay of 2026-03
      Then Chen Wei receives 1,125.00 CNY from the run

    Scenario: Two payments of the same amount are two
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 10 March 2026, 25,000.00 CNY are received for the deal "Kiln"
      And on 10 March 2026, 25,000.00 CNY are received for the deal "Kiln"
      When He Ping calculates the pay of 2026-03
      Then Chen Wei receives 1,500.00 CNY from the run

    Scenario: A delivery of the same name with another content is put on file, and the first one stays
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 10 March 2026, 25,000.00 CNY are received for the deal "Kiln"
      When the last event is delivered again with 50,000.00 CNY
      Then it counts as "a contradiction", and nothing else happens
      When He Ping calculates the pay of 2026-03
      Then Chen Wei receives 1,125.00 CNY from the run

  Rule: Pay that came late is posted as a difference in the open period

    Scenario: A late correction after March is closed
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei opens the deal "Kiln" over 60,000.00 CNY and brings it to "Negotiation"
      And on 4 March 2026, it is recorded about the deal "Kiln"
        | Contract signed | yes |
      And on 4 March 2026, Chen Wei moves the deal "Kiln" to "Won"
      And the pay of 2026-03 is posted and closed
      When on 3 March 2026, it is recorded about the deal "Kiln"
        | Amount | 40,000.00 CNY |
      And the pay of 2026-04 is posted
      Then the run moves exactly this
        | who      | earned      | payable     | earned in | posted in |
        | Chen Wei | -900.00 CNY | -450.00 CNY | 2026-Q1   | 2026-04   |
        | Wu Fang  | -100.00 CNY | -100.00 CNY | 2026-Q1   | 2026-04   |
      And the ledger says that Chen Wei has earned 1,200.00 CNY, of which 600.00 CNY are payable

    Scenario: A late correction that bears on nobody's pay posts nothing
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei opens the deal "Kiln" over 60,000.00 CNY and brings it to "Negotiation"
      And on 4 March 2026, it is recorded about the deal "Kiln"
        | Contract signed | yes |
      And on 4 March 2026, Chen Wei moves the deal "Kiln" to "Won"
      And the pay of 2026-03 is posted and closed
      When on 3 March 2026, it is recorded about the deal "Kiln"
        | Competitor | aurora |
      And He Ping calculates the pay of 2026-04
      Then the run moves nothing
