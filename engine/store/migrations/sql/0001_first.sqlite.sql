CREATE TABLE users (
  name TEXT NOT NULL,
  person TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  language TEXT NOT NULL CONSTRAINT ck_users_language_is_known CHECK (language IN ('en', 'zh')),
  disabled INTEGER NOT NULL CONSTRAINT ck_users_disabled_is_0_or_1 CHECK (disabled IN (0, 1)),
  made_at INTEGER NOT NULL,
  CONSTRAINT pk_users PRIMARY KEY (name)
)
 STRICT
--;
CREATE INDEX ix_users_person ON users (person)
--;
CREATE TABLE releases (
  seq INTEGER NOT NULL CONSTRAINT ck_releases_seq_counts_from_one CHECK (seq > 0),
  fingerprint TEXT NOT NULL CONSTRAINT ck_releases_fingerprint_is_sha256 CHECK (length(fingerprint) = 64),
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  in_force_from TEXT NOT NULL CONSTRAINT ck_releases_in_force_from_is_a_date CHECK (length(in_force_from) = 10),
  state TEXT NOT NULL CONSTRAINT ck_releases_state_is_known CHECK (state IN ('proposed', 'approved', 'rejected')),
  decided_by TEXT,
  decided_at INTEGER,
  decision_reason TEXT NOT NULL,
  CONSTRAINT pk_releases PRIMARY KEY (seq),
  CONSTRAINT ck_releases_two_people CHECK (decided_by <> author),
  CONSTRAINT ck_releases_decided_by_somebody CHECK ((state = 'proposed') = (decided_by IS NULL))
)
 STRICT
--;
CREATE INDEX ix_releases_state_in_force_from_seq ON releases (state, in_force_from, seq)
--;
CREATE INDEX ix_releases_fingerprint ON releases (fingerprint)
--;
CREATE TRIGGER tr_releases_decided_once BEFORE UPDATE ON releases WHEN OLD.state <> 'proposed' OR NEW.seq IS NOT OLD.seq OR NEW.fingerprint IS NOT OLD.fingerprint OR NEW.author IS NOT OLD.author OR NEW.reason IS NOT OLD.reason OR NEW.made_at IS NOT OLD.made_at OR NEW.in_force_from IS NOT OLD.in_force_from BEGIN
  SELECT RAISE(ABORT, 'a release is decided once, and what it says is never changed');
END
--;
CREATE TRIGGER tr_releases_kept BEFORE DELETE ON releases WHEN OLD.seq > 0 BEGIN
  SELECT RAISE(ABORT, 'releases are never deleted');
END
--;
CREATE TABLE chain_heads (
  chain TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL CONSTRAINT ck_chain_heads_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_chain_heads PRIMARY KEY (chain)
)
 STRICT
--;
CREATE TABLE events (
  seq INTEGER NOT NULL CONSTRAINT ck_events_seq_counts_from_one CHECK (seq > 0),
  source TEXT NOT NULL,
  "key" TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_events_day_is_a_date CHECK (length(day) = 10),
  actor TEXT NOT NULL,
  mode TEXT NOT NULL CONSTRAINT ck_events_mode_is_known CHECK (mode IN ('live', 'history')),
  recorded_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  content_hash TEXT NOT NULL CONSTRAINT ck_events_content_hash_is_sha256 CHECK (length(content_hash) = 64),
  hash TEXT NOT NULL CONSTRAINT ck_events_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_events PRIMARY KEY (seq),
  CONSTRAINT uq_events_source_key UNIQUE (source, "key")
)
 STRICT
--;
CREATE INDEX ix_events_subject_at ON events (subject, at)
--;
CREATE TRIGGER tr_events_no_update BEFORE UPDATE ON events BEGIN
  SELECT RAISE(ABORT, 'events is insert-only');
END
--;
CREATE TRIGGER tr_events_no_delete BEFORE DELETE ON events BEGIN
  SELECT RAISE(ABORT, 'events is insert-only');
