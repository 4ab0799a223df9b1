CREATE TABLE approvals (
  id TEXT NOT NULL,
  rule TEXT NOT NULL,
  deal TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  state TEXT NOT NULL CONSTRAINT ck_approvals_state_is_known CHECK (state IN ('pending', 'granted', 'refused', 'recalled', 'void')),
  requested_at INTEGER NOT NULL,
  ended_at INTEGER,
  body TEXT NOT NULL,
  CONSTRAINT pk_approvals PRIMARY KEY (id),
  CONSTRAINT fk_approvals_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
 STRICT
--;
CREATE INDEX ix_approvals_deal_requested_at_id ON approvals (deal, requested_at, id)
--;
CREATE INDEX ix_approvals_requested_by_requested_at_id ON approvals (requested_by, requested_at, id)
--;
CREATE INDEX ix_approvals_state_requested_at_id ON approvals (state, requested_at, id)
--;
CREATE INDEX ix_outcomes_overridden ON outcomes (event_seq) WHERE kind = 'overridden'
