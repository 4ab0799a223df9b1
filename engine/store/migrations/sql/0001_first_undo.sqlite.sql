DROP TABLE exports
--;
DROP TABLE ledger_entries
--;
DROP TABLE earning_lines
--;
DROP TABLE run_entries
--;
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
DROP TABLE runs
--;
DROP TABLE closes
--;
DROP TABLE outbox
--;
DROP TABLE quarantine
--;
DROP TABLE outcomes
--;
DROP TABLE release_files
--;
DROP TABLE sessions
--;
DROP TABLE user_roles
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
DROP TABLE periods
--;
DROP TABLE audit
--;
DROP TABLE events
--;
DROP TABLE chain_heads
--;
DROP TABLE releases
--;
DROP TABLE users
