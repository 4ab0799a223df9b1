DROP INDEX ix_accounts_survivor_name_id
--;
ALTER TABLE accounts DROP COLUMN survivor
--;
COMMENT ON TABLE accounts IS 'A customer company'
