"""Pay: who is credited, what credits earn, what is owed beyond what was posted, and the words that explain it.

The way of money: crediting → measures → rates → adjustments → earnings (lines) → payouts (differences) → ledger →
statements.
Nothing here rounds twice, and no amount exists that is not the sum of its lines.
"""
