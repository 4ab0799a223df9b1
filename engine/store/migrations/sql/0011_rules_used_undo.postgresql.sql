DROP TABLE rules_used
--;
DROP FUNCTION IF EXISTS fn_rules_used_insert_only() CASCADE
