Feature: Approvals
  Some things a representative may not do alone. Who must agree stands in the rules, the answer is kept with what it was
  about, and nobody decides on their own request.

  Rule: From 15 % discount the manager agrees before the negotiation, from 25 % the director too

    Scenario Outline: At <discount> off, <waits for>
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
        | Discount | <discount> |
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then the deal "Kiln" is in the stage "<stage>"

      Examples: just below, at the limit
        | discount | waits for       | stage       |
        | 14.99%   | nobody is asked | Negotiation |
        | 15%      | it waits        | Proposal    |

    Scenario: The deal moves on by itself when the manager agrees
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
        | Discount | 15% |
      And on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then Wu Fang has exactly these tasks
        | Decide: Discount | Kiln | 5 March 2026 at 10:00 |
      And the task "Decide: Discount" is there because of "Discount" in approvals/discount.yaml
      When on 4 March 2026, Wu Fang grants the approval "Discount" of the deal "Kiln"
      Then the deal "Kiln" is in the stage "Negotiation"
      And Wu Fang has no task

    Scenario: At 25 % the director is asked after the manager
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
        | Discount | 25% |
      And on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      When on 3 March 2026 at 15:00, Wu Fang grants the approval "Discount" of the deal "Kiln"
      Then the deal "Kiln" is in the stage "Proposal"
      And Zhou Ming has exactly these tasks
        | Decide: Discount | Kiln | 5 March 2026 at 15:00 |
      When on 4 March 2026, Zhou Ming grants the approval "Discount" of the deal "Kiln"
      Then the deal "Kiln" is in the stage "Negotiation"

    Scenario: A refusal says why, and the deal stays where it is
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
        | Discount | 15% |
      And on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      When on 4 March 2026, Wu Fang refuses the approval "Discount" of the deal "Kiln", because "no volume behind it"
      Then the deal "Kiln" is in the stage "Proposal"
      When on 4 March 2026, Wu Fang grants the approval "Discount" of the deal "Kiln"
      Then it is refused, because "There is no open request for discount of the deal Kiln; the last one: refused."

  Rule: Nobody decides on their own request

    Scenario: Only who is asked decides
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
        | Discount | 15% |
      And on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      When on 4 March 2026, Chen Wei grants the approval "Discount" of the deal "Kiln"
      Then it is refused, because "chen-wei asked for discount of the deal Kiln and does not decide it."
      When on 4 March 2026, Li Na grants the approval "Discount" of the deal "Kiln"
      Then it is refused, because "discount waits for wu-fang, and not for li-na."

    Scenario: What a manager asks for goes one up
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
        | Discount | 15% |
      When on 3 March 2026, Wu Fang moves the deal "Kiln" to "Negotiation"
      Then Zhou Ming has exactly these tasks
        | Decide: Discount | Kiln | 5 March 2026 at 10:00 |

  Rule: More than was agreed to asks again, less does not

    Scenario: The answer is about the discount that it was given for
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
        | Discount | 16% |
      And on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      And on 3 March 2026 at 15:00, Wu Fang grants the approval "Discount" of the deal "Kiln"
      When on 4 March 2026, it is recorded about the deal "Kiln"
        | Discount | 15% |
      Then Wu Fang has no task
      When on 5 March 2026, it is recorded about the deal "Kiln"
        | Discount        | 16.5% |
        | Contract signed | yes   |
      Then Wu Fang has exactly these tasks
        | Decide: Discount | Kiln | 9 March 2026 at 10:00 |
      When on 6 March 2026, Chen Wei moves the deal "Kiln" to "Won"
      Then the deal "Kiln" is in the stage "Negotiation"
      And nobody is credited for the deal "Kiln"
      When on 9 March 2026 at 09:30, Wu Fang grants the approval "Discount" of the deal "Kiln"
      Then the deal "Kiln" is in the stage "Won"

    Scenario: What changes while it waits is asked anew, once
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
        | Discount | 16% |
      And on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      When on 4 March 2026, it is recorded about the deal "Kiln"
        | Discount | 18% |
      Then Wu Fang has exactly these tasks
        | Decide: Discount | Kiln | 6 March 2026 at 10:00 |
      When on 5 March 2026, Wu Fang grants the approval "Discount" of the deal "Kiln"
      Then the deal "Kiln" is in the stage "Negotiation"

  Rule: Who has not decided within two business days is passed over

    Scenario: The week of National Day does not count
      Given on 28 September 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
        | Discount | 15% |
      And on 30 September 2026 at 11:00, Chen Wei moves the deal "Kiln" to "Negotiation"
      When it is 9 October 2026 at 10:59
      Then Wu Fang has exactly these tasks
        | Decide: Discount | Kiln | 9 October 2026 at 11:00 |
      When it is 9 October 2026 at 11:00
      Then Wu Fang has no task
      And Zhou Ming has exactly these tasks
        | Decide: Discount | Kiln | 12 October 2026 at 11:00 |

    Scenario: Who was passed over does not decide any more
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
        | Discount | 15% |
      And on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      When on 5 March 2026 at 10:30, Wu Fang grants the approval "Discount" of the deal "Kiln"
      Then it is refused, because "discount waits for zhou-ming, and not for wu-fang."

  Rule: An exception is asked for and granted, and the gate then lets it pass

    Scenario: A tender without a visit
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 200,000.00 CNY and brings it to "Proposal"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then exactly this is missing
        | Visit the customer before negotiating 200,000 CNY or more | pipelines/standard.yaml |
      When on 3 March 2026 at 14:00, Chen Wei asks for the approval "Negotiate without a visit" of the deal "Kiln", because "a public tender"
      And on 3 March 2026 at 16:00, Wu Fang grants the approval "Negotiate without a visit" of the deal "Kiln"
      And on 4 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then the deal "Kiln" is in the stage "Negotiation"

    Scenario: Whoever asked takes it back
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 200,000.00 CNY and brings it to "Proposal"
      And on 3 March 2026, Chen Wei asks for the approval "Negotiate without a visit" of the deal "Kiln"
      Then the task "Decide: Negotiate without a visit" is there because of "Negotiate without a visit" in approvals/no-visit.yaml
      When on 3 March 2026 at 14:00, Chen Wei takes back the approval "Negotiate without a visit" of the deal "Kiln"
      Then Wu Fang has no task
