CREATE TABLE contacts (
  id TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  created_on TEXT COLLATE "C" NOT NULL CONSTRAINT ck_contacts_created_on_is_a_date CHECK (length(created_on) = 10),
  removed_at BIGINT,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_contacts PRIMARY KEY (id)
)
--;
CREATE INDEX ix_contacts_account_id ON contacts (account, id)
--;
ALTER TABLE deals ADD COLUMN contact TEXT COLLATE "C" DEFAULT '' NOT NULL
--;
CREATE INDEX ix_deals_contact ON deals (contact)
--;
ALTER TABLE enrolments ADD COLUMN version TEXT COLLATE "C" DEFAULT '' NOT NULL
--;
ALTER TABLE enrolments ADD COLUMN pending TEXT COLLATE "C" DEFAULT '' NOT NULL
--;
ALTER TABLE enrolments ADD COLUMN priority BIGINT DEFAULT '0' NOT NULL
--;
CREATE INDEX ix_enrolments_cadence_ended_as_pending_owner ON enrolments (cadence, ended_as, pending, owner)
--;
CREATE INDEX ix_enrolments_ended_as_version ON enrolments (ended_as, version)
--;
CREATE INDEX ix_tasks_owner_made_at ON tasks (owner, made_at)
--;
COMMENT ON TABLE contacts IS 'A person at a customer'
