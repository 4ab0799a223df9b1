"""The ledger to files that finance takes: commission detail and summary, as CSV and as a workbook.

What this folder may not do: it opens no database, reads no clock, calculates no pay. The same records give the same
bytes. A text can never become a formula, and an amount is a number beside its whole minor units.
"""
