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

    Scenario: A change that is told of late counts from its own day, also for what was won since
      Given on 9 March 2026, Chen Wei wins the deal "Lathe" for 50,000.00 CNY
      And on 12 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When from 10 March 2026, Chen Wei reports to Thomas Brandt
      And on 13 March 2026, Chen Wei wins the deal "Press" for 50,000.00 CNY
      Then the deal "Press" is credited to exactly these
        | Chen Wei      | 50,000.00 CNY | own     |
        | Thomas Brandt | 50,000.00 CNY | overlay |
      And the deal "Kiln" is credited to exactly these
        | Chen Wei      | 50,000.00 CNY | own     |
        | Thomas Brandt | 50,000.00 CNY | overlay |
      And the deal "Lathe" is credited to exactly these
        | Chen Wei | 50,000.00 CNY | own     |
        | Wu Fang  | 50,000.00 CNY | overlay |

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

  Rule: A payout may be shared while the sale counts in full for everybody

    Scenario Outline: <who> has reached the quota and is paid <earned>
      Given in plans/account-executive-2026.yaml, "to: {split: deal.team, rest: deal.owner}" is changed to "to: {split_payout: deal.team, rest: deal.owner}" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And Li Na has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 100,000.00 CNY
        | Deal team | Chen Wei 60%, Li Na 40% |
      When He Ping calculates the pay of 2026-03
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 100,000.00 CNY | own     |
        | Li Na    | 100,000.00 CNY | own     |
        | Wu Fang  | 100,000.00 CNY | overlay |
      And <who> has earned <earned> as "Commission on bookings"
      And the pay of <who> for the deal "Kiln" rests on "Account executive 2026" in plans/account-executive-2026.yaml and says "Multiplier: <arithmetic>, the payee's share of the pay"

      Examples: 4,500.00 in sixty and forty
        | who      | earned       | arithmetic                                                        |
        | Chen Wei | 2,700.00 CNY | × 1 (if deal.product_line = "service" then 1.2 else 1) × 60%      |
        | Li Na    | 1,800.00 CNY | × 1 (if deal.product_line = "service" then 1.2 else 1) × 40%      |

  Rule: A cascade goes level by level, each from what the levels before it left

    Scenario Outline: Sixty percent at each of two levels, <each>
      Given in plans/account-executive-2026.yaml, "to: {split: deal.team, rest: deal.owner}" is changed to "to: {cascade: [deal.owner, deal.owner.manager], shares: [<owner>, <manager>], each: <each>}" and put in force
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 1,000.00 CNY
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | <first>      | own     |
        | Wu Fang  | <second>     | own     |
        | Wu Fang  | 1,000.00 CNY | overlay |

      Examples: of what is left, and of the same whole
        | each        | owner | manager | first      | second     |
        | of_the_rest | 60%   | 60%     | 600.00 CNY | 240.00 CNY |
        | of_the_same | 60%   | 40%     | 600.00 CNY | 400.00 CNY |

    Scenario: Shares of the same whole cannot exceed it
      Given in plans/account-executive-2026.yaml, "to: {split: deal.team, rest: deal.owner}" is changed to "to: {cascade: [deal.owner, deal.owner.manager], shares: [60%, 60%], each: of_the_same}"
      Then the check finds an error at plans/account-executive-2026.yaml, line 17: "The shares of the same whole total 120%, more than 100%."

  Rule: A win rolls up to everybody above, in the hierarchy of the stated day

    Scenario: The manager and the director
      Given in plans/account-executive-2026.yaml, "to: {overlay: deal.owner.manager}" is changed to "to: {roll_up: deal.owner}" and put in force
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei  | 50,000.00 CNY | own     |
        | Wu Fang   | 50,000.00 CNY | overlay |
        | Zhou Ming | 50,000.00 CNY | overlay |

    Scenario Outline: Chen Wei reports to Thomas Brandt from 10 March; the deal of 9 March is won on the 11th, as of <as_of>
      Given in plans/account-executive-2026.yaml, "to: {overlay: deal.owner.manager}" is changed to "to: {roll_up: deal.owner, levels: 1, as_of: <as_of>}" and put in force
      And on 9 March 2026, Chen Wei opens the deal "Kiln" over 50,000.00 CNY and brings it to "Negotiation"
      And from 10 March 2026, Chen Wei reports to Thomas Brandt
      And on 10 March 2026, Chen Wei logs the "Visit" "Spoke to the customer" for the deal "Kiln"
      And on 10 March 2026, it is recorded about the deal "Kiln"
        | Contract signed | yes |
      When on 11 March 2026, Chen Wei moves the deal "Kiln" to "Won"
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei  | 50,000.00 CNY | own     |
        | <manager> | 50,000.00 CNY | overlay |

      Examples: the day of the win and the day of the beginning
        | as_of           | manager       |
        | event           | Thomas Brandt |
        | deal.won_on     | Thomas Brandt |
        | deal.created_on | Wu Fang       |

    Scenario: Managers in a circle are named, and the win waits
      Given in plans/account-executive-2026.yaml, "to: {overlay: deal.owner.manager}" is changed to "to: {roll_up: deal.owner}" and put in force
      And from 1 March 2026, Zhou Ming reports to Chen Wei
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      Then it waits, because "On 2026-03-02 the managers go round in a circle: chen-wei → wu-fang → zhou-ming → chen-wei."
      And nobody is credited for the deal "Kiln"

  Rule: What belongs to nobody may be the house's: it is counted, and nobody is paid

    Scenario: The house has what the team leaves
      Given in plans/account-executive-2026.yaml, "to: {split: deal.team, rest: deal.owner}" is changed to "to: {split: deal.team, rest: house}" and put in force
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Deal team | Li Na 40% |
      Then the deal "Kiln" is credited to exactly these
        | Li Na     | 20,000.00 CNY | own     |
        | Wu Fang   | 50,000.00 CNY | overlay |
        | the house | 30,000.00 CNY | house   |

    Scenario: All of it
      Given in plans/account-executive-2026.yaml, "to: {split: deal.team, rest: deal.owner}" is changed to "to: house" and put in force
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then the deal "Kiln" is credited to exactly these
        | the house | 50,000.00 CNY | house   |
        | Wu Fang   | 50,000.00 CNY | overlay |
      And Chen Wei has earned 0.00 CNY as "Commission on bookings"

    Scenario: Finance reads what the house was credited, and from which deals
      Given in plans/account-executive-2026.yaml, "to: {split: deal.team, rest: deal.owner}" is changed to "to: {split: deal.team, rest: house}" and put in force
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Deal team | Li Na 40% |
      And on 3 March 2026, Chen Wei wins the deal "Press" for 40,000.00 CNY
      And on 1 April 2026, Chen Wei wins the deal "Oven" for 20,000.00 CNY
      And on 10 March 2026, the customer cancels the deal "Press"
      When He Ping asks what the house is credited in 2026-03
      Then the answer says "Account executive 2026 bookings: 30,000.00 CNY (1)"
      And the answer says "2026-03-02 Kiln Account executive 2026 bookings 30,000.00 CNY"
      When He Ping asks what the house is credited in 2026-04
      Then the answer says "Account executive 2026 bookings: 20,000.00 CNY (1)"

    Scenario: A manager does not read it
      Given in plans/account-executive-2026.yaml, "to: {split: deal.team, rest: deal.owner}" is changed to "to: house" and put in force
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      When Wu Fang asks what the house is credited in 2026-03
      Then Wu Fang gets no answer

  Rule: Money that comes later goes to whoever won the deal, also when somebody else has it by then

    Scenario Outline: Li Na has the deal when 20,000.00 are received, which are credited to <who>
      Given in plans/account-executive-2026.yaml, "credit: cash" is changed to "credit: bookings"
      And in plans/account-executive-2026.yaml, "to: {split: deal.owner_at_win, rest: deal.owner}" is changed to "to: {split: <source>}" and put in force
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      And on 3 March 2026, it is recorded about the deal "Kiln"
        | Owner | Li Na |
      When on 4 March 2026, 20,000.00 CNY are received for the deal "Kiln"
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 50,000.00 CNY | own     |
        | Wu Fang  | 50,000.00 CNY | overlay |
        | <who>    | 20,000.00 CNY | own     |

      Examples: at the win, before, and now
        | source              | who      |
        | deal.owner_at_win   | Chen Wei |
        | deal.previous_owner | Chen Wei |
        | deal.owner          | Li Na    |

  Rule: The plan says who gets the cent that does not divide

    Scenario Outline: 100.01 for Chen Wei and Li Na in equal shares, <remainder>
      Given in plans/account-executive-2026.yaml, "remainder: last_by_id" is changed to "remainder: <remainder>" and put in force
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 100.01 CNY
        | Deal team | Chen Wei 50%, Li Na 50% |
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | <first>    | own     |
        | Li Na    | <second>   | own     |
        | Wu Fang  | 100.01 CNY | overlay |

      Examples: the four ways
        | remainder         | first     | second    |
        | last_by_id        | 50.00 CNY | 50.01 CNY |
        | largest_share     | 50.00 CNY | 50.01 CNY |
        | first_named       | 50.01 CNY | 50.00 CNY |
        | largest_remainder | 50.01 CNY | 50.00 CNY |

  Rule: Where an event meets several rules for the same people, the plan says which apply

    Scenario: All of them
      Given in plans/account-executive-2026.yaml, "to: {overlay: deal.owner.manager}" is changed to "to: {split: deal.owner.manager}" and put in force
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 50,000.00 CNY | own |
        | Wu Fang  | 50,000.00 CNY | own |

    Scenario: Only the first
      Given in plans/account-executive-2026.yaml, "to: {overlay: deal.owner.manager}" is changed to "to: {split: deal.owner.manager}"
      And in plans/account-executive-2026.yaml, "credits_where_several: all" is changed to "credits_where_several: first" and put in force
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 50,000.00 CNY | own |

    Scenario: An overlay does not compete with the owner's own credit
      Given in plans/account-executive-2026.yaml, "credits_where_several: all" is changed to "credits_where_several: first" and put in force
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      Then the deal "Kiln" is credited to exactly these
        | Chen Wei | 50,000.00 CNY | own     |
        | Wu Fang  | 50,000.00 CNY | overlay |

    Scenario: Two rules with as many conditions are both named, and the win waits
      Given in plans/account-executive-2026.yaml, "to: {overlay: deal.owner.manager}" is changed to "to: {split: deal.owner.manager}"
      And in plans/account-executive-2026.yaml, "credits_where_several: all" is changed to "credits_where_several: most_specific" and put in force
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      Then it waits, because "Two rules for bookings are equally specific, with 0 conditions each: plans/account-executive-2026.yaml:12:5 and plans/account-executive-2026.yaml:18:5."
      And nobody is credited for the deal "Kiln"

  Rule: A credit counts on the day that its rule names

    Scenario: Won in April, and by its expected day a sale of March
      Given in plans/account-executive-2026.yaml, "dated: deal.won_on" is changed to "dated: deal.close_on" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 April 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Expected to close on | 31 March 2026 |
      When He Ping calculates the pay of 2026-04
      Then Chen Wei has earned 1,500.00 CNY as "Commission on bookings"
      And the pay of Wu Fang for the deal "Kiln" rests on "Sales manager 2026" in plans/sales-manager-2026.yaml and says "on 2026-04-02"

    Scenario: Without the day the win waits for it
      Given in plans/account-executive-2026.yaml, "dated: deal.won_on" is changed to "dated: deal.close_on" and put in force
      When on 2 April 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      Then it waits, because "The day of bookings is not known at …: deal.close_on has no value."
      And nobody is credited for the deal "Kiln"

  Rule: What a deal is made up of may be credited line by line

    Scenario: Two lines, hardware by its amount, the other by its margin
      Given in plans/account-executive-2026.yaml, "weighs: 1" is changed to "each: line"
      And in plans/account-executive-2026.yaml, "amount: deal.amount" is changed to "amount: if line.product_line = "hardware" then line.amount else line.margin" and put in force
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
        | Deal team | Chen Wei 60%, Li Na 40% |
      When a file of "Lines of deals" in profiles/deal-lines.yaml is taken in
        | Deal | Line | As of      | Product line | Quantity | Amount    | Margin   |
        | Kiln | 1    | 2026-03-02 | hardware     | 2        | 30,000.00 | 9,000.00 |
        | Kiln | 2    | 2026-03-02 | service      | 1        | 20,000.00 | 5,000.00 |
      Then 2 events of the file are recorded
      And the deal "Kiln" is credited to exactly these
        | Chen Wei | 18,000.00 CNY | own     |
        | Li Na    | 12,000.00 CNY | own     |
        | Chen Wei | 3,000.00 CNY  | own     |
        | Li Na    | 2,000.00 CNY  | own     |
        | Wu Fang  | 50,000.00 CNY | overlay |

    Scenario: A deal without lines has nothing that could be credited by the line
      Given in plans/account-executive-2026.yaml, "weighs: 1" is changed to "each: line"
      And in plans/account-executive-2026.yaml, "amount: deal.amount" is changed to "amount: line.amount" and put in force
      When on 2 March 2026, Chen Wei wins the deal "Kiln" for 50,000.00 CNY
      Then the deal "Kiln" is credited to exactly these
        | Wu Fang | 50,000.00 CNY | overlay |

    Scenario: A line is asked about only where lines are looked at
      Given in plans/account-executive-2026.yaml, "amount: deal.amount" is changed to "amount: line.amount"
      Then the check finds an error at plans/account-executive-2026.yaml, line 14: "`line.amount` is asked here, where no single line of the deal is looked at."

  Rule: A sale may count more towards the quota than it is paid on

    Scenario Outline: 80,000.00 that weigh <weight> with a quota of 100,000.00
      Given in plans/account-executive-2026.yaml, "weighs: 1" is changed to "weighs: <weight>" and put in force
      And Chen Wei has a quota of 100,000.00 CNY for 2026-Q1
      And on 2 March 2026, Chen Wei wins the deal "Kiln" for 80,000.00 CNY
      And on 3 March 2026, Chen Wei wins the deal "Press" for 10,000.00 CNY
      When He Ping calculates the pay of 2026-03
      Then Chen Wei has earned <press> with the deal "Press" as "Commission on bookings"

      Examples: from 80 % at 6 %, from 100 % at 9 %
        | weight | press      |
        | 1      | 600.00 CNY |
        | 1.25   | 900.00 CNY |
