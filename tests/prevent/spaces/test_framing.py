"""The search held by another site: no script, no cookie, nothing of a third party."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fanal.ground.shell.visitors import form_token
from prevent.spaces.places import ServiceFactory

pytestmark = pytest.mark.django_db
FRAME, HELP = reverse("spaces:frame"), reverse("spaces:frame_help")


def sought(client: Client, **answers: Any) -> str:
    answer = client.post(FRAME, {"jeton": form_token(), "where": "Lille"} | answers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_finds_as_the_page_does_and_opens_places_elsewhere(client: Client) -> None:
    for _ in range(12):
        ServiceFactory()
    page = sought(client)
    assert "Près de Lille (59)" in page
    assert "Voir d’autres lieux" in page
    links = re.findall(r"<a [^>]*>", page)
    outside = [one for one in links if not re.search(r'href="(tel|sms|#)', one)]
    assert len(outside) > 10
    for one in outside:
        assert 'target="_blank" rel="noopener noreferrer"' in one
    assert 'href="tel:119"' in page


def test_it_holds_nothing_that_runs_or_comes_from_elsewhere(client: Client) -> None:
    ServiceFactory()
    for page in (client.get(FRAME).content.decode(), sought(client), sought(client, where="zzz")):
        assert not re.search(r"<script|<iframe|<img|\son\w+=|javascript:", page)
        loaded = re.findall(r'<link[^>]* href="([^"]*)"|\ssrc="([^"]*)"|action="([^"]*)"', page)
        assert all(one.startswith("/") for found in loaded for one in found if one)
        assert re.search("<title>(.*)</title>", page)[1] == "Fanal"  # type: ignore[index]
    for answer in (client.get(FRAME), client.post(FRAME, {"jeton": form_token(), "where": "59"})):
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]


def test_the_site_around_sends_nothing_in_its_place(client: Client) -> None:
    sent = {"jeton": form_token(), "where": "Lille"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.invalid"}):
        assert client.post(FRAME, sent, headers=headers).status_code == 403
    assert (
        "restée ouverte trop longtemps"
        in client.post(FRAME, sent | {"jeton": "x"}).content.decode()
    )


def test_the_help_shows_the_lines_that_it_holds_itself(client: Client) -> None:
    answer = client.get(HELP)
    page = answer.content.decode()
    lines = unescape(re.search("<code>(&lt;iframe.*?)</code>", page, re.DOTALL)[1])  # type: ignore[index]
    assert f'src="http://testserver{FRAME}"' in lines
    preview = re.search("<iframe [^>]*>", page)[0]  # type: ignore[index]
    for said in ("sandbox", "referrerpolicy", "loading"):
        wanted = re.search(f'{said}="[^"]*"', lines)[0]  # type: ignore[index]
        assert wanted in preview
    assert "allow-scripts" not in page
    # It is tried in a tab of its own: who goes by keyboard or by ear is not held in a picture.
    assert " inert " in preview
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
