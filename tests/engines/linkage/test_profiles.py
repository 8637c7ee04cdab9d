"""Profiles say what the columns are, or are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanal.engines.linkage.profiles.reading import HOUSE, read_profile
from fanal.engines.linkage.refusals import UnknownProfile

GOOD = """
name = "trial"
[[field]]
column = "first"
kind = "given"
label = "prénom"
[[field]]
column = "last"
kind = "family"
label = "nom"
[keys]
all = [["names"]]
learning = [["names"]]
"""


@pytest.mark.parametrize("name", HOUSE)
def test_the_profiles_of_the_house_are_read(name: str) -> None:
    assert read_profile(name).name == name


def test_a_profile_may_be_somebodys_own(tmp_path: Path) -> None:
    path = tmp_path / "trial.toml"
    path.write_text(GOOD, encoding="utf-8")

    assert read_profile(str(path)).columns == ("first", "last")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace('"family"', '"given"'), "doit avoir 1 colonne"),
        (GOOD.replace('"family"', '"other"'), "n'est pas un profil"),
        (GOOD.replace('all = [["names"]]', 'all = [["date"]]'), "clé inconnue, date"),
        (GOOD.replace('all = [["names"]]', 'all = [["first"]]'), "propres clés"),
        ("name = ", "n'est pas un profil"),
    ],
)
def test_what_is_no_profile_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "trial.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(UnknownProfile, match=said):
        read_profile(str(path))


def test_an_unknown_name_is_said_with_those_there_are() -> None:
    with pytest.raises(UnknownProfile, match="people-fr, febrl"):
        read_profile("people-en")
