Feature: Customer service
  Customers who ask, complain or send something back are answered in the time that was promised, counted in working hours.
  Whoever complains is not sold to meanwhile, and says in the end whether they are satisfied.

  Rule: A complaint is answered within four working hours and settled within three working days; an hour before, its owner is asked

    Scenario: Asked at two, answered at half past
      Given on 2 March 2026 at 09:30, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 10:00, Chen Wei opens the ticket "T-1", a "complaint" about the deal "Kiln"
      When it is 2 March 2026 at 14:00
      Then Chen Wei has exactly these tasks
        | Answer ticket T-1 | Kiln | 2 March 2026 at 15:00 |
      And the task "Answer ticket T-1" is there because of "Customer service" in service/customer-service.yaml
      When on 2 March 2026 at 14:30, Chen Wei answers the ticket "T-1"
      Then Chen Wei has no task
      And the ticket "T-1" is "answered", and its "first response", due on 2 March 2026 at 15:00, is "kept"

    Scenario: A minute after the time, the manager knows
      Given on 2 March 2026 at 09:30, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 10:00, Chen Wei opens the ticket "T-1", a "complaint" about the deal "Kiln"
      When it is 2 March 2026 at 14:59
      Then nobody is told about the deal "Kiln"
      When it is 2 March 2026 at 16:00
      Then Wu Fang is told about the deal "Kiln", because of service/customer-service.yaml
      When on 2 March 2026 at 16:10, Chen Wei answers the ticket "T-1"
      Then the ticket "T-1" is "answered", and its "first response", due on 2 March 2026 at 15:00, is "missed", late by "1 h 10 min"

    Scenario: The National Day holidays do not count
      When on 30 September 2026 at 17:00, Chen Wei opens the ticket "T-1", a "complaint"
      Then the ticket "T-1" is "open", and its "first response", due on 8 October 2026 at 12:00, is "due"

    Scenario: A question has more time
      When on 2 March 2026 at 10:00, Chen Wei opens the ticket "T-1", a "question"
      Then the ticket "T-1" is "open", and its "first response", due on 3 March 2026 at 10:00, is "due"

  Rule: Time on hold moves the date by as much working time, and further messages of the customer move nothing

    Scenario: A day on hold is a day more
      Given on 2 March 2026 at 10:00, Chen Wei opens the ticket "T-1", a "complaint"
      And on 2 March 2026 at 11:00, Chen Wei answers the ticket "T-1"
      When on 3 March 2026 at 10:00, Chen Wei holds the ticket "T-1", because "a spare part"
      Then the ticket "T-1" is "on hold", and its "resolution", due on 5 March 2026 at 10:00, is "on hold"
      When on 4 March 2026 at 10:00, Chen Wei resumes the ticket "T-1"
      Then the ticket "T-1" is "open", and its "resolution", due on 6 March 2026 at 10:00, is "due"

    Scenario: A weekend on hold is nothing more
      Given on 6 March 2026 at 10:00, Chen Wei opens the ticket "T-1", a "complaint"
      And on 6 March 2026 at 18:00, Chen Wei holds the ticket "T-1", because "a spare part"
      When on 9 March 2026 at 09:00, Chen Wei resumes the ticket "T-1"
      Then the ticket "T-1" is "open", and its "resolution", due on 11 March 2026 at 10:00, is "due"

    Scenario: A second message does not give more time for the answer
      Given on 2 March 2026 at 10:00, Chen Wei opens the ticket "T-1", a "complaint"
      And on 2 March 2026 at 11:00, Chen Wei answers the ticket "T-1"
      When on 3 March 2026 at 10:00, the customer of the ticket "T-1" writes again
      And on 3 March 2026 at 15:00, the customer of the ticket "T-1" writes again
      Then the ticket "T-1" is "open", and its "answer to the customer", due on 4 March 2026 at 10:00, is "due"

  Rule: While a customer complains, nobody sells to them

    Scenario: The follow-up rests until the complaint is settled
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Li Na opens the ticket "T-1", a "complaint" about the deal "Kiln"
      Then Chen Wei has no task
      When on 2 March 2026 at 16:00, Li Na resolves the ticket "T-1"
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 3 March 2026 at 10:00 |

    Scenario: A deal that is opened while the customer complains is not followed up before that is settled
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Account | Lanzhou Iron |
      And on 2 March 2026 at 11:00, Li Na opens the ticket "T-1", a "complaint" about the deal "Kiln"
      When on 3 March 2026 at 10:00, Chen Wei opens the deal "Lathe" over 50,000.00 CNY
        | Account | Lanzhou Iron |
      Then Chen Wei has no task
      When on 4 March 2026 at 10:00, Li Na resolves the ticket "T-1"
      Then Chen Wei has exactly these tasks
        | First call | Kiln  | 4 March 2026 at 14:00 |
        | First call | Lathe | 4 March 2026 at 15:00 |

    Scenario: A deal that is opened a minute after the complaint is settled is followed up at once
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Account | Lanzhou Iron |
      And on 2 March 2026 at 11:00, Li Na opens the ticket "T-1", a "complaint" about the deal "Kiln"
      And on 3 March 2026 at 10:00, Li Na resolves the ticket "T-1"
      When on 3 March 2026 at 10:01, Li Na opens the deal "Lathe" over 50,000.00 CNY
        | Account | Lanzhou Iron |
      Then Li Na has exactly these tasks
        | First call | Lathe | 3 March 2026 at 15:01 |

    Scenario: A question is no reason to rest
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Li Na opens the ticket "T-1", a "question" about the deal "Kiln"
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

  Rule: A customer says once how satisfied they are, from 1 to 5

    Scenario: The first answer counts
      Given on 2 March 2026 at 10:00, Chen Wei opens the ticket "T-1", a "question"
      And on 2 March 2026 at 11:00, Chen Wei resolves the ticket "T-1"
      And on 3 March 2026 at 10:00, the customer of the ticket "T-1" gives the score 4
      When on 4 March 2026 at 10:00, the customer of the ticket "T-1" gives the score 1
      Then it is refused, because "The customer has answered about the ticket T-1 already; an answer counts once."

    Scenario: Six is not on the scale
      Given on 2 March 2026 at 10:00, Chen Wei opens the ticket "T-1", a "question"
      When on 3 March 2026 at 10:00, the customer of the ticket "T-1" gives the score 6
      Then it is refused, because "6 is not on the scale from 1 to 5."

  Rule: A least number of answers is asked of customers' answers and of nothing else

    Scenario: Nobody can answer a value that the manager gives
      When in scorecards/account-executive-2027.yaml, "value: owner.csat" is changed to "value: given"
      Then the check finds an error at scorecards/account-executive-2027.yaml, line 18: "`min_responses` would have no effect here: the value does not ask `owner.csat`."

    Scenario: Three answers instead of five are enough as well
      When in scorecards/account-executive-2027.yaml, "min_responses: 5" is changed to "min_responses: 3"
      Then the check finds no error

  Rule: Tickets of the service desk come from its file, each with what became of it

    Scenario: One that is answered, resolved and liked, and one that is only opened
      When a file of "Tickets of customers" in profiles/tickets.yaml is taken in
        | Ticket Id | Subject | Type      | Created          | First Response   | Resolved         | Satisfaction |
        | T-1       | Noise   | Complaint | 2026-03-02 10:00 | 2026-03-02 11:00 | 2026-03-03 10:00 | 5            |
        | T-2       | Manual  | Question  | 2026-03-02 10:00 |                  |                  |              |
      Then 5 events of the file are recorded
      When it is 4 March 2026 at 10:00
      Then the ticket "T-1" is "resolved", and its "resolution", due on 5 March 2026 at 10:00, is "kept"

    Scenario: A ticket that is there already is not opened again
      Given on 2 March 2026 at 10:00, Chen Wei opens the ticket "T-1", a "complaint"
      When a file of "Tickets of customers" in profiles/tickets.yaml is taken in
        | Ticket Id | Subject | Type     | Created          |
        | T-1       | Noise   | Question | 2026-03-02 10:30 |
      Then of the file it is said: "The ticket T-1 is there already."
