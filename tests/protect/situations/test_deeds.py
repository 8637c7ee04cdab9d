"""A trace is read by people: it speaks French."""

from __future__ import annotations

import re
from pathlib import Path

import fanal
from fanal.protect.situations.queries.deeds import deed_in_words

HERE = Path(fanal.__file__).parent / "protect/situations"
DEED = re.compile(r'deed="([a-z_]+\.[a-z_0-9]+)"')


def test_every_deed_of_this_room_has_its_words() -> None:
    written = {
        deed for path in HERE.rglob("*.py") for deed in DEED.findall(path.read_text("utf-8"))
    }
    about_a_minor = {deed for deed in written if deed.startswith("situation.")}

    assert len(about_a_minor) > 10
    mute = {deed for deed in about_a_minor if deed_in_words(deed) == "Situation"}
    # These bear on a list, never on one file: no file shows them.
    assert mute == {"situation.export", "situation.list"}


def test_an_unknown_deed_is_told_by_its_thing_and_never_in_code() -> None:
    assert deed_in_words("report.of_tomorrow") == "Signalement"
    assert deed_in_words("something.else") == "Autre acte"


def test_a_step_of_a_concern_says_itself() -> None:
    assert deed_in_words("concern.notified") == "Décision notifiée"
