Feature: The history of a task
  A task tells what happened to it, in time order, and which rule or person did it.

  Rule: It begins with the rule that made it and its dates

    Scenario: Made, put off and done
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei puts off the task "First call" until 4 March 2026 at 09:00
      When on 4 March 2026 at 10:00, Chen Wei completes the task "First call" with "Spoke to the customer"
      Then the history of the task "First call" says
        | Made    | due 2026-03-02 Monday 15:00; for Chen Wei | New lead follow-up |
        | Put off | until 2026-03-04 Wednesday 09:00          | Chen Wei           |
        | Done    | Spoke to the customer                     | Chen Wei           |

    Scenario: Taken back and skipped
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Spoke to the customer"
      And on 2 March 2026 at 11:10, Chen Wei takes back what was done with the task "First call"
      When on 2 March 2026 at 11:20, Chen Wei skips the task "First call", because "wrong number"
      Then the history of the task "First call" says
        | Made       | due 2026-03-02 Monday 15:00; for Chen Wei | New lead follow-up |
        | Done       | Spoke to the customer                     | Chen Wei           |
        | Open again |                                           | Chen Wei           |
        | Skipped    | “wrong number”                            | Chen Wei           |
