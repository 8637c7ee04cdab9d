"""The map shows who stays without a place, and names nobody."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

from engines.placement.worlds import NIGHT
from fanal.engines.placement.drawing import drawn
from fanal.engines.placement.reading import read_tonight
from fanal.engines.placement.solving import solve

SVG = "{http://www.w3.org/2000/svg}"


def read(folder: Path, night: object) -> tuple[str, ET.Element]:
    path = folder / "nuit.json"
    path.write_text(json.dumps(night), encoding="utf-8")
    tonight = read_tonight(path)
    assert tonight.night is not None
    text = drawn(tonight.night, solve(tonight.problem).unit)
    return text, ET.fromstring(text)  # noqa: S314  (made just here)


def classes(root: ET.Element) -> list[str]:
    return [one.get("class", "") for one in root.iter() if one.tag != f"{SVG}style"]


def test_each_request_and_facility_is_drawn_once(tmp_path: Path) -> None:
    _, root = read(tmp_path, NIGHT)
    found = classes(root)
    in_the_legend = 1

    assert found.count("out") - in_the_legend == 2
    assert found.count("home") == found.count("way") == 2
    assert found.count("full") - in_the_legend == 2
    assert found.count("free") - in_the_legend == 1


def test_no_name_is_on_the_map_and_it_says_what_it_shows(tmp_path: Path) -> None:
    text, root = read(tmp_path, NIGHT)

    assert not any(str(one["id"]) in text for one in NIGHT["requests"][:3])
    assert not any(one["id"] in text for one in NIGHT["units"])
    assert root.findtext(f"{SVG}title") == "Qui va où ce soir"
    assert "2 demandes placées, 2 sans place." in (root.findtext(f"{SVG}desc") or "")


def test_everything_is_within_the_frame(tmp_path: Path) -> None:
    _, root = read(tmp_path, NIGHT)
    wide, high = map(float, root.get("viewBox", "").split()[2:])

    for one in root.iter(f"{SVG}circle"):
        assert 0 <= float(one.get("cx", "-1")) <= wide
        assert 0 <= float(one.get("cy", "-1")) <= high


def test_nobody_and_nowhere_have_a_map(tmp_path: Path) -> None:
    _, root = read(tmp_path, {"requests": [], "units": []})

    assert "0 demandes placées" in (root.findtext(f"{SVG}desc") or "")
