"""
A browser at each clock: somebody signs in, and reads the day that it is. Run by ``test_any_hour``.

The browser itself lives at the machine's hour, and its pages at that of the clock: nothing but
their scripts asks it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.timezone import localdate, localtime
from playwright.sync_api import expect, sync_playwright

import clocks
from browser.chromium import Watched, launch
from browser.house import environment, served
from clocks import CLOCKS
from config.demonstration.world import answering
from databases import drop_if_free
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.config.postgres.trials import TrialServer
from fanal.ground.shell import words
from sizes import WHOLE

SAMPLE = ("after-midnight", "spring-change", "leap-day-evening")


@pytest.fixture
def url(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: object,
    tmp_path: Path,
) -> Iterator[str]:
    name = f"clocks_{os.getpid()}"
    trial_server.create_database(name, template=template_database)
    with django_db_blocker.unblock(), answering(name):  # type: ignore[attr-defined]
        nadia = AgentFactory(name="Nadia Inventée", is_demonstration=True)
        organisation = OrganisationFactory(kind="child_welfare", authority_id="59")
        PostingFactory(agent=nadia, organisation=organisation, role="crip")
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"],
        env=environment(trial_server, database=name, state=tmp_path),
        check=True,
    )
    with served(trial_server, database=name, state=tmp_path) as address:
        yield address
    drop_if_free(trial_server, name)


@pytest.fixture
def at_the_machine_s_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what is started from now on."""
    for name in clocks.preloaded():
        if name != clocks.SHIFT_FILE:
            monkeypatch.delenv(name)


def test_somebody_signs_in_and_reads_the_day_that_it_is(
    url: str, at_the_machine_s_hour: None
) -> None:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in CLOCKS if WHOLE else SAMPLE:
            clock = CLOCKS[name]
            clocks.move_to(clock)
            window = browser.new_context(base_url=url, locale="fr-FR", timezone_id=clock.zone)
            window.clock.set_system_time(clock.at)
            watched = Watched(window.new_page())
            page = watched.page
            page.goto("/connexion/?next=/bureau/")
            page.get_by_role("button").filter(has_text="Nadia").click()
            page.wait_for_url("**/bureau/")
            expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Nadia Inventée")
            assert localtime() >= clock.at
            shown = words.day_in_words(localdate(), today=localdate())
            expect(page.locator(".lead").first).to_contain_text(shown, ignore_case=True)
            page.goto("/")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert watched.faults == [], name
            window.close()
        browser.close()
