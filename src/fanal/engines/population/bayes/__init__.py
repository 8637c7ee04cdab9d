"""Bayesian methods, and whether their chains may be believed."""
