CREATE TABLE users (
  name TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  password_hash TEXT COLLATE "C" NOT NULL,
  language TEXT COLLATE "C" NOT NULL CONSTRAINT ck_users_language_is_known CHECK (language IN ('en', 'zh')),
  disabled INTEGER NOT NULL CONSTRAINT ck_users_disabled_is_0_or_1 CHECK (disabled IN (0, 1)),
  made_at BIGINT NOT NULL,
  CONSTRAINT pk_users PRIMARY KEY (name)
)
--;
CREATE INDEX ix_users_person ON users (person)
--;
COMMENT ON TABLE users IS 'Somebody who may sign in; person is their id in the records, or empty'
--;
CREATE TABLE releases (
  seq BIGINT NOT NULL CONSTRAINT ck_releases_seq_counts_from_one CHECK (seq > 0),
  fingerprint TEXT COLLATE "C" NOT NULL CONSTRAINT ck_releases_fingerprint_is_sha256 CHECK (length(fingerprint) = 64),
  author TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  in_force_from TEXT COLLATE "C" NOT NULL CONSTRAINT ck_releases_in_force_from_is_a_date CHECK (length(in_force_from) = 10),
  state TEXT COLLATE "C" NOT NULL CONSTRAINT ck_releases_state_is_known CHECK (state IN ('proposed', 'approved', 'rejected')),
  decided_by TEXT COLLATE "C",
  decided_at BIGINT,
  decision_reason TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_releases PRIMARY KEY (seq),
  CONSTRAINT ck_releases_two_people CHECK (decided_by <> author),
  CONSTRAINT ck_releases_decided_by_somebody CHECK ((state = 'proposed') = (decided_by IS NULL))
)
--;
CREATE INDEX ix_releases_state_in_force_from_seq ON releases (state, in_force_from, seq)
--;
CREATE INDEX ix_releases_fingerprint ON releases (fingerprint)
--;
COMMENT ON TABLE releases IS 'A rulebook as it was proposed, approved or rejected, and from when it is in force'
--;
CREATE FUNCTION fn_releases_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'proposed' OR NEW.seq IS DISTINCT FROM OLD.seq OR NEW.fingerprint IS DISTINCT FROM OLD.fingerprint OR NEW.author IS DISTINCT FROM OLD.author OR NEW.reason IS DISTINCT FROM OLD.reason OR NEW.made_at IS DISTINCT FROM OLD.made_at OR NEW.in_force_from IS DISTINCT FROM OLD.in_force_from THEN RAISE EXCEPTION 'a release is decided once, and what it says is never changed'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_releases_decided_once BEFORE UPDATE ON releases
FOR EACH ROW EXECUTE FUNCTION fn_releases_decided_once()
--;
CREATE FUNCTION fn_releases_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.seq > 0 THEN RAISE EXCEPTION 'releases are never deleted'; END IF;
  RETURN OLD;
