"""What a search engine may find: pages that name nothing, public places, and no other."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from doors import addresses, filled
from fanal.ground.access.middleware import is_open
from fanal.prevent.spaces.terms import Tier
from prevent.spaces.places import NOON, ServiceFactory

pytestmark = pytest.mark.django_db
INDEXED = re.compile('<meta name="robots" content="index, follow">')
SUBJECT = re.compile("prostitu|exploit|sexu|viol|victim|mineur|danger|proxen", re.IGNORECASE)


def listed(client: Client) -> list[str]:
    answer = client.get(reverse("front:sitemap"))
    assert answer["Content-Type"].startswith("application/xml")
    found = ET.fromstring(answer.content)  # noqa: S314
    return [urlsplit(one.text or "").path for one in found.iter() if one.tag.endswith("}loc")]


def test_what_is_listed_is_there_for_everybody_and_names_nothing(client: Client) -> None:
    public = ServiceFactory(verified_on=NOON.date())
    hidden = [ServiceFactory(tier=tier) for tier in (Tier.PROFESSIONAL, Tier.HIDDEN)]
    pages = listed(client)
    assert reverse("spaces:place", args=[public.ref]) in pages
    assert not [one for one in hidden if str(one.ref) in str(pages)]
    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, answer.cookies) == (200, {})
        title = re.search("<title>(.*)</title>", answer.content.decode())[1]  # type: ignore[index]
        assert title == "Fanal"
        assert not SUBJECT.search(page)
        assert INDEXED.search(answer.content.decode()), page
    assert b"<lastmod>2026-11-28</lastmod>" in client.get(reverse("front:sitemap")).content


def test_no_other_page_asks_to_be_found(client: Client) -> None:
    refs = [str(ServiceFactory().ref)]
    pages = set(listed(client))
    for route, view in addresses():
        if is_open(view):
            for address in filled(route, refs):
                said = client.get(address).content.decode(errors="replace")
                assert bool(INDEXED.search(said)) == (address in pages), address


def test_robots_are_told_the_list_and_no_address(client: Client) -> None:
    said = client.get("/robots.txt").content.decode()
    assert said.splitlines() == [
        "User-agent: *", "Disallow:", "", "Sitemap: http://testserver/sitemap.xml",
    ]  # fmt: skip
