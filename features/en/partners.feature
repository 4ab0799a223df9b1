Feature: Channel partners
  Partners who bring us customers are paid a fee, and what they registered is theirs for a time.

  Rule: A partner is paid 3 % of the first deal that they referred, at most 20,000.00 CNY

    Scenario Outline: A referred deal of <amount> earns the partner <fee>
      Given Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for <amount>
        | Referred by | Huaxin Automation |
      And He Ping calculates the pay of 2026-03
      Then Huaxin Automation has earned <fee>
      And of what Huaxin Automation has earned, 0.00 CNY are held back
      And the pay of Huaxin Automation for the deal "Kiln" rests on "Resellers and referral partners" in partners/resellers.yaml

      Examples: below, just below and above the limit
        | amount           | fee           |
        | 100,000.00 CNY   | 3,000.00 CNY  |
        | 666,600.00 CNY   | 19,998.00 CNY |
        | 666,700.00 CNY   | 20,000.00 CNY |
        | 1,000,000.00 CNY | 20,000.00 CNY |

    Scenario: Nobody referred it
      Given Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      And He Ping calculates the pay of 2026-03
      Then Huaxin Automation has earned 0.00 CNY

    Scenario: Growing an account that is there already earns no fee
      Given Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
        | Referred by  | Huaxin Automation |
        | Kind of deal | expansion         |
      And He Ping calculates the pay of 2026-03
      Then Huaxin Automation has earned 0.00 CNY

    Scenario Outline: The agreement runs until 2 March 2026; a win on <day> earns <fee>
      Given Huaxin Automation has an agreement from 1 January 2026 until 2 March 2026
      When on <day>, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
        | Referred by | Huaxin Automation |
      And He Ping calculates the pay of 2026-03
      Then Huaxin Automation has earned <fee>

      Examples: its last day and the day after
        | day          | fee          |
        | 1 March 2026 | 3,000.00 CNY |
        | 2 March 2026 | 0.00 CNY     |

    Scenario: The account executive is paid for the same deal as for any other
      Given Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 10,000.00 CNY
        | Referred by | Huaxin Automation |
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 300.00 CNY
      And Wu Fang has earned 50.00 CNY
      And Huaxin Automation has earned 300.00 CNY

  Rule: Whoever registers a customer first has 90 days, for one product line

    Scenario: The first claim is granted
      Given Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      When on 2 March 2026, Huaxin Automation registers the customer "Lanzhou Steel" for "hardware"
      Then the registration of "Lanzhou Steel" by Huaxin Automation is "granted" until 31 May 2026

    Scenario: The second claim is refused while the first one holds
      Given Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      And Nordwind Technik has an agreement from 1 January 2026 until 1 January 2027
      And on 2 March 2026, Huaxin Automation registers the customer "Lanzhou Steel" for "hardware"
      When on 30 May 2026, Nordwind Technik registers the customer "Lanzhou Steel" for "hardware"
      Then the registration of "Lanzhou Steel" by Nordwind Technik is "refused", because "Already registered" in partners/resellers.yaml
      And the registration of "Lanzhou Steel" by Huaxin Automation is "granted" until 31 May 2026

    Scenario: On the day on which the first claim has run out, the second is granted
      Given Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      And Nordwind Technik has an agreement from 1 January 2026 until 1 January 2027
      And on 2 March 2026, Huaxin Automation registers the customer "Lanzhou Steel" for "hardware"
      When on 31 May 2026, Nordwind Technik registers the customer "Lanzhou Steel" for "hardware"
      Then the registration of "Lanzhou Steel" by Nordwind Technik is "granted" until 29 August 2026

    Scenario: Another product line is no conflict
      Given Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      And Nordwind Technik has an agreement from 1 January 2026 until 1 January 2027
      And on 2 March 2026, Huaxin Automation registers the customer "Lanzhou Steel" for "hardware"
      When on 3 March 2026, Nordwind Technik registers the customer "Lanzhou Steel" for "service"
      Then the registration of "Lanzhou Steel" by Nordwind Technik is "granted" until 1 June 2026

    Scenario: Without an agreement nothing is granted
      When on 2 March 2026, Huaxin Automation registers the customer "Lanzhou Steel" for "hardware"
      Then the registration of "Lanzhou Steel" by Huaxin Automation is "refused", because "no_agreement" in partners/resellers.yaml

    Scenario: The partner's win fulfils the registration
      Given Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      And on 2 March 2026, Huaxin Automation registers the customer "Lanzhou Steel" for "hardware"
      When on 10 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
        | Account | Lanzhou Steel     |
        | Partner | Huaxin Automation |
      Then the registration of "Lanzhou Steel" by Huaxin Automation is "fulfilled"