END $$
--;
CREATE TRIGGER tr_releases_kept BEFORE DELETE ON releases
FOR EACH ROW EXECUTE FUNCTION fn_releases_kept()
--;
CREATE TABLE chain_heads (
  chain TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CONSTRAINT ck_chain_heads_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_chain_heads PRIMARY KEY (chain)
)
--;
COMMENT ON TABLE chain_heads IS 'The last number and hash of each gapless chain; locking it is what makes commits come in order'
--;
CREATE TABLE events (
  seq BIGINT NOT NULL CONSTRAINT ck_events_seq_counts_from_one CHECK (seq > 0),
  source TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  day TEXT COLLATE "C" NOT NULL CONSTRAINT ck_events_day_is_a_date CHECK (length(day) = 10),
  actor TEXT COLLATE "C" NOT NULL,
  mode TEXT COLLATE "C" NOT NULL CONSTRAINT ck_events_mode_is_known CHECK (mode IN ('live', 'history')),
  recorded_at BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  content_hash TEXT COLLATE "C" NOT NULL CONSTRAINT ck_events_content_hash_is_sha256 CHECK (length(content_hash) = 64),
  hash TEXT COLLATE "C" NOT NULL CONSTRAINT ck_events_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_events PRIMARY KEY (seq),
  CONSTRAINT uq_events_source_key UNIQUE (source, key)
)
--;
CREATE INDEX ix_events_subject_at ON events (subject, at)
--;
COMMENT ON TABLE events IS 'One thing that happened, recorded once for ever'
--;
CREATE FUNCTION fn_events_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'events is insert-only'; END $$
--;
CREATE TRIGGER tr_events_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION fn_events_insert_only()
--;
CREATE TABLE audit (
  seq BIGINT NOT NULL CONSTRAINT ck_audit_seq_counts_from_one CHECK (seq > 0),
  at BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  particulars TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CONSTRAINT ck_audit_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_audit PRIMARY KEY (seq)
)
--;
CREATE INDEX ix_audit_subject_seq ON audit (subject, seq)
--;
CREATE INDEX ix_audit_actor_seq ON audit (actor, seq)
--;
COMMENT ON TABLE audit IS 'Who did or saw what, chained by hashes'
--;
CREATE FUNCTION fn_audit_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit is insert-only'; END $$
--;
CREATE TRIGGER tr_audit_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION fn_audit_insert_only()
--;
CREATE TABLE periods (
  id TEXT COLLATE "C" NOT NULL,
  from_on TEXT COLLATE "C" NOT NULL CONSTRAINT ck_periods_from_on_is_a_date CHECK (length(from_on) = 10),
  until_on TEXT COLLATE "C" NOT NULL CONSTRAINT ck_periods_until_on_is_a_date CHECK (length(until_on) = 10),
  state TEXT COLLATE "C" NOT NULL CONSTRAINT ck_periods_state_is_known CHECK (state IN ('future', 'open', 'closed')),
  CONSTRAINT pk_periods PRIMARY KEY (id),
  CONSTRAINT ck_periods_begins_before_it_ends CHECK (from_on < until_on)
)
--;
CREATE INDEX ix_periods_from_on ON periods (from_on)
--;
COMMENT ON TABLE periods IS 'A span [from, until) that entries are posted in; closed is for ever'
--;
CREATE FUNCTION fn_periods_closed_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'closed' OR NEW.id IS DISTINCT FROM OLD.id OR NEW.from_on IS DISTINCT FROM OLD.from_on OR NEW.until_on IS DISTINCT FROM OLD.until_on THEN RAISE EXCEPTION 'a closed period stays closed, and a period keeps its days'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_periods_closed_for_ever BEFORE UPDATE ON periods
FOR EACH ROW EXECUTE FUNCTION fn_periods_closed_for_ever()
--;
CREATE FUNCTION fn_periods_closed_with_manifest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'closed' AND NOT EXISTS (SELECT 1 FROM closes WHERE closes.period = NEW.id) THEN RAISE EXCEPTION 'a period is closed with its manifest only'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_periods_closed_with_manifest BEFORE UPDATE ON periods
FOR EACH ROW EXECUTE FUNCTION fn_periods_closed_with_manifest()
--;
CREATE FUNCTION fn_periods_opened_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'closed' THEN RAISE EXCEPTION 'a period is closed with its manifest only'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_periods_opened_first BEFORE INSERT ON periods
FOR EACH ROW EXECUTE FUNCTION fn_periods_opened_first()
--;
CREATE FUNCTION fn_periods_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'future' THEN RAISE EXCEPTION 'a period that was opened is never deleted'; END IF;
  RETURN OLD;
