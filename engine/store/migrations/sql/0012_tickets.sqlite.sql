CREATE TABLE tickets (
  id TEXT NOT NULL,
  account TEXT NOT NULL,
  deal TEXT,
  kind TEXT NOT NULL,
  priority TEXT NOT NULL,
  status TEXT NOT NULL CONSTRAINT ck_tickets_status_is_known CHECK (status IN ('open', 'replied', 'on_hold', 'resolved', 'closed')),
  owner TEXT NOT NULL,
  topic TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  due_at INTEGER,
  service TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_tickets PRIMARY KEY (id),
  CONSTRAINT fk_tickets_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
 STRICT
--;
CREATE INDEX ix_tickets_account_opened_at_id ON tickets (account, opened_at, id)
--;
CREATE INDEX ix_tickets_due_at_id ON tickets (due_at, id) WHERE due_at IS NOT NULL
--;
CREATE INDEX ix_tickets_opened_at_id ON tickets (opened_at, id)
--;
CREATE INDEX ix_tickets_owner_status_opened_at_id ON tickets (owner, status, opened_at, id)
--;
CREATE INDEX ix_tickets_status_opened_at_id ON tickets (status, opened_at, id)
--;
CREATE TABLE answers (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  account TEXT NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_answers_day_is_a_date CHECK (length(day) = 10),
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  score TEXT NOT NULL,
  satisfied INTEGER NOT NULL CONSTRAINT ck_answers_satisfied_is_0_or_1 CHECK (satisfied IN (0, 1)),
  body TEXT NOT NULL,
  CONSTRAINT pk_answers PRIMARY KEY (id)
)
 STRICT
--;
CREATE INDEX ix_answers_account_day ON answers (account, day)
--;
CREATE INDEX ix_answers_person_day ON answers (person, day)
