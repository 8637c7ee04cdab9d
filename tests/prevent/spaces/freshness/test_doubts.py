"""What makes one doubt: it is kept for a person, capped, and neither hides nor shows a place."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.config.commands import spaces as commands
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.shell.visitors import form_token
from fanal.prevent.spaces.finding import find_places
from fanal.prevent.spaces.freshness.bounces import NotAReport, read_report, reports_in
from fanal.prevent.spaces.freshness.doubting import mark_bounces
from fanal.prevent.spaces.freshness.queries import confidences, to_check
from fanal.prevent.spaces.freshness.terms import MOST_OPEN, DoubtSource
from fanal.prevent.spaces.models import Amendment, Doubt, Mailbox, Service
from fanal.prevent.spaces.origins import origins_of
from fanal.prevent.spaces.queries import public_services
from fanal.prevent.spaces.terms import Audience, Status, Tier
from fanal.prevent.spaces.use_cases import confirm_service, doubt
from past import past
from prevent.spaces.freshness.test_links import answer, asked, written_to
from prevent.spaces.places import NOON, ServiceFactory
from rows import as_owner
from sizes import size

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
WITH_PHONE = {"phone": "03 20 00 00 00", "verified": {"phone": "2026-11-20"}}


def number(service: Service) -> str:
    return reverse("spaces:wrong_number", args=[service.ref])


def test_a_wrong_number_is_told_once_a_page_without_a_word_of_who_tells(client: Client) -> None:
    service = ServiceFactory(**WITH_PHONE)
    page = client.get(reverse("spaces:place", args=[service.ref])).content.decode()
    assert number(service) in page
    token = form_token()
    for _ in range(3):
        answered = client.post(number(service), {"jeton": token})
        assert "Une personne va vérifier ce numéro" in answered.content.decode()
        assert not answered.cookies
    kept = past(Doubt).get()
    assert (kept.source, kept.raised_on) != ("", None)
    assert token.split(":")[0] not in kept.key
    trace = past(Trace).get(deed="directory.doubt")
    assert (trace.agent_id, trace.detail) == (None, {"source": "wrong_number"})
    assert "trop longtemps" in client.post(number(service), {"jeton": "faux"}).content.decode()
    assert past(Doubt).count() == 1


def test_a_place_that_is_not_public_or_shows_no_number_takes_no_tap(client: Client) -> None:
    nothing = client.post(reverse("spaces:wrong_number", args=[uuid4()]), {"jeton": form_token()})
    others = [
        ServiceFactory(**WITH_PHONE, tier=Tier.HIDDEN),
        ServiceFactory(**WITH_PHONE, tier=Tier.PROFESSIONAL),
        ServiceFactory(phone="03 20 00 00 00"),
        ServiceFactory(phone="119", state_number=True, kind="ligne_nationale"),
    ]
    for service in others:
        answered = client.post(number(service), {"jeton": form_token()})
        assert (answered.status_code, answered.content) == (404, nothing.content)
    assert not past(Doubt).exists()


SHOWN = ("ref", "name", "phone", "verified", "verified_on", "status")


@settings(
    max_examples=size(12, 30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    tier=st.sampled_from(Tier.values),
    status=st.sampled_from(Status.values),
    sources=st.lists(st.sampled_from(DoubtSource.values), max_size=40),
)
def test_no_number_of_doubts_hides_a_place_or_shows_a_hidden_one(
    db: None, tier: str, status: str, sources: list[str]
) -> None:
    with transaction.atomic():
        service = ServiceFactory(**WITH_PHONE, tier=tier, status=status, verified_on=TODAY)
        other = ServiceFactory(verified_on=TODAY)
        (lille,) = origins_of("Lille")

        def seen() -> list[Any]:
            found = find_places(origin=lille, audience=Audience.MINORS, now=NOON)
            ranked = [one.service.ref for one in found.places]
            return [list(public_services().values(*SHOWN)), ranked]

        before = seen()
        for key, source in enumerate(sources):
            doubt(service=service.ref, source=DoubtSource(source), key=f"{key}", now=NOON)
        assert seen() == before
        assert other.ref in before[1]
        waiting = past(Doubt).filter(service=service)
        for source in DoubtSource:
            kept = waiting.filter(source=source).count()
            assert kept == min(sources.count(source), MOST_OPEN)
        transaction.set_rollback(True)


def test_a_room_that_may_not_see_the_place_may_doubt_it(nadia: Agent) -> None:
    service = ServiceFactory(tier=Tier.PROFESSIONAL)
    with acting_as(nadia):
        told = {"source": DoubtSource.REFERRAL, "key": "orientation 1", "now": NOON}
        assert doubt(service=service.ref, **told)
        assert not doubt(service=service.ref, **told)
        assert not doubt(service=uuid4(), **told | {"key": "2"})
        assert not Doubt.objects.exists()


def test_the_list_is_in_the_order_of_the_doubts_with_their_reasons(lou: Agent) -> None:
    sure = ServiceFactory(verified_on=TODAY)
    old = ServiceFactory(verified_on=TODAY - timedelta(days=200))
    flooded, referred, closed = (ServiceFactory(verified_on=TODAY) for _ in range(3))
    proposing = written_to(lou, verified_on=TODAY)
    answer(asked(lou, proposing), corrected={"phone": "03 20 11 11 11"})
    for key in range(9):
        doubt(service=flooded.ref, source=DoubtSource.WRONG_NUMBER, key=f"{key}", now=NOON)
    for key in range(3):
        doubt(service=referred.ref, source=DoubtSource.REFERRAL, key=f"{key}", now=NOON)
    for key, source in enumerate((DoubtSource.CLOSED, DoubtSource.REFERRAL, DoubtSource.BOUNCE)):
        doubt(service=closed.ref, source=source, key=f"{key}c", now=NOON)
    with acting_as(lou):
        found = list(to_check({}, on=TODAY))
        assert found == [closed, referred, flooded, proposing, old]
        assert sure not in found
        sureness = confidences(found, on=TODAY)
        assert [sureness[one.pk].weight for one in found] == [one.weight for one in found]  # type: ignore[attr-defined]
        for why, names in (
            ("wrong_number", [flooded]),
            ("referral", [referred, closed]),
            ("amended", [proposing]),
            ("old", [old]),
        ):
            assert set(to_check({"why": why}, on=TODAY)) == set(names)
        assert not to_check({"departement": "13"}, on=TODAY).exists()


def test_a_number_that_a_keeper_makes_sure_of_is_no_longer_doubted(lou: Agent) -> None:
    service = ServiceFactory(**WITH_PHONE)
    for source in (DoubtSource.WRONG_NUMBER, DoubtSource.REFERRAL):
        doubt(service=service.ref, source=source, key="1", now=NOON)
    with acting_as(lou):
        confirm_service(agent=lou, ref=service.ref, values={}, confirmed=["phone"], now=NOON)
    assert {one.source for one in past(Doubt) if one.settled_at is None} == {"referral"}


def report(*recipients: dict[str, str], kind: str = "delivery-status") -> bytes:
    whole = MIMEMultipart("report", **{"report-type": "delivery-status"})
    whole["Subject"] = "Undelivered Mail Returned to Sender"
    whole.attach(MIMEText("Désolé (invention).", _charset="utf-8"))
    part = MIMEBase("message", kind)
    for fields in ({"Reporting-MTA": "dns; courrier.invalid"}, *recipients):
        block = Message()
        for name, value in fields.items():
            block[name] = value
        part.attach(block)
    whole.attach(part)
    return whole.as_bytes()


def failed(address: str, **changes: str) -> dict[str, str]:
    fields = {"Final-Recipient": f"rfc822; {address}", "Action": "failed", "Status": "5.1.1"}
    return fields | {name.replace("_", "-"): value for name, value in changes.items()}


def test_what_comes_back_for_good_marks_the_address_once(lou: Agent, tmp_path: Path) -> None:
    service = written_to(lou)
    (tmp_path / "cur").mkdir()
    content = report(
        failed("LIEU@fanal.invalid"),
        failed("ailleurs@fanal.invalid", Original_Recipient="rfc822;autre@fanal.invalid"),
        failed("attente@fanal.invalid", Action="delayed", Status="4.4.7"),
        failed("plein@fanal.invalid", Status="4.2.2"),
    )
    (tmp_path / "cur" / "1").write_bytes(content)
    (one,) = reports_in(tmp_path)
    found = read_report(one)
    assert [bounce.address for bounce in found] == ["LIEU@fanal.invalid", "autre@fanal.invalid"]
    for _ in range(2):
        marked, unknown = mark_bounces(found, now=NOON)
        assert (marked, len(unknown)) == (1, 1)
    assert past(Mailbox).get().bounced_on == TODAY
    assert past(Doubt).get().source == DoubtSource.BOUNCE
    assert past(Service).get(pk=service.pk).tier == Tier.PUBLIC


def test_the_command_tells_what_it_read_and_writes_no_address(
    lou: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The base is that of the test: the command would start its own."""
    monkeypatch.setattr(commands, "open_database", lambda: nullcontext(lambda said: None))
    written_to(lou)
    (tmp_path / "1.eml").write_bytes(report(failed("lieu@fanal.invalid")))
    (tmp_path / "2.eml").write_bytes(b"Subject: bonjour")
    told = CliRunner().invoke(commands.read_bounces, [str(tmp_path)])
    assert told.exit_code == 1
    assert "Rapports lus : 1 ; lieux marqués : 1" in told.output
    assert "2.eml : Ce n’est pas un rapport de remise" in told.output
    assert "lieu@" not in told.output
    absent = CliRunner().invoke(commands.read_bounces, [str(tmp_path / "absent")])
    assert absent.exit_code == 2
    assert "n'existe pas" in absent.output


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"Subject: bonjour\n\nrien", report(kind="rfc822")],
    ids=["empty", "bytes", "letter", "no status"],
)
def test_what_is_no_report_is_refused_in_french(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "un.eml").write_bytes(content)
    with pytest.raises(NotAReport, match="rapport de remise"):
        read_report(tmp_path / "un.eml")


