"""Phones, handles, mails and links out of a text that hides them; needs no extra."""
