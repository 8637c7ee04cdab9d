"""The browser, and one window for each person and way of looking."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

MISSING = "Les tests du navigateur ont besoin du paquet Debian « chromium » : apt install chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    # Nothing but this machine has a name: what tries to leave fails at once.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
WIDE = {"width": 1280, "height": 900}
# Far more than a page needs on a busy machine, and less than anybody would wait.
DEADLINE_MS = 20_000
expect.set_options(timeout=DEADLINE_MS)


def launch(playwright: Playwright) -> Browser:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail(MISSING, pytrace=False)
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


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
    Who is signed in, in which window; each person signs in once, by the login page.

    The browser is opened for the first who comes, and again for who comes after ``leave``.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._open_until_leaving = ExitStack()
        self._browser: Browser | None = None
        self._kept: dict[str, Any] = {}
        self._standing: dict[tuple[str, bool], Watched] = {}
        self._windows: dict[tuple[str, bool], BrowserContext] = {}

    @property
    def browser(self) -> Browser:
        if self._browser is None:
            playwright = self._open_until_leaving.enter_context(sync_playwright())
            self._browser = launch(playwright)
            self._open_until_leaving.callback(self._browser.close)
        return self._browser

    def page(self, account: str = "", *, script: bool = True) -> Page:
        """A new page for the person whose name begins with ``account``; empty for a stranger."""
        return self.window(account, script=script).new_page()

    def standing(self, account: str = "", *, script: bool = True) -> Watched:
        """The page that this person keeps open from one screen to the next, as if just opened."""
        key = (account, script)
        if key not in self._standing:
            self._standing[key] = Watched(self.page(account, script=script))
        watched = self._standing[key]
        watched.faults.clear()
        watched.page.set_viewport_size(WIDE)
        watched.page.emulate_media(color_scheme="light")
        return watched

    def fresh(self, account: str) -> Page:
        """A page in a session of its own, that may be closed without shutting out the others."""
        self._kept.pop(account, None)
        page = self._open(self._session(account)).new_page()
        self._kept.pop(account)
        return page

    def window(self, account: str = "", *, script: bool = True) -> BrowserContext:
        key = (account, script)
        if key not in self._windows:
            state = self._session(account) if account else None
            self._windows[key] = self._open(state, script=script)
        return self._windows[key]

    def _open(self, state: Any, *, script: bool = True) -> BrowserContext:
        window = self.browser.new_context(
            base_url=self.url,
            java_script_enabled=script,
            locale="fr-FR",
            reduced_motion="reduce",
            storage_state=state,
            timezone_id="Europe/Paris",
            viewport=WIDE,
        )
        window.set_default_timeout(DEADLINE_MS)
        return window

    def _session(self, account: str) -> Any:
        if account not in self._kept:
            window = self._open(None)
            page = window.new_page()
            page.goto("/connexion/")
            page.get_by_role("button").filter(has_text=account).click()
            page.wait_for_url(lambda url: "/connexion/" not in url)
            self._kept[account] = window.storage_state()
            window.close()
        return self._kept[account]

    def leave(self) -> None:
        for kept in (self._windows, self._standing):
            kept.clear()
        self._browser = None
        self._open_until_leaving.close()
