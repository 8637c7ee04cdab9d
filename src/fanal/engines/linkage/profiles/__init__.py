"""What the columns of a file are, which keys bring pairs together: one file of TOML a profile."""
