Feature: A manager's team
  A manager sees at a glance who is late with what and which deals do not move: of their own people, and of nobody else's.

  Background:
    Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
    And on 3 March 2026 at 10:00, Li Na opens the deal "Press" over 50,000.00 CNY

  Rule: The team page counts what each person's own list shows

    Scenario: What nobody did in time is overdue, what is due tonight is due today
      When it is 3 March 2026 at 12:00
      Then the team of Wu Fang stands like this
        | Chen Wei | 1 | 0 | 0 |
        | Li Na    | 0 | 1 | 0 |

    Scenario: What is done is nobody's concern
      When on 3 March 2026 at 11:00, Chen Wei completes the task "First call" with "No answer"
      And it is 3 March 2026 at 12:00
      Then the team of Wu Fang stands like this
        | Li Na    | 0 | 1 | 0 |

  Rule: A deal that nobody touches for longer than its pipeline allows is stuck

    Scenario: A minute before fourteen days are over
      When it is 16 March 2026 at 09:59
      Then the team of Wu Fang stands like this
        | Chen Wei | 1 | 0 | 0 |
        | Li Na    | 1 | 0 | 0 |

    Scenario: Fourteen days without a touch
      When it is 16 March 2026 at 10:00
      Then the team of Wu Fang stands like this
        | Chen Wei | 1 | 0 | 1 |
        | Li Na    | 1 | 0 | 0 |

    Scenario: Four weeks without a touch
      When it is 31 March 2026 at 12:00
      Then the team of Wu Fang stands like this
        | Chen Wei | 1 | 0 | 1 |
        | Li Na    | 1 | 0 | 1 |
