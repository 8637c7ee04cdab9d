"""``fanal population``: how many people no list has seen."""