END $$
--;
CREATE TRIGGER tr_periods_kept BEFORE DELETE ON periods
FOR EACH ROW EXECUTE FUNCTION fn_periods_kept()
--;
CREATE TABLE people (
  id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_zh TEXT COLLATE "C" NOT NULL,
  joined_on TEXT COLLATE "C" NOT NULL CONSTRAINT ck_people_joined_on_is_a_date CHECK (length(joined_on) = 10),
  left_on TEXT COLLATE "C" CONSTRAINT ck_people_left_on_is_a_date CHECK (length(left_on) = 10),
  role TEXT COLLATE "C" NOT NULL,
  team TEXT COLLATE "C" NOT NULL,
  manager TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_people PRIMARY KEY (id)
)
--;
COMMENT ON TABLE people IS 'Somebody who works here; role, team and manager as of their last version'
--;
CREATE TABLE accounts (
  id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C" NOT NULL,
  created_on TEXT COLLATE "C" NOT NULL CONSTRAINT ck_accounts_created_on_is_a_date CHECK (length(created_on) = 10),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_accounts PRIMARY KEY (id)
)
--;
COMMENT ON TABLE accounts IS 'A customer company'
--;
CREATE TABLE deals (
  id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  pipeline TEXT COLLATE "C" NOT NULL,
  stage TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL CONSTRAINT ck_deals_status_is_known CHECK (status IN ('open', 'won', 'lost', 'cancelled')),
  owner TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  partner TEXT COLLATE "C" NOT NULL,
  amount_minor BIGINT CONSTRAINT ck_deals_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT COLLATE "C" CONSTRAINT ck_deals_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  created_at BIGINT NOT NULL,
  entered_stage_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  last_touch_at BIGINT,
  won_on TEXT COLLATE "C" CONSTRAINT ck_deals_won_on_is_a_date CHECK (length(won_on) = 10),
  undone_on TEXT COLLATE "C" CONSTRAINT ck_deals_undone_on_is_a_date CHECK (length(undone_on) = 10),
  due_at BIGINT,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_deals PRIMARY KEY (id)
)
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
COMMENT ON TABLE deals IS 'A possible sale'
--;
CREATE TABLE partners (
  id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  channel TEXT COLLATE "C" NOT NULL,
  programme TEXT COLLATE "C" NOT NULL,
  manager TEXT COLLATE "C" NOT NULL,
  partner_tier TEXT COLLATE "C" NOT NULL,
  joined_on TEXT COLLATE "C" NOT NULL CONSTRAINT ck_partners_joined_on_is_a_date CHECK (length(joined_on) = 10),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_partners PRIMARY KEY (id)
)
--;
COMMENT ON TABLE partners IS 'A company that sells with or for us'
--;
CREATE TABLE registrations (
  id TEXT COLLATE "C" NOT NULL,
  partner TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  product_line TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  requested_on TEXT COLLATE "C" NOT NULL CONSTRAINT ck_registrations_requested_on_is_a_date CHECK (length(requested_on) = 10),
  until_on TEXT COLLATE "C" CONSTRAINT ck_registrations_until_on_is_a_date CHECK (length(until_on) = 10),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_registrations PRIMARY KEY (id)
)
--;
CREATE INDEX ix_registrations_account_requested_on_id ON registrations (account, requested_on, id)
--;
CREATE INDEX ix_registrations_partner_state ON registrations (partner, state)
--;
CREATE INDEX ix_registrations_state_until_on ON registrations (state, until_on)
--;
COMMENT ON TABLE registrations IS 'A partner''s claim to a deal'
--;
CREATE TABLE quotas (
  id TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  measure TEXT COLLATE "C" NOT NULL,
  period TEXT COLLATE "C" NOT NULL,
  amount_minor BIGINT NOT NULL CONSTRAINT ck_quotas_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_quotas_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_quotas PRIMARY KEY (id)
)
--;
CREATE INDEX ix_quotas_person_measure_period ON quotas (person, measure, period)
--;
COMMENT ON TABLE quotas IS 'What a payee is expected to reach of a measure in a period'
--;
CREATE TABLE touches (
  kind TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  day TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  CONSTRAINT pk_touches PRIMARY KEY (kind, subject, name, day)
)
--;
CREATE INDEX ix_touches_version ON touches (version)
--;
COMMENT ON TABLE touches IS 'At which version of the records a credit, grant, quota or receipt of a pay window last changed'
--;
CREATE TABLE user_roles (
  name TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL CONSTRAINT ck_user_roles_role_is_known CHECK (role IN ('rep', 'manager', 'ops', 'finance', 'admin', 'auditor')),
  CONSTRAINT pk_user_roles PRIMARY KEY (name, role),
  CONSTRAINT fk_user_roles_name FOREIGN KEY(name) REFERENCES users (name)
)
--;
COMMENT ON TABLE user_roles IS 'What a user may do'
--;
CREATE TABLE sessions (
  token_hash TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  idle_until BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (token_hash),
  CONSTRAINT ck_sessions_token_hash_is_sha256 CHECK (length(token_hash) = 64),
  CONSTRAINT fk_sessions_name FOREIGN KEY(name) REFERENCES users (name)
)
--;
CREATE INDEX ix_sessions_ends_at ON sessions (ends_at)
--;
CREATE INDEX ix_sessions_name ON sessions (name)
--;
COMMENT ON TABLE sessions IS 'One signed-in browser; the token itself is known to the browser alone'
--;
CREATE TABLE release_files (
  release BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  CONSTRAINT uq_release_files_release_path UNIQUE (release, path),
  CONSTRAINT fk_release_files_release FOREIGN KEY(release) REFERENCES releases (seq)
)
--;
COMMENT ON TABLE release_files IS 'The exact text of one file of a release'
--;
CREATE FUNCTION fn_release_files_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'release_files is insert-only'; END $$
--;
CREATE TRIGGER tr_release_files_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON release_files
FOR EACH STATEMENT EXECUTE FUNCTION fn_release_files_insert_only()
--;
CREATE TABLE outcomes (
  event_seq BIGINT NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CONSTRAINT ck_outcomes_kind_is_known CHECK (kind IN ('kept', 'withdrawn', 'refused', 'overridden', 'told', 'passed')),
  what TEXT COLLATE "C" NOT NULL,
  subject_kind TEXT COLLATE "C" NOT NULL,
  subject_id TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C",
  payload TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_outcomes PRIMARY KEY (event_seq, number),
  CONSTRAINT fk_outcomes_event_seq FOREIGN KEY(event_seq) REFERENCES events (seq)
)
--;
CREATE INDEX ix_outcomes_subject_id_event_seq ON outcomes (subject_id, event_seq)
--;
CREATE INDEX ix_outcomes_deal_event_seq ON outcomes (deal, event_seq)
--;
COMMENT ON TABLE outcomes IS 'One decision that an event led to, in the order of deciding'
--;
CREATE FUNCTION fn_outcomes_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'outcomes is insert-only'; END $$
--;
CREATE TRIGGER tr_outcomes_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON outcomes
FOR EACH STATEMENT EXECUTE FUNCTION fn_outcomes_insert_only()
--;
CREATE TABLE quarantine (
  event_seq BIGINT NOT NULL,
  code TEXT COLLATE "C" NOT NULL,
  params TEXT COLLATE "C" NOT NULL,
  waits_for TEXT COLLATE "C" NOT NULL,
  since_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL CONSTRAINT ck_quarantine_state_is_known CHECK (state IN ('waiting', 'released')),
  released_at BIGINT,
  CONSTRAINT pk_quarantine PRIMARY KEY (event_seq),
  CONSTRAINT fk_quarantine_event_seq FOREIGN KEY(event_seq) REFERENCES events (seq)
)
--;
CREATE INDEX ix_quarantine_state_waits_for ON quarantine (state, waits_for)
--;
COMMENT ON TABLE quarantine IS 'An event that could not be evaluated, why, and what it waits for'
--;
CREATE TABLE outbox (
  id TEXT COLLATE "C" NOT NULL,
  event_seq BIGINT NOT NULL,
  recipient TEXT COLLATE "C" NOT NULL,
  template TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C" NOT NULL,
  cause TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL CONSTRAINT ck_outbox_state_is_known CHECK (state IN ('waiting', 'claimed', 'sent', 'failed')),
  claimed_until BIGINT,
  tries BIGINT NOT NULL,
  sent_at BIGINT,
  last_error TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_outbox PRIMARY KEY (id),
  CONSTRAINT fk_outbox_event_seq FOREIGN KEY(event_seq) REFERENCES events (seq)
)
--;
CREATE INDEX ix_outbox_state_made_at_id ON outbox (state, made_at, id)
--;
COMMENT ON TABLE outbox IS 'One message that is to leave the house, written in the transaction that caused it'
--;
CREATE TABLE closes (
  seq BIGINT NOT NULL CONSTRAINT ck_closes_seq_counts_from_one CHECK (seq > 0),
  period TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  approved_by TEXT COLLATE "C" NOT NULL,
  approved_at BIGINT NOT NULL,
  release TEXT COLLATE "C" NOT NULL,
  manifest TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CONSTRAINT ck_closes_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_closes PRIMARY KEY (seq),
  CONSTRAINT uq_closes_period UNIQUE (period),
  CONSTRAINT ck_closes_two_people CHECK (approved_by <> made_by),
  CONSTRAINT fk_closes_period FOREIGN KEY(period) REFERENCES periods (id)
)
--;
COMMENT ON TABLE closes IS 'The close of a period: totals, counts, heads of the chains, fingerprint, and who signed'
--;
CREATE FUNCTION fn_closes_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'closes is insert-only'; END $$
--;
CREATE TRIGGER tr_closes_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON closes
FOR EACH STATEMENT EXECUTE FUNCTION fn_closes_insert_only()
--;
CREATE TABLE runs (
  id TEXT COLLATE "C" NOT NULL,
  period TEXT COLLATE "C" NOT NULL,
  after TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL CONSTRAINT ck_runs_state_is_known CHECK (state IN ('draft', 'approved', 'posted', 'exported')),
  contents TEXT COLLATE "C" NOT NULL,
  count BIGINT NOT NULL,
  totals TEXT COLLATE "C" NOT NULL,
  release TEXT COLLATE "C" NOT NULL,
  watermark BIGINT NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  approved_by TEXT COLLATE "C",
  approved_at BIGINT,
  posted_by TEXT COLLATE "C",
  posted_at BIGINT,
  exported_by TEXT COLLATE "C",
  exported_at BIGINT,
  CONSTRAINT pk_runs PRIMARY KEY (id),
  CONSTRAINT ck_runs_two_people CHECK (approved_by <> made_by),
  CONSTRAINT ck_runs_approved_by_somebody CHECK ((state = 'draft') = (approved_by IS NULL)),
  CONSTRAINT ck_runs_posted_by_somebody CHECK ((state IN ('posted', 'exported')) = (posted_by IS NOT NULL)),
  CONSTRAINT fk_runs_period FOREIGN KEY(period) REFERENCES periods (id)
)
--;
CREATE INDEX ix_runs_period_made_at ON runs (period, made_at)
--;
CREATE INDEX ix_runs_state_made_at ON runs (state, made_at)
--;
COMMENT ON TABLE runs IS 'One computation of what is owed for a period, on its way to the ledger'
--;
CREATE FUNCTION fn_runs_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ('draft>approved', 'approved>posted', 'posted>exported', 'approved>draft') THEN RAISE EXCEPTION 'a run goes from draft to approved to posted to exported'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_runs_forward BEFORE UPDATE ON runs
FOR EACH ROW EXECUTE FUNCTION fn_runs_forward()
--;
CREATE FUNCTION fn_runs_contents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id IS DISTINCT FROM OLD.id OR NEW.period IS DISTINCT FROM OLD.period OR NEW.after IS DISTINCT FROM OLD.after OR NEW.contents IS DISTINCT FROM OLD.contents OR NEW.count IS DISTINCT FROM OLD.count OR NEW.totals IS DISTINCT FROM OLD.totals OR NEW.release IS DISTINCT FROM OLD.release OR NEW.watermark IS DISTINCT FROM OLD.watermark OR NEW.made_by IS DISTINCT FROM OLD.made_by OR NEW.made_at IS DISTINCT FROM OLD.made_at THEN RAISE EXCEPTION 'what a run contains is never changed; make another'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_runs_contents BEFORE UPDATE ON runs
FOR EACH ROW EXECUTE FUNCTION fn_runs_contents()
--;
CREATE FUNCTION fn_runs_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' THEN RAISE EXCEPTION 'only a draft run may be deleted'; END IF;
  RETURN OLD;