@pytest.fixture
def desk(client: Client, lou: Agent) -> Client:
    client.force_login(lou)
    return client


def decide(desk: Client, field: str, deed: str) -> int:
    ref = past(Amendment).get(field=field).ref
    return desk.post(reverse("spaces:decide", args=[ref]), {"deed": deed}).status_code


def test_one_click_shows_a_correction_and_another_undoes_it(desk: Client, lou: Agent) -> None:
    service = written_to(lou, verified={"phone": "2026-03-01"}, verified_on=date(2026, 3, 1))
    answer(asked(lou, service), corrected={"phone": "03 20 11 11 11"}, closed=True)
    page = desk.get(reverse("spaces:confirm", args=[service.ref])).content.decode()
    assert "03 20 11 11 11" in page
    assert "le lieu dit avoir fermé" in page

    assert decide(desk, "phone", "accept") == 302
    shown = public_services().get()
    assert shown.phone == "03 20 11 11 11"
    assert shown.verified["phone"] != "2026-03-01"
    decide(desk, "phone", "undo")
    shown = public_services().get()
    assert (shown.phone, shown.verified) == ("03 20 00 00 00", {"phone": "2026-03-01"})
    assert shown.verified_on == date(2026, 3, 1)

    decide(desk, "", "accept")
    assert not public_services().exists()
    decide(desk, "", "undo")
    assert public_services().count() == 1
    decide(desk, "phone", "refuse")
    decide(desk, "phone", "accept")
    assert public_services().get().phone == "03 20 00 00 00"


