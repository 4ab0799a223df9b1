Feature: Pools
  Money that several people share. It is known once the quarter has ended.

  Rule: From April 2026, the sales managers share 0.1 % of what their teams book in a quarter, in equal parts

    Scenario Outline: Booking 70,000.00 and <booked> makes <wu fang> for one and <thomas> for the other
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q2
      And Thomas Brandt has a quota of 100,000.00 CNY for 2026-Q2
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 70,000.00 CNY
      And on 3 April 2026, Anna Keller wins the deal "Press" for <booked>
      When He Ping calculates the pay of 2026-06
      Then Wu Fang has earned <wu fang> as "Managers' pool"
      And Thomas Brandt has earned <thomas> as "Managers' pool"
      And Zhou Ming has earned 0.00 CNY

      Examples: an even pool, and a cent that does not divide
        | booked        | wu fang   | thomas    |
        | 50,000.00 CNY | 60.00 CNY | 60.00 CNY |
        | 50,010.00 CNY | 60.00 CNY | 60.01 CNY |

      Examples: one cent below half of the own quota, with which one does not share
        | booked        | wu fang    | thomas   |
        | 49,999.99 CNY | 120.00 CNY | 0.00 CNY |

    Scenario: Nothing before the quarter has ended
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q2
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 70,000.00 CNY
      When He Ping calculates the pay of 2026-05
      Then Wu Fang has earned 0.00 CNY as "Managers' pool"

    Scenario: Nothing for a quarter before April
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 31 March 2026, Chen Wei wins the deal "Kiln" for 70,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Wu Fang has earned 0.00 CNY as "Managers' pool"

  Rule: What is cancelled within 180 days leaves the pool again

    Scenario Outline: Cancelled on <day>, which makes the other manager's part smaller as well
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q2
      And Thomas Brandt has a quota of 100,000.00 CNY for 2026-Q2
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 70,000.00 CNY
      And on 3 April 2026, Chen Wei wins the deal "Saw" for 20,000.00 CNY
      And on 3 April 2026, Anna Keller wins the deal "Press" for 50,000.00 CNY
      When on <day>, the customer cancels the deal "Saw"
      And He Ping calculates the pay of 2026-10
      Then Wu Fang has earned <each> as "Managers' pool"
      And Thomas Brandt has earned <each> as "Managers' pool"

      Examples: the 180th day, and the day after
        | day               | each      |
        | 30 September 2026 | 60.00 CNY |
        | 1 October 2026    | 70.00 CNY |

  Rule: A win that is heard of after the quarter was closed is added in the open month

    Scenario: June stays as it was, and July pays the difference
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q2
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 70,000.00 CNY
      And the pay of 2026-06 is posted and closed
      When on 29 June 2026, Anna Keller wins the deal "Press" for 50,000.00 CNY
      And He Ping calculates the pay of 2026-07
      Then Wu Fang has earned 120.00 CNY as "Managers' pool"
      And the ledger says that Wu Fang has earned 420.00 CNY, of which 420.00 CNY are payable

    Scenario: What is won in July is no part of it
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q2
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 70,000.00 CNY
      When on 1 July 2026, Anna Keller wins the deal "Press" for 50,000.00 CNY
      And He Ping calculates the pay of 2026-07
      Then Wu Fang has earned 70.00 CNY as "Managers' pool"

  Rule: A line says what is shared, how it is divided, and by which rule

    Scenario: Why has Wu Fang earned that?
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q2
      And Thomas Brandt has a quota of 100,000.00 CNY for 2026-Q2
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 70,000.00 CNY
      And on 3 April 2026, Anna Keller wins the deal "Press" for 50,000.00 CNY
      And the pay of 2026-06 is posted
      When Wu Fang asks about the pay of Wu Fang as "Managers' pool"
      Then the answer says "0.1% of the 120,000.00 CNY of bookings that the members were credited in 2026-Q2: 120.00 CNY to share"
      And the answer says "met: attainment(bookings, quarter) >= 50%"
      And the answer says "50% of it: 1 of 2 equal parts, shared by 2"
      And the answer says "of: 0.1% of team.bookings" in plans/sales-manager-2026.yaml

    Scenario: And why has Thomas Brandt earned nothing?
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q2
      And Thomas Brandt has a quota of 100,000.00 CNY for 2026-Q2
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 70,000.00 CNY
      And on 3 April 2026, Anna Keller wins the deal "Press" for 49,000.00 CNY
      And the pay of 2026-06 is posted
      When Thomas Brandt asks about the pay of Thomas Brandt as "Managers' pool"
      Then the answer says "not met: attainment(bookings, quarter) >= 50%"
      And the answer says "no share"

  Rule: The check says what is wrong with a pool

    Scenario: A share of something that nobody is credited
      When in plans/sales-manager-2026.yaml, "of: 0.1% of team.bookings" is changed to "of: 0.1% of team.booking"
      Then the check finds an error at plans/sales-manager-2026.yaml, line 31: "No plan credits anything under the name `booking`. Credits: bookings, cash, margin."

    Scenario: A sum that the word for a share does not take
      When in plans/sales-manager-2026.yaml, "of: 0.1% of team.bookings" is changed to "of: 120 CNY"
      Then the check finds an error at plans/sales-manager-2026.yaml, line 31: "`120 CNY` is not a share of what the team was credited."