END $$
--;
CREATE TRIGGER tr_runs_kept BEFORE DELETE ON runs
FOR EACH ROW EXECUTE FUNCTION fn_runs_kept()
--;
CREATE TABLE activities (
  id TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  outcome TEXT COLLATE "C" NOT NULL,
  channel TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  day TEXT COLLATE "C" NOT NULL CONSTRAINT ck_activities_day_is_a_date CHECK (length(day) = 10),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_activities PRIMARY KEY (id),
  CONSTRAINT fk_activities_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_activities_deal_at_id ON activities (deal, at, id)
--;
CREATE INDEX ix_activities_person_day ON activities (person, day)
--;
COMMENT ON TABLE activities IS 'One logged touch'
--;
CREATE TABLE receipts (
  id TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CONSTRAINT ck_receipts_kind_is_known CHECK (kind IN ('payment', 'invoice', 'credit_note')),
  amount_minor BIGINT NOT NULL CONSTRAINT ck_receipts_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_receipts_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  at BIGINT NOT NULL,
  day TEXT COLLATE "C" NOT NULL CONSTRAINT ck_receipts_day_is_a_date CHECK (length(day) = 10),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_receipts PRIMARY KEY (id),
  CONSTRAINT fk_receipts_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_receipts_deal_at_id ON receipts (deal, at, id)
--;
CREATE INDEX ix_receipts_kind_day ON receipts (kind, day)
--;
COMMENT ON TABLE receipts IS 'Money that moved for a deal'
--;
CREATE TABLE enrolments (
  id TEXT COLLATE "C" NOT NULL,
  cadence TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C" NOT NULL,
  step TEXT COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  due_at BIGINT,
  ended_as TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_enrolments PRIMARY KEY (id),
  CONSTRAINT fk_enrolments_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_enrolments_deal_started_at_id ON enrolments (deal, started_at, id)
--;
CREATE INDEX ix_enrolments_due_at_id ON enrolments (due_at, id) WHERE due_at IS NOT NULL
--;
COMMENT ON TABLE enrolments IS 'One deal going through one cadence version'
--;
CREATE TABLE tasks (
  id TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C",
  purpose TEXT COLLATE "C" NOT NULL,
  enrolment TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL CONSTRAINT ck_tasks_status_is_known CHECK (status IN ('open', 'done', 'skipped', 'cancelled')),
  priority BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  snoozed_until BIGINT,
  ended_at BIGINT,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_tasks PRIMARY KEY (id),
  CONSTRAINT fk_tasks_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_tasks_deal_made_at_id ON tasks (deal, made_at, id)
--;
CREATE INDEX ix_tasks_status_due_at_id ON tasks (status, due_at, id)
--;
CREATE INDEX ix_tasks_owner_status_due_at_id_snoozed_until ON tasks (owner, status, due_at, id, snoozed_until)
--;
COMMENT ON TABLE tasks IS 'One thing a named person must do'
--;
CREATE TABLE credits (
  id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  payee TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C",
  event TEXT COLLATE "C" NOT NULL,
  day TEXT COLLATE "C" NOT NULL CONSTRAINT ck_credits_day_is_a_date CHECK (length(day) = 10),
  at BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CONSTRAINT ck_credits_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_credits_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  source_minor BIGINT NOT NULL CONSTRAINT ck_credits_source_minor_in_range CHECK (source_minor BETWEEN -1000000000000000 AND 1000000000000000),
  source_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_credits_source_currency_has_3_letters CHECK (length(source_currency) = 3),
  share TEXT COLLATE "C" NOT NULL,
  form TEXT COLLATE "C" NOT NULL CONSTRAINT ck_credits_form_is_known CHECK (form IN ('direct', 'overlay')),
  plan TEXT COLLATE "C" NOT NULL,
  rate TEXT COLLATE "C" NOT NULL,
  undone_on TEXT COLLATE "C" CONSTRAINT ck_credits_undone_on_is_a_date CHECK (length(undone_on) = 10),
  withdrawn INTEGER NOT NULL CONSTRAINT ck_credits_withdrawn_is_0_or_1 CHECK (withdrawn IN (0, 1)),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_credits PRIMARY KEY (id),
  CONSTRAINT fk_credits_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_credits_payee_name_day ON credits (payee, name, day)
--;
CREATE INDEX ix_credits_deal_at_id ON credits (deal, at, id)
--;
CREATE INDEX ix_credits_event ON credits (event)
--;
COMMENT ON TABLE credits IS 'Who gets how much of an event, for one measure; withdrawn ones stay in sight and count for nothing'
--;
CREATE TABLE grants (
  id TEXT COLLATE "C" NOT NULL,
  component TEXT COLLATE "C" NOT NULL,
  plan TEXT COLLATE "C" NOT NULL,
  payee TEXT COLLATE "C" NOT NULL,
  deal TEXT COLLATE "C",
  event TEXT COLLATE "C" NOT NULL,
  day TEXT COLLATE "C" NOT NULL CONSTRAINT ck_grants_day_is_a_date CHECK (length(day) = 10),
  at BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CONSTRAINT ck_grants_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_grants_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  undone_on TEXT COLLATE "C" CONSTRAINT ck_grants_undone_on_is_a_date CHECK (length(undone_on) = 10),
  withdrawn INTEGER NOT NULL CONSTRAINT ck_grants_withdrawn_is_0_or_1 CHECK (withdrawn IN (0, 1)),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_grants PRIMARY KEY (id),
  CONSTRAINT fk_grants_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_grants_payee_component_day ON grants (payee, component, day)
--;
CREATE INDEX ix_grants_deal_at_id ON grants (deal, at, id)
--;
COMMENT ON TABLE grants IS 'A bonus or referral fee that one event earned; withdrawn ones stay in sight and count for nothing'
--;
CREATE TABLE run_entries (
  run TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  entry TEXT COLLATE "C" NOT NULL,
  payee TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_run_entries PRIMARY KEY (run, number),
  CONSTRAINT fk_run_entries_run FOREIGN KEY(run) REFERENCES runs (id)
)
--;
CREATE INDEX ix_run_entries_run_payee ON run_entries (run, payee)
--;
COMMENT ON TABLE run_entries IS 'An entry that a run proposes; what is approved is what is posted'
--;
CREATE FUNCTION fn_run_entries_draft_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM runs WHERE id = NEW.run) IS DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'the run entries of a run that is no draft are never changed'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_run_entries_draft_insert BEFORE INSERT ON run_entries
FOR EACH ROW EXECUTE FUNCTION fn_run_entries_draft_insert()
--;
CREATE FUNCTION fn_run_entries_draft_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM runs WHERE id = OLD.run) IS DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'the run entries of a run that is no draft are never changed'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_run_entries_draft_update BEFORE UPDATE ON run_entries
FOR EACH ROW EXECUTE FUNCTION fn_run_entries_draft_update()
--;
CREATE FUNCTION fn_run_entries_draft_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM runs WHERE id = OLD.run) IS DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'the run entries of a run that is no draft are never changed'; END IF;
  RETURN OLD;
END $$
--;
CREATE TRIGGER tr_run_entries_draft_delete BEFORE DELETE ON run_entries
FOR EACH ROW EXECUTE FUNCTION fn_run_entries_draft_delete()
--;
CREATE TABLE earning_lines (
  run TEXT COLLATE "C" NOT NULL,
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
  day TEXT COLLATE "C" NOT NULL CONSTRAINT ck_earning_lines_day_is_a_date CHECK (length(day) = 10),
  earned_minor BIGINT NOT NULL CONSTRAINT ck_earning_lines_earned_minor_in_range CHECK (earned_minor BETWEEN -1000000000000000 AND 1000000000000000),
  earned_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_earning_lines_earned_currency_has_3_letters CHECK (length(earned_currency) = 3),
  released_minor BIGINT NOT NULL CONSTRAINT ck_earning_lines_released_minor_in_range CHECK (released_minor BETWEEN -1000000000000000 AND 1000000000000000),
  released_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_earning_lines_released_currency_has_3_letters CHECK (length(released_currency) = 3),
  body TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_earning_lines PRIMARY KEY (run, key),
  CONSTRAINT fk_earning_lines_run FOREIGN KEY(run) REFERENCES runs (id)
)
--;
CREATE INDEX ix_earning_lines_payee_earned_period ON earning_lines (payee, earned_period)
--;
CREATE INDEX ix_earning_lines_run_payee ON earning_lines (run, payee)
--;
CREATE INDEX ix_earning_lines_key ON earning_lines (key)
--;
COMMENT ON TABLE earning_lines IS 'What one source earned for one payee as a run computed it, with its arithmetic'
--;
CREATE FUNCTION fn_earning_lines_draft_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM runs WHERE id = NEW.run) IS DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'the earning lines of a run that is no draft are never changed'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_earning_lines_draft_insert BEFORE INSERT ON earning_lines
FOR EACH ROW EXECUTE FUNCTION fn_earning_lines_draft_insert()
--;
CREATE FUNCTION fn_earning_lines_draft_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM runs WHERE id = OLD.run) IS DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'the earning lines of a run that is no draft are never changed'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_earning_lines_draft_update BEFORE UPDATE ON earning_lines
FOR EACH ROW EXECUTE FUNCTION fn_earning_lines_draft_update()
--;
CREATE FUNCTION fn_earning_lines_draft_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM runs WHERE id = OLD.run) IS DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'the earning lines of a run that is no draft are never changed'; END IF;
  RETURN OLD;
