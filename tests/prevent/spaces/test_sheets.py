"""A sheet for each département: readable, neutral outside, of public places alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from io import BytesIO
from itertools import islice
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from fanal.prevent.spaces.models import PublicService, Service
from fanal.prevent.spaces.sheets.contents import sheet_of, week_said
from fanal.prevent.spaces.sheets.printing import all_sheets, pocket_sheet, with_a_sheet
from fanal.prevent.spaces.terms import Tier
from ground.documents.printed import (
    findings_in,
    fonts_of,
    is_tagged,
    pages_of,
    text_of,
    text_within,
)
from past import past
from prevent.spaces.places import CONFIRMED, NOON, ServiceFactory, starting_directory
from sizes import WHOLE

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
# Printed in a sample; what the others would say is read all the same.
FEW = 12
SURE = {
    "phone": "03 20 00 00 00",
    "hours": "Mo-Fr 09:00-17:00; Sa 09:00-12:00",
    "verified": CONFIRMED,
    "verified_on": TODAY,
}
# Of the left column, in points: the two panels that stay outside.
OUTSIDE = ((0, 0), (0, 211))


def texts_of(sheets: Iterable[bytes]) -> list[str]:
    """What each says, read in one go."""
    bound = pikepdf.new()
    for pdf in sheets:
        with pikepdf.open(BytesIO(pdf)) as one:
            bound.pages.extend(one.pages)
    written = BytesIO()
    bound.save(written)
    return pages_of(written.getvalue())


def names(departement: str) -> list[str]:
    return [one["name"] for one in sheet_of(departement, now=NOON, site="")["places"]]


def test_every_departement_has_its_own_and_none_tells_of_another_tier() -> None:
    starting_directory()
    ServiceFactory(name="Lieu de Lille", **SURE)
    for tier in (Tier.PROFESSIONAL, Tier.HIDDEN):
        ServiceFactory(name="Refuge jamais montré", tier=tier, **SURE)
    asked = {"now": NOON, "site": "fanal.invalid/trouver"}
    codes = [one.code for one in with_a_sheet()]
    assert len(codes) == 101
    for code in codes:
        told = str(sheet_of(code, **asked))
        assert "Lieu de Lille" in told, code
        assert "jamais montré" not in told
        assert "pédiatrique" not in told
    printed = all_sheets(**asked)
    made = dict(printed if WHOLE else islice(printed, FEW))
    for code, text in zip(made, texts_of(made.values()), strict=True):
        assert f"({code})" in text
        for said in ("En danger maintenant", "119", "Lieu de Lille", "fanal.invalid/trouver"):
            assert said in text, code
        assert "jamais montré" not in text
        assert "pédiatrique" not in text


def test_everybody_can_read_it(tmp_path: Path) -> None:
    ServiceFactory(name="Lieu \u202eoù 中文 parler", **SURE)
    pdf = pocket_sheet("59", now=NOON, site="fanal.invalid/trouver")
    assert findings_in(pdf, tmp_path) == []
    assert is_tagged(pdf)
    assert len(pages_of(pdf)) == 1
    fonts = fonts_of(pdf)
    assert fonts
    assert set(fonts.values()) == {(True, True, True)}


def test_outside_it_names_nothing() -> None:
    ServiceFactory(name="Lieu de Lille", **SURE)
    pdf = pocket_sheet("59", now=NOON, site="fanal.invalid/trouver")
    told = " ".join(
        text_within(pdf, left=left, top=top, width=297, height=210) for left, top in OUTSIDE
    )
    words = set(re.findall(r"\w+", told.lower()))
    assert {"numéros", "et", "lieux", "utiles", "nord", "59", "notes", "plier"} <= words
    about = {"danger", "enfance", "appeler", "violences", "119", "17", "lille", "fanal"}
    assert not about & words


def test_only_what_was_confirmed_lately_is_printed() -> None:
    ServiceFactory(name="Lieu jamais confirmé", phone="03 20 11 11 11")
    ServiceFactory(name="Lieu sans numéro", verified={"hours": "2026-11-20"}, verified_on=TODAY)
    before = (TODAY - timedelta(days=181)).isoformat()
    ServiceFactory(name="Lieu ancien", **SURE | {"verified": {"phone": before}})
    ServiceFactory(name="Lieu des adultes", audiences=["adults"], **SURE)
    assert names("59") == []
    assert "Aucun lieu proche" in text_of(pocket_sheet("59", now=NOON, site=""))
    ServiceFactory(name="Lieu sûr", **SURE)
    assert names("59") == ["Lieu sûr"]
    # A door that was confirmed lately is shown, without a number that is no longer sure.
    door = {
        "verified": {"phone": before, "address": TODAY.isoformat()},
        "address": "1 rue Inventée",
    }
    ServiceFactory(name="Lieu dont la porte est sûre", **SURE | door)
    text = text_of(pocket_sheet("59", now=NOON, site=""))
    assert "1 rue Inventée" in text
    assert text.count("03 20 00 00 00") == 1


def test_the_places_of_a_departement_come_alone_and_the_nearest_elsewhere() -> None:
    ServiceFactory(name="Lieu de Lille", **SURE)
    (away,) = sheet_of("62", now=NOON, site="")["places"]
    assert re.fullmatch(r"à \d+ km", away["away"])
    arras = {"commune_id": "62041", "departement_id": "62", "postcode": "62000"}
    ServiceFactory(name="Lieu d’Arras", latitude=50.29, longitude=2.78, **arras, **SURE)
    assert names("62") == ["Lieu d’Arras"]
    assert sheet_of("62", now=NOON, site="")["places"][0]["away"] == ""


def test_a_place_that_is_hidden_leaves_the_next_sheet() -> None:
    ServiceFactory(name="Lieu un", **SURE)
    two = ServiceFactory(name="Lieu deux", **SURE)
    assert "Lieu deux" in text_of(pocket_sheet("59", now=NOON, site=""))
    past(Service).filter(pk=two.pk).update(tier=Tier.HIDDEN)
    assert "Lieu deux" not in text_of(pocket_sheet("59", now=NOON, site=""))


def test_words_that_are_too_long_stay_in_their_panel() -> None:
    """What fits in no panel is left out; what fits is whole."""
    for number in range(9):
        ServiceFactory(name=f"{number} " + "maison longue " * 10, address="x " * 140, **SURE)
    text = text_of(pocket_sheet("59", now=NOON, site=""))
    whole = len(re.findall("samedi", text))
    assert 1 <= whole == len(re.findall("confirmé le", text)) < 9


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("24/7", "jour et nuit"),
        ("Mo-Su 09:00-23:00", "tous les jours : 9 h à 23 h"),
        ("Mo-Fr 09:00-17:00; PH off", "lundi à vendredi : 9 h à 17 h"),
        ("We,Sa 14:00-18:00", "mercredi : 14 h à 18 h ; samedi : 14 h à 18 h"),
        ("Mo,Tu 09:00-12:00", "lundi et mardi : 9 h à 12 h"),
        ("le matin", ""),
        ("", ""),
    ],
)
def test_hours_are_said_for_an_ordinary_week(hours: str, said: str) -> None:
    # Christmas week: what it changes is not ordinary.
    one = PublicService(hours=hours, departement_id="59")
    assert week_said(one, date(2026, 12, 22)).replace("\u00a0", " ") == said


def test_it_is_got_from_its_address_and_any_other_leads_to_the_list(client: Client) -> None:
    for code in ("59", "2a", "974"):
        answer = client.get(reverse("spaces:sheet", args=[code]))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'inline; filename="{code.upper()}.pdf"'
        assert "testserver/trouver" in text_of(answer.content)
        assert not answer.cookies
    listed = reverse("spaces:sheets")
    for code in ("00", "x", "59'--", "%00", "é"):
        assert client.get(f"/trouver/feuille/{code}.pdf").headers.get("Location") == listed
    page = client.get(listed).content.decode()
    assert page.count("/trouver/feuille/") == 101