END
--;
CREATE TABLE audit (
  seq INTEGER NOT NULL CONSTRAINT ck_audit_seq_counts_from_one CHECK (seq > 0),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  particulars TEXT NOT NULL,
  hash TEXT NOT NULL CONSTRAINT ck_audit_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_audit PRIMARY KEY (seq)
)
 STRICT
--;
CREATE INDEX ix_audit_subject_seq ON audit (subject, seq)
--;
CREATE INDEX ix_audit_actor_seq ON audit (actor, seq)
--;
CREATE TRIGGER tr_audit_no_update BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'audit is insert-only');
END
--;
CREATE TRIGGER tr_audit_no_delete BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'audit is insert-only');
END
--;
CREATE TABLE periods (
  id TEXT NOT NULL,
  from_on TEXT NOT NULL CONSTRAINT ck_periods_from_on_is_a_date CHECK (length(from_on) = 10),
  until_on TEXT NOT NULL CONSTRAINT ck_periods_until_on_is_a_date CHECK (length(until_on) = 10),
  state TEXT NOT NULL CONSTRAINT ck_periods_state_is_known CHECK (state IN ('future', 'open', 'closed')),
  CONSTRAINT pk_periods PRIMARY KEY (id),
  CONSTRAINT ck_periods_begins_before_it_ends CHECK (from_on < until_on)
)
 STRICT
--;
CREATE INDEX ix_periods_from_on ON periods (from_on)
--;
CREATE TRIGGER tr_periods_closed_for_ever BEFORE UPDATE ON periods WHEN OLD.state = 'closed' OR NEW.id IS NOT OLD.id OR NEW.from_on IS NOT OLD.from_on OR NEW.until_on IS NOT OLD.until_on BEGIN
  SELECT RAISE(ABORT, 'a closed period stays closed, and a period keeps its days');
END
--;
CREATE TRIGGER tr_periods_closed_with_manifest BEFORE UPDATE ON periods WHEN NEW.state = 'closed' AND NOT EXISTS (SELECT 1 FROM closes WHERE closes.period = NEW.id) BEGIN
  SELECT RAISE(ABORT, 'a period is closed with its manifest only');
END
--;
CREATE TRIGGER tr_periods_opened_first BEFORE INSERT ON periods WHEN NEW.state = 'closed' BEGIN
  SELECT RAISE(ABORT, 'a period is closed with its manifest only');
END
--;
CREATE TRIGGER tr_periods_kept BEFORE DELETE ON periods WHEN OLD.state <> 'future' BEGIN
  SELECT RAISE(ABORT, 'a period that was opened is never deleted');
END
--;
CREATE TABLE people (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  joined_on TEXT NOT NULL CONSTRAINT ck_people_joined_on_is_a_date CHECK (length(joined_on) = 10),
  left_on TEXT CONSTRAINT ck_people_left_on_is_a_date CHECK (length(left_on) = 10),
  role TEXT NOT NULL,
  team TEXT NOT NULL,
  manager TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_people PRIMARY KEY (id)
)
 STRICT
--;
CREATE TABLE accounts (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  created_on TEXT NOT NULL CONSTRAINT ck_accounts_created_on_is_a_date CHECK (length(created_on) = 10),
  body TEXT NOT NULL,
  CONSTRAINT pk_accounts PRIMARY KEY (id)
)
 STRICT
--;
CREATE TABLE deals (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  stage TEXT NOT NULL,
  status TEXT NOT NULL CONSTRAINT ck_deals_status_is_known CHECK (status IN ('open', 'won', 'lost', 'cancelled')),
  owner TEXT NOT NULL,
  account TEXT NOT NULL,
  partner TEXT NOT NULL,
  amount_minor INTEGER CONSTRAINT ck_deals_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT CONSTRAINT ck_deals_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  created_at INTEGER NOT NULL,
  entered_stage_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  last_touch_at INTEGER,
  won_on TEXT CONSTRAINT ck_deals_won_on_is_a_date CHECK (length(won_on) = 10),
  undone_on TEXT CONSTRAINT ck_deals_undone_on_is_a_date CHECK (length(undone_on) = 10),
  due_at INTEGER,
  body TEXT NOT NULL,
  CONSTRAINT pk_deals PRIMARY KEY (id)
)
 STRICT
