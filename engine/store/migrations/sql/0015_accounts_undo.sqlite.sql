DROP INDEX ix_accounts_survivor_name_id
--;
ALTER TABLE accounts DROP COLUMN survivor
