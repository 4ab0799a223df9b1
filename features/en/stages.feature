Feature: Stages of a sale

  Rule: A deal enters a stage only when every criterion of that stage is met

    Scenario: Every missing criterion is named
      Given on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Qualified"
      Then exactly this is missing
        | Record the customer's budget | pipelines/standard.yaml |
        | Speak to the customer once   | pipelines/standard.yaml |
      And the deal "Kiln" is in the stage "Lead"
