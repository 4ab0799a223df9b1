DROP INDEX ix_tasks_look_at
--;
DROP INDEX ix_tasks_lent_by_status
--;
ALTER TABLE tasks DROP COLUMN look_at
--;
ALTER TABLE tasks DROP COLUMN lent_by
