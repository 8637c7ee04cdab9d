"""Fanal: the software of the plan against the prostitution of minors."""
