"""A ceremony, its three custodians, and the agent that two of them open: the real process."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from factories import ConcernFactory
from fanal.config.commands.contents import Contents
from fanal.config.commands.keys import CeremonyHeld, OpensByItself, ShareRefused
from fanal.detect.concerns.models import Concern, Informant
from fanal.ground.access.middleware import WhoAsks
from fanal.ground.agents.models import Agent
from fanal.ground.privacy.sealing.agent import NoAgent, ask_agent, socket_address
from rows import as_owner

NAME = "Odile Inventée-Scellée"
DEADLINE = 20.0


@pytest.fixture
def custody(settings: Any) -> Iterator[Path]:
    """Keys kept by custodians, in a folder whose name is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="fanal-") as folder:
        settings.FANAL_KEY_KEEPER = "agent"
        settings.FANAL_KEYRING = Path(folder) / "keyring.json"
        settings.FANAL_KEY_SOCKET = socket_address(Path(folder))
        yield Path(folder)


@contextmanager
def agent_runs(settings: Any) -> Iterator[None]:
    told = [str(settings.FANAL_KEY_SOCKET), str(settings.FANAL_KEYRING)]
    process = subprocess.Popen([sys.executable, "-m", "fanal.config.key_agent", *told])
    try:
        end = time.monotonic() + DEADLINE
        while ask_agent(settings.FANAL_KEY_SOCKET, {"ask": "status"}) is None:
            assert process.poll() is None
            assert time.monotonic() < end
        yield
    finally:
        process.terminate()
        process.wait()


def fanal(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(Contents(name="fanal"), ["keys", *words], input=typed)


def hold_ceremony(*options: str) -> list[str]:
    held = fanal("ceremony", *options, typed="\n" * 6)
    assert held.exit_code == 0, held.output
    words = re.findall(r"(?<!\S)\d{1,2} ([a-z]+)", held.stdout)
    assert len(words) == 99
    return [" ".join(words[start : start + 33]) for start in (0, 33, 66)]


@pytest.fixture
def concern(db: None) -> Concern:
    with as_owner():
        return ConcernFactory()


def test_two_custodians_of_three_open_and_one_never_does(
    custody: Path, settings: Any, concern: Concern, client: Client, nadia: Agent
) -> None:
    assert isinstance(fanal("unseal", typed="x\n").exception, NoAgent)
    shares = hold_ceremony()
    kept = settings.FANAL_KEYRING.read_text()
    assert all(word not in kept for share in shares for word in share.split() if len(word) > 5)
    assert isinstance(fanal("ceremony").exception, CeremonyHeld)

    with agent_runs(settings):
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
    with agent_runs(settings), as_owner():
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
