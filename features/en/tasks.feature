Feature: Tasks
  A task is done, put off or left undone, and always says why it exists.

  Rule: A completed task is gone, and its outcome leads on

    Scenario: Done is done
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Spoke to the customer"
      Then Chen Wei has no task
      When it is 3 March 2026 at 11:00
      Then Chen Wei has exactly these tasks
        | Send the introduction | Kiln | 4 March 2026 at 11:00 |

    Scenario: Nobody else's task is completed by it
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 10:00, Li Na opens the deal "Press" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Spoke to the customer"
      Then Chen Wei has no task
      And Li Na has exactly these tasks
        | First call | Press | 2 March 2026 at 15:00 |

  Rule: What comes of a task is one of a closed list, and a call that was made is a touch

    Scenario: A customer who answers ends the follow-up in the same press
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Customer replied"
      Then the follow-up "New lead follow-up" of the deal "Kiln" has ended as "replied", because of cadences/new-lead.yaml
      And Chen Wei has no task

    Scenario: Where a call that was made is not logged, the follow-up goes on
      Given in vocabulary/polaris.yaml, "logged_when_done: [call, " is changed to "logged_when_done: [" and put in force
      And on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Customer replied"
      And it is 3 March 2026 at 11:00
      Then Chen Wei has exactly these tasks
        | Send the introduction | Kiln | 4 March 2026 at 11:00 |

    Scenario: What is not on the list does not come of it
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "Done"
      Then it is refused, because "“done” is not among what may come of this task: …."
      And Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

  Rule: A task that is put off is out of sight until then, and is due when it was due

    Scenario: It comes back at its moment
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei puts off the task "First call" until 4 March 2026 at 09:00
      And it is 4 March 2026 at 08:59
      Then Chen Wei has no task
      When it is 4 March 2026 at 09:00
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

    Scenario: Nothing is put off into the past
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei puts off the task "First call" until 2 March 2026 at 10:30
      Then it is refused, because "A task cannot be snoozed until …, which is not later than now (…)."
      And Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

  Rule: A task may be left undone with a reason, and the follow-up goes on

    Scenario: The next step comes all the same
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei skips the task "First call", because "we spoke at the fair"
      Then Chen Wei has no task
      When it is 3 March 2026 at 11:00
      Then Chen Wei has exactly these tasks
        | Send the introduction | Kiln | 4 March 2026 at 11:00 |

    Scenario: What was left undone does not come back
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei skips the task "First call", because "we spoke at the fair"
      And it is 3 March 2026 at 10:59
      Then Chen Wei has no task

    Scenario: Without a reason it stays
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei skips the task "First call", because ""
      Then it is refused, because "task.skipped needs “reason”."
      And Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

  Rule: Two rules that want the same thing of the same person make one task with two reasons

    Scenario: The review of a lost deal joins what the manager was asked to do anyway
      Given in automations/lost-review.yaml, "purpose: lost-review" is changed to "purpose: manager-joins" and put in force
      And on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 300,000.00 CNY and brings it to "Proposal"
      When on 3 March 2026 at 10:00, Chen Wei moves the deal "Kiln" to "Lost", because "price"
      Then Wu Fang has exactly these tasks
        | Join the next meeting | Kiln | 4 March 2026 at 10:00 |
      And the task "Join the next meeting" is there because of "Big deal alert" in automations/big-deal-alert.yaml
      And the task "Join the next meeting" is there because of "Review of lost deals" in automations/lost-review.yaml

    Scenario: With purposes of their own they are two tasks
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 300,000.00 CNY and brings it to "Proposal"
      When on 3 March 2026 at 10:00, Chen Wei moves the deal "Kiln" to "Lost", because "price"
      Then Wu Fang has exactly these tasks
        | Join the next meeting        | Kiln | 4 March 2026 at 10:00  |
        | Talk through why it was lost | Kiln | 10 March 2026 at 10:00 |
