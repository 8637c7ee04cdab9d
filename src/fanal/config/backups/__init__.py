"""Backups: one sealed file, made from one moment of the database, proved before it serves."""
