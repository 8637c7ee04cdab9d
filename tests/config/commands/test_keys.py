"""A ceremony, its three custodians, and the agent that two of them open: the real process."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.timezone import now

from config.commands.custodians import agent_runs, custody, fanal, hold_ceremony
from factories import ConcernFactory
from fanal.config.commands.keys import (
    CeremonyHeld,
    NotRehearsed,
    NotThree,
    OpensByItself,
    ShareRefused,
)
from fanal.detect.concerns.models import Concern, Informant
from fanal.ground.access.middleware import WhoAsks
from fanal.ground.agents.models import Agent
from fanal.ground.privacy.sealing.agent import NoAgent
from fanal.ground.privacy.sealing.chosen import state_of_keys
from fanal.ground.privacy.sealing.custody import TooFewShares
from fanal.ground.privacy.sealing.deeds import Kind, last_deeds
from rows import as_owner

NAME = "Odile Inventée-Scellée"
__all__ = ["custody"]


@pytest.fixture
def concern(db: None) -> Concern:
    with as_owner():
        return ConcernFactory()


def test_two_custodians_of_three_open_and_one_never_does(
    custody: Path, settings: Any, concern: Concern, client: Client, nadia: Agent
) -> None:
    assert isinstance(fanal("unseal", typed="x\n").exception, NoAgent)
    shares = hold_ceremony()
    # A word of the file itself may be one of the 1,024 that shares are made of; three are not.
    kept = set(re.findall("[a-z]+", settings.FANAL_KEYRING.read_text().lower()))
    assert all(len(kept.intersection(share.split())) < 3 for share in shares)
    assert isinstance(fanal("ceremony").exception, CeremonyHeld)

    with agent_runs(settings.FANAL_KEY_SOCKET, settings.FANAL_KEYRING):
        # Locked, it receives: whoever sends is not turned away.
        with as_owner():
            Informant.objects.filter(concern=concern).delete()
            Informant.objects.create(
                case_file=concern.case_file, concern=concern, kind="school", name=NAME, contact="x"
            )
        client.force_login(nadia)
        page = reverse("concerns:show", args=[concern.ref])
        locked = client.get(page)
        assert locked.status_code == 200
        assert "Les clés ne sont pas ouvertes" in locked.content.decode()
        assert "Absences répétées" in locked.content.decode()
        assert client.get("/healthz").json()["keys"] == "locked"

        for first, second in permutations(shares, 2):
            assert fanal("unseal", typed=f"{first}\n").exit_code == 0
            assert client.get("/healthz").json()["keys"] == "locked"
            opened = fanal("unseal", typed=f"{second}\n")
            assert "Les clés sont ouvertes." in opened.output
            assert all(share not in opened.output for share in shares)
            assert NAME in client.get(page).content.decode()
            assert fanal("lock").exit_code == 0
            assert NAME not in client.get(page).content.decode()

        assert isinstance(fanal("unseal", typed="trois petits mots\n").exception, ShareRefused)

    # The agent gone, nothing of the keys stays anywhere.
    assert client.get("/healthz").json()["keys"] == "locked"


def test_a_second_ceremony_replaces_the_custodians(
    custody: Path, settings: Any, concern: Concern
) -> None:
    from fanal.ground.privacy.sealing.rotation import wrap_again

    old = hold_ceremony()
    with agent_runs(settings.FANAL_KEY_SOCKET, settings.FANAL_KEYRING), as_owner():
        Informant.objects.filter(concern=concern).delete()
        row = Informant.objects.create(
            case_file=concern.case_file, concern=concern, kind="school", name=NAME, contact="x"
        )
        new = hold_ceremony("--replace")
        for share in (old[0], old[2], new[1], new[2]):
            assert fanal("unseal", typed=f"{share}\n").exit_code == 0
        assert wrap_again(using="default") == 2
        assert fanal("lock").exit_code == 0
        # The former custodians no longer open anything.
        for share in old[:2]:
            fanal("unseal", typed=f"{share}\n")
        from fanal.ground.privacy.sealing.keys import KeysLocked

        with pytest.raises(KeysLocked):
            _ = Informant.objects.get(pk=row.pk).name
        for share in new[:2]:
            fanal("unseal", typed=f"{share}\n")
        assert Informant.objects.get(pk=row.pk).name == NAME


def test_a_screen_that_needs_what_is_sealed_says_so(
    custody: Path, settings: Any, concern: Concern, client: Client, nadia: Agent
) -> None:
    hold_ceremony()
    with as_owner():
        Informant.objects.filter(concern=concern).delete()
        Informant.objects.create(
            case_file=concern.case_file, concern=concern, kind="school", name=NAME, contact="x"
        )
        Concern.objects.filter(pk=concern.pk).update(status="first_analysis")
    client.force_login(nadia)

    answer = client.post(
        reverse("concerns:transfer", args=[concern.ref]),
        {"commune": "Aix-en-Provence", "reason": "X."},
    )

    # An act refuses as it refuses anything; a letter has a page of its own.
    assert "Les clés ne sont pas ouvertes" in answer.content.decode()
    with as_owner():
        assert Concern.objects.get(pk=concern.pk).status == "first_analysis"
    middleware = WhoAsks(lambda _: HttpResponse())
    request = RequestFactory().get("/")
    request.user = nadia
    refused = middleware.process_view(request, lambda *_: informant_of(concern), (), {})
    assert refused is not None
    assert refused.status_code == 503
    assert "Les clés ne sont pas ouvertes" in refused.content.decode()


def informant_of(concern: Concern) -> HttpResponse:
    return HttpResponse(Informant.objects.get(concern=concern).name)


def test_the_demonstration_opens_by_itself_and_holds_no_ceremony() -> None:
    for words in ("ceremony", "unseal", "lock"):
        assert isinstance(fanal(words, typed="\n" * 6).exception, OpensByItself)


def test_a_rehearsal_tries_the_three_pairs_and_opens_nothing(custody: Path, settings: Any) -> None:
    shares = hold_ceremony()
    with agent_runs(settings.FANAL_KEY_SOCKET, settings.FANAL_KEYRING):
        done = fanal("rehearse", typed="".join(f"{one}\n" for one in shares))

        assert "Les trois paires de parts rouvrent la clé en usage." in done.output
        assert state_of_keys() == "locked"
    first = last_deeds(settings.FANAL_KEYRING)[Kind.REHEARSAL]
    assert first.at <= now()
    # Those of the former ceremony no longer do.
    hold_ceremony("--replace")
    late = fanal("rehearse", typed="".join(f"{one}\n" for one in shares))
    assert isinstance(late.exception, NotRehearsed)
    twice = fanal("rehearse", typed=f"{shares[0]}\n" * 3)
    assert isinstance(twice.exception, TooFewShares)
    assert last_deeds(settings.FANAL_KEYRING)[Kind.REHEARSAL] == first


def test_what_is_noted_of_the_keys_holds_no_word_of_a_share(custody: Path, settings: Any) -> None:
    functions = [*("--custodian", "Direction"), *("--custodian", "Cadre"), *("--custodian", "DSI")]
    shares = hold_ceremony(*functions)
    with agent_runs(settings.FANAL_KEY_SOCKET, settings.FANAL_KEYRING):
        for share in shares[:2]:
            fanal("unseal", typed=f"{share}\n")
        fanal("lock")

    noted = settings.FANAL_KEYRING.with_name("deeds.jsonl").read_text(encoding="utf-8")
    assert list(last_deeds(settings.FANAL_KEYRING)) == [
        Kind.CEREMONY,
        Kind.OPENING,
        Kind.CLOSING,
    ]
    assert "Direction" in noted
    assert all(word not in noted for share in shares for word in share.split() if len(word) > 6)
    assert isinstance(fanal("ceremony", "--replace", *functions[:2]).exception, NotThree)
