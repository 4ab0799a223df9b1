CREATE INDEX ix_tasks_owner_ended_at ON tasks (owner, ended_at) WHERE ended_at IS NOT NULL
