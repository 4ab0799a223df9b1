CREATE TABLE contacts (
  id TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  created_on TEXT NOT NULL CONSTRAINT ck_contacts_created_on_is_a_date CHECK (length(created_on) = 10),
  removed_at INTEGER,
  body TEXT NOT NULL,
  CONSTRAINT pk_contacts PRIMARY KEY (id)
)
 STRICT
--;
CREATE INDEX ix_contacts_account_id ON contacts (account, id)
--;
ALTER TABLE deals ADD COLUMN contact TEXT DEFAULT '' NOT NULL
--;
CREATE INDEX ix_deals_contact ON deals (contact)
--;
ALTER TABLE enrolments ADD COLUMN version TEXT DEFAULT '' NOT NULL
--;
ALTER TABLE enrolments ADD COLUMN pending TEXT DEFAULT '' NOT NULL
--;
ALTER TABLE enrolments ADD COLUMN priority INTEGER DEFAULT '0' NOT NULL
--;
CREATE INDEX ix_enrolments_cadence_ended_as_pending_owner ON enrolments (cadence, ended_as, pending, owner)
--;
CREATE INDEX ix_enrolments_ended_as_version ON enrolments (ended_as, version)
--;
CREATE INDEX ix_tasks_owner_made_at ON tasks (owner, made_at)
