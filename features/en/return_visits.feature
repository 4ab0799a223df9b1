Feature: Return visits
  A customer with a service contract is visited evenly for as long as the contract runs. A visit that falls on a day off is
  moved, and one that the customer calls off is made up for.

  Rule: There is a visit a month, and a day off moves only that one

    Scenario: The first visit is a month after the win
      Given on 10 February 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Kind of deal           | renewal     |
        | Service contract until | 1 July 2026 |
      When it is 10 March 2026 at 09:59
      Then Chen Wei has no task
      When it is 10 March 2026 at 10:00
      Then Chen Wei has exactly these tasks
        | Monthly maintenance visit (no. 1) | Kiln | 13 March 2026 at 10:00 |
      And the task "Monthly maintenance visit (no. 1)" is there because of "Maintenance visits" in cadences/maintenance.yaml

    Scenario: A visit on a Sunday is made on the Saturday before, which is worked
      Given on 10 February 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Kind of deal           | renewal     |
        | Service contract until | 1 July 2026 |
      And on 10 March 2026 at 11:00, Chen Wei completes the task "Monthly maintenance visit (no. 1)" with "Spoke to the customer"
      And on 10 April 2026 at 11:00, Chen Wei completes the task "Monthly maintenance visit (no. 2)" with "Spoke to the customer"
      When it is 9 May 2026 at 10:00
      Then Chen Wei has exactly these tasks
        | Monthly maintenance visit (no. 3) | Kiln | 13 May 2026 at 10:00 |
      When Chen Wei asks why the task "Monthly maintenance visit (no. 3)" is there
      Then the answer says "2026-05-10 Sunday → 2026-05-09 Saturday: Sunday, calendar cn"

    Scenario: When the contract is over nobody is visited any more
      Given on 10 February 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Kind of deal           | renewal      |
        | Service contract until | 1 April 2026 |
      And on 10 March 2026 at 11:00, Chen Wei completes the task "Monthly maintenance visit (no. 1)" with "Spoke to the customer"
      When it is 30 June 2026 at 18:00
      Then Chen Wei has no task

  Rule: A visit that is called off is made up for once when that is asked for, and keeps the reason

    Scenario: The customer takes stock and is visited ten days later
      Given on 10 February 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Kind of deal           | renewal      |
        | Service contract until | 1 April 2026 |
      When on 10 March 2026 at 15:00, Chen Wei skips the task "Monthly maintenance visit (no. 1)" until later, because "taking stock"
      Then Chen Wei has exactly these tasks
        | Monthly maintenance visit (no. 1) | Kiln | 20 March 2026 at 15:00 |
      When Chen Wei asks why the task "Monthly maintenance visit (no. 1)" is there
      Then the answer says "called off: taking stock; once more after 10 days"

    Scenario: Without that it is left out
      Given on 10 February 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Kind of deal           | renewal      |
        | Service contract until | 1 April 2026 |
      When on 10 March 2026 at 15:00, Chen Wei skips the task "Monthly maintenance visit (no. 1)", because "taking stock"
      Then Chen Wei has no task

    Scenario: A customer who cancels has no visit left, neither planned nor made up for
      Given on 10 February 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Kind of deal           | renewal     |
        | Service contract until | 1 July 2026 |
      And on 10 March 2026 at 15:00, Chen Wei skips the task "Monthly maintenance visit (no. 1)" until later, because "taking stock"
      When on 12 March 2026, the customer cancels the deal "Kiln"
      Then the follow-up "Maintenance visits" of the deal "Kiln" has ended as "cancelled", because of cadences/maintenance.yaml
      When it is 30 June 2026 at 18:00
      Then Chen Wei has no task
