DROP TABLE repayments
