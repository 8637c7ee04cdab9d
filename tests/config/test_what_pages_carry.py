"""What a page tells the browser to refuse, word for word: loosened, it is another policy."""

from __future__ import annotations

import pytest
from django.test import Client

from fanal.config.answers import ALWAYS

pytestmark = pytest.mark.django_db
SELF, NONE = "'self'", "'none'"
POLICY = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "img-src": SELF,
    "font-src": SELF,
    "connect-src": SELF,
    "form-action": SELF,
    "frame-ancestors": NONE,
    "base-uri": NONE,
    "object-src": NONE,
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    **ALWAYS,
}


@pytest.mark.parametrize("address", ["/connexion/", "/une-adresse-qui-n-existe-pas/"])
def test_no_page_runs_nor_sends_to_what_is_not_ours(client: Client, address: str) -> None:
    answer = client.get(address)
    parts = (part.split(maxsplit=1) for part in answer["Content-Security-Policy"].split(";"))
    assert {words[0]: " ".join(words[1:]).strip() for words in parts} == POLICY
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "no-store" in answer["Cache-Control"]
