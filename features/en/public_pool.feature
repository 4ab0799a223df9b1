Feature: The public pool

  Rule: What nobody has touched for 30 days goes back to the pool; its owner is told three days before

    Scenario: Told, and then gone
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Source | website form |
      When it is 29 March 2026 at 10:00
      Then Chen Wei is told about the deal "Kiln", because of pools/website-leads.yaml
      And it is known about the deal "Kiln"
        | Owner | Chen Wei |
      When it is 1 April 2026 at 10:00
      Then it is known about the deal "Kiln"
        | Owner | - |
      And Chen Wei has no task

    Scenario: A minute earlier it is still theirs
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Source | website form |
      When it is 29 March 2026 at 10:00
      And it is 1 April 2026 at 09:58
      Then it is known about the deal "Kiln"
        | Owner | Chen Wei |

    Scenario: A touch counts from its day
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Source | website form |
      And on 20 March 2026 at 10:00, Chen Wei logs the "Call" "No answer" for the deal "Kiln"
      When it is 1 April 2026 at 10:00
      Then it is known about the deal "Kiln"
        | Owner | Chen Wei |

    Scenario: A deal of another source is in no pool
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When it is 1 June 2026 at 10:00
      Then it is known about the deal "Kiln"
        | Owner | Chen Wei |

  Rule: Anybody who sells may claim three deals a day

    Scenario: The fourth waits until tomorrow
      Given on 2 March 2026 at 10:00, Guo Hua opens the deal "Kiln" over 1,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      And on 2 March 2026 at 10:00, Guo Hua opens the deal "Pump" over 1,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      And on 2 March 2026 at 10:00, Guo Hua opens the deal "Lathe" over 1,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      And on 2 March 2026 at 10:00, Guo Hua opens the deal "Valve" over 1,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      And on 2 March 2026 at 11:00, Chen Wei claims the deal "Kiln"
      And on 2 March 2026 at 11:01, Chen Wei claims the deal "Pump"
      And on 2 March 2026 at 11:02, Chen Wei claims the deal "Lathe"
      When on 2 March 2026 at 11:03, Chen Wei claims the deal "Valve"
      Then it is refused, because "chen-wei has claimed 3 of 3 today; 0 are left until 2026-03-03."
      When on 3 March 2026 at 09:00, Chen Wei claims the deal "Valve"
      Then it is known about the deal "Valve"
        | Owner | Chen Wei |

    Scenario: Two want the same, and the second is told who has it
      Given on 2 March 2026 at 10:00, Guo Hua opens the deal "Kiln" over 1,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      And on 2 March 2026 at 11:00, Chen Wei claims the deal "Kiln"
      When on 2 March 2026 at 11:00, Li Na claims the deal "Kiln"
      Then it is refused, because "chen-wei has the deal Kiln."
      And it is known about the deal "Kiln"
        | Owner | Chen Wei |

    Scenario: Somebody in operations does not sell
      Given on 2 March 2026 at 10:00, Guo Hua opens the deal "Kiln" over 1,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      When on 2 March 2026 at 11:00, Guo Hua claims the deal "Kiln"
      Then it is refused, because "guo-hua (role ops) may not claim from this pool. Roles that may: account_executive, sales_manager."

  Rule: Whoever gave a deal back may not have it again for seven days

    Scenario: A colleague may at once, and follows it up anew
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Source | website form |
      And on 2 March 2026 at 11:00, Chen Wei gives back the deal "Kiln", because "no time"
      When on 2 March 2026 at 11:30, Li Na claims the deal "Kiln"
      Then Li Na has exactly these tasks
        | First call | Kiln | 2 March 2026 at 16:30 |
      And Chen Wei has no task

    Scenario: The same person a minute too early, and on time
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Source | website form |
      And on 2 March 2026 at 11:00, Chen Wei gives back the deal "Kiln", because "no time"
      When on 9 March 2026 at 10:59, Chen Wei claims the deal "Kiln"
      Then it is refused, because "chen-wei had the deal Kiln last and may not have it again before 2026-03-09 11:00."
      When on 9 March 2026 at 11:00, Chen Wei claims the deal "Kiln"
      Then it is known about the deal "Kiln"
        | Owner | Chen Wei |

  Rule: A medium-sized customer of whom no deal was touched for 60 days is open to everybody; its owner is told a week before

    Scenario: The owner is told, and then nobody has them
      Given on 16 March 2026 at 10:00, it is recorded about the customer "Lanzhou Iron"
        | Size          | medium   |
        | Account owner | Chen Wei |
      When it is 8 May 2026 at 10:00
      And it is 15 May 2026 at 10:00
      Then it is known about the customer "Lanzhou Iron"
        | Account owner | - |

    Scenario: A minute earlier they are still Chen Wei's
      Given on 16 March 2026 at 10:00, it is recorded about the customer "Lanzhou Iron"
        | Size          | medium   |
        | Account owner | Chen Wei |
      When it is 8 May 2026 at 10:00
      And it is 15 May 2026 at 09:58
      Then it is known about the customer "Lanzhou Iron"
        | Account owner | Chen Wei |

    Scenario: A touch of any of their deals counts from its day
      Given on 16 March 2026 at 10:00, it is recorded about the customer "Lanzhou Iron"
        | Size          | medium   |
        | Account owner | Chen Wei |
      And on 20 March 2026 at 10:00, Li Na opens the deal "Kiln" over 1,000.00 CNY
        | Account | Lanzhou Iron |
      And on 10 April 2026 at 10:00, Li Na logs the "Call" "No answer" for the deal "Kiln"
      And on 13 April 2026 at 10:00, Li Na moves the deal "Kiln" to "Lost", because "price"
      When it is 15 May 2026 at 10:00
      Then it is known about the customer "Lanzhou Iron"
        | Account owner | Chen Wei |

    Scenario: An open deal keeps the customer with its owner
      Given on 16 March 2026 at 10:00, it is recorded about the customer "Lanzhou Iron"
        | Size          | medium   |
        | Account owner | Chen Wei |
      And on 20 March 2026 at 10:00, Li Na opens the deal "Kiln" over 1,000.00 CNY
        | Account | Lanzhou Iron |
      When it is 1 June 2026 at 10:00
      Then it is known about the customer "Lanzhou Iron"
        | Account owner | Chen Wei |

    Scenario: A small customer is in no pool
      Given on 16 March 2026 at 10:00, it is recorded about the customer "Lanzhou Iron"
        | Size | small |
      When on 16 March 2026 at 11:00, Chen Wei claims the customer "Lanzhou Iron"
      Then it is refused, because "The customer Lanzhou Iron belongs to no public pool."

    Scenario: The number of days is written in pools/customers.yaml, and changing it changes when that is
      Given in pools/customers.yaml, "after: 60 days" is changed to "after: 46 days" and put in force
      And on 16 March 2026 at 10:00, it is recorded about the customer "Lanzhou Iron"
        | Size          | medium   |
        | Account owner | Chen Wei |
      When it is 29 April 2026 at 09:00
      And it is 1 May 2026 at 10:00
      Then it is known about the customer "Lanzhou Iron"
        | Account owner | Chen Wei |
      When it is 6 May 2026 at 09:00
      Then it is known about the customer "Lanzhou Iron"
        | Account owner | - |

  Rule: Whoever gave a customer back may not have them again for 14 days, whichever way

    Scenario: A colleague may at once; the customer's deals stay with whoever has them
      Given on 16 March 2026 at 10:00, it is recorded about the customer "Lanzhou Iron"
        | Size          | medium   |
        | Account owner | Chen Wei |
      And on 16 March 2026 at 11:00, Chen Wei opens the deal "Kiln" over 1,000.00 CNY
        | Account | Lanzhou Iron |
      And on 16 March 2026 at 12:00, Chen Wei gives back the customer "Lanzhou Iron", because "no time"
      When on 16 March 2026 at 13:00, Li Na claims the customer "Lanzhou Iron"
      Then it is known about the customer "Lanzhou Iron"
        | Account owner | Li Na |
      And it is known about the deal "Kiln"
        | Owner | Chen Wei |

    Scenario: Not even a transfer gives them to the same person a minute too early
      Given on 16 March 2026 at 10:00, it is recorded about the customer "Lanzhou Iron"
        | Size          | medium   |
        | Account owner | Chen Wei |
      And on 16 March 2026 at 11:00, Chen Wei gives back the customer "Lanzhou Iron", because "no time"
      When on 30 March 2026 at 10:59, Chen Wei claims the customer "Lanzhou Iron"
      Then it is refused, because "chen-wei had the customer Lanzhou Iron last and may not have it again before 2026-03-30 11:00."
      When on 30 March 2026 at 10:59, it is recorded about the customer "Lanzhou Iron"
        | Account owner | Chen Wei |
      Then it is refused, because "chen-wei had the customer Lanzhou Iron last and may not have it again before 2026-03-30 11:00."
      When on 30 March 2026 at 11:00, Chen Wei claims the customer "Lanzhou Iron"
      Then it is known about the customer "Lanzhou Iron"
        | Account owner | Chen Wei |
