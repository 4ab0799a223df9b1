Feature: Files from other systems
  A file is read by a profile, which says what its columns mean. It opens no back door: the rules hold as they do everywhere.

  Rule: A bad line is told with its number and its reason, and never stops the others

    Scenario: Two good lines and a bad one
      When a file of "Opportunities from a Chinese CRM" in profiles/cordys-opportunities.yaml is taken in
        | 业务编码 | 商机名称 | 客户名称      | 金额      | 结束时间   | 创建时间         | 负责人   |
        | C-1      | Kiln     | Lanzhou Steel | 50,000    | 2026-05-01 | 2026-03-02 10:00 | chen-wei |
        | C-2      | Press    | Wuxi Bearings | a lot     | 2026-05-01 | 2026-03-02 11:00 | li-na    |
        | C-3      | Saw      | Foshan Tools  | ¥8,000.00 | 2026-05-01 | 2026-03-02 12:00 | li-na    |
      Then 2 events of the file are recorded
      And of the file it is said at line 3: "“金额” is “a lot”, which is no number as the profile writes numbers."
      And it is known about the deal "C-1"
        | Amount  | 50,000.00 CNY |
        | Owner   | Chen Wei      |
        | Account | Lanzhou Steel |
      And it is known about the deal "C-3"
        | Amount | 8,000.00 CNY |

    Scenario: Every line is good
      When a file of "Zoho CRM deals (potentials)" in profiles/zoho-deals.yaml is taken in
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage    |
        | Z-1       | Lathe     | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Prospect |
      Then 1 events of the file are recorded
      And the deal "Z-1" is in the stage "Lead"
      And it is known about the deal "Z-1"
        | Amount | 9,000.00 EUR |

  Rule: The gates of the stages stand before files as well

    Scenario: Contacts come with their numbers and their time zones
      When a file of "Contacts of customers" in profiles/contacts.yaml is taken in
        | Contact Id | Name     | Phone     | Time zone     | Changed    |
        | K-1        | Wang Min | 139000001 | Europe/Berlin | 2026-03-02 |
      Then 1 events of the file are recorded

    Scenario: Contacts come with the channels on which they do not want to be reached
      When a file of "Contacts of customers" in profiles/contacts.yaml is taken in
        | Contact Id | Name     | Account | Does not want | Changed    |
        | K-1        | Wang Min | A-1     | E-mail        | 2026-03-02 |
        | K-2        | Ada Byrd | A-1     |               | 2026-03-02 |
      Then 3 events of the file are recorded

    Scenario: Customers come with the record that they were merged into
      When a file of "Customers" in profiles/customers.yaml is taken in
        | Account Id | Account Name     | Industry | Merged into | Changed    |
        | A-1        | Lanzhou Steel    | Steel    |             | 2026-03-02 |
        | A-2        | Lanzhou Steel Co |          | A-1         | 2026-03-02 |
      Then 3 events of the file are recorded

    Scenario: A file says won, and the pipeline says from where
      When a file of "Zoho CRM deals (potentials)" in profiles/zoho-deals.yaml is taken in
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage      |
        | Z-1       | Lathe     | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Closed Won |
      Then 1 events of the file are recorded
      And of the file it is said: "A deal cannot be won from lead; it can be won from: negotiation."
      And the deal "Z-1" is in the stage "Lead"
      And nobody is credited for the deal "Z-1"

    Scenario: A file may say lost, with its reason
      When a file of "Zoho CRM deals (potentials)" in profiles/zoho-deals.yaml is taken in
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage       |
        | Z-1       | Lathe     | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Closed Lost |
      Then 2 events of the file are recorded
      And the deal "Z-1" is in the stage "Lost"

  Rule: The same file twice is one file

    Scenario: Nothing happens the second time
      Given a file of "Zoho CRM deals (potentials)" in profiles/zoho-deals.yaml is taken in
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage    |
        | Z-1       | Lathe     | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Prospect |
      When a file of "Zoho CRM deals (potentials)" in profiles/zoho-deals.yaml is taken in
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage    |
        | Z-1       | Lathe     | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Prospect |
      Then 0 events of the file are recorded

    Scenario: The same deal with another amount is put on file, and the first amount stays
      Given a file of "Zoho CRM deals (potentials)" in profiles/zoho-deals.yaml is taken in
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage    |
        | Z-1       | Lathe     | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Prospect |
      When a file of "Zoho CRM deals (potentials)" in profiles/zoho-deals.yaml is taken in
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage    |
        | Z-1       | Lathe     | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9500.00 | Web         | Prospect |
      Then of the file it is said: "zoho/Z-1/created was recorded before with other content, as number …."
      And it is known about the deal "Z-1"
        | Amount | 9,000.00 EUR |