def test_doubts_are_set_aside_and_taken_back(desk: Client) -> None:
    service = ServiceFactory(**WITH_PHONE)
    doubt(service=service.ref, source=DoubtSource.REFERRAL, key="1", now=NOON)
    address = reverse("spaces:doubts", args=[service.ref])
    desk.post(address, {"deed": "aside"})
    assert past(Doubt).get().settled_at is not None
    desk.post(address, {"deed": "undo"})
    assert past(Doubt).get().settled_at is None


def test_hours_in_plain_words_are_written_by_hand(desk: Client, lou: Agent) -> None:
    service = written_to(lou)
    answer(asked(lou, service), corrected={"hours": "le matin"})
    ref = past(Amendment).get().ref
    page = desk.post(reverse("spaces:decide", args=[ref]), {"deed": "accept"}, follow=True)
    assert "écrivez-les dans la fiche" in page.content.decode()
    assert past(Service).get(pk=service.pk).hours == service.hours


def test_a_stranger_meets_the_404_of_what_does_not_exist(
    client: Client, lou: Agent, misplaced: Agent, nadia: Agent
) -> None:
    service = written_to(lou)
    answer(asked(lou, service), corrected={"phone": "03 20 11 11 11"})
    doors = [
        (reverse("spaces:decide", args=[past(Amendment).get().ref]), {"deed": "accept"}),
        (reverse("spaces:ask", args=[service.ref]), {}),
        (reverse("spaces:mailbox", args=[service.ref]), {"email": "autre@fanal.invalid"}),
        (reverse("spaces:mailbox", args=[service.ref]), {"email": "faux"}),
        (reverse("spaces:doubts", args=[service.ref]), {"deed": "aside"}),
    ]
    for stranger, status in ((misplaced, 404), (nadia, 403)):
        client.force_login(stranger)
        for address, sent in doors:
            assert client.post(address, sent).status_code == status
    client.force_login(misplaced)
    for name in ("spaces:first", "spaces:ask_old"):
        assert "Lieu inventé" not in client.get(reverse(name)).content.decode()
    assert public_services().get().phone == ""
    assert past(Mailbox).get().email == "lieu@fanal.invalid"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ages=st.lists(st.none() | st.integers(0, 700), min_size=2, max_size=7))
def test_among_places_that_are_equal_the_fresher_comes_first(
    db: None, ages: list[int | None]
) -> None:
    with transaction.atomic():
        days = [None if age is None else TODAY - timedelta(days=age) for age in ages]
        with as_owner():
            Service.objects.all().update(tier=Tier.HIDDEN)
        for day in days:
            ServiceFactory(verified_on=day)
        (lille,) = origins_of("Lille")
        found = find_places(origin=lille, audience=Audience.MINORS, now=NOON)
        ranked = [one.service.verified_on for one in found.places]
        never = date.min
        assert ranked == sorted(days, key=lambda day: day or never, reverse=True)
        transaction.set_rollback(True)
