Feature: Follow-up
  A cadence plans what is done after something happens: who does it, when it falls due by the working calendar,
  and what ends it.

  Rule: A new lead is called within four working hours

    Scenario Outline: A lead that comes in on <arrives> is to be called by <due>
      When on <arrives>, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And it is <looked>
      Then Chen Wei has exactly these tasks
        | First call | Kiln | <due> |
      And the task "First call" is there because of "New lead follow-up" in cadences/new-lead.yaml

      Examples: in the morning, late in the afternoon, and at the weekend
        | arrives               | looked                | due                   |
        | 2 March 2026 at 10:00 | 2 March 2026 at 10:00 | 2 March 2026 at 15:00 |
        | 6 March 2026 at 17:00 | 6 March 2026 at 17:00 | 9 March 2026 at 12:00 |
        | 7 March 2026 at 11:00 | 9 March 2026 at 09:00 | 9 March 2026 at 14:00 |

    Scenario: Before the office opens there is nothing to do yet
      When on 7 March 2026 at 11:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And it is 9 March 2026 at 08:59
      Then Chen Wei has no task

    Scenario: A lead whose channel nobody recorded is followed up by nobody, and the question why is answered
      When on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Channel | - |
      And it is 3 March 2026 at 18:00
      Then Chen Wei has no task
      When Chen Wei asks what keeps the deal "Kiln" from "New lead follow-up"
      Then the answer says "? deal.channel != "trade_show""

  Rule: Public holidays move follow-up, and make-up days are worked

    Scenario: Four working hours from the eve of the National Day end after the holiday
      When on 30 September 2026 at 17:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And it is 30 September 2026 at 17:00
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 8 October 2026 at 12:00 |
      When Chen Wei asks why the task "First call" is there
      Then the answer says "2026-10-01 – 2026-10-03 not counted: National Day, calendar cn"

    Scenario: The Saturday after the National Day is a working day
      When on 10 October 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And it is 10 October 2026 at 10:00
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 10 October 2026 at 15:00 |

    Scenario: An ordinary Saturday is not
      When on 17 October 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And it is 19 October 2026 at 09:00
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 19 October 2026 at 14:00 |

    Scenario Outline: <duration> after <start> is <later>, by the calendar <calendar>
      Then <duration> after <start> is <later>, by the calendar <calendar> in <file>

      Examples: China with holidays and make-up days, Germany with Friday afternoons off, the United States
        | duration         | start                      | later                     | calendar            | file              |
        | 1 business days  | 30 September 2026 at 10:00 | 8 October 2026 at 10:00   | "Mainland China"    | calendars/cn.yaml |
        | 2 business days  | 8 October 2026 at 10:00    | 10 October 2026 at 10:00  | "Mainland China"    | calendars/cn.yaml |
        | 1 business days  | 2 October 2026 at 10:00    | 5 October 2026 at 10:00   | "Germany (Bavaria)" | calendars/de.yaml |
        | 3 business hours | 9 October 2026 at 13:30    | 12 October 2026 at 10:30  | "Germany (Bavaria)" | calendars/de.yaml |
        | 1 business days  | 23 December 2026 at 10:00  | 28 December 2026 at 10:00 | "Germany (Bavaria)" | calendars/de.yaml |
        | 1 business days  | 25 November 2026 at 10:00  | 30 November 2026 at 10:00 | "United States"     | calendars/us.yaml |

  Rule: Each step is due in working time after the one before it was done

    Scenario: The introduction follows one working day after the call was made, not after it was due
      Given on 5 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 5 March 2026 at 14:00, Chen Wei completes the task "First call" with "Spoke to the customer"
      And it is 6 March 2026 at 13:59
      Then Chen Wei has no task
      When it is 6 March 2026 at 14:00
      Then Chen Wei has exactly these tasks
        | Send the introduction | Kiln | 9 March 2026 at 14:00 |

    Scenario: A step that nobody does holds the next one back
      Given on 5 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When it is 12 March 2026 at 14:00
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 5 March 2026 at 15:00 |

  Rule: A second call that nobody answers is repeated on the next working day, twice at most

    Scenario: After two repeats it is enough
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "No answer"
      And on 3 March 2026 at 11:00, Chen Wei completes the task "Send the introduction" with "Done"
      And on 5 March 2026 at 11:00, Chen Wei completes the task "Second call" with "No answer"
      When it is 6 March 2026 at 11:00
      Then Chen Wei has exactly these tasks
        | Second call | Kiln | 9 March 2026 at 11:00 |
      When Chen Wei asks why the task "Second call" is there
      Then the answer says "outcome No answer: repeat 1 of at most 2"
      When on 6 March 2026 at 14:00, Chen Wei completes the task "Second call" with "No answer"
      And on 9 March 2026 at 15:00, Chen Wei completes the task "Second call" with "No answer"
      And it is 20 March 2026 at 18:00
      Then Chen Wei has no task

    Scenario: A second call that is answered is not repeated
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "No answer"
      And on 3 March 2026 at 11:00, Chen Wei completes the task "Send the introduction" with "Done"
      When on 5 March 2026 at 11:00, Chen Wei completes the task "Second call" with "Spoke to the customer"
      And it is 20 March 2026 at 18:00
      Then Chen Wei has no task

  Rule: Only a deal of 100,000.00 CNY or more is visited at the end

    Scenario: At the limit the visit is due five working days later
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 100,000.00 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "No answer"
      And on 3 March 2026 at 11:00, Chen Wei completes the task "Send the introduction" with "Done"
      And on 5 March 2026 at 11:00, Chen Wei completes the task "Second call" with "Spoke to the customer"
      When it is 12 March 2026 at 11:00
      Then Chen Wei has exactly these tasks
        | Visit the customer | Kiln | 19 March 2026 at 11:00 |

    Scenario: One cent below, the step is passed over and the follow-up is finished
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 99,999.99 CNY
      And on 2 March 2026 at 11:00, Chen Wei completes the task "First call" with "No answer"
      And on 3 March 2026 at 11:00, Chen Wei completes the task "Send the introduction" with "Done"
      And on 5 March 2026 at 11:00, Chen Wei completes the task "Second call" with "Spoke to the customer"
      When it is 12 March 2026 at 11:00
      Then Chen Wei has no task
      And the follow-up "New lead follow-up" of the deal "Kiln" has ended as "completed", because of cadences/new-lead.yaml
      And on 12 March 2026, Chen Wei was not asked "Visit the customer", because "its condition did not hold; Amount: 99,999.99 CNY"

  Rule: Follow-up of a lead stops when the customer replies, when the lead is qualified and when it is closed

    Scenario: The customer replies, and the open task is gone
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 12:00, Chen Wei logs the "Call" "Customer replied" for the deal "Kiln"
      Then the follow-up "New lead follow-up" of the deal "Kiln" has ended as "replied", because of cadences/new-lead.yaml
      And Chen Wei has no task

    Scenario: Having spoken to the customer is no reply
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 12:00, Chen Wei logs the "Call" "Spoke to the customer" for the deal "Kiln"
      Then Chen Wei has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

    Scenario: The lead is qualified
      When on 2 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Qualified"
      Then the follow-up "New lead follow-up" of the deal "Kiln" has ended as "qualified", because of cadences/new-lead.yaml

    Scenario: The lead is lost
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 3 March 2026, Chen Wei moves the deal "Kiln" to "Lost", because "no budget"
      Then the follow-up "New lead follow-up" of the deal "Kiln" has ended as "closed", because of cadences/new-lead.yaml
      And Chen Wei has no task

  Rule: Follow-up goes with the deal when it passes to somebody else

    Scenario: The open task moves to the new owner
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
      When on 2 March 2026 at 11:00, it is recorded about the deal "Kiln"
        | Owner | Li Na |
      Then Chen Wei has no task
      And Li Na has exactly these tasks
        | First call | Kiln | 2 March 2026 at 15:00 |

    Scenario: What the manager was asked to do stays with the manager
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 300,000.00 CNY and brings it to "Proposal"
      When on 2 March 2026 at 11:00, it is recorded about the deal "Kiln"
        | Owner | Li Na |
      Then Li Na has no task
      And Wu Fang has exactly these tasks
        | Join the next meeting | Kiln | 4 March 2026 at 10:00 |

  Rule: Leads from trade shows have a follow-up of their own

    Scenario: A message within two working hours, not a call within four
      When on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY
        | Channel | trade show |
      Then Chen Wei has exactly these tasks
        | Thank them for the visit | Kiln | 2 March 2026 at 12:00 |
      And the task "Thank them for the visit" is there because of "Trade-show lead follow-up" in cadences/trade-show-lead.yaml

    Scenario: A renewal is no lead and has neither
      When on 2 March 2026 at 10:00, Chen Wei opens the deal "Service 2026" over 50,000.00 CNY
        | Kind of deal | renewal |
      Then Chen Wei has no task

  Rule: A proposal without an answer is chased after three working days

    Scenario: The first question is due on the fourth working day
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      When it is 5 March 2026 at 09:59
      Then Chen Wei has no task
      When it is 5 March 2026 at 10:00
      Then Chen Wei has exactly these tasks
        | Ask for the first reaction | Kiln | 6 March 2026 at 10:00 |
      And the task "Ask for the first reaction" is there because of "Proposal follow-up" in cadences/stalled-proposal.yaml

    Scenario: A question that is not asked on its day is told to the manager, once
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      When it is 6 March 2026 at 18:00
      Then nobody is told about the deal "Kiln"
      When it is 9 March 2026 at 09:00
      Then Wu Fang is told about the deal "Kiln", because of cadences/stalled-proposal.yaml

    Scenario: From 300,000.00 CNY on, the manager calls at the end
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 300,000.00 CNY and brings it to "Proposal"
      And on 5 March 2026 at 10:00, Chen Wei completes the task "Ask for the first reaction" with "No answer"
      And on 12 March 2026 at 10:00, Chen Wei completes the task "Send a reference case" with "Done"
      When it is 23 March 2026 at 10:00
      Then the task "Manager calls the decision maker" is there because of "Proposal follow-up" in cadences/stalled-proposal.yaml

    Scenario: One cent below, the manager does not call
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 299,999.99 CNY and brings it to "Proposal"
      And on 5 March 2026 at 10:00, Chen Wei completes the task "Ask for the first reaction" with "No answer"
      And on 12 March 2026 at 10:00, Chen Wei completes the task "Send a reference case" with "Done"
      When it is 23 March 2026 at 10:00
      Then Wu Fang has no task
      And the follow-up "Proposal follow-up" of the deal "Kiln" has ended as "completed", because of cadences/stalled-proposal.yaml

    Scenario: A deal that has moved on is not chased
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      When on 4 March 2026 at 10:00, Chen Wei moves the deal "Kiln" to "Negotiation"
      Then the follow-up "Proposal follow-up" of the deal "Kiln" has ended as "moved_on", because of cadences/stalled-proposal.yaml

  Rule: After ten working days in the proposal stage somebody must decide, and five working days later the manager is told

    Scenario: Neither a day too early nor twice
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      And on 5 March 2026 at 10:00, Chen Wei skips the task "Ask for the first reaction", because "already discussed"
      And on 12 March 2026 at 10:00, Chen Wei completes the task "Send a reference case" with "Done"
      When it is 16 March 2026 at 09:59
      Then nobody is told about the deal "Kiln"
      When it is 16 March 2026 at 10:00
      Then the task "In Proposal for 10 business days: move it on" is there because of "Standard sale" in pipelines/standard.yaml
      And nobody is told about the deal "Kiln"
      When it is 23 March 2026 at 10:00
      Then Wu Fang is told about the deal "Kiln", because of pipelines/standard.yaml

    Scenario: A deal that has moved on in time is nobody's worry
      Given on 2 March 2026 at 10:00, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Proposal"
      And on 4 March 2026 at 10:00, Chen Wei moves the deal "Kiln" to "Negotiation"
      When it is 31 March 2026 at 18:00
      Then Chen Wei has exactly these tasks
        | Prepare the contract for signature | Kiln | 11 March 2026 at 10:00 |
      And nobody is told about the deal "Kiln"

  Rule: A customer is visited 7, 30 and 90 days after the sale

    Scenario: The first visit is due two working days after the seventh day
      Given on 2 March 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When it is 9 March 2026 at 10:00
      Then Chen Wei has exactly these tasks
        | Is everything installed? | Kiln | 11 March 2026 at 10:00 |
      And the task "Is everything installed?" is there because of "After-sale visits" in cadences/after-sale.yaml

    Scenario: A visit that falls into the National Day is asked for after the holiday
      Given on 24 September 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When it is 8 October 2026 at 08:59
      Then Chen Wei has no task
      When it is 8 October 2026 at 09:00
      Then Chen Wei has exactly these tasks
        | Is everything installed? | Kiln | 10 October 2026 at 09:00 |
      When Chen Wei asks why the task "Is everything installed?" is there
      Then the answer says "2026-10-01 Thursday → 2026-10-08 Thursday: National Day, calendar cn"

    Scenario: A customer who has cancelled is not visited
      Given on 2 March 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When on 5 March 2026, the customer cancels the deal "Kiln"
      Then the follow-up "After-sale visits" of the deal "Kiln" has ended as "cancelled", because of cadences/after-sale.yaml
      When it is 9 March 2026 at 10:00
      Then Chen Wei has no task

    Scenario: A visit that is called off until later is asked for once more, for the same reason
      Given on 2 March 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 10 March 2026 at 10:00, Chen Wei completes the task "Is everything installed?" with "Spoke to the customer"
      When on 3 April 2026 at 10:00, Chen Wei skips the task "First month visit" until later, because "customer away"
      Then Chen Wei has exactly these tasks
        | First month visit | Kiln | 13 April 2026 at 10:00 |
      When Chen Wei asks why the task "First month visit" is there
      Then the answer says "called off: customer away; once more after 10 days"

    Scenario: A visit that is called off for good is not asked for again
      Given on 2 March 2026 at 10:00, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 10 March 2026 at 10:00, Chen Wei completes the task "Is everything installed?" with "Spoke to the customer"
      When on 3 April 2026 at 10:00, Chen Wei skips the task "First month visit", because "not wanted"
      Then Chen Wei has no task
