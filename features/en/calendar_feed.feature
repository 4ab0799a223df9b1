Feature: Tasks in a calendar
  A person's calendar program reads their tasks under a secret address.

  Rule: It shows what is theirs, in their language, and how it stands

    Scenario: What was skipped is cancelled there
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 10:00, Chen Wei opens the deal "Press" over 50,000.00 CNY
      And on 2 March 2026 at 10:00, Li Na opens the deal "Oven" over 50,000.00 CNY
      When Chen Wei makes a calendar address
      Then the newest calendar address shows exactly
        | First call · Kiln  | NEEDS-ACTION |
        | First call · Press | NEEDS-ACTION |
      When on 2 March 2026 at 11:00, Chen Wei skips all tasks at once, because "we met them at the fair"
      Then the newest calendar address shows exactly
        | First call · Kiln  | CANCELLED |
        | First call · Press | CANCELLED |

    Scenario: What is taken back is open there again
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And Chen Wei makes a calendar address
      When on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Spoke to the customer"
      Then the newest calendar address shows exactly
        | First call · Kiln | COMPLETED |
      When on 2 March 2026 at 11:10, Chen Wei takes back what was done with the task "First call"
      Then the newest calendar address shows exactly
        | First call · Kiln | NEEDS-ACTION |

  Rule: The address can be exchanged and ended

    Scenario: A new address ends the former one
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And Chen Wei makes a calendar address
      When Chen Wei makes a calendar address
      Then the former calendar address shows nothing
      And the newest calendar address shows exactly
        | First call · Kiln | NEEDS-ACTION |

    Scenario: Ended is ended
      Given Chen Wei makes a calendar address
      When Chen Wei ends the calendar address
      Then no calendar address shows anything
