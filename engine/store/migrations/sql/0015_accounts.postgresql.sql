ALTER TABLE accounts ADD COLUMN survivor TEXT COLLATE "C" DEFAULT '' NOT NULL
--;
CREATE INDEX ix_accounts_survivor_name_id ON accounts (survivor, name, id)
--;
COMMENT ON TABLE accounts IS 'A customer company; survivor is the account that it was merged into'
