DROP INDEX ix_outcomes_overridden
--;
DROP TABLE approvals
