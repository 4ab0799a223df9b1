DROP TABLE grants
--;
DROP TABLE credits
--;
DROP TABLE tasks
--;
DROP TABLE enrolments
--;
DROP TABLE receipts
--;
DROP TABLE activities
--;
DROP TABLE outbox
--;
DROP TABLE quarantine
--;
DROP TABLE outcomes
--;
DROP TABLE touches
--;
DROP TABLE quotas
--;
DROP TABLE registrations
--;
DROP TABLE partners
--;
DROP TABLE deals
--;
DROP TABLE accounts
--;
DROP TABLE people
--;
DROP TABLE audit
--;
DROP TABLE events
--;
DROP TABLE chain_heads
