Feature: Customers that are recorded twice
  Two records of one company are merged: nothing is lost, and from then on everything counts for the one that stays.

  Rule: From the day of the merge on, what is known of either customer counts for both

    Scenario Outline: The other record has bought before; a win on <day> earns <bonus>
      Given the customer "Lanzhou Steel" has bought before
      And on 2 March 2026, Chen Wei opens the deal "Kiln" over 10,000.00 CNY
        | Account | Lanzhou Iron |
      And on 5 March 2026, the customer "Lanzhou Iron" is merged into "Lanzhou Steel"
      When on <day>, Chen Wei wins the deal "Robots" for 10,000.00 CNY
        | Account | Lanzhou Iron |
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <bonus> as "New customer bonus"

      Examples: the day before and the day itself
        | day          | bonus        |
        | 4 March 2026 | 1,000.00 CNY |
        | 5 March 2026 | 0.00 CNY     |

  Rule: A merge that is told as of an earlier day changes what was paid since then

    Scenario Outline: Told on 20 March as of <day>, for a win on 2 March: the win stands, the bonus is <bonus>
      Given the customer "Lanzhou Steel" has bought before
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 10,000.00 CNY
        | Account | Lanzhou Iron |
      And it is 20 March 2026
      When on <day>, the customer "Lanzhou Iron" is merged into "Lanzhou Steel"
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <bonus> as "New customer bonus"
      And the deal "Kiln" is in the stage "Won"

      Examples: the day before the win and the day after it
        | day          | bonus        |
        | 1 March 2026 | 0.00 CNY     |
        | 3 March 2026 | 1,000.00 CNY |

  Rule: A merge can be undone

    Scenario Outline: They were two companies after all, which is told as of 5 March; a win on <day> earns <bonus>
      Given the customer "Lanzhou Steel" has bought before
      And on 2 March 2026, Chen Wei opens the deal "Kiln" over 10,000.00 CNY
        | Account | Lanzhou Iron |
      And on 3 March 2026, the customer "Lanzhou Iron" is merged into "Lanzhou Steel"
      And on 5 March 2026, the merge of the customer "Lanzhou Iron" is undone, because "two companies"
      When on <day>, Chen Wei wins the deal "Robots" for 10,000.00 CNY
        | Account | Lanzhou Iron |
      And He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <bonus> as "New customer bonus"

      Examples: while they were one, and after
        | day          | bonus        |
        | 4 March 2026 | 0.00 CNY     |
        | 5 March 2026 | 1,000.00 CNY |

  Rule: What cannot be is refused: a circle, or undoing what was never done

    Scenario: Each into the other
      Given the customer "Lanzhou Steel" has bought before
      And the customer "Lanzhou Iron" has bought before
      And on 3 March 2026, the customer "Lanzhou Iron" is merged into "Lanzhou Steel"
      When on 4 March 2026, the customer "Lanzhou Steel" is merged into "Lanzhou Iron"
      Then it is refused, because "The account Lanzhou Steel cannot be merged into Lanzhou Iron: Lanzhou Iron is merged into Lanzhou Steel itself."

    Scenario: Undoing what was never done
      Given the customer "Lanzhou Steel" has bought before
      When on 4 March 2026, the merge of the customer "Lanzhou Steel" is undone, because "two companies"
      Then it is refused, because "The account Lanzhou Steel is not merged into another; there is nothing to undo."
