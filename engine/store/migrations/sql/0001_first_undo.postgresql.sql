DROP TABLE exports
--;
DROP FUNCTION IF EXISTS fn_exports_insert_only() CASCADE
--;
DROP TABLE ledger_entries
--;
DROP FUNCTION IF EXISTS fn_ledger_entries_insert_only() CASCADE
--;
DROP FUNCTION IF EXISTS fn_ledger_entries_open_period() CASCADE
--;
DROP FUNCTION IF EXISTS fn_ledger_entries_approved_run() CASCADE
--;
DROP TABLE earning_lines
--;
DROP FUNCTION IF EXISTS fn_earning_lines_draft_insert() CASCADE
--;
DROP FUNCTION IF EXISTS fn_earning_lines_draft_update() CASCADE
--;
DROP FUNCTION IF EXISTS fn_earning_lines_draft_delete() CASCADE
--;
DROP TABLE run_entries
--;
DROP FUNCTION IF EXISTS fn_run_entries_draft_insert() CASCADE
--;
DROP FUNCTION IF EXISTS fn_run_entries_draft_update() CASCADE
--;
DROP FUNCTION IF EXISTS fn_run_entries_draft_delete() CASCADE
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
DROP FUNCTION IF EXISTS fn_runs_forward() CASCADE
--;
DROP FUNCTION IF EXISTS fn_runs_contents() CASCADE
--;
DROP FUNCTION IF EXISTS fn_runs_kept() CASCADE
--;
DROP TABLE closes
--;
DROP FUNCTION IF EXISTS fn_closes_insert_only() CASCADE
--;
DROP TABLE outbox
--;
DROP TABLE quarantine
--;
DROP TABLE outcomes
--;
DROP FUNCTION IF EXISTS fn_outcomes_insert_only() CASCADE
--;
DROP TABLE release_files
--;
DROP FUNCTION IF EXISTS fn_release_files_insert_only() CASCADE
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
DROP FUNCTION IF EXISTS fn_periods_closed_for_ever() CASCADE
--;
DROP FUNCTION IF EXISTS fn_periods_closed_with_manifest() CASCADE
--;
DROP FUNCTION IF EXISTS fn_periods_opened_first() CASCADE
--;
DROP FUNCTION IF EXISTS fn_periods_kept() CASCADE
--;
DROP TABLE audit
--;
DROP FUNCTION IF EXISTS fn_audit_insert_only() CASCADE
--;
DROP TABLE events
--;
DROP FUNCTION IF EXISTS fn_events_insert_only() CASCADE
--;
DROP TABLE chain_heads
--;
DROP TABLE releases
--;
DROP FUNCTION IF EXISTS fn_releases_decided_once() CASCADE
--;
DROP FUNCTION IF EXISTS fn_releases_kept() CASCADE
--;
DROP TABLE users
