Feature: The cap of a plan
  The most that everything in a plan pays together in a period, and what becomes of the rest.

  Rule: Deals are paid in the order in which they were won, until the cap is reached

    Scenario: 3,000.00 a quarter; the second deal reaches it
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "cap: {at_most: 3_000 CNY, per: quarter, excess: lost}" and put in force
      And Chen Wei has a quota of 1,000,000.00 CNY for 2026-Q1
      And on 5 January 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 5 February 2026, Chen Wei wins the deal "Press" for 100,000.00 CNY
      When He Ping calculates the pay of 2026-02
      Then Chen Wei has earned 1,500.00 CNY with the deal "Kiln"
      And Chen Wei has earned 1,500.00 CNY with the deal "Press"
      And the pay of Chen Wei for the deal "Press" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says "the plan is capped at 3,000.00 CNY: 1,500.00 CNY is lost"
      And of what Chen Wei has earned, 1,500.00 CNY are held back

    Scenario: The next quarter has a cap of its own
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "cap: {at_most: 3_000 CNY, per: quarter, excess: lost}" and put in force
      And Chen Wei has a quota of 1,000,000.00 CNY for 2026-Q1
      And Chen Wei has a quota of 1,000,000.00 CNY for 2026-Q2
      And on 31 March 2026, Chen Wei wins the deal "Kiln" for 200,000.00 CNY
      And on 1 April 2026, Chen Wei wins the deal "Press" for 50,000.00 CNY
      When He Ping calculates the pay of 2026-04
      Then Chen Wei has earned 3,000.00 CNY with the deal "Kiln"
      And Chen Wei has earned 1,500.00 CNY with the deal "Press"

    Scenario: A deal that is cancelled makes room for the next one
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "cap: {at_most: 3_000 CNY, per: quarter, excess: lost}" and put in force
      And Chen Wei has a quota of 1,000,000.00 CNY for 2026-Q1
      And on 5 January 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 5 February 2026, Chen Wei wins the deal "Press" for 100,000.00 CNY
      When on 10 February 2026, the customer cancels the deal "Kiln"
      And He Ping calculates the pay of 2026-02
      Then Chen Wei has earned 0.00 CNY with the deal "Kiln"
      And Chen Wei has earned 3,000.00 CNY with the deal "Press"

  Rule: What is carried forward is paid in the period after, under the cap of that period

    Scenario Outline: 5,000.00 were earned in January; by the end of <month> <earned> are paid
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "cap: {at_most: 2_000 CNY, per: month, excess: carried_forward}" and put in force
      And Chen Wei has a quota of 1,000,000.00 CNY for 2026-Q1
      And on 5 January 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      And on 6 January 2026, Chen Wei wins the deal "Press" for 66,666.67 CNY
      When He Ping calculates the pay of <month>
      Then Chen Wei has earned <earned>
      And Chen Wei has earned <carried> as "Carried over by the plan's cap"

      Examples: 2,000.00 a month
        | month   | earned       | carried      |
        | 2026-01 | 2,000.00 CNY | 0.00 CNY     |
        | 2026-02 | 4,000.00 CNY | 2,000.00 CNY |
        | 2026-03 | 5,000.00 CNY | 3,000.00 CNY |

  Rule: A cap leaves room for what the plan promises

    Scenario: A cap below the guarantee
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "guarantee: {amount: 2_000 CNY, per: month}"
      And in plans/account-executive-2026.yaml, "rounding: half_up" is changed to "cap: {at_most: 5_000 CNY, per: quarter}"
      Then the check finds an error at plans/account-executive-2026.yaml, line 67: "The plan's cap of 5,000.00 CNY per quarter is below its guarantee of 2,000.00 CNY per month, which would never let it act."

    Scenario: A cap that is exactly the guarantee of three months
      Given in plans/account-executive-2026.yaml, "proration: none" is changed to "guarantee: {amount: 2_000 CNY, per: month}"
      And in plans/account-executive-2026.yaml, "rounding: half_up" is changed to "cap: {at_most: 6_000 CNY, per: quarter}"
      Then the check finds no error
