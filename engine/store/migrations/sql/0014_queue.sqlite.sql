CREATE INDEX ix_tasks_owner_ended_at ON tasks (owner, ended_at) WHERE ended_at IS NOT NULL
--;
CREATE INDEX ix_deals_quiet ON deals (owner, status, last_touch_at, created_at, entered_stage_at, id)
