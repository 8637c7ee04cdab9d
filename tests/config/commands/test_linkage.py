"""``fanal linkage``: files of records in, pairs with their reasons out."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engines.linkage.people import PROFILE, file
from fanal.config.commands.contents import Contents

ROWS, _ = file(120, seed=2)
TITLES = ("rec_id", *PROFILE.columns)


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, TITLES)
        writer.writeheader()
        writer.writerows({"rec_id": f"r{place}", **row} for place, row in enumerate(rows))


def call(*words: object) -> Result:
    return CliRunner().invoke(Contents(name="fanal"), ["linkage", *map(str, words)])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as read:
        return list(csv.DictReader(read))


def test_pairs_cards_persons_and_model_are_written(tmp_path: Path) -> None:
    write(tmp_path / "in.csv", ROWS)
    paths = {name: tmp_path / name for name in ("pairs.csv", "c.jsonl", "p.csv", "m.json")}

    result = call(
        "dedupe", tmp_path / "in.csv", "--out", paths["pairs.csv"], "--cards", paths["c.jsonl"],
        "--persons", paths["p.csv"], "--save-model", paths["m.json"], "--json",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    pairs = rows_of(paths["pairs.csv"])
    assert list(pairs[0]) == ["id_a", "id_b", "probability"]
    assert min(float(pair["probability"]) for pair in pairs) >= 0.5
    told = json.loads(result.stdout)
    assert told["strong"] + told["possible"] == len(pairs)
    assert len(paths["c.jsonl"].read_text(encoding="utf-8").splitlines()) == len(pairs)
    assert [row["id"] for row in rows_of(paths["p.csv"])] == [f"r{n}" for n in range(len(ROWS))]

    again = call(
        "dedupe", tmp_path / "in.csv", "--out", tmp_path / "again.csv", "--model", paths["m.json"]
    )
    assert again.exit_code == 0, again.output
    assert rows_of(tmp_path / "again.csv") == pairs

    one, other = pairs[0]["id_a"], pairs[0]["id_b"]
    said = call("explain", paths["c.jsonl"], one, other, "--svg", tmp_path / "w.svg")
    assert said.exit_code == 0, said.output
    assert f"{one} et {other} : probabilité" in said.stdout
    assert (tmp_path / "w.svg").read_text(encoding="utf-8").startswith("<svg")


def test_two_files_are_linked_across_alone(tmp_path: Path) -> None:
    half = len(ROWS) // 2
    write(tmp_path / "a.csv", ROWS[:half])
    write(tmp_path / "b.csv", ROWS[half:])

    result = call("link", tmp_path / "a.csv", tmp_path / "b.csv", "--out", tmp_path / "out.csv")

    assert result.exit_code == 0, result.output
    pairs = rows_of(tmp_path / "out.csv")
    assert pairs
    assert all(int(pair["id_a"][1:]) < half for pair in pairs)
    assert all(int(pair["id_b"][1:]) < len(ROWS) - half for pair in pairs)


def test_a_bad_file_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("rec_id,prenom\na,b\n", encoding="utf-8")

    result = call("dedupe", tmp_path / "in.csv", "--out", tmp_path / "out.csv")

    assert result.exit_code == 1
    assert "Ligne 1 : il n'y a pas de colonne « nom » : rec_id, prenom." in result.output
    assert not (tmp_path / "out.csv").exists()


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    write(tmp_path / "in.csv", ROWS[:3])

    result = call("dedupe", tmp_path / "in.csv", "--out", tmp_path / "in.csv")

    assert result.exit_code == 1
    assert "écrivez ailleurs" in result.output


def test_a_model_of_another_profile_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "in.csv", ROWS[:3])
    (tmp_path / "m.json").write_text("{}", encoding="utf-8")

    result = call(
        "dedupe", tmp_path / "in.csv", "--out", tmp_path / "o.csv", "--model", tmp_path / "m.json"
    )

    assert result.exit_code == 1
    assert "n'est pas un modèle" in result.output


def test_without_java_spark_is_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in.csv", ROWS[:3])
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr("fanal.engines.spark.session.find_spec", lambda _: object())

    result = call("dedupe", tmp_path / "in.csv", "--out", tmp_path / "out.csv", "--engine", "spark")

    assert result.exit_code == 1
    assert "apt install openjdk-17-jre-headless" in result.output
    assert not (tmp_path / "out.csv").exists()


def test_without_spark_it_is_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in.csv", ROWS[:3])
    monkeypatch.setitem(sys.modules, "pyspark", None)

    result = call(
        "link", tmp_path / "in.csv", tmp_path / "in.csv", "--out", tmp_path / "out.csv",
        "--engine", "spark",
    )  # fmt: skip

    assert result.exit_code == 1
    assert "pip install 'fanal[spark]'" in result.output
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_that_is_not_there_is_said_before_anything_is_written(tmp_path: Path) -> None:
    write(tmp_path / "in.csv", ROWS)
    persons, out = tmp_path / "persons.csv", tmp_path / "none" / "pairs.csv"

    result = call("dedupe", tmp_path / "in.csv", "--persons", persons, "--out", out, "--json")

    assert result.exit_code != 0
    assert f"{out} ne s'écrit pas : le dossier n'existe pas." in result.stderr
    assert not result.stdout
    assert not persons.exists()


def test_a_seed_is_no_negative_number(tmp_path: Path) -> None:
    write(tmp_path / "in.csv", ROWS)

    result = call("dedupe", tmp_path / "in.csv", "--out", tmp_path / "p.csv", "--seed", -4)

    assert result.exit_code == 2
    assert not (tmp_path / "p.csv").exists()
