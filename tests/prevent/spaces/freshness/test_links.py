"""A link: who gets one, what it opens, and that whatever it says it publishes nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.ground.shell.visitors import form_token
from fanal.prevent.spaces.freshness import answering, asking
from fanal.prevent.spaces.freshness.links import signed
from fanal.prevent.spaces.freshness.terms import ASKED
from fanal.prevent.spaces.models import (
    Amendment,
    ConfirmationRequest,
    Doubt,
    Mailbox,
    PublicService,
    Service,
)
from fanal.prevent.spaces.queries import public_services
from fanal.prevent.spaces.terms import TO_CONFIRM, Audience, Tier
from past import past
from prevent.spaces.places import NOON, ServiceFactory

pytestmark = pytest.mark.django_db
SITE = "https://annuaire.invalid/"
DAY = timedelta(days=1)
SAID: dict[str, Any] = {
    "name": "Lieu inventé",
    "phone": "03 20 00 00 00",
    "website": "https://lieu.invalid",
    "address": "1 rue Inventée",
    "hours": "Mo-Fr 09:00-17:00",
    "description": "On y parle.",
    "audiences": ["minors"],
}


def written_to(lou: Agent, **more: Any) -> Service:
    service = ServiceFactory(**SAID | more)
    with acting_as(lou):
        asking.keep_mailbox(agent=lou, ref=service.ref, email="lieu@fanal.invalid", now=NOON)
    return service


def asked(lou: Agent, service: Service, at: Any = NOON) -> ConfirmationRequest:
    with acting_as(lou):
        return asking.ask_place(agent=lou, ref=service.ref, site=SITE, now=at)


def answer(request: ConfirmationRequest, at: Any = NOON, **said: Any) -> None:
    token = signed(request.ref)
    seen = answering.read_asked(token=token, now=at).said
    silent: dict[str, Any] = {"right": (), "corrected": {}, "closed": False}
    answering.answer_asked(token=token, seen=seen, now=at, **silent | said)


def test_a_structure_is_written_to_once_with_a_link_and_no_topic(lou: Agent) -> None:
    request = asked(lou, written_to(lou))
    assert asking.send_request(ref=request.ref, site=SITE, now=NOON)
    assert not asking.send_request(ref=request.ref, site=SITE, now=NOON)
    (sent,) = mail.outbox
    assert sent.to == ["lieu@fanal.invalid"]
    assert f"{SITE}lieux/fiche/{signed(request.ref)}/" in sent.body
    assert sent.subject == "Votre fiche d’annuaire : est-elle encore juste ?"
    assert not [one for one in ("mineur", "prostitution", "victime") if one in sent.body.lower()]


@pytest.mark.parametrize(("code", "gone"), [(550, True), (450, False)])
def test_an_address_refused_for_good_has_come_back_and_another_is_tried_again(
    lou: Agent, monkeypatch: pytest.MonkeyPatch, code: int, gone: bool
) -> None:
    def refused(message: EmailMessage) -> int:
        raise SMTPRecipientsRefused({message.to[0]: (code, b"")})

    service = written_to(lou)
    request = asked(lou, service)
    monkeypatch.setattr(EmailMessage, "send", refused)
    with nullcontext() if gone else pytest.raises(SMTPRecipientsRefused):
        assert not asking.send_request(ref=request.ref, site=SITE, now=NOON)
    assert (past(Mailbox).get().bounced_on is not None) == gone
    assert past(Doubt).count() == gone
    assert past(ConfirmationRequest).get().sent_at is None
    if gone:
        with pytest.raises(asking.MailboxBounced):
            asked(lou, service)


def test_a_new_link_revokes_the_one_before_and_one_that_was_used(lou: Agent) -> None:
    service = written_to(lou)
    first, second = asked(lou, service), asked(lou, service)
    assert not asking.send_request(ref=first.ref, site=SITE, now=NOON)
    answer(second, right=["phone"])
    over = (
        (signed(first.ref), NOON),
        (signed(second.ref), NOON),
        (signed(asked(lou, service).ref), NOON + 31 * DAY),
        (signed(uuid4()), NOON),
        (f"{asked(lou, service).ref.hex}:faux", NOON),
        (asked(lou, service).ref.hex, NOON),
    )
    for token, at in over:
        with pytest.raises(answering.LinkOver):
            answering.read_asked(token=token, now=at)


def test_the_address_is_read_by_the_keepers_and_by_nobody_else(
    lou: Agent, misplaced: Agent, client: Client
) -> None:
    service = written_to(lou)
    assert "lieu@fanal.invalid" not in client.get(f"/lieux/{service.ref}/").content.decode()
    for stranger in (misplaced, None):
        with acting_as(stranger):
            assert not Mailbox.objects.exists()
    with acting_as(misplaced), pytest.raises(NotVisible):
        asking.ask_place(agent=misplaced, ref=service.ref, site=SITE, now=NOON)


def test_a_batch_asks_what_is_old_once_in_ninety_days(lou: Agent) -> None:
    old = written_to(lou, verified_on=NOON.date() - 151 * DAY)
    written_to(lou, verified_on=NOON.date() - 60 * DAY)
    written_to(lou, tier=Tier.HIDDEN)
    written_to(lou, status="defunct")
    ServiceFactory(**SAID)
    never = written_to(lou)

    def batch(at: Any) -> int:
        with acting_as(lou):
            return asking.ask_all(agent=lou, site=SITE, now=at)

    with acting_as(lou):
        assert set(asking.to_be_asked(now=NOON)) == {old, never}
    assert batch(NOON) == 2
    assert batch(NOON + 89 * DAY) == 0
    # A keeper may ask whenever they choose; the batch waits for ninety days from then.
    asked(lou, old, NOON + DAY)
    assert batch(NOON + 90 * DAY) == 1
    # The second place has turned old meanwhile.
    assert batch(NOON + 91 * DAY) == 2


FIELDS = st.sampled_from(ASKED)
VALUES = {name: st.text(max_size=20) for name in ASKED} | {
    "audiences": st.lists(st.sampled_from(Audience.values), min_size=1, unique=True)
}
SHOWN = tuple(one.name for one in PublicService._meta.concrete_fields)
DATES = {"verified", "verified_on"}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    verified=st.sets(FIELDS),
    tier=st.sampled_from(Tier.values),
    right=st.sets(FIELDS),
    corrected=st.fixed_dictionaries({}, optional=VALUES),
    closed=st.booleans(),
)
def test_a_link_never_publishes_changes_nor_hides_by_itself(
    lou: Agent,
    verified: set[str],
    tier: str,
    right: set[str],
    corrected: dict[str, Any],
    closed: bool,
) -> None:
    """Whatever is said: the same words are public, of which some days alone are renewed."""
    with transaction.atomic():
        days = dict.fromkeys(verified, "2026-03-01")
        service = written_to(lou, tier=tier, verified=days, verified_on=date(2026, 3, 1))
        before = list(public_services().values(*SHOWN))
        corrected = {name: _clean(value) for name, value in corrected.items()}
        said = bool(right or corrected or closed)
        if said:
            answer(asked(lou, service), right=right, corrected=corrected, closed=closed)
        after = list(public_services().values(*SHOWN))
        assert len(after) == len(before) == (tier == Tier.PUBLIC)
        for former, latter in zip(before, after, strict=True):
            for name in set(SHOWN) - DATES:
                assert former[name] == latter[name]
            assert set(latter["verified"]) == set(former["verified"]) == verified
            renewed = {name for name, day in latter["verified"].items() if day != days[name]}
            assert renewed == (right & verified) - set(corrected)
            silent = not corrected and not closed
            fresh = bool(renewed) and silent
            assert latter["verified_on"] == (NOON.date() if fresh else date(2026, 3, 1))
        transaction.set_rollback(True)


def _clean(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


def test_nothing_but_a_link_writes_what_a_structure_says(lou: Agent) -> None:
    service = written_to(lou)
    request = asked(lou, service)
    with acting_as(lou), pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.create(
            service=service, request=request, kind="closed", field="", made_at=NOON
        )


@pytest.fixture
def page(lou: Agent, client: Client) -> Callable[..., str]:
    """The page of a link, sent with what one types."""
    service = written_to(lou, verified={"phone": "2026-03-01"}, verified_on=date(2026, 3, 1))
    address = reverse("spaces:answer", args=[signed(asked(lou, service, now()).ref)])

    def send(**typed: Any) -> str:
        shown = client.get(address)
        assert not shown.cookies
        assert "no-store" in shown["Cache-Control"]
        seen = shown.context["form"]["seen"].value()
        sent = {"jeton": form_token(), "seen": seen} | typed
        return client.post(address, sent).content.decode()

    return send


def test_a_structure_answers_without_account_and_each_word_waits(
    page: Callable[..., str],
) -> None:
    typed = {"said_phone": "right", "said_hours": "wrong", "value_hours": "le matin"}
    assert "Une personne le relit avant de le montrer" in page(**typed, said_website="right")
    said = {one.field: (one.kind, one.state, one.value) for one in past(Amendment)}
    assert said == {
        "phone": ("right", "accepted", SAID["phone"]),
        "website": ("right", "waiting", SAID["website"]),
        "hours": ("corrected", "waiting", "le matin"),
    }
    trace = past(Trace).get(deed="directory.answer")
    assert trace.detail == {"right": ["phone", "website"], "corrected": ["hours"], "closed": False}
    shown = public_services().get()
    assert all(getattr(shown, name) == "" for name in TO_CONFIRM if name != "phone")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Dites au moins d’une ligne"),
        ({"said_phone": "right", "jeton": "faux"}, "restée ouverte trop longtemps"),
        ({"said_phone": "right", "seen": "faux"}, "La fiche a changé"),
        ({"said_website": "wrong", "value_website": "javascript:alert(1)"}, "https://"),
        ({"said_audiences": "wrong"}, "Écrivez ce qui est juste."),
    ],
    ids=["nothing", "token", "changed", "no address", "nobody"],
)
def test_what_cannot_be_kept_is_said_and_uses_nothing(
    page: Callable[..., str], typed: dict[str, str], said: str
) -> None:
    assert said in page(**typed)
    assert not past(Amendment).exists()
    assert past(ConfirmationRequest).get().used_at is None
