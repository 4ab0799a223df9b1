Feature: Pay is private
  A person sees their own pay; finance and operations see everybody's, and leave a trace.

  Background:
    Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
    And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
    And Wu Fang has a quota of 100,000.00 CNY for 2026-Q1
    And the pay of 2026-03 is posted

  Rule: A representative sees their own pay and nobody else's

    Scenario: One's own
      When Chen Wei asks about the pay of Chen Wei in 2026-03
      Then the answer says "1,500.00 CNY"

    Scenario: A colleague's
      When Li Na asks about the pay of Chen Wei in 2026-03
      Then Li Na gets no answer

    Scenario: A colleague's line, asked for by itself
      When Li Na asks about the pay of Chen Wei for the deal "Kiln"
      Then Li Na gets no answer

    Scenario: The manager's
      When Chen Wei asks about the pay of Wu Fang in 2026-03
      Then Chen Wei gets no answer

  Rule: A manager does not see the pay of one person of the team

    Scenario: Neither the page nor the line
      When Wu Fang asks about the pay of Chen Wei in 2026-03
      Then Wu Fang gets no answer
      When Wu Fang asks about the pay of Chen Wei for the deal "Kiln"
      Then Wu Fang gets no answer

    Scenario: The manager's own pay is theirs to see
      When Wu Fang asks about the pay of Wu Fang in 2026-03
      Then the answer says "250.00 CNY"

  Rule: Finance and operations see everybody's pay, and the audit trail says so

    Scenario Outline: <who> looks
      When <who> asks about the pay of Chen Wei in 2026-03
      Then the answer says "1,500.00 CNY"
      And the audit trail says that <who> looked at the pay of Chen Wei

      Examples: finance and operations
        | who     |
        | He Ping |
        | Guo Hua |
