Feature: Rates from a table
  From 2027 on, an account executive abroad is paid for each deal by a table: what is sold, where, and how cheaply.

  Rule: Hardware in Europe earns 5 %, from 10 % discount on 4 %, from 20 % on 2 %; elsewhere 4 % and 3 %; all else 8 % and 6 %

    Scenario Outline: <line> in <region> at <discount> off earns <earned>
      Given on 2 March 2027, Anna Keller wins the deal "Kiln" for 10,000.00 CNY
        | Product line | <line>     |
        | Region       | <region>   |
        | Discount     | <discount> |
      When He Ping calculates the pay of 2027-03
      Then Anna Keller has earned <earned>
      And the pay of Anna Keller for the deal "Kiln" rests on "Account executive abroad 2027" in plans/account-executive-abroad.yaml and says <row>

      Examples: just below and exactly at a bound, inside and outside of Europe
        | line     | region | discount | earned     | row                                                              |
        | hardware | europe | 9.99%    | 500.00 CNY | "5%, which is lookup(commission-rate) (tables/commission-rate.csv:2)" |
        | hardware | europe | 10%      | 400.00 CNY | "4%, which is lookup(commission-rate) (tables/commission-rate.csv:3)" |
        | hardware | europe | 19.99%   | 400.00 CNY | "10,000.00 × 4% = 400.00 CNY"                                    |
        | hardware | europe | 20%      | 200.00 CNY | "2%, which is lookup(commission-rate) (tables/commission-rate.csv:4)" |
        | hardware | asia   | 9.99%    | 400.00 CNY | "4%, which is lookup(commission-rate) (tables/commission-rate.csv:5)" |
        | hardware | asia   | 20%      | 300.00 CNY | "10,000.00 × 3% = 300.00 CNY"                                    |
        | service  | asia   | 0%       | 800.00 CNY | "10,000.00 × 8% = 800.00 CNY"                                    |
        | software | europe | 50%      | 600.00 CNY | "10,000.00 × 6% = 600.00 CNY"                                    |

    Scenario: The explanation shows the row of the table
      Given on 2 March 2027, Anna Keller wins the deal "Kiln" for 10,000.00 CNY
        | Region   | europe |
        | Discount | 15%    |
      And He Ping calculates the pay of 2027-03
      When Anna Keller asks about the pay of Anna Keller for the deal "Kiln"
      Then the answer says "10,000.00 × 4% = 400.00 CNY"
      And the answer says "hardware,europe,[10%..20%),4%" in tables/commission-rate.csv

    Scenario: A discount that nobody recorded pays nothing until somebody does
      Given on 2 March 2027, Anna Keller wins the deal "Kiln" for 10,000.00 CNY
        | Region | europe |
      When He Ping calculates the pay of 2027-03
      Then Anna Keller has earned 0.00 CNY
      And the pay of Anna Keller for the deal "Kiln" rests on "Account executive abroad 2027" in plans/account-executive-abroad.yaml and says "lookup(commission-rate) has no value, so nothing is paid"

  Rule: A change of one cell changes what that cell pays

    Scenario Outline: 5 % become 7 % for <region>
      Given on 2 March 2027, Anna Keller wins the deal "Kiln" for 10,000.00 CNY
        | Region   | <region> |
        | Discount | 5%       |
      When in tables/commission-rate.csv, "hardware,europe,< 10%,5%" is changed to "hardware,europe,< 10%,7%" and put in force
      And He Ping calculates the pay of 2027-03
      Then Anna Keller has earned <earned>

      Examples: the row that changed and the one below it
        | region | earned     |
        | europe | 700.00 CNY |
        | asia   | 400.00 CNY |

  Rule: The check proves of the table in tables/commission-rate.yaml that every deal has exactly one row

    Scenario: The table as it stands
      Then the check finds no error

    Scenario: Two rows for one deal
      When in tables/commission-rate.csv, "[10%..20%)" is changed to "[10%..20%]"
      Then the check finds an error at tables/commission-rate.csv, line 4: "This row and the one on line 3 both match: deal.product_line = hardware, deal.region = europe, deal.discount = 20%. With `hit: unique` only one may."

    Scenario: No row for a deal
      When in tables/commission-rate.csv, "[10%..20%)" is changed to "(10%..20%)"
      Then the check finds a warning at tables/commission-rate.yaml, line 9: "No row matches: deal.product_line = hardware, deal.region = europe, deal.discount = 10%. Whoever meets this waits in quarantine."

    Scenario: A row that is never reached
      When in tables/commission-rate.csv, "hardware,not(europe),>= 10%,3%" is changed to "hardware,europe,>= 15%,3%"
      And in tables/commission-rate.yaml, "hit: unique" is changed to "hit: first"
      Then the check finds a warning at tables/commission-rate.csv, line 6: "This row is never reached: all that it matches, such as deal.product_line = hardware, deal.region = europe, deal.discount = 15%, is taken by line 3, 4."

  Rule: The bonus for balanced growth is paid by the cell of tables/growth-matrix.yaml that both attainments of the quarter meet in

    Scenario Outline: Bookings of <booked> with a margin of <margin>
      Given Anna Keller has a quota of 100,000.00 CNY for 2027-Q1
      And on 2 March 2027, Anna Keller wins the deal "Kiln" for <booked>
        | Region   | europe   |
        | Discount | 0%       |
        | Margin   | <margin> |
      When He Ping calculates the pay of 2027-03
      Then Anna Keller has earned <bonus> as "Bonus for balanced growth"

      Examples: a quarter of the 40,000.00 CNY that targets/margin-2027.yaml asks for in a quarter is hers
        | booked         | margin        | bonus         |
        | 79,999.99 CNY  | 10,000.00 CNY | 0.00 CNY      |
        | 80,000.00 CNY  | 9,999.99 CNY  | 5,000.00 CNY  |
        | 80,000.00 CNY  | 10,000.00 CNY | 8,000.00 CNY  |
        | 100,000.00 CNY | 7,999.99 CNY  | 7,000.00 CNY  |
        | 100,000.00 CNY | 8,000.00 CNY  | 10,000.00 CNY |
        | 100,000.00 CNY | 10,000.00 CNY | 15,000.00 CNY |

    Scenario: Before the quarter is over there is no bonus
      Given Anna Keller has a quota of 100,000.00 CNY for 2027-Q1
      And on 2 February 2027, Anna Keller wins the deal "Kiln" for 100,000.00 CNY
        | Region   | europe        |
        | Discount | 0%            |
        | Margin   | 10,000.00 CNY |
      When He Ping calculates the pay of 2027-02
      Then Anna Keller has earned 0.00 CNY as "Bonus for balanced growth"
      And Anna Keller has earned 5,000.00 CNY

    Scenario: The target and the cell that it is measured by are lines of the rules
      Given Anna Keller has a quota of 100,000.00 CNY for 2027-Q1
      And on 2 March 2027, Anna Keller wins the deal "Kiln" for 100,000.00 CNY
        | Region   | europe        |
        | Discount | 0%            |
        | Margin   | 10,000.00 CNY |
      When in tables/growth-matrix.yaml, "factor: 150%" is changed to "factor: 160%" and put in force
      And He Ping calculates the pay of 2027-03
      Then the target "Margin abroad 2027" in targets/margin-2027.yaml asks for 40,000.00 CNY in 2027-Q1
      And Anna Keller has earned 16,000.00 CNY as "Bonus for balanced growth"
