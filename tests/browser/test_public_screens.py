"""
Every page for whoever comes, in each state, on both themes: usable by everybody, and light.

Here a sample; ``make public-screens`` looks at them all, and writes what they weigh.
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

from browser.chromium import Visitors
from browser.house import Door, run, served
from browser.public_screens import (
    NOWHERE,
    STATES,
    THEMES,
    look,
    routes_of,
)
from browser.state_site import INVENTED, prepare
from fanal.config.postgres.trials import TrialServer
from sizes import WHOLE
from turns import only_one

FIGURES = os.environ.get("FANAL_PUBLIC_FIGURES", "")
PLACE, GUIDE = "lieux/<uuid:ref>/", "reperes/courant/moi/"
SAMPLE = {
    ("neutral", "error"): ["questions/poser/", "trouver/"],
    ("neutral", "found"): [GUIDE],
    ("neutral", "normal"): [NOWHERE],
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


@pytest.mark.parametrize(("theme", "state", "route"), CASES)
def test_a_public_page_is_for_everybody_and_light(
    theme: str,
    state: str,
    route: str,
    doors: dict[str, Door],
    visitors: Visitors,
    site: Callable[[str, str], str],
) -> None:
    if route != NOWHERE and not doors[route].is_screen:
        return
    address = f"/{NOWHERE}" if route == NOWHERE else doors[route].address
    seen = look(visitors, site(theme, state), address, state, public=route)
    if seen is None:
        # The sample names no page that has not the state it is there for.
        assert WHOLE
        return
    if FIGURES:
        with Path(FIGURES).open("a", encoding="utf-8") as figures:
            told = asdict(seen) | {"theme": theme, "state": state, "route": route}
            figures.write(json.dumps(told, ensure_ascii=False) + "\n")
    assert not seen.faults, "\n".join([f"{theme}, {state}, {address}", *seen.faults])
