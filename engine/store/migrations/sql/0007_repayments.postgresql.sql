CREATE TABLE repayments (
  id TEXT COLLATE "C" NOT NULL,
  payee TEXT COLLATE "C" NOT NULL,
  amount_minor BIGINT NOT NULL CONSTRAINT ck_repayments_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_repayments_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  reference TEXT COLLATE "C" NOT NULL,
  received_on TEXT COLLATE "C" NOT NULL CONSTRAINT ck_repayments_received_on_is_a_date CHECK (length(received_on) = 10),
  note TEXT COLLATE "C" NOT NULL,
  takes_back TEXT COLLATE "C",
  state TEXT COLLATE "C" NOT NULL CONSTRAINT ck_repayments_state_is_known CHECK (state IN ('proposed', 'posted', 'declined')),
  made_by TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  decided_by TEXT COLLATE "C",
  decided_at BIGINT,
  entry TEXT COLLATE "C",
  CONSTRAINT pk_repayments PRIMARY KEY (id),
  CONSTRAINT ck_repayments_amount_is_positive CHECK (amount_minor > 0),
  CONSTRAINT ck_repayments_two_people CHECK (state <> 'posted' OR decided_by <> made_by),
  CONSTRAINT ck_repayments_decided_by_somebody CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CONSTRAINT ck_repayments_posted_with_its_entry CHECK ((state = 'posted') = (entry IS NOT NULL)),
  CONSTRAINT fk_repayments_takes_back FOREIGN KEY(takes_back) REFERENCES repayments (id),
  CONSTRAINT fk_repayments_entry FOREIGN KEY(entry) REFERENCES ledger_entries (id)
)
--;
CREATE INDEX ix_repayments_payee_made_at ON repayments (payee, made_at)
--;
CREATE INDEX ix_repayments_state_made_at ON repayments (state, made_at)
--;
COMMENT ON TABLE repayments IS 'Money that a payee gave back outside of their pay, as it was booked, posted or declined'
--;
CREATE FUNCTION fn_repayments_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'proposed' OR NEW.id IS DISTINCT FROM OLD.id OR NEW.payee IS DISTINCT FROM OLD.payee OR NEW.amount_minor IS DISTINCT FROM OLD.amount_minor OR NEW.amount_currency IS DISTINCT FROM OLD.amount_currency OR NEW.reference IS DISTINCT FROM OLD.reference OR NEW.received_on IS DISTINCT FROM OLD.received_on OR NEW.note IS DISTINCT FROM OLD.note OR NEW.takes_back IS DISTINCT FROM OLD.takes_back OR NEW.made_by IS DISTINCT FROM OLD.made_by OR NEW.made_at IS DISTINCT FROM OLD.made_at THEN RAISE EXCEPTION 'a repayment is decided once, and what it says is never changed'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_repayments_decided_once BEFORE UPDATE ON repayments
FOR EACH ROW EXECUTE FUNCTION fn_repayments_decided_once()
--;
CREATE FUNCTION fn_repayments_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.id <> '' THEN RAISE EXCEPTION 'repayments are never deleted'; END IF;
  RETURN OLD;
END $$
--;
CREATE TRIGGER tr_repayments_kept BEFORE DELETE ON repayments
FOR EACH ROW EXECUTE FUNCTION fn_repayments_kept()
