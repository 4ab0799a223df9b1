Feature: Targets
  A goal is divided into quarters, months, weeks and people, and the parts always sum to the whole, to the cent.

  Rule: 5,000,000.00 CNY for 2026 are 1,250,000.00 a quarter, and a third of that a month

    Scenario Outline: <period> asks for <amount>
      Then the target "Bookings 2026" in targets/bookings-2026.yaml asks for <amount> in <period>

      Examples: the year, its quarters, and months whose cents sum to the quarter
        | period  | amount           |
        | 2026    | 5,000,000.00 CNY |
        | 2026-Q1 | 1,250,000.00 CNY |
        | 2026-Q4 | 1,250,000.00 CNY |
        | 2026-01 | 416,666.67 CNY   |
        | 2026-02 | 416,666.67 CNY   |
        | 2026-03 | 416,666.66 CNY   |

  Rule: Everybody has a share, and the shares sum to the goal

    Scenario: The first quarter of 2026 by people
      Then the target "Bookings 2026" in targets/bookings-2026.yaml is shared out for 2026-Q1 as
        | Chen Wei    | 212,500.00 CNY |
        | Li Na       | 200,000.00 CNY |
        | Wang Lei    | 150,000.00 CNY |
        | Sun Jie     | 125,000.00 CNY |
        | Anna Keller | 212,500.00 CNY |
        | Marco Rossi | 112,500.00 CNY |
        | Zhao Min    | 137,500.00 CNY |
        | Emily Clark | 100,000.00 CNY |

    Scenario: A month of 416,666.67 by people, where the cents do not divide
      Then the target "Bookings 2026" in targets/bookings-2026.yaml is shared out for 2026-01 as
        | Chen Wei    | 70,833.33 CNY |
        | Li Na       | 66,666.67 CNY |
        | Wang Lei    | 50,000.00 CNY |
        | Sun Jie     | 41,666.67 CNY |
        | Anna Keller | 70,833.33 CNY |
        | Marco Rossi | 37,500.00 CNY |
        | Zhao Min    | 45,833.34 CNY |
        | Emily Clark | 33,333.33 CNY |

    Scenario: The same goal by teams
      Then the target "Bookings of the teams 2026" in targets/team-bookings-2026.yaml is shared out for 2026 as
        | Wu Fang       | 2,750,000.00 CNY |
        | Thomas Brandt | 2,250,000.00 CNY |

  Rule: 2025 had its own goal, with a weak first and a strong last quarter

    Scenario Outline: <period> asked for <amount>
      Then the target "Bookings 2025" in targets/bookings-2025.yaml asks for <amount> in <period>

      Examples: 20, 25, 25 and 30 percent
        | period  | amount           |
        | 2025-Q1 | 800,000.00 CNY   |
        | 2025-Q2 | 1,000,000.00 CNY |
        | 2025-Q3 | 1,000,000.00 CNY |
        | 2025-Q4 | 1,200,000.00 CNY |

    Scenario: The teams of 2025
      Then the target "Bookings of the teams 2025" in targets/team-bookings-2025.yaml is shared out for 2025-Q4 as
        | Wu Fang       | 720,000.00 CNY |
        | Thomas Brandt | 480,000.00 CNY |

  Rule: Somebody without a quota of their own has their share of the target as quota

    Scenario: Half of Chen Wei's 212,500.00 is at 3 %, the rest at 6 %
      Given on 2 March 2026, Chen Wei wins the deal "Kiln" for 212,500.00 CNY
      When He Ping calculates the pay of 2026-03
      Then the pay of Chen Wei for the deal "Kiln" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says "106,250.00 × 3% + 106,250.00 × 6% = 9,562.50 CNY"

    Scenario: A quota that finance sets comes before the share
      Given Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned 4,500.00 CNY
