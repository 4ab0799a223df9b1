"""The kernel: what credits earn under a rate table, as exact arithmetic on columns, for one payee or a million credits.

The one part of the core that uses NumPy. Numbers are whole (scaled by a common denominator) in 64 bits, or whole
without a limit where those could overflow, or fractions where no common scale exists: the same code, the same result.
"""
