ALTER TABLE tasks ADD COLUMN lent_by TEXT DEFAULT '' NOT NULL
--;
ALTER TABLE tasks ADD COLUMN look_at INTEGER
--;
CREATE INDEX ix_tasks_lent_by_status ON tasks (lent_by, status)
--;
CREATE INDEX ix_tasks_look_at ON tasks (look_at)
