CREATE TABLE approvals (
  id TEXT COLLATE "C" NOT NULL,
  rule TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C" NOT NULL,
  requested_by TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL CONSTRAINT ck_approvals_state_is_known CHECK (state IN ('pending', 'granted', 'refused', 'recalled', 'void')),
  requested_at BIGINT NOT NULL,
  ended_at BIGINT,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_approvals PRIMARY KEY (id),
  CONSTRAINT fk_approvals_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_approvals_deal_requested_at_id ON approvals (deal, requested_at, id)
--;
CREATE INDEX ix_approvals_requested_by_requested_at_id ON approvals (requested_by, requested_at, id)
--;
CREATE INDEX ix_approvals_state_requested_at_id ON approvals (state, requested_at, id)
--;
COMMENT ON TABLE approvals IS 'A request that a deal be allowed something that needs agreement'
--;
CREATE INDEX ix_outcomes_overridden ON outcomes (event_seq) WHERE kind = 'overridden'
