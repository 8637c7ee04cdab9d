"""Artificial rows for the whole country, drawn from private counts, and attacks on them."""
