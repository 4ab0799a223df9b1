Feature: What cannot be evaluated yet
  An event that speaks of somebody nobody has told of is kept, waits in sight, and is evaluated by itself when they are told of.

  Rule: A deal of an unknown person waits, and earns what it would have earned once the person joins

    Scenario: It waits, and nobody is credited
      When on 2 March 2026, Qian Duo opens the deal "Kiln" over 50,000.00 CNY
      Then it waits, because "… speaks of the person qian-duo, of which nothing has been told yet."
      And nobody is credited for the deal "Kiln"

    Scenario: The whole sale waits, and is evaluated when Qian Duo joins
      Given on 2 March 2026, Qian Duo wins the deal "Kiln" for 50,000.00 CNY
      Then it waits, because "… speaks of the deal Kiln, of which nothing has been told yet."
      When from 1 February 2026, Qian Duo reports to Wu Fang as account executive
      Then the deal "Kiln" is credited to exactly these
        | Qian Duo | 50,000.00 CNY | own     |
        | Wu Fang  | 50,000.00 CNY | overlay |

    Scenario: Somebody else who joins does not end the wait
      Given on 2 March 2026, Qian Duo wins the deal "Kiln" for 50,000.00 CNY
      Then it waits, because "… speaks of the deal Kiln, of which nothing has been told yet."
      When from 1 March 2026, Li Na reports to Thomas Brandt
      Then nobody is credited for the deal "Kiln"

    Scenario: Li Na's deal goes its way
      Given on 2 March 2026, Qian Duo opens the deal "Kiln" over 50,000.00 CNY
      Then it waits, because "… speaks of the person qian-duo, of which nothing has been told yet."
      When on 2 March 2026, Li Na wins the deal "Press" for 50,000.00 CNY
      Then the deal "Press" is credited to exactly these
        | Li Na   | 50,000.00 CNY | own     |
        | Wu Fang | 50,000.00 CNY | overlay |
