"""What a group of texts says alike, and what changes from one to the other."""
