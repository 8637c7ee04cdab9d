"""What missed and false links do to a table, and how it is undone."""
