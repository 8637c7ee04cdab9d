"""A release from its request to its folder: written whole, after every attack, or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from fanal.engines.disclosure.ledger import Ledger
from fanal.engines.disclosure.release import building
from fanal.engines.disclosure.release.reading import attack_folders
from fanal.engines.disclosure.release.refusals import NotReleased, Reason

Crossed = Callable[..., str]
FILES = {
    "README.md", "attacks.json", "dictionnaire.csv", "dictionnaire.md", "metadata.jsonld",
    "structure.json", "t.csv", "t.parquet",
}  # fmt: skip


def rows(folder: Path, name: str = "t") -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def loaded(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def truth(data: Path, **wanted: str) -> int:
    with data.open(encoding="utf-8", newline="") as file:
        return sum(
            all(row[name] == value for name, value in wanted.items())
            for row in csv.DictReader(file)
        )


def test_a_release_is_a_folder_with_all_that_a_reader_needs(desk: Any, crossed: Crossed) -> None:
    made = desk.build("un", crossed("t", "territoire", "forme"))
    folder = desk.out("un")

    assert {path.name for path in folder.iterdir()} == FILES
    assert made.outcome.cells == 7 * 4
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert "moins de 11 personnes" in page
    assert "casd-hospitalier-1" in page
    assert loaded(folder, "attacks.json")["sound"] is True


def test_what_is_shown_is_true_and_what_is_small_is_not_shown(desk: Any, crossed: Crossed) -> None:
    desk.build("un", crossed("t", "territoire", "forme"))

    shown = [row for row in rows(desk.out("un")) if row["statut"] == "publié"]
    assert shown
    for row in shown:
        wanted = {"dep": row["territoire"], "forme": row["forme"]}
        known = {name: value for name, value in wanted.items() if value != "Total"}
        counted = truth(desk.data, **known)
        assert int(row["effectif"]) == counted
        assert counted == 0 or counted >= 11


def test_the_parquet_file_holds_the_same(desk: Any, crossed: Crossed) -> None:
    desk.build("un", crossed("t", "territoire", "forme"))
    path = desk.out("un") / "t.parquet"
    with duckdb.connect() as connection:
        held = connection.read_parquet(str(path)).fetchall()
        types = connection.read_parquet(str(path)).types

    as_text = [["" if cell is None else str(cell) for cell in row] for row in held]
    assert as_text == [list(row.values()) for row in rows(desk.out("un"))]
    assert str(types[2]) == "BIGINT"


def test_a_catalogue_can_read_what_it_is(desk: Any, crossed: Crossed) -> None:
    desk.build("un", crossed("t", "territoire", "forme"))
    described = loaded(desk.out("un"), "metadata.jsonld")

    assert described["@type"] == "dcat:Dataset"
    named = {one["dcat:downloadURL"]["@id"] for one in described["dcat:distribution"]}
    assert named == {"t.csv", "t.parquet"}


def test_every_release_is_attacked_with_those_before(desk: Any, crossed: Crossed) -> None:
    desk.build("tous", crossed("t", "territoire"))
    older = crossed("g", "territoire", filters='age = "14 et plus"')
    alone = desk.build("grands", older, data=desk.data)
    desk.build("annee", crossed("a", "territoire", "forme", filters='annee = "2023"'))
    desk.build("regions", crossed("r", "region", "forme"))

    assert alone.outcome.verdict["with_earlier_tables"] == 1
    assert alone.outcome.for_author["hidden_by_the_attacks"] > 0
    out = [desk.out(name) for name in ("tous", "grands", "annee", "regions")]
    _, verdict = attack_folders(out)
    assert verdict is not None
    assert verdict.sound
    assert verdict.exact == verdict.narrow == 0


def test_without_the_ledger_the_same_release_would_have_betrayed(
    desk: Any, crossed: Crossed
) -> None:
    """The ledger is what protects: the second release, made as if it were the first."""
    desk.build("tous", crossed("t", "territoire"))
    older = desk.request("grands", crossed("g", "territoire", filters='age = "14 et plus"'))
    building.build(
        older, desk.data, desk.out("grands"), desk.folder / "autre", progress=lambda _: None
    )
    _, verdict = attack_folders([desk.out("tous"), desk.out("grands")])

    assert verdict is not None
    assert verdict.found["differencing"] > 0


def test_by_the_rule_for_minors_figures_are_rounded_alike_everywhere(
    desk: Any, crossed: Crossed
) -> None:
    more = "contributor = false"
    desk.build("un", crossed("t", "territoire", "forme"), policy="mineurs", more=more)
    desk.build("deux", crossed("t", "territoire", "age"), policy="mineurs", more=more)

    seen: dict[str, str] = {}
    for name, other in (("un", "forme"), ("deux", "age")):
        for row in rows(desk.out(name)):
            if row["statut"] == "masqué" or row[other] == "14 et plus":
                continue
            assert int(row["effectif"]) % 5 == 0
            assert int(row["effectif"]) >= 15
            assert int(row["au_moins"]) >= 11
            wanted = {"dep": row["territoire"], other: row[other]}
            known = {key: value for key, value in wanted.items() if value != "Total"}
            counted = truth(desk.data, **known)
            assert int(row["au_moins"]) <= counted <= int(row["au_plus"])
            if row[other] == "Total":
                assert seen.setdefault(row["territoire"], row["effectif"]) == row["effectif"]
    assert len(seen) > 3


def test_where_zeros_are_hidden_a_small_cell_is_told_to_be_small(
    desk: Any, crossed: Crossed
) -> None:
    desk.build(
        "un", crossed("t", "territoire", "forme"), policy="mineurs", more="contributor = false"
    )

    hidden = [row for row in rows(desk.out("un")) if row["statut"] == "masqué"]
    assert {(row["au_moins"], row["au_plus"]) for row in hidden} <= {("0", "10"), ("", "")}
    (entry,) = Ledger(desk.ledger).entries()
    assert [0, 10, "hidden"] in entry["tables"][0]["cells"]
    _, verdict = attack_folders([desk.out("un")])
    assert verdict is not None
    assert verdict.sound


def test_where_zeros_are_shown_nothing_says_why_a_cell_is_hidden(
    desk: Any, crossed: Crossed
) -> None:
    desk.build("un", crossed("t", "territoire", "forme"))

    hidden = [row for row in rows(desk.out("un")) if row["statut"] == "masqué"]
    assert {(row["au_moins"], row["au_plus"]) for row in hidden} == {("", "")}
    attacks = (desk.out("un") / "attacks.json").read_text(encoding="utf-8")
    assert "hidden_by" not in attacks


def test_lists_crossed_by_departement_have_a_higher_threshold(desk: Any, crossed: Crossed) -> None:
    asked = crossed("t", "territoire") + "capture = true\n"
    desk.build("un", asked, policy="mineurs", more="contributor = false")

    hidden = [row for row in rows(desk.out("un")) if row["statut"] == "masqué"]
    assert [(row["territoire"], row["au_plus"]) for row in hidden] == [
        (dep, "19") for dep in "ABCDEF" if truth(desk.data, dep=dep) < 20
    ]
    desk.build(
        "deux", crossed("t", "territoire", "forme") + "capture = true\n",
        policy="mineurs", more="contributor = false",
    )  # fmt: skip
    held = rows(desk.out("deux"))
    assert any(row["statut"] == "masqué" for row in held)
    assert all(row["statut"] == "masqué" or int(row["au_moins"]) >= 20 for row in held)


def test_no_cell_comes_from_one_contributor(desk: Any, crossed: Crossed) -> None:
    text = desk.data.read_text(encoding="utf-8").splitlines()
    alone = [line.rsplit(",", 1)[0] + ",s1" if ",B," in line else line for line in text]
    desk.data.write_text("\n".join(alone) + "\n", encoding="utf-8")

    made = desk.build(
        "un", crossed("t", "territoire"), policy="mineurs", more='contributor = "structure"'
    )

    held = {row["territoire"]: row["statut"] for row in rows(desk.out("un"))}
    assert held["B"] == "masqué"
    assert held["A"] == "publié"
    assert made.outcome.for_author["hidden_for_their_source"] == 1
    assert made.outcome.verdict["dominance"]["found"] == 0


def test_rounding_alone_shows_every_cell(desk: Any, crossed: Crossed) -> None:
    desk.build("un", crossed("t", "territoire", "forme"), method="round")

    held = rows(desk.out("un"))
    assert {int(row["effectif"]) % 15 for row in held} == {0}
    assert {row["statut"] for row in held} == {"publié"}
    page = (desk.out("un") / "README.md").read_text(encoding="utf-8")
    assert "chaque total est la somme de ses parts" in page
    total, *parts = [row for row in held if row["forme"] == "Total"]
    assert int(total["effectif"]) == sum(int(row["effectif"]) for row in parts)


def test_cell_keys_perturb_the_same_cell_alike(desk: Any, crossed: Crossed) -> None:
    for name, other in (("un", "forme"), ("deux", "age")):
        desk.build(name, crossed("t", "territoire", other), method="cellkey", more='record = "id"')
    one, two = (
        {
            row["territoire"]: row["effectif"]
            for row in rows(desk.out(name))
            if row[other] == "Total"
        }
        for name, other in (("un", "forme"), ("deux", "age"))
    )

    assert one == two
    assert any(int(one[dep]) != truth(desk.data, dep=dep) for dep in "ABC")


def test_private_tables_spend_the_budget_of_the_series(desk: Any, crossed: Crossed) -> None:
    asked = {"method": "private", "more": "epsilon = 0.6"}
    made = desk.build("un", crossed("t", "forme", "age"), **asked)

    assert made.outcome.epsilon == 0.6
    assert "ε = 0,6" in (desk.out("un") / "README.md").read_text(encoding="utf-8")
    with pytest.raises(NotReleased, match="ε = 0,4 de reste") as refused:
        desk.build("deux", crossed("t", "annee"), **asked)
    assert refused.value.reason is Reason.BUDGET_EXHAUSTED
    assert not desk.out("deux").exists()


def test_a_private_question_is_answered_once(desk: Any, crossed: Crossed) -> None:
    asked = {"method": "private", "more": "epsilon = 0.3"}
    desk.build("un", crossed("t", "forme"), **asked)

    with pytest.raises(NotReleased, match="« un »"):
        desk.build("deux", crossed("autre", "forme"), **asked)


def test_noise_does_not_go_down_to_the_departement(desk: Any, crossed: Crossed) -> None:
    asked = {"method": "private", "more": "epsilon = 0.3"}
    variables = desk_values(desk)
    with pytest.raises(NotReleased, match="le bruit dépasse"):
        desk.build("un", crossed("t", "territoire"), variables=variables, **asked)
    desk.build("deux", crossed("t", "region", "forme"), variables=variables, **asked)

    assert rows(desk.out("deux"))[0]["statut"] == "estimé"


def test_artificial_rows_are_for_the_whole_country(desk: Any, crossed: Crossed) -> None:
    national = "\n".join(
        f'[variables.{name}]\nvalues = [{values}]\nrole = "person"'
        for name, values in (("age", '"12", "14", "16"'), ("forme", '"un", "deux", "trois"'))
    )
    asked = {"method": "synthetic", "more": "epsilon = 0.5"}
    with pytest.raises(NotReleased, match="pays entier"):
        desk.build("un", crossed("t", "age", "forme"), **asked)
    made = desk.build("deux", crossed("t", "age", "forme"), variables=national, **asked)

    held = rows(desk.out("deux"), "lignes")
    assert set(held[0]) == {"age", "forme"}
    assert 400 < len(held) < 800
    assert made.outcome.for_author["distance_to_true_counts"]["t"] < 0.2
    written = "".join(path.read_text(encoding="utf-8") for path in desk.out("deux").glob("*.json"))
    assert "true_counts" not in written


def desk_values(desk: Any) -> str:
    return (
        '[variables.territoire]\ncolumn = "dep"\nrole = "territory"\nlevel = "departement"\n'
        'hierarchy = "regions.csv"\n'
        '[variables.region]\ncolumn = "dep"\nrole = "territory"\nlevel = "region"\n'
        'hierarchy = "regions.csv"\nparents_only = true\n'
        '[variables.forme]\nvalues = ["un", "deux", "trois"]\n'
    )


@pytest.mark.parametrize("method", ["suppress", "cellkey", "round"])
def test_neither_secret_nor_key_nor_identifier_is_in_a_release(
    desk: Any, crossed: Crossed, method: str
) -> None:
    desk.build(
        "un", crossed("t", "territoire"), method=method, policy="mineurs",
        more='record = "id"\ncontributor = false',
    )  # fmt: skip
    secret = (desk.ledger / "secret").read_bytes()
    for path in (*desk.out("un").iterdir(), desk.ledger / "releases.jsonl"):
        assert secret not in path.read_bytes()
        assert bytes.fromhex(secret.decode()) not in path.read_bytes()


@pytest.mark.parametrize("moment", ["writing", "naming"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_an_interruption_leaves_neither_folder_nor_line(
    desk: Any, crossed: Crossed, monkeypatch: pytest.MonkeyPatch, moment: str,
    stop: type[BaseException],
) -> None:  # fmt: skip
    desk.build("un", crossed("t", "forme"))
    before = desk.files()
    held = Ledger(desk.ledger).entries()

    def interrupted(*_: object, **__: object) -> None:
        raise stop

    if moment == "writing":
        monkeypatch.setattr("fanal.engines.disclosure.release.writing.readme", interrupted)
    else:
        monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises((KeyboardInterrupt, NotReleased)):
        desk.build("deux", crossed("t", "territoire"))

    assert desk.files() == before
    assert Ledger(desk.ledger).entries() == held


def test_the_ledger_holds_what_the_public_holds_and_nothing_more(
    desk: Any, crossed: Crossed
) -> None:
    desk.build("un", crossed("t", "territoire"))
    (entry,) = Ledger(desk.ledger).entries()

    cells = entry["tables"][0]["cells"]
    for row, cell in zip(rows(desk.out("un")), cells, strict=True):
        assert (cell is None) == (row["statut"] == "masqué")
        assert cell is None or cell == [int(row["au_moins"]), int(row["au_plus"])]
    assert loaded(desk.out("un"), "attacks.json")["ledger_before"] == entry["previous"]


def test_the_release_of_a_part_of_the_years_counts_these_years(desk: Any, crossed: Crossed) -> None:
    desk.build("avant", crossed("t", "territoire"), more='population = { annee = "2023" }')

    total = rows(desk.out("avant"))[0]
    assert int(total["effectif"]) == truth(desk.data, annee="2023")
