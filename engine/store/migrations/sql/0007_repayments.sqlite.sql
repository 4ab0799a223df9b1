CREATE TABLE repayments (
  id TEXT NOT NULL,
  payee TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CONSTRAINT ck_repayments_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT NOT NULL CONSTRAINT ck_repayments_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  reference TEXT NOT NULL,
  received_on TEXT NOT NULL CONSTRAINT ck_repayments_received_on_is_a_date CHECK (length(received_on) = 10),
  note TEXT NOT NULL,
  takes_back TEXT,
  state TEXT NOT NULL CONSTRAINT ck_repayments_state_is_known CHECK (state IN ('proposed', 'posted', 'declined')),
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  entry TEXT,
  CONSTRAINT pk_repayments PRIMARY KEY (id),
  CONSTRAINT ck_repayments_amount_is_positive CHECK (amount_minor > 0),
  CONSTRAINT ck_repayments_two_people CHECK (state <> 'posted' OR decided_by <> made_by),
  CONSTRAINT ck_repayments_decided_by_somebody CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CONSTRAINT ck_repayments_posted_with_its_entry CHECK ((state = 'posted') = (entry IS NOT NULL)),
  CONSTRAINT fk_repayments_takes_back FOREIGN KEY(takes_back) REFERENCES repayments (id),
  CONSTRAINT fk_repayments_entry FOREIGN KEY(entry) REFERENCES ledger_entries (id)
)
 STRICT
--;
CREATE INDEX ix_repayments_payee_made_at ON repayments (payee, made_at)
--;
CREATE INDEX ix_repayments_state_made_at ON repayments (state, made_at)
--;
CREATE TRIGGER tr_repayments_decided_once BEFORE UPDATE ON repayments WHEN OLD.state <> 'proposed' OR NEW.id IS NOT OLD.id OR NEW.payee IS NOT OLD.payee OR NEW.amount_minor IS NOT OLD.amount_minor OR NEW.amount_currency IS NOT OLD.amount_currency OR NEW.reference IS NOT OLD.reference OR NEW.received_on IS NOT OLD.received_on OR NEW.note IS NOT OLD.note OR NEW.takes_back IS NOT OLD.takes_back OR NEW.made_by IS NOT OLD.made_by OR NEW.made_at IS NOT OLD.made_at BEGIN
  SELECT RAISE(ABORT, 'a repayment is decided once, and what it says is never changed');
END
--;
CREATE TRIGGER tr_repayments_kept BEFORE DELETE ON repayments WHEN OLD.id <> '' BEGIN
  SELECT RAISE(ABORT, 'repayments are never deleted');
END
