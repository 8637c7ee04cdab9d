"""The drawings of a report, each with the table of its numbers."""
