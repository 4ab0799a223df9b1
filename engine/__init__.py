"""Dealwright's engine: carries out a sales organisation's written rules and says why for every outcome."""

__version__ = "0.1.0"
