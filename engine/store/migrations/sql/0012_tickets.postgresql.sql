CREATE TABLE tickets (
  id TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C",
  kind TEXT COLLATE "C" NOT NULL,
  priority TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL CONSTRAINT ck_tickets_status_is_known CHECK (status IN ('open', 'replied', 'on_hold', 'resolved', 'closed')),
  owner TEXT COLLATE "C" NOT NULL,
  topic TEXT COLLATE "C" NOT NULL,
  opened_at BIGINT NOT NULL,
  due_at BIGINT,
  service TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_tickets PRIMARY KEY (id),
  CONSTRAINT fk_tickets_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
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
COMMENT ON TABLE tickets IS 'A matter of a customer'
--;
CREATE TABLE answers (
  id TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  day TEXT COLLATE "C" NOT NULL CONSTRAINT ck_answers_day_is_a_date CHECK (length(day) = 10),
  at BIGINT NOT NULL,
  event TEXT COLLATE "C" NOT NULL,
  score TEXT COLLATE "C" NOT NULL,
  satisfied INTEGER NOT NULL CONSTRAINT ck_answers_satisfied_is_0_or_1 CHECK (satisfied IN (0, 1)),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_answers PRIMARY KEY (id)
)
--;
CREATE INDEX ix_answers_account_day ON answers (account, day)
--;
CREATE INDEX ix_answers_person_day ON answers (person, day)
--;
COMMENT ON TABLE answers IS 'What a customer thought of how a ticket was seen to'
