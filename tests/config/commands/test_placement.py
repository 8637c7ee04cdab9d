"""``fanal placement``: what is said, on which output, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from engines.placement.worlds import NIGHT as PEOPLE
from fanal.config.commands.contents import Contents
from fanal.config.commands.needing import MissingExtra

NIGHT = {
    "arcs": [[0, 0, 5], [1, 0, 7], [1, 1, 70]],
    "unit_facility": [0, 1],
    "unit_places": [1, 1],
    "unplaced_penalty": [10000, 10000, 10000],
    "keep_apart": [],
    "keep_together": [],
    # What a published file also says: how it was made, and the answer, which is never read.
    "about": "Inventé.",
    "requests": 3,
    "facilities": 2,
    "seed": 1,
    "proven_optimum": "?",
    "left_out": None,
    "flow_lower_bound": -1,
}


@pytest.fixture
def night(tmp_path: Path) -> Path:
    path = tmp_path / "nuit.json"
    path.write_text(json.dumps(NIGHT), encoding="utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "gens.json"
    path.write_text(json.dumps(PEOPLE | {"keep_together": []}), encoding="utf-8")
    return path


def fanal(*words: str | Path) -> Result:
    return CliRunner().invoke(Contents(name="fanal"), [str(word) for word in words])


def test_the_plan_is_one_document_for_a_program(night: Path) -> None:
    done = fanal("placement", "solve", night, "--json")

    told = json.loads(done.stdout)
    assert told.pop("seconds") >= 0
    assert told == {
        "value": 10075,
        "left_out": 1,
        "assignment": [[0, 0], [1, 1]],
        "lower_bound": 10075,
        "gap": 0.0,
        "place_prices": [[0, 63.0]],
        "price_slack": 0.0,
    }


def test_the_plan_is_told_to_a_person(night: Path) -> None:
    done = fanal("placement", "solve", night)

    assert "Demandes placées : 2 ; sans place : 1." in done.stdout
    assert "Aucun autre plan ne vaut mieux." in done.stdout
    assert "Où une place de plus gagnerait le plus, au mieux : 0 (63)." in done.stdout


def test_who_has_no_place_is_told_why(people: Path) -> None:
    done = fanal("placement", "reasons", people)

    assert done.stdout.splitlines() == [
        "Demande Bea : 4 unités examinées : 1 pour l'âge, 1 pour le sexe accueilli, 2 où vit une "
        "personne à tenir à distance ; aucune proposée.",
    ]


def test_one_request_is_told_why_for_a_program(people: Path) -> None:
    done = fanal("placement", "reasons", people, "--request", "Cleo", "--request", "7", "--json")

    told = json.loads(done.stdout)["reasons"]
    assert [(one["request"], one["unit"]) for one in told] == [("Cleo", "Phare"), ("7", "Moulin")]
    assert told[0]["counts"] == {"sex": 1, "full": 2, "open": 1}
    assert len(json.loads(fanal("placement", "reasons", people, "--all", "--json").stdout)[
        "reasons"]) == 4  # fmt: skip


def test_where_everyone_has_a_place_nothing_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(NIGHT | {"arcs": [[0, 0, 1], [1, 1, 1]],
                                        "unplaced_penalty": [9, 9]}), encoding="utf-8")  # fmt: skip

    assert fanal("placement", "reasons", path).stdout == "Personne ne reste sans place.\n"
    assert "ne gagnerait rien" in fanal("placement", "prices", path).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("reasons", "--request", "Zoé"), "Il n'y a pas de demande « Zoé »."),
        (("what-if", "--like", "Lune"), "Il n'y a pas d'unité « Lune »."),
    ],
)
def test_a_name_that_is_not_in_the_file_is_refused(
    people: Path, words: tuple[str, ...], said: str
) -> None:
    done = fanal("placement", words[0], people, *words[1:])

    assert done.exit_code == 1
    assert said in done.output
    assert done.stdout == ""


def test_what_one_more_place_is_worth_is_told_in_words_and_numbers(people: Path) -> None:
    done = fanal("placement", "prices", people, "--json")

    told = json.loads(done.stdout)
    assert told["slack"] == 0
    assert [one["unit"] for one in told["prices"]][:1] == ["Quai bis"]
    assert "permise à 1 des 1 demandes sans place." in told["prices"][0]["words"]
    assert told["prices"][0]["words"] in fanal("placement", "prices", people).stdout


def test_one_more_unit_is_tried_and_told(people: Path) -> None:
    done = fanal("placement", "what-if", people, "--like", "Quai bis", "--json")

    told = json.loads(done.stdout)
    assert told["left_out"] == 1
    assert [(one["like"], one["placed"], one["left_out"]) for one in told["gains"]] == [
        ("Quai bis", 1, 0)
    ]
    said = fanal("placement", "what-if", people, "--top", "1").stdout.splitlines()
    assert said[0] == "Sans place ce soir : 1."
    assert said[1].endswith(": 1 enfant de plus aurait une place ; valeur -9929.")


def test_the_past_keeps_rare_units_without_leaving_anyone_out(tmp_path: Path) -> None:
    night, past = tmp_path / "nuit.json", tmp_path / "passe.json"
    write_rare_night(night, past)

    plain = json.loads(fanal("placement", "solve", night, "--json").stdout)
    kept = json.loads(fanal("placement", "solve", night, "--past", past, "--json").stdout)
    prices = json.loads(fanal("placement", "prices", night, "--past", past, "--json").stdout)

    assert plain["assignment"] == [["now", "rare"]]
    assert kept["assignment"] == [["now", "usual"]]
    assert plain["value"] == 15
    assert kept["value_without_prices"] == 40
    assert prices["rare"][0]["unit"] == "rare"
    assert prices["past"] == 20


def write_rare_night(night: Path, past: Path) -> None:
    """One unit that those of the past could not do without, a little nearer than the other."""

    def asked(name: str, needs: list[str]) -> dict[str, Any]:
        return {"id": name, "age": 15, "sex": "F", "urgency": 1, "home": [0, 0], "needs": needs}

    def offered(name: str, able: list[str], east: int) -> dict[str, Any]:
        return {"id": name, "facility": name, "ages": [12, 17], "sex": "F", "places": 1,
                "position": [east, 0], "capabilities": able}  # fmt: skip

    units = [offered("rare", ["soin"], 0), offered("usual", ["repas", "nuit"], 10)]
    gone = [asked(f"p{at}", ["soin"] if at % 2 else []) for at in range(20)]
    night.write_text(json.dumps({"requests": [asked("now", [])], "units": units}), encoding="utf-8")
    past.write_text(json.dumps({"requests": gone}), encoding="utf-8")


def test_a_map_is_drawn_or_nothing_is(people: Path, night: Path, tmp_path: Path) -> None:
    done = fanal("placement", "solve", people, "--svg", tmp_path / "carte.svg")
    refused = fanal("placement", "solve", night, "--svg", tmp_path / "rien.svg")

    assert done.exit_code == 0
    assert (tmp_path / "carte.svg").read_text(encoding="utf-8").startswith("<svg")
    assert refused.exit_code == 1
    assert "Sans position des unités, il n'y a pas de carte à faire." in refused.output
    assert not (tmp_path / "rien.svg").exists()


def test_the_past_is_refused_with_arcs_alone(night: Path) -> None:
    done = fanal("placement", "solve", night, "--past", night)

    assert done.exit_code == 1
    assert "Le passé ne se lit qu'avec une nuit" in done.output


def test_an_assignment_is_shared_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("2 2  1 5 4 2  1 1 1 1  1 1", encoding="utf-8")

    told = json.loads(fanal("placement", "gap", path, "--json").stdout)

    assert (told["value"], told["lower_bound"]) == (3, 3)
    assert "Valeur 3, borne 3." in fanal("placement", "gap", path).stdout


@pytest.mark.parametrize("command", ["solve", "gap", "reasons", "prices", "what-if"])
def test_a_file_that_is_not_one_is_one_french_line_and_code_2(tmp_path: Path, command: str) -> None:
    path = tmp_path / "vide"
    path.write_bytes(b"")
    program = "from fanal.config.commands import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", program, "placement", command, str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == "Le fichier ne peut pas être lu. Il est vide."


def test_the_policies_are_compared_for_a_program() -> None:
    done = fanal("placement", "simulate", "--seed", "3", "--days", "40", "--json")

    told = json.loads(done.stdout)
    assert (told["seed"], told["load"], told["days"]) == (3, 0.95, 40)
    assert list(told["policies"]) == ["at_once", "urgent_first", "together", "rare"]
    assert all(0 <= one["same_day"] <= 1 for one in told["policies"].values())


def test_without_its_libraries_the_command_says_how_to_have_them(
    night: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)

    done = fanal("placement", "solve", night)

    assert isinstance(done.exception, MissingExtra)
    assert "(highspy) : pip install 'fanal[placement]'" in done.exception.message


@pytest.mark.parametrize("option", ["--load", "--later"])
def test_what_is_not_a_number_is_no_bound_of_a_world(option: str) -> None:
    done = fanal("placement", "simulate", option, "nan", "--json")

    assert done.exit_code == 2
    assert not done.stdout


def test_a_budget_is_a_number(night: Path) -> None:
    assert fanal("placement", "solve", night, "--budget", "nan").exit_code == 2


def test_a_map_that_has_no_folder_is_said_before_the_search(people: Path) -> None:
    path = people.parent / "none" / "map.svg"

    done = fanal("placement", "solve", people, "--svg", path)

    assert done.exit_code != 0
    assert "le dossier n'existe pas" in done.stderr
    assert "Recherche" not in done.stderr
