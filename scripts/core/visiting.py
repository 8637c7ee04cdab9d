"""Pages of the served site, as a browser without script asks for them."""

import re
from html import unescape
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from inside import Door, Doors, Proof

FINE, MOVED = 200, 302
SIGN_IN, KEYS, BOARD = "/connexion/", "/cles/", "/ecoute/tableau/"
# Public doors that answer otherwise to whoever comes from nowhere, and how.
OTHERWISE = {
    "quitter/": MOVED,  # leads away from here
    "connexion/second-facteur/": MOVED,  # comes after a password
}
HREF = re.compile(r'<a\s[^>]*href="([^"#?]+)')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ID = re.compile(r'"id": ?"([^"]+)"')
MENU = re.compile(r"<nav\b.*?</nav>", re.S)
ANY_HOLE = re.compile(r"<[^>]+>")


class Stays(HTTPRedirectHandler):
    """What is answered is looked at, and not followed."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Visitor:
    def __init__(self, address: str) -> None:
        self._address = address
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), Stays)

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(Request(self._address + path))  # noqa: S310  (our own address)

    def post(self, path: str, page: str) -> tuple[int, str]:
        """A form of ``page`` that asks for nothing but a click."""
        token = TOKEN.search(page)
        body = urlencode({"csrfmiddlewaretoken": token[1] if token else "", "next": ""})
        request = Request(self._address + path, body.encode())  # noqa: S310
        request.add_header("Referer", self._address + SIGN_IN)
        return self._ask(request)

    def _ask(self, request: Request) -> tuple[int, str]:
        try:
            answer: HTTPResponse = self._opener.open(request, timeout=60)
        except HTTPError as error:
            return error.code, error.headers.get("Location", "")
        with answer:
            return answer.status, answer.read().decode("utf-8", "replace")


def prove(address: str, doors: Doors) -> list[Proof]:
    return [*_public(address, doors.public), *_desks(address, doors)]


def _public(address: str, doors: list[Door]) -> list[Proof]:
    visitor, faults, links = Visitor(address), [], set()
    plain = [one.route for one in doors if one.reads and not one.holes]
    for route in plain:
        status, page = visitor.get(f"/{route}")
        links |= _links(page, f"/{route}")
        if status != OTHERWISE.get(route, FINE):
            faults.append(f"/{route} : {status} {page if status == MOVED else ''}")
    waiting, led = [one.route for one in doors if one.reads and one.holes], 0
    # A page led to leads further: a place, then its appointments.
    while found := {route: path for route in waiting if (path := _led(route, links))}:
        led += len(found)
        waiting = [route for route in waiting if route not in found]
        for path in found.values():
            status, page = visitor.get(path)
            links |= _links(page, path)
            if status != FINE:
                faults.append(f"{path} : {status}")
    said = f"portes publiques ouvertes, dont {led} menées par un lien"
    if waiting:
        said += f" (sans lien ici : {', '.join(waiting)})"
    return [Proof(said, len(plain) + led, faults)]


def _led(route: str, links: set[str]) -> str:
    pattern = re.compile("/" + "[^/]+".join(map(re.escape, ANY_HOLE.split(route))))
    return next(filter(pattern.fullmatch, sorted(links)), "")


def _desks(address: str, doors: Doors) -> list[Proof]:
    """An account for each role; its home, and each page of its menu that no other had."""
    faults: list[str] = []
    seen: set[str] = set()
    entered: dict[str, Visitor] = {}
    for role, label in doors.roles.items():
        ref = next((ref for ref, held in doors.accounts.items() if role in held), None)
        visitor = Visitor(address)
        _, page = visitor.get(SIGN_IN)
        status, home = visitor.post(f"{SIGN_IN}demonstration/{ref}/", page) if ref else (0, "")
        if status != MOVED:
            faults.append(f"{label} : n'entre pas ({status})")
            continue
        entered[role] = visitor
        path = urlsplit(home).path
        status, page = visitor.get(path)
        if status != FINE:
            faults.append(f"{label}, {path} : {status}")
        menu = {link for nav in MENU.findall(page) for link in _links(nav, path)}
        for link in sorted(menu - seen):
            seen.add(link)
            status, _ = visitor.get(link)
            if status != FINE:
                faults.append(f"{label}, {link} : {status}")
    proofs = [
        Proof("rôles, chacun sur son bureau", len(entered), faults),
        Proof("pages de leurs menus", len(seen), [] if seen else ["aucun menu n'est lu"]),
    ]
    return proofs if faults else [*proofs, *_told(entered, doors.absent)]


def _told(entered: dict[str, Visitor], absent: list[str]) -> list[Proof]:
    """What does not run here is said on the screens of whoever administers, and of the board."""
    _, keys = entered["administrator"].get(KEYS)
    _, board = entered["coordinator"].get(BOARD)
    faults = [
        f"{KEYS} ne dit pas que fanal[{name}] manque"
        for name in absent
        if f"fanal[{name}]" not in keys
    ]
    if "fanal[waiting]" not in board:
        faults.append(f"{BOARD} ne dit pas ce qui manque à ses prévisions")
    return [Proof("extras absents, dits à qui administre", len(absent), faults)]


def _links(page: str, path: str) -> set[str]:
    if page.startswith("{"):
        below = f"{path.rstrip('/')}/{next(iter(ID.findall(page)), '')}"
        return {below, f"{below}/"}
    found = (urljoin(path, unescape(link)) for link in HREF.findall(page))
    return {link for link in found if link.startswith("/") and not link.startswith("//")}
