"""Compiled loops: numbers in, numbers out. Compiled at first use, and kept beside the module."""
