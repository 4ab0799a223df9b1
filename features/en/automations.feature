Feature: When this happens, do that

  Rule: The manager joins proposals of 300,000.00 CNY and more

    Scenario: At the limit the manager has a task and is told
      When on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 300,000.00 CNY and brings it to "Proposal"
      Then Wu Fang has exactly these tasks
        | Join the next meeting | Kiln | 4 March 2026 at 10:00 |
      And the task "Join the next meeting" is there because of "Big deal alert" in automations/big-deal-alert.yaml
      And Wu Fang is told about the deal "Kiln", because of automations/big-deal-alert.yaml

    Scenario: One cent below, the manager is left alone
      When on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 299,999.99 CNY and brings it to "Proposal"
      Then Wu Fang has no task
      And nobody is told about the deal "Kiln"

    Scenario: A large deal that is only qualified is no reason yet
      When on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 300,000.00 CNY and brings it to "Qualified"
      Then Wu Fang has no task

  Rule: In the negotiation the contract is prepared, unless it is signed

    Scenario: The contract is not there yet
      When on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Negotiation"
      Then Chen Wei has exactly these tasks
        | Prepare the contract for signature | Kiln | 9 March 2026 at 10:00 |
      And the task "Prepare the contract for signature" is there because of "Contract reminder" in automations/contract-reminder.yaml

    Scenario: The contract is signed already
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      And on 2 March 2026 at 11:00, it is recorded about the deal "Kiln"
        | Contract signed | yes |
      When on 2 March 2026 at 12:00, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then Chen Wei has no task

  Rule: Five working days before the expected close, the customer is asked whether the date holds

    Scenario: A weekend lies between, and when the date moves the task moves with it
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      And on 2 March 2026 at 11:00, it is recorded about the deal "Kiln"
        | Contract signed      | yes           |
        | Expected to close on | 17 March 2026 |
      When on 2 March 2026 at 12:00, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then Chen Wei has exactly these tasks
        | Ask whether the date holds | Kiln | 10 March 2026 at 18:00 |
      And the task "Ask whether the date holds" is there because of "Before the expected close" in automations/close-date.yaml
      When on 3 March 2026 at 09:00, it is recorded about the deal "Kiln"
        | Expected to close on | 10 April 2026 |
      Then Chen Wei has exactly these tasks
        | Ask whether the date holds | Kiln | 2 April 2026 at 18:00 |

    Scenario: Without a date nobody is asked
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      And on 2 March 2026 at 11:00, it is recorded about the deal "Kiln"
        | Contract signed | yes |
      When on 2 March 2026 at 12:00, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then Chen Wei has no task

  Rule: Finance looks at deals in foreign currency that are worth 100,000.00 CNY or more

    Scenario Outline: At 6.9420 CNY for a dollar in March 2026, <amount> is <worth>
      When on 2 March 2026 at 10:00, Anna Keller opens the deal "Lathe" over <amount>
      Then it is known about the deal "Lathe"
        | Currency risk | <risk> |

      Examples: one cent of a dollar decides
        | amount        | worth             | risk |
        | 14,405.07 USD | 99,999.99594 CNY  | -    |
        | 14,405.08 USD | 100,000.06536 CNY | yes  |
        | 20,000.00 USD | 138,840.00 CNY    | yes  |

    Scenario: Somebody in finance has the task
      When on 2 March 2026 at 10:00, Anna Keller opens the deal "Lathe" over 20,000.00 USD
      Then Deng Li has exactly these tasks
        | Check the price against the exchange rate | Lathe | 5 March 2026 at 10:00 |
      And the task "Check the price against the exchange rate" is there because of "Currency risk" in automations/currency-risk.yaml

    Scenario: A deal in CNY has no currency risk, however large
      When on 2 March 2026 at 10:00, Anna Keller opens the deal "Lathe" over 900,000.00 CNY
      Then Deng Li has no task
      And it is known about the deal "Lathe"
        | Currency risk | - |

    Scenario: In a currency for which the company has no exchange rate, the deal waits instead of being guessed at
      When on 2 March 2026, Anna Keller opens the deal "Lathe" over 20,000.00 GBP
      Then it waits, because "There is no exchange rate from GBP to CNY for 2026-03-02."

  Rule: Every lost deal of 150,000.00 CNY or more is talked through with the manager

    Scenario: At the limit
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 150,000.00 CNY
      When on 3 March 2026 at 10:00, Chen Wei moves the deal "Kiln" to "Lost", because "price"
      Then Wu Fang has exactly these tasks
        | Talk through why it was lost | Kiln | 10 March 2026 at 10:00 |
      And the task "Talk through why it was lost" is there because of "Review of lost deals" in automations/lost-review.yaml

    Scenario: One cent below
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 149,999.99 CNY
      When on 3 March 2026 at 10:00, Chen Wei moves the deal "Kiln" to "Lost", because "price"
      Then Wu Fang has no task

    Scenario: A refused loss is no loss
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 150,000.00 CNY
      When on 3 March 2026 at 10:00, Chen Wei moves the deal "Kiln" to "Lost"
      Then exactly this is missing
        | Say why it was lost | pipelines/standard.yaml |
      And Wu Fang has no task

  Rule: What would go to somebody who has left goes to their manager

    Scenario: Liu Yang left at the end of 2025
      Given on 30 December 2025 at 10:00, Liu Yang opens the deal "Kiln" over 50,000.00 CNY
      And on 30 December 2025 at 11:00, Liu Yang completes the task "First call" with "Spoke to the customer"
      And on 31 December 2025 at 14:00, Liu Yang completes the task "Send the introduction" with "Done"
      When it is 5 January 2026 at 14:00
      Then Wu Fang has exactly these tasks
        | Second call | Kiln | 6 January 2026 at 14:00 |
      When Wu Fang asks why the task "Second call" is there
      Then the answer says "liu-yang has left: it goes to their manager, wu-fang"

    Scenario: On his last day it is still his
      Given on 30 December 2025 at 10:00, Liu Yang opens the deal "Kiln" over 50,000.00 CNY
      And on 30 December 2025 at 11:00, Liu Yang completes the task "First call" with "Spoke to the customer"
      When it is 31 December 2025 at 11:00
      Then Liu Yang has exactly these tasks
        | Send the introduction | Kiln | 4 January 2026 at 11:00 |
      And Wu Fang has no task
