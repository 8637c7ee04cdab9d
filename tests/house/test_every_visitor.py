"""
Every form for whoever comes, of the URL configuration: from elsewhere, too old, or far too long.

Nobody else's page sends one, an old token keeps nothing, and nothing breaks.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core import signing
from django.test import Client

from doors import addresses, holes, methods, put
from fanal.ground.access.middleware import is_open
from fanal.ground.shell.visitors import FIELD, LASTS, SALT, form_token
from rows import as_owner
from walls.world import house

__all__ = ["house"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
NOTHING = "00000000-0000-4000-8000-000000000000"
FILLERS = {"uuid": NOTHING, "edition": "courant", "who": "moi"}
ELSEWHERE = (
    {"Origin": "https://ailleurs.invalid"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
)
# Rooms whose rows come of such forms.
ROOMS = ("exchange", "letters", "chats", "watch", "referrals", "spaces", "codes")


def forms() -> Iterator[str]:
    """Addresses that a visitor may post to, one of each view."""
    seen = set()
    for route, view in addresses():
        guarded = getattr(view, "csrf_exempt", False) and "POST" in (methods(view) or ("POST",))
        ours = is_open(view) and guarded and not route.startswith(("api/", "lieux/hsds"))
        if ours and view not in seen:
            seen.add(view)
            yield put(route, [FILLERS.get(kind, "59") for kind in holes(route)])


def kept() -> dict[str, int]:
    with as_owner():
        return {
            model._meta.label: model._default_manager.count()
            for room in ROOMS
            for model in apps.get_app_config(room).get_models()
        }


def words(token: str) -> dict[str, str]:
    """What would be kept, were it sent by our own page."""
    said = dict.fromkeys(("text", "words", "question", "message"), "Je voudrais parler à quelqu’un")
    return said | {FIELD: token, "where": "Lille", "writer": "minor", "departement": "59"}


def test_a_form_that_another_site_sends_is_refused_wherever_it_goes(client: Client) -> None:
    before, tried = kept(), list(forms())
    answers = {
        (address, *headers.items()): client.post(
            address, words(form_token()), headers=headers
        ).status_code
        for address in tried
        for headers in ELSEWHERE
    }
    assert len(tried) > 12
    assert {one: code for one, code in answers.items() if code != 403} == {}
    assert kept() == before


def test_a_token_that_is_old_or_of_somebody_else_keeps_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as long_ago:
        at = signing.time.time() - LASTS.total_seconds() - 60
        long_ago.setattr(signing.time, "time", lambda: at)
        old = form_token()
    forged = signing.TimestampSigner(salt=f"{SALT}.autre").sign("0" * 16)
    before = kept()
    for address in forms():
        for token in ("", old, forged, form_token()[:-1]):
            answer = client.post(address, words(token))
            assert answer.status_code < 500, address
            assert not answer.cookies, address
    assert kept() == before


def test_ten_megabytes_or_two_thousand_fields_are_refused_and_break_nothing(client: Client) -> None:
    before = kept()
    client.raise_request_exception = False
    for address in forms():
        for sent in ({"text": "x" * 10_000_000}, {f"f{n}": "" for n in range(2_000)}):
            answer = client.post(address, words(form_token()) | sent)
            assert answer.status_code < 500, address
    assert kept() == before
