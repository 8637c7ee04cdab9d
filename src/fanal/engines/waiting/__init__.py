"""How long one will wait: a range, from who comes and who answers; never a single number."""