--;
CREATE INDEX ix_deals_status_last_at_id ON deals (status, last_at, id)
--;
CREATE INDEX ix_deals_last_at_id ON deals (last_at, id)
--;
CREATE INDEX ix_deals_due_at_id ON deals (due_at, id) WHERE due_at IS NOT NULL
--;
CREATE INDEX ix_deals_account ON deals (account)
--;
CREATE INDEX ix_deals_pipeline_stage_status_entered_stage_at ON deals (pipeline, stage, status, entered_stage_at)
--;
CREATE INDEX ix_deals_owner_status_last_at_id ON deals (owner, status, last_at, id)
--;
CREATE TABLE partners (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  channel TEXT NOT NULL,
  programme TEXT NOT NULL,
  manager TEXT NOT NULL,
  partner_tier TEXT NOT NULL,
  joined_on TEXT NOT NULL CONSTRAINT ck_partners_joined_on_is_a_date CHECK (length(joined_on) = 10),
  body TEXT NOT NULL,
  CONSTRAINT pk_partners PRIMARY KEY (id)
)
 STRICT
--;
CREATE TABLE registrations (
  id TEXT NOT NULL,
  partner TEXT NOT NULL,
  account TEXT NOT NULL,
  product_line TEXT NOT NULL,
  state TEXT NOT NULL,
  requested_on TEXT NOT NULL CONSTRAINT ck_registrations_requested_on_is_a_date CHECK (length(requested_on) = 10),
  until_on TEXT CONSTRAINT ck_registrations_until_on_is_a_date CHECK (length(until_on) = 10),
  body TEXT NOT NULL,
  CONSTRAINT pk_registrations PRIMARY KEY (id)
)
 STRICT
--;
CREATE INDEX ix_registrations_account_requested_on_id ON registrations (account, requested_on, id)
--;
CREATE INDEX ix_registrations_partner_state ON registrations (partner, state)
--;
CREATE INDEX ix_registrations_state_until_on ON registrations (state, until_on)
--;
CREATE TABLE quotas (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  measure TEXT NOT NULL,
  period TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CONSTRAINT ck_quotas_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT NOT NULL CONSTRAINT ck_quotas_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  body TEXT NOT NULL,
  CONSTRAINT pk_quotas PRIMARY KEY (id)
)
 STRICT
--;
CREATE INDEX ix_quotas_person_measure_period ON quotas (person, measure, period)
--;
CREATE TABLE touches (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  day TEXT NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT pk_touches PRIMARY KEY (kind, subject, name, day)
)
 STRICT
--;
CREATE INDEX ix_touches_version ON touches (version)
--;
CREATE TABLE user_roles (
  name TEXT NOT NULL,
  role TEXT NOT NULL CONSTRAINT ck_user_roles_role_is_known CHECK (role IN ('rep', 'manager', 'ops', 'finance', 'admin', 'auditor')),
  CONSTRAINT pk_user_roles PRIMARY KEY (name, role),
  CONSTRAINT fk_user_roles_name FOREIGN KEY(name) REFERENCES users (name)
)
 STRICT
--;
CREATE TABLE sessions (
  token_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  idle_until INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (token_hash),
  CONSTRAINT ck_sessions_token_hash_is_sha256 CHECK (length(token_hash) = 64),
  CONSTRAINT fk_sessions_name FOREIGN KEY(name) REFERENCES users (name)
)
 STRICT
--;
CREATE INDEX ix_sessions_ends_at ON sessions (ends_at)
--;
CREATE INDEX ix_sessions_name ON sessions (name)
--;
CREATE TABLE release_files (
  release INTEGER NOT NULL,
  path TEXT NOT NULL,
  text TEXT NOT NULL,
  CONSTRAINT uq_release_files_release_path UNIQUE (release, path),
  CONSTRAINT fk_release_files_release FOREIGN KEY(release) REFERENCES releases (seq)
)
 STRICT
