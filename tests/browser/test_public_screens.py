"""
Every page for whoever comes, in each state, on both themes: usable by everybody, and light.

Here a sample: each is asked for in process, and a browser looks at those that are not green as they
are now. ``make public-screens`` looks at them all, and writes what they weigh.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

from browser import green
from browser.house import Door, run, served
from browser.public_screens import (
    NOWHERE,
    STATES,
    THEMES,
    Seen,
    look,
    routes_of,
)
from browser.state_site import INVENTED, prepare
from databases import drop_if_free
from fanal.config.postgres.trials import TrialServer
from sizes import WHOLE
from turns import only_one

FIGURES = os.environ.get("FANAL_PUBLIC_FIGURES", "")
PLACE, GUIDE = "lieux/<uuid:ref>/", "reperes/courant/moi/"
SAMPLE = {
    ("neutral", "error"): ["questions/poser/", "trouver/"],
    ("neutral", "found"): [GUIDE],
    ("neutral", "normal"): [
        NOWHERE,
        "",
        GUIDE,
        "reperes/ar/moi/",
        "discretion/",
        "accessibilite/",
        "trouver/",
        "trouver/carte/",
    ],
    ("neutral", "empty"): ["questions/"],
    ("dsfr", "normal"): ["", PLACE, GUIDE, NOWHERE],
    ("dsfr", "found"): ["trouver/"],
    ("dsfr", "error"): ["questions/poser/"],
}
CASES = [
    (theme, state, route)
    for theme in THEMES
    for state in STATES
    for route in (routes_of(state) if WHOLE else SAMPLE.get((theme, state), []))
]


@pytest.fixture(scope="session")
def state_site(trial_server: TrialServer, played: str, shared_folder: Path) -> Path:
    """The folder of the invented site of the State, made once for all test processes."""
    folder = shared_folder / "state-site"
    with only_one("browser"):
        if not folder.exists():
            prepare(trial_server, database=played, state=shared_folder, folder=folder)
    return folder


@pytest.fixture(scope="session")
def site(
    trial_server: TrialServer,
    template_database: str,
    played: str,
    shared_folder: Path,
    worker_id: str,
    request: pytest.FixtureRequest,
) -> Iterator[Callable[[str, str], str]]:
    """Where each theme is served, with the demonstration or with nothing; opened when asked for."""
    with ExitStack() as until_the_end:

        @cache
        def opened(theme: str, empty: bool) -> str:
            if (theme, empty) == ("neutral", False):
                return str(request.getfixturevalue("url"))
            name = f"{played}_{worker_id}_{theme}_{'empty' if empty else 'full'}"
            with only_one("browser"):
                trial_server.create_database(name, template=template_database if empty else played)
            until_the_end.callback(trial_server.drop_database, name)
            state, more = shared_folder, dict[str, str]()
            if theme == "dsfr":
                state = request.getfixturevalue("state_site")
                more = INVENTED
                run("reviewed.py", server=trial_server, database=name, state=state)
            return until_the_end.enter_context(
                served(trial_server, database=name, state=state, more=more)
            )

        yield lambda theme, state: opened(theme, state == "empty")


@pytest.fixture(scope="session")
def made_of(
    trial_server: TrialServer,
    template_database: str,
    played: str,
    shared_folder: Path,
    doors: dict[str, Door],
) -> Callable[[str, str], dict[str, tuple[str, list[str]]]]:
    """For a theme and a state: the signature of each page, and what its HTML tells against it."""

    @cache
    def found(theme: str, empty: bool) -> dict[str, tuple[str, list[str]]]:
        name = f"{played}_{theme}_{'empty' if empty else 'full'}"
        asked, told = (shared_folder / f"{name}.{one}.json" for one in ("asked", "told"))
        with only_one("doors"):
            if not told.exists():
                with only_one("browser"):
                    template = template_database if empty else played
                    trial_server.create_database(name, template=template)
                asked.write_text(json.dumps(cases_of(theme, empty, doors)), encoding="utf-8")
                place = {"server": trial_server, "database": name, "state": shared_folder}
                more = INVENTED if theme == "dsfr" else {}
                if theme == "dsfr":
                    run("reviewed.py", **place)
                run("public_find.py", asked, told, **place, more=more)
                drop_if_free(trial_server, name)
        read: dict[str, tuple[str, list[str]]] = json.loads(told.read_text(encoding="utf-8"))
        return read

    return lambda theme, state: found(theme, state == "empty")


def cases_of(theme: str, empty: bool, doors: dict[str, Door]) -> list[tuple[str, str, str]]:
    return [
        (state, route, address_of(route, doors))
        for one, state, route in CASES
        if (one, state == "empty") == (theme, empty) and is_screen(route, doors)
    ]


def is_screen(route: str, doors: dict[str, Door]) -> bool:
    return route == NOWHERE or doors[route].is_screen


def address_of(route: str, doors: dict[str, Door]) -> str:
    return f"/{NOWHERE}" if route == NOWHERE else doors[route].address


@pytest.mark.parametrize(("theme", "state", "route"), CASES)
def test_a_public_page_is_for_everybody_and_light(
    theme: str,
    state: str,
    route: str,
    doors: dict[str, Door],
    made_of: Callable[[str, str], dict[str, tuple[str, list[str]]]],
    request: pytest.FixtureRequest,
) -> None:
    if not is_screen(route, doors):
        return
    screen = f"{theme}, {state}, {route}"
    signature, faults = made_of(theme, state).get(f"{state} {route}", ("", []))
    # The sample names no page that has not the state it is there for.
    assert signature or WHOLE
    if not signature:
        return
    if WHOLE or not green.is_green("public", screen, signature):
        site = request.getfixturevalue("site")(theme, state)
        visitors = request.getfixturevalue("visitors")
        seen = look(visitors, site, address_of(route, doors), state, public=route)
        assert seen is not None
        faults = faults + seen.faults
        if WHOLE:
            same = seen.signature == signature
            green.write("public", screen, signature, sound=same and not faults)
        write_down(seen, theme=theme, state=state, route=route)
    assert not faults, "\n".join([screen, *faults])


def write_down(seen: Seen, **where: str) -> None:
    if FIGURES:
        with Path(FIGURES).open("a", encoding="utf-8") as figures:
            figures.write(json.dumps(asdict(seen) | where, ensure_ascii=False) + "\n")


def test_no_page_that_is_gone_is_held_to_be_sound() -> None:
    known = {
        f"{theme}, {state}, {route}"
        for theme in THEMES
        for state in STATES
        for route in routes_of(state)
    }
    assert set(green.read("public")) <= known
