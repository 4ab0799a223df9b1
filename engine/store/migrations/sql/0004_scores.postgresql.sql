CREATE TABLE scores (
  id TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  scorecard TEXT COLLATE "C" NOT NULL,
  kpi TEXT COLLATE "C" NOT NULL,
  period TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL CONSTRAINT ck_scores_unit_is_known CHECK (unit IN ('percent', 'number')),
  at BIGINT NOT NULL,
  event TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_scores PRIMARY KEY (id)
)
--;
CREATE INDEX ix_scores_person_period ON scores (person, period)
--;
CREATE INDEX ix_scores_scorecard_period ON scores (scorecard, period)
--;
COMMENT ON TABLE scores IS 'What a person was told to have reached of a KPI in a period'