--;
CREATE TRIGGER tr_release_files_no_update BEFORE UPDATE ON release_files BEGIN
  SELECT RAISE(ABORT, 'release_files is insert-only');
END
--;
CREATE TRIGGER tr_release_files_no_delete BEFORE DELETE ON release_files BEGIN
  SELECT RAISE(ABORT, 'release_files is insert-only');
END
--;
CREATE TABLE outcomes (
  event_seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL CONSTRAINT ck_outcomes_kind_is_known CHECK (kind IN ('kept', 'withdrawn', 'refused', 'overridden', 'told', 'passed')),
  what TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  deal TEXT,
  payload TEXT NOT NULL,
  CONSTRAINT pk_outcomes PRIMARY KEY (event_seq, number),
  CONSTRAINT fk_outcomes_event_seq FOREIGN KEY(event_seq) REFERENCES events (seq)
)
 STRICT
--;
CREATE INDEX ix_outcomes_subject_id_event_seq ON outcomes (subject_id, event_seq)
--;
CREATE INDEX ix_outcomes_deal_event_seq ON outcomes (deal, event_seq)
--;
CREATE TRIGGER tr_outcomes_no_update BEFORE UPDATE ON outcomes BEGIN
  SELECT RAISE(ABORT, 'outcomes is insert-only');
END
--;
CREATE TRIGGER tr_outcomes_no_delete BEFORE DELETE ON outcomes BEGIN
  SELECT RAISE(ABORT, 'outcomes is insert-only');
END
--;
CREATE TABLE quarantine (
  event_seq INTEGER NOT NULL,
  code TEXT NOT NULL,
  params TEXT NOT NULL,
  waits_for TEXT NOT NULL,
  since_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  state TEXT NOT NULL CONSTRAINT ck_quarantine_state_is_known CHECK (state IN ('waiting', 'released')),
  released_at INTEGER,
  CONSTRAINT pk_quarantine PRIMARY KEY (event_seq),
  CONSTRAINT fk_quarantine_event_seq FOREIGN KEY(event_seq) REFERENCES events (seq)
)
 STRICT
--;
CREATE INDEX ix_quarantine_state_waits_for ON quarantine (state, waits_for)
--;
CREATE TABLE outbox (
  id TEXT NOT NULL,
  event_seq INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  template TEXT NOT NULL,
  deal TEXT NOT NULL,
  cause TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  state TEXT NOT NULL CONSTRAINT ck_outbox_state_is_known CHECK (state IN ('waiting', 'claimed', 'sent', 'failed')),
  claimed_until INTEGER,
  tries INTEGER NOT NULL,
  sent_at INTEGER,
  last_error TEXT NOT NULL,
  CONSTRAINT pk_outbox PRIMARY KEY (id),
  CONSTRAINT fk_outbox_event_seq FOREIGN KEY(event_seq) REFERENCES events (seq)
)
 STRICT
--;
CREATE INDEX ix_outbox_state_made_at_id ON outbox (state, made_at, id)
--;
CREATE TABLE closes (
  seq INTEGER NOT NULL CONSTRAINT ck_closes_seq_counts_from_one CHECK (seq > 0),
  period TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  approved_by TEXT NOT NULL,
  approved_at INTEGER NOT NULL,
  release TEXT NOT NULL,
  manifest TEXT NOT NULL,
  hash TEXT NOT NULL CONSTRAINT ck_closes_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_closes PRIMARY KEY (seq),
  CONSTRAINT uq_closes_period UNIQUE (period),
  CONSTRAINT ck_closes_two_people CHECK (approved_by <> made_by),
  CONSTRAINT fk_closes_period FOREIGN KEY(period) REFERENCES periods (id)
)
 STRICT
--;
CREATE TRIGGER tr_closes_no_update BEFORE UPDATE ON closes BEGIN
  SELECT RAISE(ABORT, 'closes is insert-only');
END
--;
CREATE TRIGGER tr_closes_no_delete BEFORE DELETE ON closes BEGIN
  SELECT RAISE(ABORT, 'closes is insert-only');
