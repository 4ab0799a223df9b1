Feature: Whose work it is meanwhile
  rules/tasks/follow-up-work.yaml says what happens to work of people who are away, and to work that nobody does.

  Rule: While somebody is away, whoever stands in has their calls, visits and messages, and gives back what is left

    Scenario: The call goes over with the absence and comes back with the person
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei is out of office until 3 March 2026 at 09:00 and Li Na stands in
      Then Chen Wei has no task
      And Li Na has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |
      When it is 3 March 2026 at 09:00
      Then Li Na has no task
      And Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

    Scenario: What is due after the return stays
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei is out of office until 2 March 2026 at 15:00 and Li Na stands in
      Then Li Na has no task

    Scenario: Without anybody named it is the manager
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei is out of office until 3 March 2026 at 09:00
      Then Wu Fang has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

    Scenario: The rule is written in tasks/follow-up-work.yaml, and changing it keeps the work where it is
      Given in tasks/follow-up-work.yaml, "when_away: stand_in" is changed to "when_away: stay" and put in force
      And on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei is out of office until 3 March 2026 at 09:00 and Li Na stands in
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

  Rule: Five working days after it was due, a task is the manager's

    Scenario: After two the manager is told, and nobody else has it
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When it is 4 March 2026 at 15:00
      Then Wu Fang is told about the deal "Kiln", because of tasks/follow-up-work.yaml
      And Wu Fang has no task

    Scenario: On the fifth day at that hour, and not before
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When it is 9 March 2026 at 14:59
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |
      When it is 9 March 2026 at 15:00
      Then Chen Wei has no task
      And Wu Fang has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

  Rule: A task is given to somebody of the team, for good or for a time

    Scenario: Until the next morning
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei gives the task "First call" to Li Na until 3 March 2026 at 09:00
      Then Li Na has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |
      When it is 3 March 2026 at 09:00
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

    Scenario: Nobody of another team
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei gives the task "First call" to Anna Keller
      Then it is refused, because "The task … may not be given to …: its policy says `delegate: team`."

  Rule: A task is put off three times, each time by ten working days at most

    Scenario: The fourth time it is refused
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 10:10, Chen Wei puts off the task "First call" until 2 March 2026 at 10:20
      And on 2 March 2026 at 10:30, Chen Wei puts off the task "First call" until 2 March 2026 at 10:40
      And on 2 March 2026 at 10:50, Chen Wei puts off the task "First call" until 2 March 2026 at 11:00
      When on 2 March 2026 at 11:10, Chen Wei puts off the task "First call" until 2 March 2026 at 11:20
      Then it is refused, because "The task … has been put off 3 times, which is the most that its policy allows."

    Scenario: A day too far
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei puts off the task "First call" until 17 March 2026 at 11:00
      Then it is refused, because "The task … cannot be put off until …: its policy allows … at the latest."
