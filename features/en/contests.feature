Feature: Contests
  Prizes for the first places of a quarter by what was booked. They are known once the quarter has ended.

  Rule: From April 2026, who books most in a quarter wins 10,000.00 CNY, who comes second 5,000.00 CNY

    Scenario Outline: Against 300,000.00, <booked> wins <second>
      Given on 2 April 2026, Chen Wei wins the deal "Kiln" for 300,000.00 CNY
      And on 3 April 2026, Li Na wins the deal "Press" for <booked>
      When He Ping calculates the pay of 2026-06
      Then Chen Wei has earned <first> as "Bookings race"
      And Li Na has earned <second> as "Bookings race"

      Examples: one cent less, as much, one cent more
        | booked         | first         | second        |
        | 299,999.99 CNY | 10,000.00 CNY | 5,000.00 CNY  |
        | 300,000.00 CNY | 7,500.00 CNY  | 7,500.00 CNY  |
        | 300,000.01 CNY | 5,000.00 CNY  | 10,000.00 CNY |

      Examples: one cent below what is needed for a place, and exactly that
        | booked         | first         | second       |
        | 199,999.99 CNY | 10,000.00 CNY | 0.00 CNY     |
        | 200,000.00 CNY | 10,000.00 CNY | 5,000.00 CNY |

    Scenario: Nothing before the quarter has ended
      Given on 2 April 2026, Chen Wei wins the deal "Kiln" for 300,000.00 CNY
      When He Ping calculates the pay of 2026-05
      Then Chen Wei has earned 0.00 CNY as "Bookings race"

    Scenario: Only account executives compete
      Given on 2 April 2026, Guo Hua wins the deal "Kiln" for 400,000.00 CNY
      And on 3 April 2026, Li Na wins the deal "Press" for 300,000.00 CNY
      When He Ping calculates the pay of 2026-06
      Then Guo Hua has earned 0.00 CNY
      And Li Na has earned 10,000.00 CNY as "Bookings race"

  Rule: Equals divide the prizes of the places that they take up, and the cent that is left goes by id

    Scenario: Three in the second place
      Given on 2 April 2026, Chen Wei wins the deal "Kiln" for 400,000.00 CNY
      And on 3 April 2026, Wang Lei wins the deal "Press" for 300,000.00 CNY
      And on 4 April 2026, Sun Jie wins the deal "Saw" for 300,000.00 CNY
      And on 5 April 2026, Li Na wins the deal "Drill" for 300,000.00 CNY
      When He Ping calculates the pay of 2026-06
      Then Chen Wei has earned 10,000.00 CNY as "Bookings race"
      And Li Na has earned 1,666.67 CNY as "Bookings race"
      And Sun Jie has earned 1,666.67 CNY as "Bookings race"
      And Wang Lei has earned 1,666.66 CNY as "Bookings race"

    Scenario: Each gets the better prize, where the rule says so
      Given in plans/account-executive-2026.yaml, "ties: share" is changed to "ties: all" and put in force
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 300,000.00 CNY
      And on 3 April 2026, Li Na wins the deal "Press" for 300,000.00 CNY
      When He Ping calculates the pay of 2026-06
      Then Chen Wei has earned 10,000.00 CNY as "Bookings race"
      And Li Na has earned 10,000.00 CNY as "Bookings race"

    Scenario: Who was there first is ahead, where the rule says so, whoever was heard of first
      Given in plans/account-executive-2026.yaml, "ties: share" is changed to "ties: earliest" and put in force
      And on 3 April 2026, Li Na wins the deal "Press" for 300,000.00 CNY
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 300,000.00 CNY
      When He Ping calculates the pay of 2026-06
      Then Chen Wei has earned 10,000.00 CNY as "Bookings race"
      And Li Na has earned 5,000.00 CNY as "Bookings race"

  Rule: What is cancelled within 180 days does not count any more, and the next one moves up

    Scenario Outline: The first place is cancelled on <day>
      Given on 2 April 2026, Chen Wei wins the deal "Kiln" for 400,000.00 CNY
      And on 3 April 2026, Li Na wins the deal "Press" for 300,000.00 CNY
      And the pay of 2026-06 is posted and closed
      When on <day>, the customer cancels the deal "Kiln"
      And He Ping calculates the pay of 2026-09
      Then Chen Wei has earned <first> as "Bookings race"
      And Li Na has earned <second> as "Bookings race"

      Examples: the 180th day, and the day after
        | day               | first         | second        |
        | 29 September 2026 | 0.00 CNY      | 10,000.00 CNY |
        | 30 September 2026 | 10,000.00 CNY | 5,000.00 CNY  |

  Rule: Everybody sees their own figure and place, and nobody else's

    Scenario: Why has Li Na won that?
      Given on 2 April 2026, Chen Wei wins the deal "Kiln" for 400,000.00 CNY
      And on 3 April 2026, Li Na wins the deal "Press" for 300,000.00 CNY
      And the pay of 2026-06 is posted
      When Li Na asks about the pay of Li Na as "Bookings race"
      Then the answer says "300,000.00 CNY of bookings counts in 2026-Q2"
      And the answer says "place 2: 5,000.00 CNY"
      And the answer says "rank_by: bookings" in plans/account-executive-2026.yaml

    Scenario: Nobody else may ask
      Given on 2 April 2026, Chen Wei wins the deal "Kiln" for 400,000.00 CNY
      And the pay of 2026-06 is posted
      When Li Na asks about the pay of Chen Wei as "Bookings race"
      Then Li Na gets no answer

  Rule: A rate may depend on the place in the quarter, once that is known

    Scenario: The first is paid half as much again
      Given in plans/account-executive-2026.yaml, "if deal.product_line = "service" then 1.2 else 1" is changed to "if rank(bookings, quarter) is set and rank(bookings, quarter) = 1 then 1.5 else 1" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q2
      And Li Na has a quota of 100,000.00 CNY for 2026-Q2
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 3 April 2026, Li Na wins the deal "Press" for 40,000.00 CNY
      When He Ping calculates the pay of 2026-06
      Then Chen Wei has earned 2,250.00 CNY with the deal "Kiln" as "Commission on bookings"
      And Li Na has earned 1,200.00 CNY with the deal "Press" as "Commission on bookings"

    Scenario: Before the quarter has ended, nobody has a place
      Given in plans/account-executive-2026.yaml, "if deal.product_line = "service" then 1.2 else 1" is changed to "if rank(bookings, quarter) is set and rank(bookings, quarter) = 1 then 1.5 else 1" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q2
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When He Ping calculates the pay of 2026-05
      Then Chen Wei has earned 1,500.00 CNY with the deal "Kiln" as "Commission on bookings"
