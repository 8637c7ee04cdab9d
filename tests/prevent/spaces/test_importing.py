"""The starting directory, and files as people give them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fanal.ground.audit.models import Trace
from fanal.prevent.spaces.importing import COLUMNS, STARTING, NotADirectory, lines_of
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.queries import public_services
from fanal.prevent.spaces.terms import STATE_NUMBERS, Kind, Tier
from fanal.prevent.spaces.use_cases import Imported, import_directory
from past import past
from prevent.spaces.places import NOON
from rows import as_owner

pytestmark = pytest.mark.django_db
GOOD = {
    "name": "Lieu inventé",
    "kind": "paej",
    "commune": "Lille",
    "postcode": "59000",
    "departement": "59",
    "phone": "03 20 00 00 00",
    "website": "https://lieu.invalid",
    "audience": "minors|families",
    "source_url": "https://source.invalid/page",
    "source_date": "2026-11",
}


def written(**changes: str) -> list[str]:
    cells = GOOD | changes
    return [",".join(COLUMNS), ",".join(cells[column] for column in COLUMNS)]


def starting() -> Imported:
    return import_directory(lines_of(STARTING), now=NOON)


def test_the_starting_directory_is_read_whole_and_once() -> None:
    first, again = starting(), starting()
    assert (first.added, first.refused) == (388, ())
    assert (again.added, again.changed, again.unchanged) == (0, 0, 388)
    assert past(Service).count() == 388
    assert [one.deed for one in past(Trace)] == ["directory.import"] * 2


def test_everything_waits_to_be_confirmed_but_the_numbers_of_the_state() -> None:
    starting()
    told = {one.phone for one in public_services() if one.phone}
    assert told == set(STATE_NUMBERS)
    assert not [one for one in public_services() if one.website or one.verified_on]


def test_every_departement_has_a_place() -> None:
    starting()
    places = set(public_services().values_list("departement", flat=True))
    assert len(places - {None}) == 101


def test_hospital_units_are_for_professionals() -> None:
    starting()
    tiers = Counter(past(Service).filter(kind=Kind.HOSPITAL).values_list("tier", flat=True))
    assert tiers == {Tier.PROFESSIONAL: 28}
    assert not public_services().filter(kind=Kind.HOSPITAL).exists()


def test_what_a_person_confirmed_or_hid_is_not_undone_by_a_file() -> None:
    import_directory(written(), now=NOON)
    with as_owner():
        Service.objects.update(verified={"phone": "2026-11-20"}, tier=Tier.HIDDEN)
    import_directory(written(phone="03 20 11 11 11", website="https://neuf.invalid"), now=NOON)
    kept = past(Service).get()
    assert (kept.phone, kept.website) == ("03 20 00 00 00", "https://neuf.invalid")
    assert kept.tier == Tier.HIDDEN


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("name", "", "Écrivez un nom"),
        ("kind", "autre", "pas un réseau connu"),
        ("departement", "99", "pas un code de département"),
        ("commune", "Nulle-Part", "pas une commune de ce département"),
        ("postcode", "1000", "cinq chiffres"),
        ("phone", "appelez-nous", "Écrivez le numéro"),
        ("website", "javascript:alert(1)", "https://"),
        ("source_url", "source", "https://"),
        ("audience", "children", "« children »"),
        ("source_date", "hier", "Écrivez 2026"),
        ("source_date", "2026-13", "calendrier"),
        ("source_date", "2026-02-30", "calendrier"),
        ("name", "x" * 151, "150 caractères"),
        ("name", "Lieu\x00inventé", "invisible"),
        ("name", "Lieu\u2028inventé", "invisible"),
        ("name", '"Lieu\nde deux lignes"', "invisible"),
        ("postcode", "٥٩٠٠٠", "cinq chiffres"),
        ("postcode", "75001", "pas un code postal de ce département"),
        ("departement", "", "Dites le département"),
        ("website", "https://lieu.invalid/" + "x" * 300, "300 caractères"),
        ("source_url", "https://source.invalid/" + "x" * 500, "500 caractères"),
        ("audience", "", "«  » n’est pas connu"),
        ("audience", "minors|", "«  » n’est pas connu"),
    ],
)
def test_a_cell_that_is_refused_says_why(column: str, cell: str, said: str) -> None:
    done = import_directory(written(**{column: cell}), now=NOON)
    refused, *others = done.refused
    assert others == []
    assert (refused.column, done.added) == (column, 0)
    assert said in refused.message
    assert past(Service).count() == 0


def test_a_file_of_something_else_is_refused_whole() -> None:
    with pytest.raises(NotADirectory, match="kind"):
        import_directory(["name,phone", "Lieu,03"], now=NOON)


def test_a_service_said_twice_is_kept_once() -> None:
    done = import_directory([*written(), *written()[1:]], now=NOON)
    assert done.added == 1
    assert "ligne 2" in done.refused[0].message


@pytest.mark.parametrize("between", [";", "\t"])
def test_what_a_spreadsheet_writes_is_read(tmp_path: Path, between: str) -> None:
    """Semicolons, a mark before the first word, an empty line under the last, blanks in a cell."""
    head, line = (one.replace(",", between) for one in written(audience="minors | minors"))
    file = tmp_path / "lieux.csv"
    empty = between * (len(COLUMNS) - 1)
    file.write_text(f"{head}\r\n{line}\r\n{empty}\r\n", encoding="utf-8-sig", newline="")
    done = import_directory(lines_of(file), now=NOON)
    assert (done.added, done.refused) == (1, ())
    assert past(Service).get().audiences == ["minors"]


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("Lieu,paej", "commune", "pas assez de cases"),
        (",".join("abcdefghijkl"), "source_date", "trop"),
    ],
)
def test_a_torn_line_is_said_and_the_next_is_kept(line: str, column: str, said: str) -> None:
    head, good = written()
    done = import_directory([head, line, good], now=NOON)
    (refused,) = done.refused
    assert (refused.line, refused.column, done.added) == (2, column, 1)
    assert said in refused.message


def test_a_quote_that_was_never_closed_is_said() -> None:
    head, good = written()
    done = import_directory([f"{head}\n", f'"{good}\n', f"{good}\n"], now=NOON)
    assert done.added == 0
    assert "pas assez de cases" in str(done.refused[0])
    with pytest.raises(NotADirectory, match="guillemet"):
        import_directory([f"{head}\n", f'"{"x" * 140_000}\n'], now=NOON)


def test_a_column_said_twice_is_refused() -> None:
    head, good = written()
    with pytest.raises(NotADirectory, match="deux fois"):
        import_directory([f"{head},phone", f"{good},17"], now=NOON)


@pytest.mark.parametrize(
    ("departement", "commune", "postcode"),
    [
        ("2A", "Ajaccio", "20000"),
        ("974", "Saint-Denis", "97400"),
        ("976", "Mamoudzou", "97600"),
        ("59", "Lille", "59009"),
    ],
)
def test_a_postcode_of_the_departement_is_kept(
    departement: str, commune: str, postcode: str
) -> None:
    """Corsica, overseas, and those that only companies have."""
    done = import_directory(
        written(departement=departement, commune=commune, postcode=postcode), now=NOON
    )
    assert (done.added, done.refused) == (1, ())
