CREATE TABLE settlements (
  run TEXT NOT NULL,
  engine TEXT NOT NULL,
  waiting TEXT NOT NULL,
  CONSTRAINT pk_settlements PRIMARY KEY (run),
  CONSTRAINT fk_settlements_run FOREIGN KEY(run) REFERENCES runs (id)
)
 STRICT
--;
CREATE TRIGGER tr_settlements_draft_insert BEFORE INSERT ON settlements WHEN (SELECT state FROM runs WHERE id = NEW.run) IS NOT 'draft' BEGIN
  SELECT RAISE(ABORT, 'the settlements of a run that is no draft are never changed');
END
--;
CREATE TRIGGER tr_settlements_draft_update BEFORE UPDATE ON settlements WHEN (SELECT state FROM runs WHERE id = OLD.run) IS NOT 'draft' BEGIN
  SELECT RAISE(ABORT, 'the settlements of a run that is no draft are never changed');
END
--;
CREATE TRIGGER tr_settlements_draft_delete BEFORE DELETE ON settlements WHEN (SELECT state FROM runs WHERE id = OLD.run) IS NOT 'draft' BEGIN
  SELECT RAISE(ABORT, 'the settlements of a run that is no draft are never changed');
END
--;
CREATE INDEX ix_earning_lines_payee_window_period ON earning_lines (payee, window_period)
