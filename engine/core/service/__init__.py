"""Customer service: tickets, what was promised about them, and what customers thought."""
