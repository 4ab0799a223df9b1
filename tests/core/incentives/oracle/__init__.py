"""A second calculation of pay, written from the texts alone: slow, plain, and sharing no arithmetic with the engine.

It reads the engine's records and rule dataclasses, and nothing else of it. Every window is recomputed from its first
credit; what a deal earns is one fraction until it becomes whole.
"""
