CREATE TABLE calculations (
  id TEXT NOT NULL,
  period TEXT NOT NULL,
  "after" TEXT NOT NULL,
  release TEXT NOT NULL,
  watermark INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  CONSTRAINT pk_calculations PRIMARY KEY (id)
)
 STRICT
--;
CREATE TABLE calculation_entries (
  calculation TEXT NOT NULL,
  part INTEGER NOT NULL,
  number INTEGER NOT NULL,
  entry TEXT NOT NULL,
  payee TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_calculation_entries PRIMARY KEY (calculation, part, number),
  CONSTRAINT fk_calculation_entries_calculation FOREIGN KEY(calculation) REFERENCES calculations (id)
)
 STRICT
--;
CREATE TABLE calculation_lines (
  calculation TEXT NOT NULL,
  part INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  payee TEXT NOT NULL,
  "plan" TEXT NOT NULL,
  version TEXT NOT NULL,
  component TEXT NOT NULL,
  window_period TEXT NOT NULL,
  earned_period TEXT NOT NULL,
  source TEXT NOT NULL,
  source_kind TEXT NOT NULL,
  deal TEXT NOT NULL,
  event TEXT NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_calculation_lines_day_is_a_date CHECK (length(day) = 10),
  earned_minor INTEGER NOT NULL CONSTRAINT ck_calculation_lines_earned_minor_in_range CHECK (earned_minor BETWEEN -1000000000000000 AND 1000000000000000),
  earned_currency TEXT NOT NULL CONSTRAINT ck_calculation_lines_earned_currency_has_3_letters CHECK (length(earned_currency) = 3),
  released_minor INTEGER NOT NULL CONSTRAINT ck_calculation_lines_released_minor_in_range CHECK (released_minor BETWEEN -1000000000000000 AND 1000000000000000),
  released_currency TEXT NOT NULL CONSTRAINT ck_calculation_lines_released_currency_has_3_letters CHECK (length(released_currency) = 3),
  body TEXT NOT NULL,
  CONSTRAINT pk_calculation_lines PRIMARY KEY (calculation, part, "key"),
  CONSTRAINT fk_calculation_lines_calculation FOREIGN KEY(calculation) REFERENCES calculations (id)
)
 STRICT
--;
CREATE TABLE calculation_parts (
  calculation TEXT NOT NULL,
  number INTEGER NOT NULL,
  count INTEGER NOT NULL,
  summary TEXT NOT NULL,
  CONSTRAINT pk_calculation_parts PRIMARY KEY (calculation, number),
  CONSTRAINT fk_calculation_parts_calculation FOREIGN KEY(calculation) REFERENCES calculations (id)
)
 STRICT
