"""Log-linear models: whether they have an estimate, how one is chosen, how all are weighed."""
