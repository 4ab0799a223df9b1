CREATE TABLE handovers (
  id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CONSTRAINT ck_handovers_kind_is_known CHECK (kind IN ('deal', 'task')),
  subject TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  how TEXT COLLATE "C" NOT NULL,
  rule TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  day TEXT COLLATE "C" NOT NULL CONSTRAINT ck_handovers_day_is_a_date CHECK (length(day) = 10),
  event TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_handovers PRIMARY KEY (id)
)
--;
CREATE INDEX ix_handovers_event ON handovers (event)
--;
CREATE INDEX ix_handovers_person_at ON handovers (person, at)
--;
CREATE INDEX ix_handovers_subject_at_id ON handovers (subject, at, id)
--;
COMMENT ON TABLE handovers IS 'Something changed hands by a rule, and why'
--;
CREATE TABLE holdings (
  id TEXT COLLATE "C" NOT NULL,
  pool TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL CONSTRAINT ck_holdings_state_is_known CHECK (state IN ('held', 'pooled', 'out')),
  since_at BIGINT NOT NULL,
  due_at BIGINT,
  recycle_at BIGINT,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_holdings PRIMARY KEY (id)
)
--;
CREATE INDEX ix_holdings_due_at_id ON holdings (due_at, id) WHERE due_at IS NOT NULL
--;
CREATE INDEX ix_holdings_owner_state ON holdings (owner, state)
--;
CREATE INDEX ix_holdings_state_pool_since_at_id ON holdings (state, pool, since_at, id)
--;
COMMENT ON TABLE holdings IS 'Where a deal stands to a public pool'
--;
CREATE TABLE tallies (
  id TEXT COLLATE "C" NOT NULL,
  count BIGINT NOT NULL,
  last TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_tallies PRIMARY KEY (id)
)
--;
COMMENT ON TABLE tallies IS 'How often something was done, and where a turn stands'