END $$
--;
CREATE TRIGGER tr_earning_lines_draft_delete BEFORE DELETE ON earning_lines
FOR EACH ROW EXECUTE FUNCTION fn_earning_lines_draft_delete()
--;
CREATE TABLE ledger_entries (
  seq BIGINT NOT NULL CONSTRAINT ck_ledger_entries_seq_counts_from_one CHECK (seq > 0),
  id TEXT COLLATE "C" NOT NULL,
  run TEXT COLLATE "C",
  kind TEXT COLLATE "C" NOT NULL CONSTRAINT ck_ledger_entries_kind_is_known CHECK (kind IN ('earned', 'released', 'reversed', 'paid', 'adjustment')),
  debit TEXT COLLATE "C" NOT NULL CONSTRAINT ck_ledger_entries_debit_is_known CHECK (debit IN ('expense', 'held', 'payable', 'paid')),
  credit TEXT COLLATE "C" NOT NULL CONSTRAINT ck_ledger_entries_credit_is_known CHECK (credit IN ('expense', 'held', 'payable', 'paid')),
  payee TEXT COLLATE "C" NOT NULL,
  amount_minor BIGINT NOT NULL CONSTRAINT ck_ledger_entries_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT COLLATE "C" NOT NULL CONSTRAINT ck_ledger_entries_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  line TEXT COLLATE "C" NOT NULL,
  earned_period TEXT COLLATE "C" NOT NULL,
  posted_period TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  particulars TEXT COLLATE "C" NOT NULL,
  event TEXT COLLATE "C" NOT NULL,
  rule TEXT COLLATE "C" NOT NULL,
  reverses TEXT COLLATE "C",
  actor TEXT COLLATE "C" NOT NULL,
  note TEXT COLLATE "C" NOT NULL,
  posted_at BIGINT NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CONSTRAINT ck_ledger_entries_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_ledger_entries PRIMARY KEY (seq),
  CONSTRAINT uq_ledger_entries_id UNIQUE (id),
  CONSTRAINT ck_ledger_entries_amount_is_positive CHECK (amount_minor > 0),
  CONSTRAINT ck_ledger_entries_two_accounts CHECK (debit <> credit),
  CONSTRAINT ck_ledger_entries_by_a_run_or_a_person CHECK (kind = 'adjustment' OR run IS NOT NULL),
  CONSTRAINT fk_ledger_entries_run FOREIGN KEY(run) REFERENCES runs (id),
  CONSTRAINT fk_ledger_entries_posted_period FOREIGN KEY(posted_period) REFERENCES periods (id),
  CONSTRAINT fk_ledger_entries_reverses FOREIGN KEY(reverses) REFERENCES ledger_entries (id)
)
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
COMMENT ON TABLE ledger_entries IS 'One movement of money between two accounts of a payee, posted for ever'
--;
CREATE FUNCTION fn_ledger_entries_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'ledger_entries is insert-only'; END $$
--;
CREATE TRIGGER tr_ledger_entries_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
FOR EACH STATEMENT EXECUTE FUNCTION fn_ledger_entries_insert_only()
--;
CREATE FUNCTION fn_ledger_entries_open_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM periods WHERE id = NEW.posted_period) IS DISTINCT FROM 'open' THEN RAISE EXCEPTION 'entries are posted in an open period only'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_ledger_entries_open_period BEFORE INSERT ON ledger_entries
FOR EACH ROW EXECUTE FUNCTION fn_ledger_entries_open_period()
--;
CREATE FUNCTION fn_ledger_entries_approved_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.run IS NOT NULL AND (SELECT state FROM runs WHERE id = NEW.run) IS NOT DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'a draft run is not posted'; END IF;
  RETURN NEW;
