ALTER TABLE handovers DROP CONSTRAINT ck_handovers_kind_is_known
--;
ALTER TABLE handovers ADD CONSTRAINT ck_handovers_kind_is_known CHECK (kind IN ('deal', 'account', 'ticket', 'task'))
--;
CREATE INDEX ix_accounts_owner_survivor_id ON accounts (owner, survivor, id)
--;
COMMENT ON TABLE holdings IS 'Where a deal or a customer stands to a public pool'
