Feature: Who gets a lead that nobody has

  Rule: A lead of 300,000.00 CNY from the website goes to the account executive with the fewest open deals

    Scenario: At the limit it has an owner at once, and the first call is theirs
      Given on 2 March 2026 at 09:00, Anna Keller opens the deal "Lathe" over 1,000.00 CNY
      When on 2 March 2026 at 10:00, Guo Hua opens the deal "Kiln" over 300,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      Then it is known about the deal "Kiln"
        | Owner | Chen Wei |
      And Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

    Scenario: The next one goes to whoever has fewer; equals go by name in the records
      Given on 2 March 2026 at 10:00, Guo Hua opens the deal "Kiln" over 300,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      And on 2 March 2026 at 10:05, Anna Keller opens the deal "Lathe" over 1,000.00 CNY
      When on 2 March 2026 at 10:10, Guo Hua opens the deal "Pump" over 300,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      Then it is known about the deal "Pump"
        | Owner | Chen Wei |

    Scenario: One cent below it lies in the pool, and nobody is asked to call
      When on 2 March 2026 at 10:00, Guo Hua opens the deal "Kiln" over 299,999.99 CNY
        | Owner  | -            |
        | Source | website form |
      Then it is known about the deal "Kiln"
        | Owner | - |
      And Chen Wei has no task

    Scenario: The rule is written in assignments/inbound-leads.yaml, and changing the limit changes who has what
      Given in assignments/inbound-leads.yaml, "deal.amount >= 300_000 CNY" is changed to "deal.amount >= 50_000 CNY" and put in force
      When on 2 March 2026 at 10:00, Guo Hua opens the deal "Kiln" over 50,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      Then it is known about the deal "Kiln"
        | Owner | Anna Keller |

  Rule: Whoever is out of office is passed over

    Scenario: On the way to a customer
      Given on 2 March 2026 at 09:00, Anna Keller is out of office until 2 March 2026 at 12:00
      When on 2 March 2026 at 10:00, Guo Hua opens the deal "Kiln" over 300,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      Then it is known about the deal "Kiln"
        | Owner | Chen Wei |

    Scenario: Back at that very minute
      Given on 2 March 2026 at 09:00, Anna Keller is out of office until 2 March 2026 at 12:00
      When on 2 March 2026 at 12:00, Guo Hua opens the deal "Kiln" over 300,000.00 CNY
        | Owner  | -            |
        | Source | website form |
      Then it is known about the deal "Kiln"
        | Owner | Anna Keller |

  Rule: An expansion from the website goes to the account executives in turn

    Scenario: One after the other
      Given on 2 March 2026 at 10:00, Guo Hua opens the deal "Kiln" over 1,000.00 CNY
        | Owner        | -            |
        | Source       | website form |
        | Kind of deal | expansion    |
      When on 2 March 2026 at 10:05, Guo Hua opens the deal "Pump" over 1,000.00 CNY
        | Owner        | -            |
        | Source       | website form |
        | Kind of deal | expansion    |
      Then it is known about the deal "Kiln"
        | Owner | Anna Keller |
      And it is known about the deal "Pump"
        | Owner | Chen Wei |

    Scenario: A deal that has an owner is left alone
      When on 2 March 2026 at 10:00, Sun Jie opens the deal "Kiln" over 1,000.00 CNY
        | Source       | website form |
        | Kind of deal | expansion    |
      Then it is known about the deal "Kiln"
        | Owner | Sun Jie |
