Feature: Who is credited
  What a deal brings is credited once, on the day it is won, to whoever worked on it, and once more to the manager.

  Rule: A win is credited to the owner of the deal, and in full once more to the owner's manager

    Scenario: One owner, one manager
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 50,000.00 CNY | own     |
        | Wu Fang  | 50,000.00 CNY | overlay |

    Scenario: A deal that is not won is credited to nobody
      When on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Negotiation"
      Then nobody is credited for the deal "Kiln"

    Scenario: A renewal is credited as well
      Given on 2 March 2026, Li Na opens the deal "Service 2026" over 30,000.00 CNY
        | Kind of deal    | renewal |
        | Contract signed | yes     |
      When on 3 March 2026, Li Na moves the deal "Service 2026" to "Renewed"
      Then the deal "Service 2026" is credited to exactly these
        | Li Na   | 30,000.00 CNY | own     |
        | Wu Fang | 30,000.00 CNY | overlay |

  Rule: A team shares the credit; the manager is credited with the whole once, not with each share

    Scenario: Sixty and forty
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Deal team | Chen Wei 60%, Li Na 40% |
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 30,000.00 CNY | own     |
        | Li Na    | 20,000.00 CNY | own     |
        | Wu Fang  | 50,000.00 CNY | overlay |

    Scenario: What the team leaves goes to the owner
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Deal team | Li Na 40% |
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 30,000.00 CNY | own     |
        | Li Na    | 20,000.00 CNY | own     |
        | Wu Fang  | 50,000.00 CNY | overlay |

    Scenario: More than the whole cannot be shared, so the win waits for the team to be corrected
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Deal team | Chen Wei 60%, Li Na 50% |
      Then it waits, because "The shares of deal.team of the deal Kiln total 110%, more than 100 %."
      And nobody is credited for the deal "Kiln"

  Rule: The cent that cannot be divided goes to the last of the team by id, so that the shares sum to the deal

    Scenario: Half of an odd cent
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 100.01 CNY
        | Deal team | Chen Wei 50%, Li Na 50% |
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 50.00 CNY  | own     |
        | Li Na    | 50.01 CNY  | own     |
        | Wu Fang  | 100.01 CNY | overlay |

    Scenario: An even amount leaves no cent over
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 100.00 CNY
        | Deal team | Chen Wei 50%, Li Na 50% |
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 50.00 CNY  | own     |
        | Li Na    | 50.00 CNY  | own     |
        | Wu Fang  | 100.00 CNY | overlay |

  Rule: The manager is whoever it was on the day of the win

    Scenario Outline: Chen Wei reports to Thomas Brandt from 10 March; a win on <day> is credited to <manager>
      Given from 10 March 2026, Chen Wei reports to Thomas Brandt
      When on <day>, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei  | 50,000.00 CNY | own     |
        | <manager> | 50,000.00 CNY | overlay |

      Examples: the day before and the day itself
        | day           | manager       |
        | 9 March 2026  | Wu Fang       |
        | 10 March 2026 | Thomas Brandt |

    Scenario: A change that is told of late counts from its own day
      Given on 12 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When from 10 March 2026, Chen Wei reports to Thomas Brandt
      And on 13 March 2026, Chen Wei wins the deal "Press" for 50,000.00 CNY
      Then the deal "Press" is credited to exactly these
        | Chen Wei      | 50,000.00 CNY | own     |
        | Thomas Brandt | 50,000.00 CNY | overlay |

  Rule: A deal in foreign currency is credited at the rate of the month in which it is won

    Scenario Outline: 10,000.00 USD won on <day> are <credited>
      When on <day>, Anna Keller wins the deal "Lathe" for 10,000.00 USD
      Then the deal "Lathe" is credited to exactly these
        | Anna Keller   | <credited> | own     |
        | Thomas Brandt | <credited> | overlay |

      Examples: 6.9420 in March, 6.9610 from 1 April
        | day           | credited      |
        | 31 March 2026 | 69,420.00 CNY |
        | 1 April 2026  | 69,610.00 CNY |

    Scenario: The rate is a line of the company's table
      Given in company/exchange-rates.csv, "USD,CNY,2026-03-01,6.9420" is changed to "USD,CNY,2026-03-01,7.0000" and put in force
      When on 31 March 2026, Anna Keller wins the deal "Lathe" for 10,000.00 USD
      Then the deal "Lathe" is credited to exactly these
        | Anna Keller   | 70,000.00 CNY | own     |
        | Thomas Brandt | 70,000.00 CNY | overlay |
