DROP INDEX ix_deals_quiet
--;
DROP INDEX ix_tasks_owner_ended_at
