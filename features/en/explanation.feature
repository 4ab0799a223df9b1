Feature: Why, and why not
  Every task and every amount says why it exists: the rule with its line, what happened, what was known.

  Rule: A task names its rule, the line in the file, the event and what it found

    Scenario: Why has Wu Fang this task?
      Given on 2 March 2026 at 10:00, Chen Wei brings the deal "Kiln" over 300,000.00 CNY to "Proposal"
      When Wu Fang asks why the task "Join the next meeting" is there
      Then the answer says "Big deal alert"
      And the answer says "Amount = 300,000.00 CNY"
      And the answer says "✓ deal.amount >= 300_000 CNY (automations/big-deal-alert.yaml:9:5)"
      And the answer shows automations/big-deal-alert.yaml, where it is written "title: {en: Join the next meeting, zh: 参加下次拜访}"

  Rule: An amount is the sum of its lines, and each line shows its arithmetic, its rule and its event

    Scenario: Why has Chen Wei earned that?
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 120,000.00 CNY with
        | Product line | service |
      And the pay of 2026-03 is posted
      When Chen Wei asks about the pay of Chen Wei for the deal "Kiln"
      Then the answer says "50,000.00 × 3% + 50,000.00 × 6% + 20,000.00 × 9% = 6,300.00 CNY"
      And the answer says "× 1.2 (if deal.product_line = "service" then 1.2 else 1)"
      And the answer says "earned 7,560.00 CNY; released 3,780.00 CNY; held 3,780.00 CNY"
      And the answer says "Deal won features/"
      And the answer says "Product line = service"
      And the answer shows plans/account-executive-2026.yaml, where it is written "- {from: 0%, rate: 3%}"
      And the answer shows plans/account-executive-2026.yaml, where it is written "amount: deal.amount"

  Rule: What did not happen is explained as well

    Scenario: Why is the deal not in the next stage?
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY with
        | Customer's budget | 60,000.00 CNY |
      When Chen Wei asks why the deal "Kiln" is not in "Qualified"
      Then the answer says "1 of 2 conditions do not hold for Kiln."
      And the answer says that "deal.connected_calls >= 1" does not hold
      And the answer shows pipelines/standard.yaml, where it is written "- when: deal.connected_calls >= 1"

    Scenario: Why was the manager not asked to join?
      Given on 2 March 2026, Chen Wei brings the deal "Kiln" over 299,999.99 CNY to "Proposal"
      When Chen Wei asks why "Big deal alert" did nothing for the deal "Kiln"
      Then the answer says that "deal.amount >= 300_000 CNY" does not hold
      And the answer says "✓ deal.stage = "proposal" (automations/big-deal-alert.yaml:8:5)"
