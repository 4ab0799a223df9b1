CREATE TABLE handovers (
  id TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT ck_handovers_kind_is_known CHECK (kind IN ('deal', 'task')),
  subject TEXT NOT NULL,
  person TEXT NOT NULL,
  how TEXT NOT NULL,
  rule TEXT NOT NULL,
  at INTEGER NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_handovers_day_is_a_date CHECK (length(day) = 10),
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_handovers PRIMARY KEY (id)
)
 STRICT
--;
CREATE INDEX ix_handovers_event ON handovers (event)
--;
CREATE INDEX ix_handovers_person_at ON handovers (person, at)
--;
CREATE INDEX ix_handovers_subject_at_id ON handovers (subject, at, id)
--;
CREATE TABLE holdings (
  id TEXT NOT NULL,
  pool TEXT NOT NULL,
  owner TEXT NOT NULL,
  state TEXT NOT NULL CONSTRAINT ck_holdings_state_is_known CHECK (state IN ('held', 'pooled', 'out')),
  since_at INTEGER NOT NULL,
  due_at INTEGER,
  recycle_at INTEGER,
  body TEXT NOT NULL,
  CONSTRAINT pk_holdings PRIMARY KEY (id)
)
 STRICT
--;
CREATE INDEX ix_holdings_due_at_id ON holdings (due_at, id) WHERE due_at IS NOT NULL
--;
CREATE INDEX ix_holdings_owner_state ON holdings (owner, state)
--;
CREATE INDEX ix_holdings_state_pool_since_at_id ON holdings (state, pool, since_at, id)
--;
CREATE TABLE tallies (
  id TEXT NOT NULL,
  count INTEGER NOT NULL,
  last TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_tallies PRIMARY KEY (id)
)
 STRICT
