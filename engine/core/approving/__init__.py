"""Approvals: how a deal stands to what needs agreement, who is asked, and what becomes of their word."""
