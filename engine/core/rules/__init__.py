"""What the rule files mean, as frozen records: one module per kind of rule, and the rulebook that holds them all."""
