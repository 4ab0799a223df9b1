"""The sentences that people read when something is wrong: one file per group, English and Chinese side by side."""
