DROP INDEX ix_earning_lines_payee_window_period
--;
DROP TABLE settlements
--;
DROP FUNCTION fn_settlements_draft_insert()
--;
DROP FUNCTION fn_settlements_draft_update()
--;
DROP FUNCTION fn_settlements_draft_delete()
