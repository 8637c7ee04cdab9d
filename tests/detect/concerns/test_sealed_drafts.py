"""A draft in the database, while the keys are open and while they are closed."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from detect.concerns.screens.journey import ANSWERS, FACTS, address, begin, write_all
from fanal.detect.concerns.models import Draft, Submission
from fanal.detect.concerns.views.own_key import COOKIE
from fanal.ground.privacy.sealing.chosen import next_key, sealing_key
from fanal.ground.privacy.sealing.envelope import is_sealed, key_of
from fanal.ground.privacy.sealing.keyring import add_key
from fanal.ground.privacy.sealing.rotation import wrap_again
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client, sofia: Any) -> Client:
    client.force_login(sofia)
    return client


@pytest.fixture
def closed(settings: Any, tmp_path: Path) -> Any:
    """Called, closes the keys: what seals is still there, nothing opens."""
    settings.FANAL_KEYRING = tmp_path / "keyring.json"
    add_key(settings.FANAL_KEYRING, sealing_key())

    def close() -> None:
        settings.FANAL_KEY_KEEPER = "none"

    return close


def stored(draft: Draft) -> bytes:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM concerns_draft WHERE id = %s", [draft.pk])
        return bytes(cursor.fetchone()[0])


def content(draft: Draft) -> Any:
    with as_owner():
        return Draft.objects.get(pk=draft.pk).content


def test_a_draft_is_written_sealed_and_read_clear(author: Client) -> None:
    draft = begin(author)

    write_all(author, draft)

    assert is_sealed(stored(draft))
    assert b"tude" not in stored(draft)
    assert content(draft)["facts"] == FACTS
    assert FACTS in author.get(address(draft, "envoyer")).content.decode()


def test_a_draft_goes_under_the_new_key_with_the_others(
    author: Client, settings: Any, tmp_path: Path
) -> None:
    settings.FANAL_KEYRING = tmp_path / "keyring.json"
    draft = begin(author)
    write_all(author, draft)
    before = stored(draft)

    new = next_key()
    with as_owner():
        assert wrap_again(using="default") >= 1

    assert key_of(before) != key_of(stored(draft)) == new.id
    assert content(draft)["facts"] == FACTS


def test_while_the_keys_are_closed_a_concern_is_written_and_sent(
    author: Client, closed: Any, settings: Any
) -> None:
    closed()
    draft = begin(author)

    write_all(author, draft)
    assert FACTS in author.get(address(draft, "envoyer")).content.decode()
    sent = author.post(address(draft, "envoyer"))

    assert sent["Location"] == reverse("concerns:receipt", args=[past(Submission).get().ref])
    assert past(Draft).count() == 0


def test_while_the_keys_are_closed_no_column_holds_a_word_of_a_draft(
    author: Client, closed: Any
) -> None:
    closed()
    draft = begin(author)
    write_all(author, draft)

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM concerns_draft")
        rows = cursor.fetchall()
        # Whoever has a copy of the database has the sessions too.
        cursor.execute("SELECT session_data FROM agents_agentsession")
        sessions = str(cursor.fetchall())
    assert len(rows) == 1
    assert is_sealed(stored(draft))
    kept = b" ".join(
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
        for cell in rows[0]
    )
    for word in ("second téléphone", "Inventée", "2011", "Lille", "RUN-1", "fanal.invalid"):
        assert word.encode() not in kept
    assert author.cookies[COOKIE].value not in sessions


def test_another_browser_waits_for_the_keys_and_is_told_so(
    author: Client, sofia: Any, closed: Any, settings: Any
) -> None:
    closed()
    draft = begin(author)
    write_all(author, draft)
    elsewhere = Client()
    elsewhere.force_login(sofia)

    for cookie in (None, "illisible", urlsafe_b64encode(bytes(32)).decode()):
        if cookie is not None:
            elsewhere.cookies[COOKIE] = cookie
        page = elsewhere.get(reverse("concerns:start")).content.decode()
        assert "Brouillon scellé" in page
        assert "il est gardé, et se relira" in page
        answer = elsewhere.get(address(draft, "envoyer"), follow=True).content.decode()
        assert "votre brouillon est scellé" in answer
        assert FACTS not in answer

    settings.FANAL_KEY_KEEPER = "demonstration"
    assert content(draft)["facts"] == FACTS
    assert FACTS in elsewhere.get(address(draft, "envoyer")).content.decode()


def test_the_secret_of_a_browser_is_shown_to_no_script_and_no_other_page(
    author: Client, closed: Any, settings: Any
) -> None:
    begin(author)
    assert COOKIE not in author.cookies
    closed()

    author.get(reverse("concerns:start"))
    assert COOKIE not in author.cookies
    begin(author)
    first = author.cookies[COOKIE]
    begin(author)

    assert (first["httponly"], first["samesite"]) == (True, "Lax")
    assert first["path"] == reverse("concerns:start")
    assert first["max-age"] == settings.FANAL_SESSION_LONGEST
    assert author.cookies[COOKIE].value == first.value


def test_what_was_written_while_they_were_closed_is_read_when_they_open(
    author: Client, closed: Any, settings: Any
) -> None:
    closed()
    draft = begin(author)
    write_all(author, draft)
    before = stored(draft)

    settings.FANAL_KEY_KEEPER = "demonstration"
    del author.cookies[COOKIE]
    assert content(draft)["facts"] == FACTS
    author.post(address(draft, "danger"), {"immediate_danger": "yes", "missing_now": "no"})

    assert content(draft) == content(draft) | {"facts": FACTS, "immediate_danger": "yes"}
    assert stored(draft) != before


def test_a_draft_closed_halfway_loses_nothing_of_what_is_typed(
    author: Client, closed: Any, settings: Any
) -> None:
    draft = begin(author)
    author.post(address(draft, "danger"), ANSWERS["danger"])
    closed()

    page = author.get(reverse("concerns:start")).content.decode()
    assert "Brouillon scellé" in page
    assert address(draft, "jeune") not in page
    assert author.get(reverse("concerns:discard", args=[draft.ref])).status_code == 200
    assert (
        author.post(
            address(draft, "faits"), {"facts": "x"}, headers={"X-Autosave": "1"}
        ).status_code
        == 503
    )

    answer = author.post(address(draft, "faits"), ANSWERS["faits"], follow=True)
    assert "votre brouillon est scellé" in answer.content.decode()
    assert FACTS in answer.content.decode()
    other = past(Draft).exclude(pk=draft.pk).get()
    assert answer.redirect_chain[-1][0] == address(other, "faits")

    settings.FANAL_KEY_KEEPER = "demonstration"
    assert content(draft)["immediate_danger"] == "no"
    assert content(other)["facts"] == FACTS
