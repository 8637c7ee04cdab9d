"""
What is not for everybody is reached by nobody who has not signed in, whatever they ask and where.

Each field of each record bears a mark of its own. Every public address of the URL configuration is
asked, with the reference of the record in its holes; then the searches, the interface with any
parameter, the map, the frame and the sheets. No answer bears a mark, nor does the server's log.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string
from hypothesis import given, settings
from hypothesis import strategies as st

from doors import addresses, holes, put
from fanal.ground.access.middleware import is_open
from fanal.ground.shell.visitors import FIELD, form_token
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.reuse import AT_LOCATIONS, ORGANIZATIONS, SERVICES
from fanal.prevent.spaces.terms import CONFIRMABLE, TO_CONFIRM, Audience, Kind, Need, Status, Tier
from ground.documents.printed import text_of
from prevent.spaces.places import NOON, ServiceFactory
from sizes import size

pytestmark = pytest.mark.django_db
# So begins each mark: no French word does, nor any address of ours.
MARK = "zqx"
# Drawn for a form, it may be any letters.
TOKEN = re.compile(rf'name="{FIELD}" value="[^"]*"')
POINT = (50.6123457, 3.0123457)
FIELDS = {
    "name": f"{MARK} nom",
    "description": f"{MARK} description",
    "address": f"{MARK} rue",
    "phone": f"{MARK} 03 20",
    "website": f"https://{MARK}.invalid/",
    "hours": f'24/7 "{MARK}"',
    "postcode": f"{MARK}p",
    "languages": [f"{MARK}l"],
    "source_url": f"https://{MARK}.invalid/source",
    "source_date": f"{MARK}d",
    "kept": {MARK: {"ours": MARK, "said": MARK}},
    "latitude": POINT[0],
    "longitude": POINT[1],
}
DRAWN = st.fixed_dictionaries(
    {
        "tier": st.sampled_from([Tier.PROFESSIONAL, Tier.HIDDEN]),
        "kind": st.sampled_from(Kind.values),
        "status": st.sampled_from(Status.values),
        "audiences": st.sets(st.sampled_from(Audience.values), min_size=1).map(sorted),
        "state_number": st.booleans(),
        "verified": st.sets(st.sampled_from(CONFIRMABLE)).map(
            lambda names: dict.fromkeys(names, "2026-11-20")
        ),
        "verified_on": st.sampled_from([None, NOON.date()]),
        "commune_id": st.sampled_from([None, "59350"]),
        "departement_id": st.sampled_from([None, "59"]),
    }
)
# Public, of which nobody confirmed a word: what is to be confirmed bears a mark too.
UNSURE = {name: FIELDS[name] for name in TO_CONFIRM} | {"latitude": POINT[0], "longitude": POINT[1]}
PARAMETERS = sorted({*SERVICES, *ORGANIZATIONS, *AT_LOCATIONS})
LISTS = ("services", "organizations", "service_at_locations")


def tells(answer: Any, hidden: list[Service]) -> list[str]:
    """What an answer says that it must not."""
    assert answer.status_code < 500
    if answer.get("Content-Type") == "application/pdf":
        said = text_of(answer.content)
    else:
        said = b"".join(answer).decode() if answer.streaming else answer.content.decode()
    said = TOKEN.sub("", said) + str(answer.headers)
    never = [MARK, *map(str, POINT), *(str(one.ref) for one in hidden)]
    return [one for one in never if one in said]


def everywhere(ref: str) -> Iterator[str]:
    """Each public address, about this record where it is about one."""
    for route, view in addresses():
        if is_open(view):
            yield put(route, [ref if kind == "uuid" else "59" for kind in holes(route)])


@contextmanager
def the_log() -> Iterator[StringIO]:
    """All that the server writes, as it writes it."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    said = django_settings.LOGGING["formatters"]["discreet"]
    handler.setFormatter(import_string(said["()"])(said["format"]))
    loggers = [logging.getLogger(name) for name in ("", *django_settings.LOGGING["loggers"])]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield written
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


@settings(max_examples=size(2, 6))
@given(drawn=st.lists(DRAWN, min_size=1, max_size=4))
def test_no_public_address_tells_of_it(drawn: list[dict[str, Any]]) -> None:
    client = Client(raise_request_exception=False)
    with transaction.atomic(), the_log() as log:
        hidden = [ServiceFactory(**FIELDS, **one) for one in drawn]
        ServiceFactory(name="Lieu de tous", **UNSURE)
        asked = list(everywhere(str(hidden[0].ref)))
        told = {address: tells(client.get(address), hidden) for address in asked}
        sent = {"jeton": form_token(), "where": "Lille", "who": drawn[0]["audiences"][0]}
        for address in (reverse("spaces:find"), reverse("spaces:frame")):
            for need in ("", Need.HURT):
                told[address + need] = tells(client.post(address, sent | {"need": need}), hidden)
        told["map"] = tells(client.get(reverse("spaces:map"), {"d": "59"}), hidden)
        assert {address: found for address, found in told.items() if found} == {}
        assert len(told) > 60
        assert MARK not in log.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def hidden(db: None) -> list[Service]:
    ServiceFactory(name="Lieu de tous", **UNSURE)
    sure = {"verified": dict.fromkeys(CONFIRMABLE, "2026-11-20"), "verified_on": NOON.date()}
    every = {"audiences": list(Audience.values), "state_number": True}
    return [
        ServiceFactory(**FIELDS, **sure, **every, tier=tier, kind=kind)
        for tier in (Tier.PROFESSIONAL, Tier.HIDDEN)
        for kind in (Kind.HOSPITAL, Kind.NATIONAL_LINE, Kind.TEENAGERS)
    ]


def test_the_interface_tells_of_none_whatever_is_asked(hidden: list[Service]) -> None:
    client = Client(raise_request_exception=False)
    values = st.sampled_from(
        [MARK, f"{MARK} nom", "59000", "true", "1", "500", "2020-01-01", "60000", "lieu"]
        + [str(one.ref) for one in hidden]
    )

    @settings(max_examples=80)
    @given(
        path=st.sampled_from(LISTS),
        sent=st.dictionaries(st.sampled_from(PARAMETERS), values | st.text(max_size=8), max_size=4),
    )
    def ask(path: str, sent: dict[str, str]) -> None:
        answer = client.get(f"/lieux/hsds/{path}", sent)
        assert tells(answer, hidden) == []
        # Nor is it counted: whoever looks for what it says finds that it is not there.
        if answer.status_code == 200:
            assert answer.json()["total_items"] <= (MARK not in sent.get("search", ""))

    with the_log() as log:
        ask()
    assert MARK not in log.getvalue()


def test_a_mark_would_be_seen(client: Client) -> None:
    """The proof proves something: the same record, made public, is found at once."""
    sure = {"verified": dict.fromkeys(CONFIRMABLE, "2026-11-20"), "verified_on": NOON.date()}
    shown = ServiceFactory(**FIELDS, **sure)
    for address in (
        reverse("spaces:place", args=[shown.ref]),
        reverse("spaces:hsds_service", args=[shown.ref]),
        reverse("spaces:sheet", args=["59"]),
        reverse("spaces:map") + "?d=59",
        "/sitemap.xml",
    ):
        assert tells(client.get(address), [shown]) != [], address
