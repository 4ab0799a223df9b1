DROP INDEX ix_credits_payee_name_day
--;
DROP INDEX ix_credits_deal_at_id
--;
DROP INDEX ix_credits_event
--;
ALTER TABLE credits RENAME TO credits_before
--;
CREATE TABLE credits (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  payee TEXT NOT NULL,
  deal TEXT,
  event TEXT NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_credits_day_is_a_date CHECK (length(day) = 10),
  at INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL CONSTRAINT ck_credits_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT NOT NULL CONSTRAINT ck_credits_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  source_minor INTEGER NOT NULL CONSTRAINT ck_credits_source_minor_in_range CHECK (source_minor BETWEEN -1000000000000000 AND 1000000000000000),
  source_currency TEXT NOT NULL CONSTRAINT ck_credits_source_currency_has_3_letters CHECK (length(source_currency) = 3),
  share TEXT NOT NULL,
  form TEXT NOT NULL CONSTRAINT ck_credits_form_is_known CHECK (form IN ('direct', 'overlay', 'house')),
  "plan" TEXT NOT NULL,
  rate TEXT NOT NULL,
  undone_on TEXT CONSTRAINT ck_credits_undone_on_is_a_date CHECK (length(undone_on) = 10),
  withdrawn INTEGER NOT NULL CONSTRAINT ck_credits_withdrawn_is_0_or_1 CHECK (withdrawn IN (0, 1)),
  body TEXT NOT NULL,
  CONSTRAINT pk_credits PRIMARY KEY (id),
  CONSTRAINT fk_credits_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
 STRICT
--;
INSERT INTO credits SELECT * FROM credits_before
--;
DROP TABLE credits_before
--;
CREATE INDEX ix_credits_payee_name_day ON credits (payee, name, day)
--;
CREATE INDEX ix_credits_deal_at_id ON credits (deal, at, id)
--;
CREATE INDEX ix_credits_event ON credits (event)