END $$
--;
CREATE TRIGGER tr_ledger_entries_approved_run BEFORE INSERT ON ledger_entries
FOR EACH ROW EXECUTE FUNCTION fn_ledger_entries_approved_run()
--;
CREATE TABLE exports (
  seq BIGINT NOT NULL CONSTRAINT ck_exports_seq_counts_from_one CHECK (seq > 0),
  id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  format TEXT COLLATE "C" NOT NULL,
  run TEXT COLLATE "C",
  period TEXT COLLATE "C" NOT NULL,
  filename TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL CONSTRAINT ck_exports_sha256_is_sha256 CHECK (length(sha256) = 64),
  row_count BIGINT NOT NULL,
  totals TEXT COLLATE "C" NOT NULL,
  release TEXT COLLATE "C" NOT NULL,
  ledger_seq BIGINT NOT NULL,
  ledger_hash TEXT COLLATE "C" NOT NULL CONSTRAINT ck_exports_ledger_hash_is_sha256 CHECK (length(ledger_hash) = 64),
  made_by TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  duplicate_of TEXT COLLATE "C",
  hash TEXT COLLATE "C" NOT NULL CONSTRAINT ck_exports_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_exports PRIMARY KEY (seq),
  CONSTRAINT uq_exports_id UNIQUE (id),
  CONSTRAINT fk_exports_run FOREIGN KEY(run) REFERENCES runs (id),
  CONSTRAINT fk_exports_duplicate_of FOREIGN KEY(duplicate_of) REFERENCES exports (id)
)
--;
CREATE INDEX ix_exports_run ON exports (run)
--;
CREATE INDEX ix_exports_period_seq ON exports (period, seq)
--;
COMMENT ON TABLE exports IS 'A file that left the house: its hash, its rows and its control totals'
--;
CREATE FUNCTION fn_exports_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'exports is insert-only'; END $$
--;
CREATE TRIGGER tr_exports_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON exports
FOR EACH STATEMENT EXECUTE FUNCTION fn_exports_insert_only()
