Feature: Follow-up that is interrupted
  Customers go on holiday, do not want to be called any more, or come back after they said no. Follow-up waits, goes
  another way or is taken up again, and says why.

  Rule: A follow-up that is paused makes nothing, and afterwards everything is later by the working time of the pause

    Scenario: The introduction moves by five working days
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "No answer"
      When on 2 March 2026 at 12:00, Chen Wei pauses the follow-up "New lead follow-up" of the deal "Kiln" until 10 March 2026, because "factory holiday"
      And it is 9 March 2026 at 18:00
      Then Chen Wei has no task
      When it is 10 March 2026 at 17:00
      Then Chen Wei has exactly these tasks
        | Send the introduction | Kiln | 11 March 2026 at 17:00 |
      When Chen Wei asks why the task "Send the introduction" is there
      Then the answer says "paused from 2026-03-02 to 2026-03-10: factory holiday"

    Scenario: Without a day it waits until somebody resumes it
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei pauses the follow-up "New lead follow-up" of the deal "Kiln"
      When it is 31 March 2026 at 18:00
      Then Chen Wei has no task
      When on 1 April 2026 at 10:00, Chen Wei resumes the follow-up "New lead follow-up" of the deal "Kiln"
      Then the task "First call" is there because of "New lead follow-up" in cadences/new-lead.yaml

  Rule: Whoever is taken out by hand comes back by hand only

    Scenario: Taken out, and put in again
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei ends the follow-up "New lead follow-up" of the deal "Kiln", because "not a lead"
      Then the follow-up "New lead follow-up" of the deal "Kiln" has ended as "not a lead", because of cadences/new-lead.yaml
      And Chen Wei has no task
      When on 3 March 2026 at 10:00, Chen Wei begins the follow-up "New lead follow-up" of the deal "Kiln"
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 3 March 2026 at 15:00 |

    Scenario: Nobody is in the same follow-up twice
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, Chen Wei begins the follow-up "New lead follow-up" of the deal "Kiln"
      Then it is refused, because "The deal Kiln is in the cadence new-lead already."

  Rule: A contact who does not want a channel is not reached on it, and the follow-up goes on

    Scenario: No e-mail, but the second call
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Contact | Wang Min |
      And on 2 March 2026 at 10:30, the contact "Wang Min" no longer wants "E-mail"
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "No answer"
      When it is 5 March 2026 at 11:00
      Then Chen Wei has exactly these tasks
        | Second call | Kiln | 6 March 2026 at 11:00 |

    Scenario: No call either, so only the e-mail is left
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Contact | Wang Min |
      When on 2 March 2026 at 11:00, the contact "Wang Min" no longer wants "Call"
      Then Chen Wei has no task
      When it is 3 March 2026 at 11:00
      Then Chen Wei has exactly these tasks
        | Send the introduction | Kiln | 4 March 2026 at 11:00 |

  Rule: The words to send are written in templates, and what is not known is named

    Scenario: The introduction says who writes, and about what
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Contact | Wang Min |
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "No answer"
      When it is 3 March 2026 at 11:00
      Then the words to send for the task "Send the introduction" say "我是北辰仪器的陈伟", from templates/intro.yaml

    Scenario: A name that nobody recorded is not left blank
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "No answer"
      When it is 3 March 2026 at 11:00
      Then the words to send for the task "Send the introduction" say "[联系人姓名]您好", from templates/intro.yaml

    Scenario: A reference case and a data sheet have words of their own
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      And on 5 March 2026 at 10:00, Chen Wei completes the task "Ask for the first reaction" with "No answer"
      And on 2 March 2026 at 10:00, Chen Wei opens the deal "Fair" over 50,000.00 CNY
        | Channel | trade show |
      And on 6 March 2026 at 11:00, Chen Wei completes the task "Thank them for the visit" with "Done"
      And on 9 March 2026 at 11:00, Chen Wei completes the task "Call about what they saw" with "Spoke to the customer"
      When it is 17 March 2026 at 11:00
      Then the words to send for the task "Send a reference case" say "附上贵行业一位客户的应用案例", from templates/reference-case.yaml
      And the words to send for the task "Send the data sheet" say "随信附上产品资料", from templates/data-sheet.yaml

  Rule: A deal that is taken up again is called within the hours that suit the customer

    Scenario: Taken up after half past eleven, the call waits for the afternoon
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 3 March 2026, Chen Wei moves the deal "Kiln" to "Lost", because "no budget"
      When on 9 March 2026 at 12:00, Wu Fang reopens the deal "Kiln", because "new budget"
      And it is 9 March 2026 at 13:59
      Then Chen Wei has no task
      When it is 9 March 2026 at 14:00
      Then Chen Wei has exactly these tasks
        | Ask what has changed | Kiln | 10 March 2026 at 14:00 |
      And the task "Ask what has changed" is there because of "Deal taken up again" in cadences/taken-up-again.yaml

    Scenario: Taken up at ten, the call is made at once
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 3 March 2026, Chen Wei moves the deal "Kiln" to "Lost", because "no budget"
      When on 9 March 2026 at 10:00, Wu Fang reopens the deal "Kiln", because "new budget"
      Then Chen Wei has exactly these tasks
        | Ask what has changed | Kiln | 10 March 2026 at 10:00 |