END
--;
CREATE TABLE runs (
  id TEXT NOT NULL,
  period TEXT NOT NULL,
  "after" TEXT NOT NULL,
  state TEXT NOT NULL CONSTRAINT ck_runs_state_is_known CHECK (state IN ('draft', 'approved', 'posted', 'exported')),
  contents TEXT NOT NULL,
  count INTEGER NOT NULL,
  totals TEXT NOT NULL,
  release TEXT NOT NULL,
  watermark INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  approved_by TEXT,
  approved_at INTEGER,
  posted_by TEXT,
  posted_at INTEGER,
  exported_by TEXT,
  exported_at INTEGER,
  CONSTRAINT pk_runs PRIMARY KEY (id),
  CONSTRAINT ck_runs_two_people CHECK (approved_by <> made_by),
  CONSTRAINT ck_runs_approved_by_somebody CHECK ((state = 'draft') = (approved_by IS NULL)),
  CONSTRAINT ck_runs_posted_by_somebody CHECK ((state IN ('posted', 'exported')) = (posted_by IS NOT NULL)),
  CONSTRAINT fk_runs_period FOREIGN KEY(period) REFERENCES periods (id)
)
 STRICT
--;
CREATE INDEX ix_runs_period_made_at ON runs (period, made_at)
--;
CREATE INDEX ix_runs_state_made_at ON runs (state, made_at)
--;
CREATE TRIGGER tr_runs_forward BEFORE UPDATE ON runs WHEN NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ('draft>approved', 'approved>posted', 'posted>exported', 'approved>draft') BEGIN
  SELECT RAISE(ABORT, 'a run goes from draft to approved to posted to exported');
END
--;
CREATE TRIGGER tr_runs_contents BEFORE UPDATE ON runs WHEN NEW.id IS NOT OLD.id OR NEW.period IS NOT OLD.period OR NEW.after IS NOT OLD.after OR NEW.contents IS NOT OLD.contents OR NEW.count IS NOT OLD.count OR NEW.totals IS NOT OLD.totals OR NEW.release IS NOT OLD.release OR NEW.watermark IS NOT OLD.watermark OR NEW.made_by IS NOT OLD.made_by OR NEW.made_at IS NOT OLD.made_at BEGIN
  SELECT RAISE(ABORT, 'what a run contains is never changed; make another');
END
--;
CREATE TRIGGER tr_runs_kept BEFORE DELETE ON runs WHEN OLD.state <> 'draft' BEGIN
  SELECT RAISE(ABORT, 'only a draft run may be deleted');
