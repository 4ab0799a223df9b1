CREATE TABLE calculations (
  id TEXT COLLATE "C" NOT NULL,
  period TEXT COLLATE "C" NOT NULL,
  after TEXT COLLATE "C" NOT NULL,
  release TEXT COLLATE "C" NOT NULL,
  watermark BIGINT NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  CONSTRAINT pk_calculations PRIMARY KEY (id)
)
--;
COMMENT ON TABLE calculations IS 'A calculation in progress: what it was begun from, so that an interrupted one goes on where it stopped'
--;
CREATE TABLE calculation_entries (
  calculation TEXT COLLATE "C" NOT NULL,
  part BIGINT NOT NULL,
  number BIGINT NOT NULL,
  entry TEXT COLLATE "C" NOT NULL,
  payee TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_calculation_entries PRIMARY KEY (calculation, part, number),
  CONSTRAINT fk_calculation_entries_calculation FOREIGN KEY(calculation) REFERENCES calculations (id)
)
--;
COMMENT ON TABLE calculation_entries IS 'An entry that a part proposes'
--;
CREATE TABLE calculation_lines (
  calculation TEXT COLLATE "C" NOT NULL,
  part BIGINT NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  payee TEXT COLLATE "C" NOT NULL,
  plan TEXT COLLATE "C" NOT NULL,
  version TEXT COLLATE "C" NOT NULL,
  component TEXT COLLATE "C" NOT NULL,
  window_period TEXT COLLATE "C" NOT NULL,
  earned_period TEXT COLLATE "C" NOT NULL,
  source TEXT COLLATE "C" NOT NULL,
  source_kind TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C" NOT NULL,
  event TEXT COLLATE "C" NOT NULL,
  day TEXT COLLATE "C" NOT NULL CONSTRAINT ck_calculation_lines_day_is_a_date CHECK (length(day) = 10),
  earned_minor BIGINT NOT NULL CONSTRAINT ck_calculation_lines_earned_minor_in_range CHECK (earned_minor BETWEEN -1000000000000000 AND 1000000000000000),
  earned_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_calculation_lines_earned_currency_has_3_letters CHECK (length(earned_currency) = 3),
  released_minor BIGINT NOT NULL CONSTRAINT ck_calculation_lines_released_minor_in_range CHECK (released_minor BETWEEN -1000000000000000 AND 1000000000000000),
  released_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_calculation_lines_released_currency_has_3_letters CHECK (length(released_currency) = 3),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_calculation_lines PRIMARY KEY (calculation, part, key),
  CONSTRAINT fk_calculation_lines_calculation FOREIGN KEY(calculation) REFERENCES calculations (id)
)
--;
COMMENT ON TABLE calculation_lines IS 'An earning line that a part computed'
--;
CREATE TABLE calculation_parts (
  calculation TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  count BIGINT NOT NULL,
  summary TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_calculation_parts PRIMARY KEY (calculation, number),
  CONSTRAINT fk_calculation_parts_calculation FOREIGN KEY(calculation) REFERENCES calculations (id)
)
--;
COMMENT ON TABLE calculation_parts IS 'A part of payees that is done: how many entries it holds, their digests and totals'
