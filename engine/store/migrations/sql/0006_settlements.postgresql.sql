CREATE TABLE settlements (
  run TEXT COLLATE "C" NOT NULL,
  engine TEXT COLLATE "C" NOT NULL,
  waiting TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_settlements PRIMARY KEY (run),
  CONSTRAINT fk_settlements_run FOREIGN KEY(run) REFERENCES runs (id)
)
--;
COMMENT ON TABLE settlements IS 'What a run left waiting: by payee the days that it did not settle; and the engine that says so'
--;
CREATE FUNCTION fn_settlements_draft_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM runs WHERE id = NEW.run) IS DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'the settlements of a run that is no draft are never changed'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_settlements_draft_insert BEFORE INSERT ON settlements
FOR EACH ROW EXECUTE FUNCTION fn_settlements_draft_insert()
--;
CREATE FUNCTION fn_settlements_draft_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM runs WHERE id = OLD.run) IS DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'the settlements of a run that is no draft are never changed'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_settlements_draft_update BEFORE UPDATE ON settlements
FOR EACH ROW EXECUTE FUNCTION fn_settlements_draft_update()
--;
CREATE FUNCTION fn_settlements_draft_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM runs WHERE id = OLD.run) IS DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'the settlements of a run that is no draft are never changed'; END IF;
  RETURN OLD;
END $$
--;
CREATE TRIGGER tr_settlements_draft_delete BEFORE DELETE ON settlements
FOR EACH ROW EXECUTE FUNCTION fn_settlements_draft_delete()
--;
CREATE INDEX ix_earning_lines_payee_window_period ON earning_lines (payee, window_period)
