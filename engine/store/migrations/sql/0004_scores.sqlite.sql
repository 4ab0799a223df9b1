CREATE TABLE scores (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  scorecard TEXT NOT NULL,
  kpi TEXT NOT NULL,
  period TEXT NOT NULL,
  value TEXT NOT NULL,
  unit TEXT NOT NULL CONSTRAINT ck_scores_unit_is_known CHECK (unit IN ('percent', 'number')),
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_scores PRIMARY KEY (id)
)
 STRICT
--;
CREATE INDEX ix_scores_person_period ON scores (person, period)
--;
CREATE INDEX ix_scores_scorecard_period ON scores (scorecard, period)
