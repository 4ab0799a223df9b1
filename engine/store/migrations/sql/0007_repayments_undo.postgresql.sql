DROP TABLE repayments
--;
DROP FUNCTION IF EXISTS fn_repayments_decided_once() CASCADE
--;
DROP FUNCTION IF EXISTS fn_repayments_kept() CASCADE
