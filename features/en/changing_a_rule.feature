Feature: Changing a rule
  A rule changes by a new version with its own time, and a mistake is found before anything runs.

  Rule: Each deal is paid by the version in force on the day on which it was won

    Scenario Outline: Won on <day>, 100,000.00 CNY at 100 % of quota earn <earned>
      Given Chen Wei has a quota of 100,000.00 CNY for <quarter>
      And on <day>, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      When He Ping calculates the pay of <month>
      Then Chen Wei has earned <earned>
      And the pay of Chen Wei for the deal "Kiln" rests on <plan> in <file> and says <arithmetic>

      Examples: the last day of the old tiers and the first of the new ones
        | day              | quarter | month   | earned       | arithmetic                                       | plan                     | file                              |
        | 31 December 2025 | 2025-Q4 | 2025-12 | 3,800.00 CNY | "60,000.00 × 3% + 40,000.00 × 5% = 3,800.00 CNY" | "Account executive 2025" | plans/account-executive-2025.yaml |
        | 1 January 2026   | 2026-Q1 | 2026-01 | 4,500.00 CNY | "50,000.00 × 3% + 50,000.00 × 6% = 4,500.00 CNY" | "Account executive 2026" | plans/account-executive-2026.yaml |

    Scenario Outline: The manager on <day>
      Given Wu Fang has a quota of 100,000.00 CNY for <quarter>
      And on <day>, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      When He Ping calculates the pay of <month>
      Then Wu Fang has earned <earned>
      And the pay of Wu Fang for the deal "Kiln" rests on <plan> in <file>

      Examples: 1.2 % in 2025, 1.5 % in 2026
        | day              | quarter | month   | earned       | plan                 | file                          |
        | 31 December 2025 | 2025-Q4 | 2025-12 | 1,200.00 CNY | "Sales manager 2025" | plans/sales-manager-2025.yaml |
        | 1 January 2026   | 2026-Q1 | 2026-01 | 1,500.00 CNY | "Sales manager 2026" | plans/sales-manager-2026.yaml |

  Rule: A change of one number changes the pay of the open period, and nothing else

    Scenario: 6 % become 7 %
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      When in plans/account-executive-2026.yaml, "rate: 6%" is changed to "rate: 7%" and put in force
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 5,000.00 CNY

    Scenario: Half of it was posted in January
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 5 January 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      And the pay of 2026-01 is posted and closed
      When in plans/account-executive-2026.yaml, "rate: 6%" is changed to "rate: 7%" and put in force
      And the pay of 2026-02 is posted
      Then the run moves exactly this
        | who      | earned     | payable    | earned in | posted in |
        | Chen Wei | 500.00 CNY | 250.00 CNY | 2026-Q1   | 2026-02   |

    Scenario: What counts as a conversation is written in the vocabulary
      Given in vocabulary/polaris.yaml, "kind = "call" and outcome = "connected"" is changed to "kind = "call"" and put in force
      And on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Customer's budget | 60,000.00 CNY |
      And on 2 March 2026, Chen Wei logs the "Call" "No answer" for the deal "Kiln"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified"
      Then the deal "Kiln" is in the stage "Qualified"

    Scenario: By the rules as they are, that was no conversation
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Customer's budget | 60,000.00 CNY |
      And on 2 March 2026, Chen Wei logs the "Call" "No answer" for the deal "Kiln"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified"
      Then exactly this is missing
        | Speak to the customer once | pipelines/standard.yaml |

    Scenario: How half a cent of a partner's fee is rounded is written in the company's settings
      Given Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100.50 CNY
        | Referred by | Huaxin Automation |
      When He Ping calculates the pay of 2026-03
      Then Huaxin Automation has earned 3.02 CNY

    Scenario: Half a cent is dropped once the settings say so
      Given in company/polaris.yaml, "rounding: half_up" is changed to "rounding: down" and put in force
      And Huaxin Automation has an agreement from 1 January 2026 until 1 January 2027
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100.50 CNY
        | Referred by | Huaxin Automation |
      When He Ping calculates the pay of 2026-03
      Then Huaxin Automation has earned 3.01 CNY

  Rule: A mistake is told with its file, its line and what to do, before anything runs

    Scenario: The rules as they are
      Then the check finds no error

    Scenario: A rule that is only a note of what was agreed is called so
      Then the check finds a warning at ladders/account-executive.yaml, line 2: "`ladder` is read, checked and shown among the rules, but this version does not carry it out."

    Scenario: Tiers that do not rise
      Given in plans/account-executive-2026.yaml, "{from: 100%, rate: 9%}" is changed to "{from: 40%, rate: 9%}"
      Then the check finds an error at plans/account-executive-2026.yaml, line 39: "This tier starts at 40%, which is not above the one before it, 50%."

    Scenario: A gap below the first tier
      Given in plans/account-executive-2026.yaml, "{from: 0%, rate: 3%}" is changed to "{from: 10%, rate: 3%}"
      Then the check finds an error at plans/account-executive-2026.yaml, line 37: "The first tier starts at 10%; below it nothing would be said."

    Scenario: A fact that nobody knows
      Given in automations/big-deal-alert.yaml, "deal.amount >= 300_000 CNY" is changed to "deal.amout >= 300_000 CNY"
      Then the check finds an error at automations/big-deal-alert.yaml, line 9: "There is no fact called `deal.amout` here."

    Scenario: Money without a currency
      Given in automations/big-deal-alert.yaml, "deal.amount >= 300_000 CNY" is changed to "deal.amount >= 300_000"
      Then the check finds an error at automations/big-deal-alert.yaml, line 9: "Money and a bare number do not go together: `deal.amount` is money, `300_000` is a number."

    Scenario: Words in one language only are a warning
      Given in automations/lost-review.yaml, "title: {en: Review of lost deals, zh: 输单复盘}" is changed to "title: {en: Review of lost deals}"
      Then the check finds no error
      And the check finds a warning at automations/lost-review.yaml, line 3: "The words are missing in Chinese; readers of that language see the other."

    Scenario: Shares that do not total 100 %
      Given in targets/people-2026.csv, "chen-wei,17%" is changed to "chen-wei,16%"
      Then the check finds an error at targets/people-2026.csv, line 1: "The shares of the people total 99%."

    Scenario: Two versions that overlap
      Given in plans/account-executive-2025.yaml, "until: 2026-01-01" is changed to "until: 2026-02-01"
      Then the check finds an error at plans/account-executive-2026.yaml, line 4: "Two versions of plan:account-executive apply on 2026-01-01: this one and that in plans/account-executive-2025.yaml:2:1."
