DROP INDEX ix_tasks_owner_made_at
--;
DROP INDEX ix_enrolments_ended_as_version
--;
DROP INDEX ix_enrolments_cadence_ended_as_pending_owner
--;
ALTER TABLE enrolments DROP COLUMN priority
--;
ALTER TABLE enrolments DROP COLUMN pending
--;
ALTER TABLE enrolments DROP COLUMN version
--;
DROP INDEX ix_deals_contact
--;
ALTER TABLE deals DROP COLUMN contact
--;
DROP TABLE contacts
