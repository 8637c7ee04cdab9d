"""Texts that were grouped, kept so that others may be added to them."""
