Feature: What a deal would earn, and why not more
  Before a deal is won, its people ask what it would bring; the answer comes from the same calculation that pays later.
  Every example has a quota of 100,000.00 CNY for the quarter, so that one percent of quota is 1,000.00 CNY.

  Background:
    Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
    And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1

  Rule: A deal that crosses a tier is estimated slice by slice

    Scenario: From 40 % of the quota to 70 %
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 40,000.00 CNY
      And on 3 March 2026, Chen Wei opens the deal "Press" over 30,000.00 CNY and brings it to "Negotiation"
      When Chen Wei asks about the pay of Chen Wei for the deal "Press", were it won
      Then the answer says "Chen Wei would earn 1,500.00 CNY with Press"
      And the answer says "10,000.00 × 3% + 20,000.00 × 6% = 1,500.00 CNY"
      And the answer says "2026-Q1: from 40% (3%) to 70% (6%)"
      And the answer says "of which 750.00 CNY held back"

    Scenario Outline: For <amount> it would earn <said>
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 40,000.00 CNY
      And on 3 March 2026, Chen Wei opens the deal "Press" over 30,000.00 CNY and brings it to "Negotiation"
      When Chen Wei asks about the pay of Chen Wei for the deal "Press", were it won for <amount>
      Then the answer says <said>

      Examples: one cent below the tier, exactly at it, one cent above
        | amount        | said                                        |
        | 9,999.99 CNY  | "9,999.99 × 3% = 299.9997 CNY"              |
        | 10,000.00 CNY | "10,000.00 × 3% = 300.00 CNY"               |
        | 10,000.01 CNY | "10,000.00 × 3% + 0.01 × 6% = 300.0006 CNY" |

    Scenario: Won in the next quarter, it begins at the first tier
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q2
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 90,000.00 CNY
      And on 3 March 2026, Chen Wei opens the deal "Press" over 30,000.00 CNY and brings it to "Negotiation"
      When Chen Wei asks about the pay of Chen Wei for the deal "Press", were it won on 1 April 2026
      Then the answer says "30,000.00 × 3% = 900.00 CNY"

    Scenario: A day that is past is not estimated
      Given on 3 March 2026, Chen Wei opens the deal "Press" over 30,000.00 CNY and brings it to "Negotiation"
      When Chen Wei asks about the pay of Chen Wei for the deal "Press", were it won on 1 February 2026
      Then it is refused, because "2026-02-01 lies before 2026-03-03; an estimate looks ahead."

  Rule: What lowers the amount is said with it

    Scenario: One deal earns 80,000.00 CNY at most
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 150,000.00 CNY
      And on 3 March 2026, Chen Wei opens the deal "Press line" over 700,000.00 CNY
        | Product line | hardware |
      When Chen Wei asks about the pay of Chen Wei for the deal "Press line", were it won
      Then the answer says "Chen Wei would earn 80,000.00 CNY with Press line"
      And the answer says "lowered to 80,000.00 CNY per deal"

    Scenario: What the multiplier looks at is not known yet
      Given on 3 March 2026, Chen Wei opens the deal "Press" over 30,000.00 CNY
      When Chen Wei asks about the pay of Chen Wei for the deal "Press", were it won
      Then the answer says "Chen Wei would earn 0.00 CNY with Press"
      And the answer says "has no value yet, so nothing is paid until it has"

  Rule: A deal that could not be won now is estimated all the same, and what is missing is named

    Scenario: The contract is not signed
      Given on 3 March 2026, Chen Wei opens the deal "Press" over 30,000.00 CNY and brings it to "Negotiation"
      When Chen Wei asks about the pay of Chen Wei for the deal "Press", were it won
      Then the answer says "It could not be won now"
      And the answer says "✗ Attach the signed contract"
      And the answer says "Chen Wei would earn 900.00 CNY with Press"

    Scenario: It is only just opened
      Given on 3 March 2026, Chen Wei opens the deal "Press" over 30,000.00 CNY
        | Product line | hardware |
      When Chen Wei asks about the pay of Chen Wei for the deal "Press", were it won
      Then the answer says "A deal cannot be won from lead; it can be won from: negotiation."
      And the answer says "✗ Record the customer's budget"
      And the answer says "Chen Wei would earn 900.00 CNY with Press"

  Rule: The next amount shows how far it is to the next tier

    Scenario: 1,000.00 below half of the quota
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 49,000.00 CNY
      When Chen Wei asks about the pay of Chen Wei, were there 100,000.00 CNY more
      Then the answer says "1,000.00 CNY more reach 50%, where 6% begins; that alone would pay 30.00 CNY"
      And the answer says "1,000.00 × 3% + 50,000.00 × 6% + 49,000.00 × 9% = 7,440.00 CNY"

    Scenario: The tier that a team reaches lifts everything before
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 79,000.00 CNY
      When Wu Fang asks about the pay of Wu Fang, were there 1,000.00 CNY more
      Then the answer says "from 79% (0.5%) to 80% (1%)"
      And the answer says "1,000.00 × 1% + 79,000.00 × 0.5% = 405.00 CNY"

  Rule: Why not a rate: where it begins, and by how much it is missed

    Scenario: The tier above
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 40,000.00 CNY
      When Chen Wei asks about the pay of Chen Wei as "Commission on bookings" and why it is not "9%"
      Then the answer says "the tier of 9% begins at 100%; 2026-Q1 stands at 40%, in the tier of 3%"
      And the answer says "missed by 60,000.00 CNY of bookings, 60% of quota"
      And the answer says "60,000.00 CNY more of bookings until 2026-03-31 reach it"

    Scenario: It is reached, but pays only on what lies above
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 60,000.00 CNY
      When Chen Wei asks about the pay of Chen Wei as "Commission on bookings" and why it is not "6%"
      Then the answer says "only what lies above 50% is paid at 6%: so far 10,000.00 CNY, which is 600.00 CNY"

    Scenario: Nothing was credited
      Given it is 3 March 2026
      When Chen Wei asks about the pay of Chen Wei as "Commission on bookings" and why it is not "9%"
      Then the answer says "nothing of bookings is credited to Chen Wei in 2026-Q1"

    Scenario: Another plan
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 40,000.00 CNY
      When Chen Wei asks about the pay of Chen Wei as "Commission on the team's bookings" and why it is not "1%"
      Then the answer says "does not pay Chen Wei on 2026-03-02"

  Rule: An estimate is pay, and as private

    Scenario: A colleague, and the manager
      Given on 3 March 2026, Chen Wei opens the deal "Press" over 30,000.00 CNY and brings it to "Negotiation"
      When Li Na asks about the pay of Chen Wei for the deal "Press", were it won
      Then Li Na gets no answer
      When Wu Fang asks about the pay of Chen Wei for the deal "Press", were it won
      Then Wu Fang gets no answer
      When Wu Fang asks about the pay of Chen Wei, were there 1,000.00 CNY more
      Then Wu Fang gets no answer
      When Wu Fang asks about the pay of Wu Fang for the deal "Press", were it won
      Then the answer says "Wu Fang would earn 150.00 CNY with Press"

    Scenario: Finance looks, and the audit trail says so
      Given on 3 March 2026, Chen Wei opens the deal "Press" over 30,000.00 CNY and brings it to "Negotiation"
      When He Ping asks about the pay of Chen Wei for the deal "Press", were it won
      Then the answer says "Chen Wei would earn 900.00 CNY with Press"
      And the audit trail says that He Ping looked at the pay of Chen Wei
