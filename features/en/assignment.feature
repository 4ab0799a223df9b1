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

  Rule: A large customer goes to the account executive with the fewest customers

    Scenario: From the first day
      Given on 2 March 2026 at 09:00, it is recorded about the customer "Lanzhou Steel"
        | Size | large |
      When on 2 March 2026 at 10:00, it is recorded about the customer "Lanzhou Iron"
        | Size | large |
      Then it is known about the customer "Lanzhou Steel"
        | Account owner | Anna Keller |
      And it is known about the customer "Lanzhou Iron"
        | Account owner | Chen Wei |

    Scenario: Or from the day on which it turns out to be large
      Given on 2 March 2026 at 09:00, it is recorded about the customer "Lanzhou Steel"
        | Size | medium |
      Then it is known about the customer "Lanzhou Steel"
        | Account owner | - |
      When on 3 March 2026 at 09:00, it is recorded about the customer "Lanzhou Steel"
        | Size | large |
      Then it is known about the customer "Lanzhou Steel"
        | Account owner | Anna Keller |

    Scenario: The most that each may have is written in assignments/key-accounts.yaml; beyond it the manager has them
      Given in assignments/key-accounts.yaml, "{open: 30}" is changed to "{open: 0}" and put in force
      When on 2 March 2026 at 09:00, it is recorded about the customer "Lanzhou Steel"
        | Size | large |
      Then it is known about the customer "Lanzhou Steel"
        | Account owner | Thomas Brandt |

    Scenario: A customer who has somebody keeps them
      When on 2 March 2026 at 09:00, it is recorded about the customer "Lanzhou Steel"
        | Size          | large   |
        | Account owner | Sun Jie |
      Then it is known about the customer "Lanzhou Steel"
        | Account owner | Sun Jie |

  Rule: A complaint goes to whoever has the customer, any other ticket to whoever has fewest to see to

    Scenario: The customer's own, and the service desk
      Given on 2 March 2026 at 09:00, it is recorded about the customer "Lanzhou Iron"
        | Account owner | Chen Wei |
      And on 2 March 2026 at 10:00, the ticket "T-1" comes in, a "complaint" from the customer "Lanzhou Iron"
      And on 2 March 2026 at 10:05, the ticket "T-2" comes in, a "question" from the customer "Lanzhou Iron"
      When on 2 March 2026 at 10:10, the ticket "T-3" comes in, a "question"
      Then Chen Wei has the ticket "T-1"
      And Ben Okafor has the ticket "T-2"
      And He Jing has the ticket "T-3"

    Scenario: While they are out of office, the service desk sees to a complaint too
      Given on 2 March 2026 at 09:00, it is recorded about the customer "Lanzhou Iron"
        | Account owner | Chen Wei |
      And on 2 March 2026 at 09:30, Chen Wei is out of office until 2 March 2026 at 12:00
      When on 2 March 2026 at 10:00, the ticket "T-1" comes in, a "complaint" from the customer "Lanzhou Iron"
      Then Ben Okafor has the ticket "T-1"

    Scenario: The most that each may have is written in assignments/tickets.yaml; beyond it the next one has it
      Given in assignments/tickets.yaml, "{open: 20}" is changed to "{open: 1}" and put in force
      And on 2 March 2026 at 09:00, it is recorded about the customer "Lanzhou Iron"
        | Account owner | Chen Wei |
      And on 2 March 2026 at 10:00, the ticket "T-1" comes in, a "complaint" from the customer "Lanzhou Iron"
      When on 2 March 2026 at 10:05, the ticket "T-2" comes in, a "complaint" from the customer "Lanzhou Iron"
      Then Chen Wei has the ticket "T-1"
      And Ben Okafor has the ticket "T-2"