END
--;
CREATE TABLE activities (
  id TEXT NOT NULL,
  deal TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  channel TEXT NOT NULL,
  person TEXT NOT NULL,
  at INTEGER NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_activities_day_is_a_date CHECK (length(day) = 10),
  body TEXT NOT NULL,
  CONSTRAINT pk_activities PRIMARY KEY (id),
  CONSTRAINT fk_activities_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
 STRICT
--;
CREATE INDEX ix_activities_deal_at_id ON activities (deal, at, id)
--;
CREATE INDEX ix_activities_person_day ON activities (person, day)
--;
CREATE TABLE receipts (
  id TEXT NOT NULL,
  deal TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT ck_receipts_kind_is_known CHECK (kind IN ('payment', 'invoice', 'credit_note')),
  amount_minor INTEGER NOT NULL CONSTRAINT ck_receipts_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT NOT NULL CONSTRAINT ck_receipts_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  at INTEGER NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_receipts_day_is_a_date CHECK (length(day) = 10),
  body TEXT NOT NULL,
  CONSTRAINT pk_receipts PRIMARY KEY (id),
  CONSTRAINT fk_receipts_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
 STRICT
--;
CREATE INDEX ix_receipts_deal_at_id ON receipts (deal, at, id)
--;
CREATE INDEX ix_receipts_kind_day ON receipts (kind, day)
--;
CREATE TABLE enrolments (
  id TEXT NOT NULL,
  cadence TEXT NOT NULL,
  deal TEXT NOT NULL,
  owner TEXT NOT NULL,
  step TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  due_at INTEGER,
  ended_as TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_enrolments PRIMARY KEY (id),
  CONSTRAINT fk_enrolments_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
 STRICT
--;
CREATE INDEX ix_enrolments_deal_started_at_id ON enrolments (deal, started_at, id)
--;
CREATE INDEX ix_enrolments_due_at_id ON enrolments (due_at, id) WHERE due_at IS NOT NULL
--;
CREATE TABLE tasks (
  id TEXT NOT NULL,
  owner TEXT NOT NULL,
  deal TEXT,
  purpose TEXT NOT NULL,
  enrolment TEXT NOT NULL,
  status TEXT NOT NULL CONSTRAINT ck_tasks_status_is_known CHECK (status IN ('open', 'done', 'skipped', 'cancelled')),
  priority INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  snoozed_until INTEGER,
  ended_at INTEGER,
  body TEXT NOT NULL,
  CONSTRAINT pk_tasks PRIMARY KEY (id),
  CONSTRAINT fk_tasks_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
 STRICT
--;
CREATE INDEX ix_tasks_deal_made_at_id ON tasks (deal, made_at, id)
--;
CREATE INDEX ix_tasks_status_due_at_id ON tasks (status, due_at, id)
--;
CREATE INDEX ix_tasks_owner_status_due_at_id_snoozed_until ON tasks (owner, status, due_at, id, snoozed_until)
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
  form TEXT NOT NULL CONSTRAINT ck_credits_form_is_known CHECK (form IN ('direct', 'overlay')),
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
CREATE INDEX ix_credits_payee_name_day ON credits (payee, name, day)
--;
CREATE INDEX ix_credits_deal_at_id ON credits (deal, at, id)
--;
CREATE INDEX ix_credits_event ON credits (event)
--;
CREATE TABLE grants (
  id TEXT NOT NULL,
  component TEXT NOT NULL,
  "plan" TEXT NOT NULL,
  payee TEXT NOT NULL,
  deal TEXT,
  event TEXT NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_grants_day_is_a_date CHECK (length(day) = 10),
  at INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL CONSTRAINT ck_grants_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT NOT NULL CONSTRAINT ck_grants_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  undone_on TEXT CONSTRAINT ck_grants_undone_on_is_a_date CHECK (length(undone_on) = 10),
  withdrawn INTEGER NOT NULL CONSTRAINT ck_grants_withdrawn_is_0_or_1 CHECK (withdrawn IN (0, 1)),
  body TEXT NOT NULL,
  CONSTRAINT pk_grants PRIMARY KEY (id),
  CONSTRAINT fk_grants_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
 STRICT
--;
CREATE INDEX ix_grants_payee_component_day ON grants (payee, component, day)
--;
CREATE INDEX ix_grants_deal_at_id ON grants (deal, at, id)
--;
CREATE TABLE run_entries (
  run TEXT NOT NULL,
  number INTEGER NOT NULL,
  entry TEXT NOT NULL,
  payee TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_run_entries PRIMARY KEY (run, number),
  CONSTRAINT fk_run_entries_run FOREIGN KEY(run) REFERENCES runs (id)
)
 STRICT
--;
CREATE INDEX ix_run_entries_run_payee ON run_entries (run, payee)
--;
CREATE TRIGGER tr_run_entries_draft_insert BEFORE INSERT ON run_entries WHEN (SELECT state FROM runs WHERE id = NEW.run) IS NOT 'draft' BEGIN
  SELECT RAISE(ABORT, 'the run entries of a run that is no draft are never changed');
END
--;
CREATE TRIGGER tr_run_entries_draft_update BEFORE UPDATE ON run_entries WHEN (SELECT state FROM runs WHERE id = OLD.run) IS NOT 'draft' BEGIN
  SELECT RAISE(ABORT, 'the run entries of a run that is no draft are never changed');
END
--;
CREATE TRIGGER tr_run_entries_draft_delete BEFORE DELETE ON run_entries WHEN (SELECT state FROM runs WHERE id = OLD.run) IS NOT 'draft' BEGIN
  SELECT RAISE(ABORT, 'the run entries of a run that is no draft are never changed');
END
--;
CREATE TABLE earning_lines (
  run TEXT NOT NULL,
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
  day TEXT NOT NULL CONSTRAINT ck_earning_lines_day_is_a_date CHECK (length(day) = 10),
  earned_minor INTEGER NOT NULL CONSTRAINT ck_earning_lines_earned_minor_in_range CHECK (earned_minor BETWEEN -1000000000000000 AND 1000000000000000),
  earned_currency TEXT NOT NULL CONSTRAINT ck_earning_lines_earned_currency_has_3_letters CHECK (length(earned_currency) = 3),
  released_minor INTEGER NOT NULL CONSTRAINT ck_earning_lines_released_minor_in_range CHECK (released_minor BETWEEN -1000000000000000 AND 1000000000000000),
  released_currency TEXT NOT NULL CONSTRAINT ck_earning_lines_released_currency_has_3_letters CHECK (length(released_currency) = 3),
  body TEXT NOT NULL,
  CONSTRAINT pk_earning_lines PRIMARY KEY (run, "key"),
  CONSTRAINT fk_earning_lines_run FOREIGN KEY(run) REFERENCES runs (id)
)
 STRICT
--;
CREATE INDEX ix_earning_lines_payee_earned_period ON earning_lines (payee, earned_period)
--;
CREATE INDEX ix_earning_lines_run_payee ON earning_lines (run, payee)
--;
CREATE INDEX ix_earning_lines_key ON earning_lines ("key")
--;
CREATE TRIGGER tr_earning_lines_draft_insert BEFORE INSERT ON earning_lines WHEN (SELECT state FROM runs WHERE id = NEW.run) IS NOT 'draft' BEGIN
  SELECT RAISE(ABORT, 'the earning lines of a run that is no draft are never changed');
END
--;
CREATE TRIGGER tr_earning_lines_draft_update BEFORE UPDATE ON earning_lines WHEN (SELECT state FROM runs WHERE id = OLD.run) IS NOT 'draft' BEGIN
  SELECT RAISE(ABORT, 'the earning lines of a run that is no draft are never changed');
END
--;
CREATE TRIGGER tr_earning_lines_draft_delete BEFORE DELETE ON earning_lines WHEN (SELECT state FROM runs WHERE id = OLD.run) IS NOT 'draft' BEGIN
  SELECT RAISE(ABORT, 'the earning lines of a run that is no draft are never changed');
END
--;
CREATE TABLE ledger_entries (
  seq INTEGER NOT NULL CONSTRAINT ck_ledger_entries_seq_counts_from_one CHECK (seq > 0),
  id TEXT NOT NULL,
  run TEXT,
  kind TEXT NOT NULL CONSTRAINT ck_ledger_entries_kind_is_known CHECK (kind IN ('earned', 'released', 'reversed', 'paid', 'adjustment')),
  debit TEXT NOT NULL CONSTRAINT ck_ledger_entries_debit_is_known CHECK (debit IN ('expense', 'held', 'payable', 'paid')),
  credit TEXT NOT NULL CONSTRAINT ck_ledger_entries_credit_is_known CHECK (credit IN ('expense', 'held', 'payable', 'paid')),
  payee TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CONSTRAINT ck_ledger_entries_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT NOT NULL CONSTRAINT ck_ledger_entries_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  line TEXT NOT NULL,
  earned_period TEXT NOT NULL,
  posted_period TEXT NOT NULL,
  reason TEXT NOT NULL,
  particulars TEXT NOT NULL,
  event TEXT NOT NULL,
  rule TEXT NOT NULL,
  reverses TEXT,
  actor TEXT NOT NULL,
  note TEXT NOT NULL,
  posted_at INTEGER NOT NULL,
  hash TEXT NOT NULL CONSTRAINT ck_ledger_entries_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_ledger_entries PRIMARY KEY (seq),
  CONSTRAINT uq_ledger_entries_id UNIQUE (id),
  CONSTRAINT ck_ledger_entries_amount_is_positive CHECK (amount_minor > 0),
  CONSTRAINT ck_ledger_entries_two_accounts CHECK (debit <> credit),
  CONSTRAINT ck_ledger_entries_by_a_run_or_a_person CHECK (kind = 'adjustment' OR run IS NOT NULL),
  CONSTRAINT fk_ledger_entries_run FOREIGN KEY(run) REFERENCES runs (id),
  CONSTRAINT fk_ledger_entries_posted_period FOREIGN KEY(posted_period) REFERENCES periods (id),
  CONSTRAINT fk_ledger_entries_reverses FOREIGN KEY(reverses) REFERENCES ledger_entries (id)
)
 STRICT
--;
CREATE INDEX ix_ledger_entries_posted_period ON ledger_entries (posted_period)
--;
CREATE INDEX ix_ledger_entries_run ON ledger_entries (run)
--;
CREATE UNIQUE INDEX uq_ledger_entries_reverses ON ledger_entries (reverses)
--;
CREATE INDEX ix_ledger_entries_payee_posted_period ON ledger_entries (payee, posted_period)
--;
CREATE INDEX ix_ledger_entries_line ON ledger_entries (line)
--;
CREATE TRIGGER tr_ledger_entries_no_update BEFORE UPDATE ON ledger_entries BEGIN
  SELECT RAISE(ABORT, 'ledger_entries is insert-only');
END
--;
CREATE TRIGGER tr_ledger_entries_no_delete BEFORE DELETE ON ledger_entries BEGIN
  SELECT RAISE(ABORT, 'ledger_entries is insert-only');
END
--;
CREATE TRIGGER tr_ledger_entries_open_period BEFORE INSERT ON ledger_entries WHEN (SELECT state FROM periods WHERE id = NEW.posted_period) IS NOT 'open' BEGIN
  SELECT RAISE(ABORT, 'entries are posted in an open period only');
END
--;
CREATE TRIGGER tr_ledger_entries_approved_run BEFORE INSERT ON ledger_entries WHEN NEW.run IS NOT NULL AND (SELECT state FROM runs WHERE id = NEW.run) IS 'draft' BEGIN
  SELECT RAISE(ABORT, 'a draft run is not posted');
END
--;
CREATE TABLE exports (
  seq INTEGER NOT NULL CONSTRAINT ck_exports_seq_counts_from_one CHECK (seq > 0),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  format TEXT NOT NULL,
  run TEXT,
  period TEXT NOT NULL,
  filename TEXT NOT NULL,
  sha256 TEXT NOT NULL CONSTRAINT ck_exports_sha256_is_sha256 CHECK (length(sha256) = 64),
  row_count INTEGER NOT NULL,
  totals TEXT NOT NULL,
  release TEXT NOT NULL,
  ledger_seq INTEGER NOT NULL,
  ledger_hash TEXT NOT NULL CONSTRAINT ck_exports_ledger_hash_is_sha256 CHECK (length(ledger_hash) = 64),
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  duplicate_of TEXT,
  hash TEXT NOT NULL CONSTRAINT ck_exports_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_exports PRIMARY KEY (seq),
  CONSTRAINT uq_exports_id UNIQUE (id),
  CONSTRAINT fk_exports_run FOREIGN KEY(run) REFERENCES runs (id),
  CONSTRAINT fk_exports_duplicate_of FOREIGN KEY(duplicate_of) REFERENCES exports (id)
)
 STRICT
--;
CREATE INDEX ix_exports_run ON exports (run)
--;
CREATE INDEX ix_exports_period_seq ON exports (period, seq)
--;
CREATE TRIGGER tr_exports_no_update BEFORE UPDATE ON exports BEGIN
  SELECT RAISE(ABORT, 'exports is insert-only');
END
--;
CREATE TRIGGER tr_exports_no_delete BEFORE DELETE ON exports BEGIN
  SELECT RAISE(ABORT, 'exports is insert-only');
END
