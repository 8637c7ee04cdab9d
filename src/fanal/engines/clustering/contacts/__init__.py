"""Phones, handles, mails and links out of texts that hide them."""
