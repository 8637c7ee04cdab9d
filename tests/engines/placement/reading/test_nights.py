"""A night is read with its names, or refused with the one that is wrong."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.placement.worlds import NIGHT
from fanal.engines.placement.people import ANY_KIND, EVERYONE
from fanal.engines.placement.reading import read_past, read_tonight
from fanal.engines.placement.refusals import Code, NotPlaced


def written(path: Path, document: Any) -> Path:
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def changed(where: str, at: int, **values: Any) -> dict[str, Any]:
    """The night with some values of one request or unit changed; None takes a key away."""
    night = deepcopy(NIGHT)
    for key, value in values.items():
        night[where][at].pop(key, None)
        if value is not None:
            night[where][at][key] = value
    return night


def test_a_night_is_read_with_its_names_and_rules(tmp_path: Path) -> None:
    tonight = read_tonight(written(tmp_path / "a", NIGHT))

    assert tuple(tonight.requests) == ("Ada", "Bea", "Cleo", "7")
    assert tuple(tonight.units) == ("Quai", "Quai bis", "Phare", "Moulin")
    assert tonight.night is not None
    units, ada = tonight.night.units, tonight.night.requests[0]
    assert units.facility.tolist() == [0, 0, 1, 2]
    assert units.sex.tolist() == [0, 0, EVERYONE, 1]
    assert (ada.age, ada.urgency, ada.waited, ada.travel) == (15, 4, 0, 300)
    assert ada.kind == ANY_KIND
    assert np.isinf(tonight.night.requests[3].travel)
    assert tonight.problem.apart == ((0, 1),)
    assert tonight.problem.together == ((1, 2),)


@pytest.mark.parametrize(
    ("night", "code", "said"),
    [
        (NIGHT | {"danger": []}, Code.UNREADABLE, "« danger » n'est pas une clé connue."),
        ({"requests": []}, Code.UNREADABLE, "« units » doit être une liste."),
        (NIGHT | {"requests": {}}, Code.UNREADABLE, "« requests » doit être une liste."),
        (NIGHT | {"requests": [3]}, Code.UNREADABLE, "élément 0 : ce n'est pas un objet."),
        (changed("requests", 1, id=None), Code.UNREADABLE, "élément 1 : il manque « id »."),
        (changed("requests", 1, age=None), Code.UNREADABLE, "(« Bea ») : il manque « age »."),
        (changed("requests", 1, agee=3), Code.UNREADABLE, "(« Bea ») : « agee » n'est pas"),
        (changed("requests", 1, age=15.5), Code.UNREADABLE, "« age » est « 15.5 » ; il faut un no"),
        (changed("requests", 1, age=True), Code.UNREADABLE, "« age » est « true »"),
        (changed("requests", 1, age=-1), Code.UNREADABLE, "de 0 à 25"),
        (changed("requests", 1, sex="X"), Code.UNREADABLE, "il faut « F » ou « G »."),
        (changed("requests", 1, sex=["F"]), Code.UNREADABLE, "« sex »"),
        (changed("requests", 1, urgency=3), Code.UNREADABLE, "« 1 » ou « 2 » ou « 4 »"),
        (changed("requests", 1, home=[1]), Code.UNREADABLE, "deux nombres, en kilomètres"),
        (changed("requests", 1, home=[652000, 1]), Code.UNREADABLE, "de -20000 à 20000 km"),
        (changed("requests", 1, needs="soin"), Code.UNREADABLE, "une liste de mots"),
        (changed("requests", 1, needs=["x" * 10**7]), Code.UNREADABLE, "80 caractères au plus"),
        (changed("requests", 1, waited=-2), Code.UNREADABLE, "« waited »"),
        (changed("requests", 1, distance=-1), Code.UNREADABLE, "« distance »"),
        (
            changed("requests", 1, dangers=[[0, 0]]),
            Code.UNREADABLE,
            "(« Bea ») : à quelle « distance » des lieux de danger ?",
        ),
        (changed("requests", 1, id="Ada"), Code.CONTRADICTORY, "« Ada » y est deux fois."),
        (changed("units", 2, ages=[17, 12]), Code.UNREADABLE, "(« Phare ») : « ages »"),
        (changed("units", 2, ages=[12]), Code.UNREADABLE, "le plus jeune d'abord"),
        (changed("units", 2, places=-1), Code.UNREADABLE, "« places »"),
        (changed("units", 2, sex="tout"), Code.UNREADABLE, "« F » ou « G » ou « tous »"),
        (changed("units", 1, position=[9, 9]), Code.CONTRADICTORY, "« Quai-Nord » est à deux end"),
        (
            changed("units", 0, capacity=0),
            Code.CONTRADICTORY,
            "L'unité « Quai » a plus de places libres que de places.",
        ),
        (NIGHT | {"keep_apart": [["Ada", "Zoé"]]}, Code.UNREADABLE, "cite « Zoé »"),
        (NIGHT | {"keep_apart": [[None]]}, Code.UNREADABLE, "cite « null »"),
        (NIGHT | {"keep_apart": "Ada"}, Code.UNREADABLE, "une liste de groupes"),
        (NIGHT | {"siblings": 1}, Code.UNREADABLE, "« siblings »"),
        (
            NIGHT | {"keep_together": [["Ada", 7], ["7", "Bea"], ["Bea", "Ada"]]},
            Code.CONTRADICTORY,
            "« Ada » et « Bea » doivent être ensemble et séparées.",
        ),
    ],
)  # fmt: skip
def test_what_is_not_a_night_is_refused_with_its_name(
    tmp_path: Path, night: Any, code: Code, said: str
) -> None:
    with pytest.raises(NotPlaced) as refused:
        read_tonight(written(tmp_path / "a", night))

    assert refused.value.code == code
    assert said in refused.value.message
    assert len(refused.value.message) < 300


def test_nobody_and_nowhere_are_a_night(tmp_path: Path) -> None:
    tonight = read_tonight(written(tmp_path / "a", {"requests": [], "units": []}))

    assert (tonight.problem.penalty.size, tonight.problem.places.size) == (0, 0)


def test_arcs_already_weighed_are_a_night_without_names(tmp_path: Path) -> None:
    weighed = {"arcs": [[0, 1, 5]], "unit_facility": [4, 2], "unit_places": [1, 1],
               "unplaced_penalty": [9]}  # fmt: skip

    tonight = read_tonight(written(tmp_path / "a", weighed))

    assert tonight.night is None
    assert (list(tonight.requests), list(tonight.units)) == ([0], [0, 1])


def test_the_past_is_read_with_the_units_of_tonight(tmp_path: Path) -> None:
    tonight = read_tonight(written(tmp_path / "a", NIGHT))
    past = {"requests": [NIGHT["requests"][3] | {"id": "old", "needs": ["langue"]}]}

    asked = read_past(written(tmp_path / "b", past), tonight)

    assert asked.unit_names == tuple(tonight.units)
    assert asked.capacity.tolist() == [1, 3, 1, 1]
    assert asked.capability_names == ("langue", "soin")


def test_a_past_that_is_not_one_is_named(tmp_path: Path) -> None:
    tonight = read_tonight(written(tmp_path / "a", NIGHT))

    with pytest.raises(NotPlaced, match=r"b\.json : « requests », élément 0"):
        read_past(written(tmp_path / "b.json", {"requests": [{"id": "x"}]}), tonight)
