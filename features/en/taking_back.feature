Feature: Taking back what was done with a task
  For a stated time a task that was done, skipped or put off by mistake is again what it was.

  Rule: Task and follow-up stand as they stood

    Scenario: A call that was ticked off by mistake
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Spoke to the customer"
      When on 2 March 2026 at 11:10, Chen Wei takes back what was done with the task "First call"
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |
      When it is 3 March 2026 at 11:00
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

    Scenario: A task that was put off is back in sight
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei puts off the task "First call" until 4 March 2026 at 09:00
      When on 2 March 2026 at 11:10, Chen Wei takes back what was done with the task "First call"
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

  Rule: The company says for how long

    Scenario: After the time what was done stays
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Spoke to the customer"
      When on 2 March 2026 at 11:20, Chen Wei takes back what was done with the task "First call"
      Then it is refused, because "The answer to the task … was given at …; it could be taken back for 15 minutes."
      And Chen Wei has no task

    Scenario: Another time is written in the company's file
      Given in company/polaris.yaml, "undo_for: 15 minutes" is changed to "undo_for: 1 hour" and put in force
      And on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Spoke to the customer"
      When on 2 March 2026 at 11:50, Chen Wei takes back what was done with the task "First call"
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

  Rule: What is over is not opened again

    Scenario: The customer has answered, so that the rule ended the task
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 3 March 2026 at 10:00, Chen Wei moves the deal "Kiln" to "Lost", because "price"
      When on 3 March 2026 at 10:01, Chen Wei takes back what was done with the task "First call"
      Then it is refused, because "The task … was not closed by a person but by a rule (cancelled)."

    Scenario: The deal was lost meanwhile
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Spoke to the customer"
      And on 2 March 2026 at 11:05, Chen Wei moves the deal "Kiln" to "Lost", because "price"
      When on 2 March 2026 at 11:10, Chen Wei takes back what was done with the task "First call"
      Then it is refused, because "What the task … was for is over: the deal Kiln has closed or left the stage since."

  Rule: Several tasks are answered at once, and taken back at once

    Scenario: A whole morning skipped by mistake
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 10:00, Chen Wei opens the deal "Press" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei skips all tasks at once, because "we met them at the fair"
      Then Chen Wei has no task
      When on 2 March 2026 at 11:10, Chen Wei takes back everything of it
      Then Chen Wei has exactly these tasks
        | First call | Kiln  | 2 March 2026 at 15:00 |
        | First call | Press | 2 March 2026 at 15:00 |

    Scenario: Too late for all of it
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei skips all tasks at once, because "we met them at the fair"
      When on 2 March 2026 at 11:20, Chen Wei takes back everything of it
      Then Chen Wei has no task
