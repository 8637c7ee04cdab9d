"""Deeds on accounts: each one traced, none of them on one's own account."""
