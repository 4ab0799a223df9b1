CREATE TABLE chain_heads (
  chain TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL CONSTRAINT ck_chain_heads_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_chain_heads PRIMARY KEY (chain)
)
--;
COMMENT ON TABLE chain_heads IS 'The last number and hash of each gapless chain; locking it is what makes commits come in order'
--;
CREATE TABLE events (
  seq BIGINT NOT NULL CONSTRAINT ck_events_seq_counts_from_one CHECK (seq > 0),
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  at BIGINT NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_events_day_is_a_date CHECK (length(day) = 10),
  actor TEXT NOT NULL,
  mode TEXT NOT NULL CONSTRAINT ck_events_mode_is_known CHECK (mode IN ('live', 'history')),
  recorded_at BIGINT NOT NULL,
  body TEXT NOT NULL,
  content_hash TEXT NOT NULL CONSTRAINT ck_events_content_hash_is_sha256 CHECK (length(content_hash) = 64),
  hash TEXT NOT NULL CONSTRAINT ck_events_hash_is_sha256 CHECK (length(hash) = 64),
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
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  particulars TEXT NOT NULL,
  hash TEXT NOT NULL CONSTRAINT ck_audit_hash_is_sha256 CHECK (length(hash) = 64),
  CONSTRAINT pk_audit PRIMARY KEY (seq)
)
--;
CREATE INDEX ix_audit_actor_seq ON audit (actor, seq)
--;
CREATE INDEX ix_audit_subject_seq ON audit (subject, seq)
--;
COMMENT ON TABLE audit IS 'Who did or saw what, chained by hashes'
--;
CREATE FUNCTION fn_audit_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit is insert-only'; END $$
--;
CREATE TRIGGER tr_audit_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION fn_audit_insert_only()
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
--;
COMMENT ON TABLE people IS 'Somebody who works here; role, team and manager as of their last version'
--;
CREATE TABLE accounts (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  created_on TEXT NOT NULL CONSTRAINT ck_accounts_created_on_is_a_date CHECK (length(created_on) = 10),
  body TEXT NOT NULL,
  CONSTRAINT pk_accounts PRIMARY KEY (id)
)
--;
COMMENT ON TABLE accounts IS 'A customer company'
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
  amount_minor BIGINT CONSTRAINT ck_deals_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT CONSTRAINT ck_deals_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  created_at BIGINT NOT NULL,
  entered_stage_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  last_touch_at BIGINT,
  won_on TEXT CONSTRAINT ck_deals_won_on_is_a_date CHECK (length(won_on) = 10),
  undone_on TEXT CONSTRAINT ck_deals_undone_on_is_a_date CHECK (length(undone_on) = 10),
  due_at BIGINT,
  body TEXT NOT NULL,
  CONSTRAINT pk_deals PRIMARY KEY (id)
)
--;
CREATE INDEX ix_deals_owner_status_last_at_id ON deals (owner, status, last_at, id)
--;
CREATE INDEX ix_deals_status_last_at_id ON deals (status, last_at, id)
--;
CREATE INDEX ix_deals_due_at_id ON deals (due_at, id) WHERE due_at IS NOT NULL
--;
CREATE INDEX ix_deals_last_at_id ON deals (last_at, id)
--;
CREATE INDEX ix_deals_account ON deals (account)
--;
CREATE INDEX ix_deals_pipeline_stage_status_entered_stage_at ON deals (pipeline, stage, status, entered_stage_at)
--;
COMMENT ON TABLE deals IS 'A possible sale'
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
--;
COMMENT ON TABLE partners IS 'A company that sells with or for us'
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
--;
CREATE INDEX ix_registrations_partner_state ON registrations (partner, state)
--;
CREATE INDEX ix_registrations_account_requested_on_id ON registrations (account, requested_on, id)
--;
CREATE INDEX ix_registrations_state_until_on ON registrations (state, until_on)
--;
COMMENT ON TABLE registrations IS 'A partner''s claim to a deal'
--;
CREATE TABLE quotas (
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  measure TEXT NOT NULL,
  period TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CONSTRAINT ck_quotas_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT NOT NULL CONSTRAINT ck_quotas_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  body TEXT NOT NULL,
  CONSTRAINT pk_quotas PRIMARY KEY (id)
)
--;
CREATE INDEX ix_quotas_person_measure_period ON quotas (person, measure, period)
--;
COMMENT ON TABLE quotas IS 'What a payee is expected to reach of a measure in a period'
--;
CREATE TABLE touches (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  day TEXT NOT NULL,
  version BIGINT NOT NULL,
  CONSTRAINT pk_touches PRIMARY KEY (kind, subject, name, day)
)
--;
CREATE INDEX ix_touches_version ON touches (version)
--;
COMMENT ON TABLE touches IS 'At which version of the records a credit, grant, quota or receipt of a pay window last changed'
--;
CREATE TABLE outcomes (
  event_seq BIGINT NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT ck_outcomes_kind_is_known CHECK (kind IN ('kept', 'withdrawn', 'refused', 'overridden', 'told', 'passed')),
  what TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  deal TEXT,
  payload TEXT NOT NULL,
  CONSTRAINT pk_outcomes PRIMARY KEY (event_seq, number),
  CONSTRAINT fk_outcomes_event_seq FOREIGN KEY(event_seq) REFERENCES events (seq)
)
--;
CREATE INDEX ix_outcomes_deal_event_seq ON outcomes (deal, event_seq)
--;
CREATE INDEX ix_outcomes_subject_id_event_seq ON outcomes (subject_id, event_seq)
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
  code TEXT NOT NULL,
  params TEXT NOT NULL,
  waits_for TEXT NOT NULL,
  since_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  state TEXT NOT NULL CONSTRAINT ck_quarantine_state_is_known CHECK (state IN ('waiting', 'released')),
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
  id TEXT NOT NULL,
  event_seq BIGINT NOT NULL,
  recipient TEXT NOT NULL,
  template TEXT NOT NULL,
  deal TEXT NOT NULL,
  cause TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  state TEXT NOT NULL CONSTRAINT ck_outbox_state_is_known CHECK (state IN ('waiting', 'claimed', 'sent', 'failed')),
  claimed_until BIGINT,
  tries BIGINT NOT NULL,
  sent_at BIGINT,
  last_error TEXT NOT NULL,
  CONSTRAINT pk_outbox PRIMARY KEY (id),
  CONSTRAINT fk_outbox_event_seq FOREIGN KEY(event_seq) REFERENCES events (seq)
)
--;
CREATE INDEX ix_outbox_state_made_at_id ON outbox (state, made_at, id)
--;
COMMENT ON TABLE outbox IS 'One message that is to leave the house, written in the transaction that caused it'
--;
CREATE TABLE activities (
  id TEXT NOT NULL,
  deal TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  channel TEXT NOT NULL,
  person TEXT NOT NULL,
  at BIGINT NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_activities_day_is_a_date CHECK (length(day) = 10),
  body TEXT NOT NULL,
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
  id TEXT NOT NULL,
  deal TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT ck_receipts_kind_is_known CHECK (kind IN ('payment', 'invoice', 'credit_note')),
  amount_minor BIGINT NOT NULL CONSTRAINT ck_receipts_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT NOT NULL CONSTRAINT ck_receipts_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  at BIGINT NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_receipts_day_is_a_date CHECK (length(day) = 10),
  body TEXT NOT NULL,
  CONSTRAINT pk_receipts PRIMARY KEY (id),
  CONSTRAINT fk_receipts_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_receipts_kind_day ON receipts (kind, day)
--;
CREATE INDEX ix_receipts_deal_at_id ON receipts (deal, at, id)
--;
COMMENT ON TABLE receipts IS 'Money that moved for a deal'
--;
CREATE TABLE enrolments (
  id TEXT NOT NULL,
  cadence TEXT NOT NULL,
  deal TEXT NOT NULL,
  owner TEXT NOT NULL,
  step TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  due_at BIGINT,
  ended_as TEXT NOT NULL,
  body TEXT NOT NULL,
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
  id TEXT NOT NULL,
  owner TEXT NOT NULL,
  deal TEXT,
  purpose TEXT NOT NULL,
  enrolment TEXT NOT NULL,
  status TEXT NOT NULL CONSTRAINT ck_tasks_status_is_known CHECK (status IN ('open', 'done', 'skipped', 'cancelled')),
  priority BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  snoozed_until BIGINT,
  ended_at BIGINT,
  body TEXT NOT NULL,
  CONSTRAINT pk_tasks PRIMARY KEY (id),
  CONSTRAINT fk_tasks_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_tasks_deal_made_at_id ON tasks (deal, made_at, id)
--;
CREATE INDEX ix_tasks_owner_status_due_at_id ON tasks (owner, status, due_at, id)
--;
CREATE INDEX ix_tasks_status_due_at_id ON tasks (status, due_at, id)
--;
COMMENT ON TABLE tasks IS 'One thing a named person must do'
--;
CREATE TABLE credits (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  payee TEXT NOT NULL,
  deal TEXT,
  event TEXT NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_credits_day_is_a_date CHECK (length(day) = 10),
  at BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CONSTRAINT ck_credits_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT NOT NULL CONSTRAINT ck_credits_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  source_minor BIGINT NOT NULL CONSTRAINT ck_credits_source_minor_in_range CHECK (source_minor BETWEEN -1000000000000000 AND 1000000000000000),
  source_currency TEXT NOT NULL CONSTRAINT ck_credits_source_currency_has_3_letters CHECK (length(source_currency) = 3),
  share TEXT NOT NULL,
  form TEXT NOT NULL CONSTRAINT ck_credits_form_is_known CHECK (form IN ('direct', 'overlay')),
  plan TEXT NOT NULL,
  rate TEXT NOT NULL,
  undone_on TEXT CONSTRAINT ck_credits_undone_on_is_a_date CHECK (length(undone_on) = 10),
  withdrawn INTEGER NOT NULL CONSTRAINT ck_credits_withdrawn_is_0_or_1 CHECK (withdrawn IN (0, 1)),
  body TEXT NOT NULL,
  CONSTRAINT pk_credits PRIMARY KEY (id),
  CONSTRAINT fk_credits_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_credits_deal_at_id ON credits (deal, at, id)
--;
CREATE INDEX ix_credits_event ON credits (event)
--;
CREATE INDEX ix_credits_payee_name_day ON credits (payee, name, day)
--;
COMMENT ON TABLE credits IS 'Who gets how much of an event, for one measure; withdrawn ones stay in sight and count for nothing'
--;
CREATE TABLE grants (
  id TEXT NOT NULL,
  component TEXT NOT NULL,
  plan TEXT NOT NULL,
  payee TEXT NOT NULL,
  deal TEXT,
  event TEXT NOT NULL,
  day TEXT NOT NULL CONSTRAINT ck_grants_day_is_a_date CHECK (length(day) = 10),
  at BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CONSTRAINT ck_grants_amount_minor_in_range CHECK (amount_minor BETWEEN -1000000000000000 AND 1000000000000000),
  amount_currency TEXT NOT NULL CONSTRAINT ck_grants_amount_currency_has_3_letters CHECK (length(amount_currency) = 3),
  undone_on TEXT CONSTRAINT ck_grants_undone_on_is_a_date CHECK (length(undone_on) = 10),
  withdrawn INTEGER NOT NULL CONSTRAINT ck_grants_withdrawn_is_0_or_1 CHECK (withdrawn IN (0, 1)),
  body TEXT NOT NULL,
  CONSTRAINT pk_grants PRIMARY KEY (id),
  CONSTRAINT fk_grants_deal FOREIGN KEY(deal) REFERENCES deals (id)
)
--;
CREATE INDEX ix_grants_deal_at_id ON grants (deal, at, id)
--;
CREATE INDEX ix_grants_payee_component_day ON grants (payee, component, day)
--;
COMMENT ON TABLE grants IS 'A bonus or referral fee that one event earned; withdrawn ones stay in sight and count for nothing'
