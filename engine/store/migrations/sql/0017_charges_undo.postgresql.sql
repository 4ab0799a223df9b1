DROP INDEX ix_accounts_owner_survivor_id
--;
DELETE FROM handovers WHERE kind IN ('account', 'ticket')
--;
DELETE FROM holdings WHERE substr(id, 1, 8) = 'account:'
--;
ALTER TABLE handovers DROP CONSTRAINT ck_handovers_kind_is_known
--;
ALTER TABLE handovers ADD CONSTRAINT ck_handovers_kind_is_known CHECK (kind IN ('deal', 'task'))
--;
COMMENT ON TABLE holdings IS 'Where a deal stands to a public pool'
