DROP TABLE rules_used
