Feature: Why, and why not
  Every task and every amount says why it exists: the rule with its line, what happened, what was known.

  Rule: A task names its rule, the line in the file, the event and what it found

    Scenario: Why has Wu Fang this task?
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 300,000.00 CNY and brings it to "Proposal"
      When Wu Fang asks why the task "Join the next meeting" is there
      Then the answer says "Big deal alert"
      And the answer says "Amount = 300,000.00 CNY"
      And the answer says "✓ deal.amount >= 300_000 CNY (automations/big-deal-alert.yaml:9:5)"
      And the answer says "title: {en: Join the next meeting, zh: 参加下次拜访}" in automations/big-deal-alert.yaml

    Scenario: What was not recorded is named as well
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Negotiation"
      When Chen Wei asks why the task "Prepare the contract for signature" is there
      Then the answer says "Contract signed = not set"
      And the answer says "✓ deal.contract_signed is not set or not deal.contract_signed (automations/contract-reminder.yaml:"

  Rule: An amount is the sum of its lines, and each line shows its arithmetic, its rule and its event

    Scenario: Why has Chen Wei earned that?
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 120,000.00 CNY
        | Product line | service |
      And the pay of 2026-03 is posted
      When Chen Wei asks about the pay of Chen Wei for the deal "Kiln"
      Then the answer says "50,000.00 × 3% + 50,000.00 × 6% + 20,000.00 × 9% = 6,300.00 CNY"
      And the answer says "× 1.2 (if deal.product_line = "service" then 1.2 else 1)"
      And the answer says "earned 7,560.00 CNY; released 3,780.00 CNY; held 3,780.00 CNY"
      And the answer says "Deal won features/"
      And the answer says "Product line = service"
      And the answer says "- {from: 0%, rate: 3%}" in plans/account-executive-2026.yaml
      And the answer says "amount: deal.amount" in plans/account-executive-2026.yaml

    Scenario: And why has Wu Fang earned something with it?
      Given Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 80,000.00 CNY
      And the pay of 2026-03 is posted
      When Wu Fang asks about the pay of Wu Fang for the deal "Kiln"
      Then the answer says "80,000.00 × 1% = 800.00 CNY"
      And the answer says "- {from: 80%, rate: 1%}" in plans/sales-manager-2026.yaml
      And the answer says "to: {overlay: deal.owner.manager}" in plans/account-executive-2026.yaml

  Rule: What did not happen is explained as well

    Scenario: Why is the deal not in the next stage?
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Customer's budget | 60,000.00 CNY |
      When Chen Wei asks what keeps the deal "Kiln" from "Qualified"
      Then the answer says "1 of 2 conditions do not hold for Kiln."
      And the answer says "✗ deal.connected_calls >= 1"
      And the answer says "- when: deal.connected_calls >= 1" in pipelines/standard.yaml

    Scenario: Why was the manager not asked to join?
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 299,999.99 CNY and brings it to "Proposal"
      When Chen Wei asks what keeps the deal "Kiln" from "Big deal alert"
      Then the answer says "✗ deal.amount >= 300_000 CNY"
      And the answer says "✓ deal.stage = "proposal" (automations/big-deal-alert.yaml:8:5)"
