DROP INDEX ix_earning_lines_payee_window_period
--;
DROP TABLE settlements
