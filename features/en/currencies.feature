Feature: Currencies of deals, plans and pay
  A rate is a line of company/exchange-rates.csv, of a kind: spot, month_average or plan. It is never guessed.

  Rule: From 2027 on, deals abroad are credited at the plan rate: 8.00 CNY for a euro, 7.00 CNY for a dollar

    Scenario Outline: A deal over <amount> won on <day>
      When on <day>, Anna Keller wins the deal "Lathe" for <amount>
      Then the deal "Lathe" is credited to exactly these
        | Anna Keller | <credited> | own |

      Examples: whatever the spot rate is on the day
        | day             | amount        | credited      |
        | 4 January 2027  | 10,000.00 EUR | 80,000.00 CNY |
        | 2 March 2027    | 10,000.00 EUR | 80,000.00 CNY |
        | 2 March 2027    | 10,000.00 USD | 70,000.00 CNY |
        | 2 March 2027    | 10,000.00 CNY | 10,000.00 CNY |

    Scenario: Without a plan rate the deal waits, though there is a spot rate
      Given in company/exchange-rates.csv, "USD,CNY,2027-01-01,7.0000,plan" is changed to "GBP,CNY,2027-01-01,9.0000,plan" and put in force
      When on 2 March 2027, Anna Keller wins the deal "Lathe" for 10,000.00 USD
      Then it waits, because "There is no plan rate from USD to CNY for 2027-03-02."

  Rule: A plan may pay in another currency: each line is converted last, once, and says its rate

    Scenario Outline: Paid in <currency>
      Given in plans/account-executive-abroad.yaml, "proration: none" is changed to <keys> and put in force
      And on 2 March 2027, Anna Keller wins the deal "Lathe" for 10,000.00 CNY
        | Region   | europe |
        | Discount | 0%     |
      When He Ping calculates the pay of 2027-03
      Then Anna Keller has earned <earned> with the deal "Lathe"
      And Anna Keller receives <earned> from the run
      And the pay of Anna Keller for the deal "Lathe" rests on "Account executive abroad 2027" in plans/account-executive-abroad.yaml and says <step>

      Examples: 500.00 CNY at 0.125 and at 0.14
        | currency | keys                                               | earned    | step                                                               |
        | EUR      | "pays_in: {currency: EUR, rate: {kind: plan}}"     | 62.50 EUR | "500.00 CNY paid as 62.50 EUR at the rate CNY-EUR-2027-01-01-plan" |
        | USD      | "pays_in: {currency: USD, rate: {kind: plan}}"     | 70.00 USD | "500.00 CNY paid as 70.00 USD at the rate CNY-USD-2027-01-01-plan" |

    Scenario: Her own page shows what she is paid in
      Given in plans/account-executive-abroad.yaml, "proration: none" is changed to "pays_in: {currency: EUR, rate: {kind: plan}}" and put in force
      And Anna Keller has a quota of 100,000.00 CNY for 2027-Q1
      And on 2 March 2027, Anna Keller wins the deal "Lathe" for 10,000.00 CNY
        | Region   | europe |
        | Discount | 0%     |
      And the pay of 2027-03 is posted
      When Anna Keller asks about the pay of Anna Keller in 2027-03
      Then the answer says "62.50 EUR"

    Scenario: A rate that is missing pays nothing and says so
      Given in plans/account-executive-abroad.yaml, "proration: none" is changed to "pays_in: {currency: EUR, rate: {kind: spot}}" and put in force
      And on 2 March 2027, Anna Keller wins the deal "Lathe" for 10,000.00 CNY
        | Region   | europe |
        | Discount | 0%     |
      When He Ping calculates the pay of 2027-03
      Then it is refused, because "There is no exchange rate from CNY to EUR for 2027-03-02."

    Scenario: The check warns before anybody is paid
      When in plans/account-executive-abroad.yaml, "proration: none" is changed to "pays_in: {currency: EUR, rate: {kind: spot}}"
      Then the check finds a warning at plans/account-executive-abroad.yaml, line 35: "There is no spot rate from CNY to EUR on 2027-01-01, when this plan needs one."
