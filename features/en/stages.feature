Feature: Stages of a sale
  A deal goes through the stages of its pipeline. What a stage asks for is asked at every door,
  and whoever may not go on is told everything that is missing at once.

  Rule: A deal enters a stage only when every criterion of that stage is met

    Scenario: Every missing criterion is named at once
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified"
      Then exactly this is missing
        | Record the customer's budget | pipelines/standard.yaml |
        | Speak to the customer once   | pipelines/standard.yaml |
      And the deal "Kiln" is in the stage "Lead"

    Scenario: One criterion met leaves the other one missing
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Customer's budget | 60,000.00 CNY |
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified"
      Then exactly this is missing
        | Speak to the customer once | pipelines/standard.yaml |

    Scenario: A call that nobody answered is not a conversation
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Customer's budget | 60,000.00 CNY |
      And on 2 March 2026 at 11:00, Chen Wei logs the "Call" "No answer" for the deal "Kiln"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified"
      Then exactly this is missing
        | Speak to the customer once | pipelines/standard.yaml |

    Scenario: With every criterion met the deal goes on
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Customer's budget | 60,000.00 CNY |
      And on 2 March 2026 at 11:00, Chen Wei logs the "Call" "Spoke to the customer" for the deal "Kiln"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified"
      Then the deal "Kiln" is in the stage "Qualified"

  Rule: A deal goes to the next stage only, and a jump escapes no criterion

    Scenario: A deal that skips a stage is refused, with everything that both stages ask for
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Proposal"
      Then it is refused, because "From lead the next stage is qualified; proposal skips it."
      And exactly this is missing
        | Record the customer's budget | pipelines/standard.yaml |
        | Speak to the customer once   | pipelines/standard.yaml |
        | Choose the product line      | pipelines/standard.yaml |
        | Name the person who decides  | pipelines/standard.yaml |

    Scenario: Asking twice for the same stage is told apart from a mistake
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Qualified"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified"
      Then it is refused, because "The deal Kiln is already in the stage qualified."

  Rule: From 200,000.00 CNY on, the customer is visited before the negotiation

    Scenario: Just below the limit nobody needs to visit
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 199,999.99 CNY and brings it to "Proposal"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then the deal "Kiln" is in the stage "Negotiation"

    Scenario: At the limit a visit is missing
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 200,000.00 CNY and brings it to "Proposal"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then exactly this is missing
        | Visit the customer before negotiating 200,000 CNY or more | pipelines/standard.yaml |

    Scenario: One visit is enough
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 200,000.00 CNY and brings it to "Proposal"
      And on 3 March 2026, Chen Wei logs the "Visit" "Spoke to the customer" for the deal "Kiln"
      When on 4 March 2026, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then the deal "Kiln" is in the stage "Negotiation"

  Rule: A deal is won from the negotiation, with the signed contract

    Scenario: Without the signed contract it is not won, and nobody is credited
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Negotiation"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Won"
      Then exactly this is missing
        | Attach the signed contract | pipelines/standard.yaml |
      And nobody is credited for the deal "Kiln"

    Scenario: From the proposal it is not won, contract or not
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      And on 3 March 2026, it is recorded about the deal "Kiln"
        | Contract signed | yes |
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Won"
      Then it is refused, because "A deal cannot be won from proposal; it can be won from: negotiation."

    Scenario: From the negotiation with the contract it is won
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Negotiation"
      And on 3 March 2026, it is recorded about the deal "Kiln"
        | Contract signed | yes |
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Won"
      Then the deal "Kiln" is in the stage "Won"

    Scenario: A deal can be lost from anywhere, but not without saying why
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Lost"
      Then exactly this is missing
        | Say why it was lost | pipelines/standard.yaml |
      When on 4 March 2026, Chen Wei moves the deal "Kiln" to "Lost", because "no budget"
      Then the deal "Kiln" is in the stage "Lost"

  Rule: A deal goes back only with a reason

    Scenario: Without a reason it stays
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified"
      Then it is refused, because "Going back from proposal to qualified needs a reason."
      And the deal "Kiln" is in the stage "Proposal"

    Scenario: With a reason it goes back
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified", because "new buyer on their side"
      Then the deal "Kiln" is in the stage "Qualified"

  Rule: A director or operations may override a stage, saying why; nobody else may

    Scenario: The director overrides with a reason
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Negotiation"
      When on 3 March 2026, Zhou Ming moves the deal "Kiln" to "Won" against the rules, because "contract is in the post"
      Then the deal "Kiln" is in the stage "Won"

    Scenario: The director overrides without a reason
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Negotiation"
      When on 3 March 2026, Zhou Ming moves the deal "Kiln" to "Won" against the rules
      Then it is refused, because "An override into won of the deal Kiln needs a reason."

    Scenario: A sales manager may not override
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Negotiation"
      When on 3 March 2026, Wu Fang moves the deal "Kiln" to "Won" against the rules, because "contract is in the post"
      Then it is refused, because "wu-fang, with the role sales_manager, may not override this pipeline; these roles may: director, ops."
      And the deal "Kiln" is in the stage "Negotiation"

  Rule: A sales manager reopens a closed deal; a reopened win was none

    Scenario: The sales manager reopens a win, and its credit is gone
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When on 5 March 2026, Wu Fang reopens the deal "Kiln", because "the contract was not countersigned"
      Then the deal "Kiln" is in the stage "Negotiation"
      And nobody is credited for the deal "Kiln"

    Scenario: An account executive may not reopen
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When on 5 March 2026, Chen Wei reopens the deal "Kiln", because "the contract was not countersigned"
      Then it is refused, because "Reopening is for the role sales_manager; chen-wei has the role account_executive."
      And the deal "Kiln" is in the stage "Won"

  Rule: A renewal has two steps and is won from either, with the signed contract

    Scenario: A renewal begins as due and needs its contract to be renewed
      Given on 2 March 2026, Li Na opens the deal "Service 2026" over 30,000.00 CNY
        | Kind of deal | renewal |
      When on 3 March 2026, Li Na moves the deal "Service 2026" to "Renewed"
      Then exactly this is missing
        | Attach the signed contract | pipelines/renewal.yaml |
      And the deal "Service 2026" is in the stage "Due"

    Scenario: From due, with the contract, it is renewed
      Given on 2 March 2026, Li Na opens the deal "Service 2026" over 30,000.00 CNY
        | Kind of deal    | renewal |
        | Contract signed | yes     |
      When on 3 March 2026, Li Na moves the deal "Service 2026" to "Renewed"
      Then the deal "Service 2026" is in the stage "Renewed"

    Scenario: A renewal that ends says why
      Given on 2 March 2026, Li Na opens the deal "Service 2026" over 30,000.00 CNY
        | Kind of deal | renewal |
      When on 3 March 2026, Li Na moves the deal "Service 2026" to "Ended"
      Then exactly this is missing
        | Say why it ended | pipelines/renewal.yaml |
