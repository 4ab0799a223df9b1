DROP INDEX ix_accounts_owner_survivor_id
--;
DELETE FROM handovers WHERE kind IN ('account', 'ticket')
--;
DELETE FROM holdings WHERE substr(id, 1, 8) = 'account:'
--;
DROP INDEX ix_handovers_event
--;
DROP INDEX ix_handovers_person_at
--;
DROP INDEX ix_handovers_subject_at_id
--;
ALTER TABLE handovers RENAME TO handovers_before
--;
CREATE TABLE handovers (
  id TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT ck_handovers_kind_is_known CHECK (kind IN ('deal', 'task')),
  subject TEXT NOT NULL,
  person TEXT NOT NULL,
  how TEXT NOT NULL,
  rule TEXT NOT NULL,
  at INTEGER NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_handovers_day_is_a_date CHECK (length(day) = 10),
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_handovers PRIMARY KEY (id)
)
 STRICT
--;
INSERT INTO handovers (id, kind, subject, person, how, rule, at, day, event, body) SELECT id, kind, subject, person, how, rule, at, day, event, body FROM handovers_before
--;
DROP TABLE handovers_before
--;
CREATE INDEX ix_handovers_event ON handovers (event)
--;
CREATE INDEX ix_handovers_person_at ON handovers (person, at)
--;
CREATE INDEX ix_handovers_subject_at_id ON handovers (subject, at, id)
