"""Sheets as people give them: CSV, gzip or not, read whole or refused with the line."""
