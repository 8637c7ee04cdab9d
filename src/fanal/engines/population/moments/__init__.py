"""Estimators by moments: two lists, and the coverage of several."""
