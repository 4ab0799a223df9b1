DROP TABLE approvals
