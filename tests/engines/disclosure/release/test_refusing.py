"""What is not published: requests, data and ledgers that do not do, and nothing left behind."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fanal.engines.disclosure.release.building import build
from fanal.engines.disclosure.release.reading import attack_folders
from fanal.engines.disclosure.release.refusals import NotReleased, Reason

Crossed = Callable[..., str]


def refused(desk: Any, *tables: str, name: str = "un", **asked: Any) -> NotReleased:
    before = desk.files()
    with pytest.raises(NotReleased) as caught:
        desk.build(name, *tables, **asked)
    assert desk.files() == before
    assert not desk.out(name).exists()
    return caught.value


def test_an_unknown_column_is_told_with_those_that_there_are(desk: Any, crossed: Crossed) -> None:
    error = refused(desk, crossed("t", "pays"), variables="[variables.pays]")

    assert "« pays »" in error.message
    assert "annee" in error.message
    assert error.reason is Reason.UNREADABLE_DATA


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "il est vide"),
        (b"id,dep,age,forme,annee,structure\n", "il n'y a personne"),
        (b"dep,age,forme,annee\nA,12,un,2023\nB,14\xff\xfe,un,2023\n", "UTF-8"),
        (b"dep,age,forme,annee\nA,12,=2+3,2023\n", "renommez-la"),
        (b'dep,age,forme,annee\nA,"12,un,2023\nB,14,un,2023\n', "autant de cases"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    desk: Any, crossed: Crossed, content: bytes, said: str
) -> None:
    data = desk.folder / "mauvais.csv"
    data.write_bytes(content)

    assert said in refused(desk, crossed("t", "forme"), data=data).message


def test_no_row_of_the_data_is_in_a_message(desk: Any, crossed: Crossed) -> None:
    data = desk.folder / "mauvais.csv"
    data.write_text(
        "dep,age,forme,annee\nA,12,un,2023\nLUCIOLE,14,un,2023,trop\n", encoding="utf-8"
    )

    assert "LUCIOLE" not in refused(desk, crossed("t", "forme"), data=data).message


def test_a_missing_file_is_told(desk: Any, crossed: Crossed) -> None:
    error = refused(desk, crossed("t", "forme"), data=desk.folder / "rien.csv")

    assert "ne s'ouvre pas" in error.message


def test_a_hierarchy_with_a_circle_is_told(desk: Any, crossed: Crossed) -> None:
    (desk.folder / "regions.csv").write_text(
        "code,parent\nA,Nord\nNord,Sud\nSud,Nord\n", encoding="utf-8"
    )
    error = refused(desk, crossed("t", "region"))

    assert "au-dessus" in error.message
    assert error.reason is Reason.UNREADABLE_SPEC


def test_a_code_outside_the_hierarchy_is_told(desk: Any, crossed: Crossed) -> None:
    (desk.folder / "regions.csv").write_text("code,parent\nA,Nord\n", encoding="utf-8")

    assert "n'est pas dans la hiérarchie" in refused(desk, crossed("t", "region")).message


def test_a_column_with_thousands_of_values_is_told(desk: Any, crossed: Crossed) -> None:
    data = desk.folder / "large.csv"
    with data.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["forme"], *([f"v{n}"] for n in range(2_001))])

    error = refused(desk, crossed("t", "forme"), data=data, variables="[variables.forme]")
    assert "plus de 2000 valeurs" in error.message


def test_titles_with_quotes_are_titles_and_nothing_else(desk: Any, crossed: Crossed) -> None:
    data = desk.folder / "quotes.csv"
    data.write_text(
        "\"l'âge : 'INT'}, x = {\";autre\n" + "un;a\n" * 30 + "deux;b\n" * 20, encoding="utf-8"
    )
    variables = """[variables.forme]\ncolumn = "l'âge : 'INT'}, x = {"\n"""
    desk.build("un", crossed("t", "forme"), data=data, variables=variables)


def test_two_million_rows_are_read(desk: Any, crossed: Crossed) -> None:
    data = desk.folder / "grand.csv.gz"
    with gzip.open(data, "wt", compresslevel=1, encoding="utf-8") as file:
        file.write(
            "dep,age,forme,annee\n" + "A,14,un,2023\nB,16,deux,2024\nC,12,un,2023\n" * 666_667
        )

    desk.build("un", crossed("t", "territoire", "forme"), data=data)
    with (desk.out("un") / "t.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["effectif"] == "2000001"


def test_counts_are_read_as_people(desk: Any, crossed: Crossed) -> None:
    data = desk.folder / "comptes.csv"
    data.write_text(
        "dep,age,forme,annee,n\nA,14,un,2023,40\nA,16,deux,2023,25\nB,14,un,2024,30\nB,16,deux,2023,35\n",
        encoding="utf-8",
    )
    desk.build("un", crossed("t", "territoire"), data=data, more='count = "n"')

    with (desk.out("un") / "t.csv").open(encoding="utf-8", newline="") as file:
        assert [row["effectif"] for row in csv.DictReader(file)][:3] == ["130", "65", "65"]


@pytest.mark.parametrize("count", ["-1", "1.5", "beaucoup", ""])
def test_counts_that_count_nobody_are_told(desk: Any, crossed: Crossed, count: str) -> None:
    data = desk.folder / "comptes.csv"
    data.write_text(
        f"dep,age,forme,annee,n\nA,14,un,2023,40\nA,14,deux,2023,{count}\n", encoding="utf-8"
    )

    error = refused(desk, crossed("t", "forme"), data=data, more='count = "n"')
    assert "nombres entiers" in error.message


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"policy": "maison"}, "Aucune règle"),
        ({"method": "magie"}, "« method » est l'un de"),
        ({"more": "couleur = 3"}, "« couleur »"),
        ({"more": "epsilon = true"}, "« epsilon »"),
        ({"more": "publisher = 3"}, "« publisher »"),
        ({"more": 'population = { lune = "A" }'}, "« lune »"),
        ({"more": 'population = { age = "99" }'}, "« 99 »"),
        ({"variables": "[variables.forme]\nrole = 'roi'"}, "« role »"),
        ({"variables": "[variables.forme]\nrole = 'territory'"}, "« level »"),
        ({"variables": "[variables.forme]\nvalues = ['un']"}, "hors de « values »"),
        ({"variables": "[variables.forme]\nshow = ['quatre']"}, "« quatre »"),
        ({"variables": "[variables.forme]\ngroups = { x = ['quatre'] }"}, "« quatre »"),
        ({"variables": "[variables.forme]\nhierarchy = 'rien.csv'"}, "rien.csv"),
        ({"more": "= 3"}, "TOML"),
    ],
)
def test_a_request_that_does_not_do_says_what_to_change(
    desk: Any, crossed: Crossed, asked: dict[str, str], said: str
) -> None:
    assert said in refused(desk, crossed("t", "forme"), **asked).message


def test_a_table_with_an_unknown_variable_or_filter_is_told(desk: Any, crossed: Crossed) -> None:
    assert "« lune »" in refused(desk, crossed("t", "lune")).message
    filtered = crossed("t", "forme", filters='age = "15 et plus"')
    assert "« 15 et plus »" in refused(desk, filtered).message
    assert "distinctes" in refused(desk, crossed("t", "territoire", "region")).message
    assert "aucun tableau" in refused(desk, more="tables = []").message


def with_column(desk: Any, name: str, values: list[str]) -> Path:
    lines = desk.data.read_text(encoding="utf-8").splitlines()
    data = desk.folder / "avec.csv"
    held = [
        f"{lines[0]},{name}",
        *(f"{one},{values[i % len(values)]}" for i, one in enumerate(lines[1:])),
    ]
    data.write_text("\n".join(held) + "\n", encoding="utf-8")
    return Path(data)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["2024-03-01", "2024-03-02"], "le jour"),
        (["2024-03", "2024-04"], "le mois"),
        (["59350", "13055"], "la commune"),
    ],
)
def test_the_rule_for_minors_stops_at_the_quarter_and_the_departement(
    desk: Any, crossed: Crossed, values: list[str], said: str
) -> None:
    error = refused(
        desk, crossed("t", "x"), data=with_column(desk, "x", values), policy="mineurs",
        more="contributor = false", variables="[variables.x]",
    )  # fmt: skip

    assert said in error.message
    assert error.reason is Reason.AGAINST_THE_RULE


def test_the_rule_for_minors_takes_quarters(desk: Any, crossed: Crossed) -> None:
    desk.build(
        "un", crossed("t", "x"), data=with_column(desk, "x", ["2024-T1", "2024-T2"]),
        policy="mineurs", more="contributor = false",
        variables='[variables.x]\nrole = "time"',
    )  # fmt: skip


def test_the_rule_for_minors_asks_who_counted(desk: Any, crossed: Crossed) -> None:
    assert "contributor" in refused(desk, crossed("t", "forme"), policy="mineurs").message
    error = refused(desk, crossed("t", "forme"), policy="mineurs", more='contributor = "forme"')
    assert "par structure" in error.message


def test_a_ledger_that_was_touched_stops_everything(desk: Any, crossed: Crossed) -> None:
    desk.build("un", crossed("t", "forme"))
    path = desk.ledger / "releases.jsonl"
    path.write_bytes(path.read_bytes().replace(b"600", b"601"))

    error = refused(desk, crossed("t", "annee"), name="deux")
    assert error.reason is Reason.LEDGER
    assert "a été modifié" in error.message


def test_data_that_changed_since_the_last_release_stop_the_next(
    desk: Any, crossed: Crossed
) -> None:
    desk.build("un", crossed("t", "territoire"))
    lines = desk.data.read_text(encoding="utf-8").splitlines()
    desk.data.write_text("\n".join([*lines, *lines[1:4]]) + "\n", encoding="utf-8")

    error = refused(desk, crossed("t", "forme"), name="deux")
    assert "« un »" in error.message
    assert "quand chaque cas est entré" in error.message


def test_another_year_of_data_is_no_change_when_each_release_says_its_years(
    desk: Any, crossed: Crossed
) -> None:
    whole = desk.data.read_text(encoding="utf-8").splitlines()
    past = [line for line in whole if ",2024," not in line]
    desk.data.write_text("\n".join(past) + "\n", encoding="utf-8")
    desk.build("avant", crossed("t", "territoire"), more='population = { annee = "2023" }')
    desk.data.write_text("\n".join(whole) + "\n", encoding="utf-8")
    desk.build("apres", crossed("t", "territoire"))

    _, verdict = attack_folders([desk.out("avant"), desk.out("apres")])
    assert verdict is not None
    assert verdict.sound


def test_a_release_with_nothing_left_to_show_is_refused_without_a_count(
    desk: Any, crossed: Crossed
) -> None:
    data = desk.folder / "petit.csv"
    data.write_text("dep,age,forme,annee\n" + "A,14,un,2023\n" * 7, encoding="utf-8")
    error = refused(desk, crossed("t", "territoire"), data=data, policy="mineurs",
                    more="contributor = false")  # fmt: skip

    assert error.reason is Reason.CANNOT_PROTECT
    assert not re.search(r"\d", error.message)
    assert "Regroupez" in error.message


def test_a_name_is_used_once(desk: Any, crossed: Crossed) -> None:
    desk.build("un", crossed("t", "forme"))
    again = desk.request("un", crossed("t", "annee"))
    with pytest.raises(NotReleased, match="déjà au registre"):
        build(again, desk.data, desk.folder / "autre", desk.ledger, progress=lambda _: None)
    with pytest.raises(NotReleased, match="existe déjà"):
        desk.build("un", crossed("t", "forme"))


def test_a_folder_that_is_no_release_is_told(desk: Any, crossed: Crossed) -> None:
    with pytest.raises(NotReleased, match="n'est pas une publication"):
        attack_folders([desk.folder])
    desk.build("un", crossed("t", "forme"))
    (desk.out("un") / "t.csv").write_text("forme,effectif\nun,3\n", encoding="utf-8")
    with pytest.raises(NotReleased, match="n'est pas une publication"):
        attack_folders([desk.out("un")])


def test_cell_keys_need_people_and_their_identifiers(desk: Any, crossed: Crossed) -> None:
    assert "« record »" in refused(desk, crossed("t", "forme"), method="cellkey").message
    error = refused(desk, crossed("t", "forme"), method="cellkey", more='record = "dep"')
    assert "à elle seule" in error.message
