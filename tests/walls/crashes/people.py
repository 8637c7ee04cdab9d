"""Who works in the served house, and at what. All of them are invented."""

from __future__ import annotations

import queue
from datetime import date, timedelta
from typing import Any

from detect.concerns.inputs import written
from walls.crashes.asking import Act, Asker
from walls.crashes.desk import Desk
from walls.crashes.house import House

API = "/api/v1/concerns"
SENT = "concern.received:done concern.send:done"
SYLLABLES = ["ba", "co", "di", "fe", "gu", "la", "mo", "ni", "pe", "ru", "sa", "to", "vi", "zu"]


def all_of_them(house: House, desk: Desk, *, port: int, seed: str) -> list[Asker]:
    children: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def made(kind: type[Asker], who: str) -> Asker:
        return kind(house, desk, port=port, who=who, seed=seed)

    software = made(Software, house.organisation)
    rescuer = made(Rescuer, "yanis@fanal.invalid")
    assert isinstance(software, Software)
    assert isinstance(rescuer, Rescuer)
    software.children = rescuer.children = children
    return [
        software,
        rescuer,
        made(Crip, "nadia@fanal.invalid"),
        made(Referent, "claire@fanal.invalid"),
        made(Supervisor, "ines@fanal.invalid"),
        made(Stranger, "paul@fanal.invalid"),
        made(Visitor, "omar@fanal.invalid"),
    ]


class Software(Asker):
    """The programme of a school: it sends again what was cut, until it has its receipt."""

    children: queue.SimpleQueue[dict[str, Any]]
    _waiting: dict[str, Any] | None = None

    def acts(self) -> list[Act]:
        return [self.send, self.send, self.send, self.send_what_is_refused, self.knock]

    def send(self) -> None:
        self._waiting = self._waiting or self._concern()
        mark = self._waiting["external_ref"]
        told = {201: SENT, 200: ""}
        if self.send_json(API, self._waiting, self.house.token, told, mark=mark):
            self.children.put(self._waiting["minor"])
            self._waiting = None

    def send_what_is_refused(self) -> None:
        """A commune that does not exist."""
        data = written(external_ref=self.mark(), commune="00000")
        self.send_json(API, data, self.house.token, {422: "api-1:create:refused"})

    def knock(self) -> None:
        """With a token that nobody gave: the house does not know who asks."""
        told = {401: "api-1:create:refused"}
        self.send_json(API, written(), "fanal_inconnu", told, who="")

    def _concern(self) -> dict[str, Any]:
        """About a child who is like no other: nothing suggests that it is the same."""
        name = "".join(self.draw.choices(SYLLABLES, k=5)).title()
        born = date(2009, 1, 1) + timedelta(days=self.draw.randrange(1500))
        return written(
            external_ref=self.mark(),
            minor__given_names="".join(self.draw.choices(SYLLABLES, k=3)).title(),
            minor__family_name=name,
            minor__birth_date=born.isoformat(),
            exploitation="none",
        )


class Crip(Asker):
    """Opens what has come in, then sets it aside."""

    def acts(self) -> list[Act]:
        return [self.open_one, self.dismiss_one]

    def open_one(self) -> None:
        if ref := self._one("received"):
            deeds = "concern.opened:done concern.read:read"
            self.ask("GET", f"/informations/{ref}/", {200: deeds}, mark=f"{ref} opened")

    def dismiss_one(self) -> None:
        if ref := self._one("first_analysis"):
            self.post(
                f"/informations/{ref}/qualifier/",
                {"decision": "not_a_concern", "reason": self.mark()},
                "concern.not_a_concern:done concern.read:read",
                to=f"/informations/{ref}/",
                mark=f"{ref} not_a_concern",
            )

    def _one(self, status: str) -> object:
        return self.house.one(
            "SELECT ref FROM concerns_concern WHERE status = %s ORDER BY id DESC LIMIT 1", status
        )


class Referent(Asker):
    """Writes in the timeline of her situation, and reads it."""

    def acts(self) -> list[Act]:
        return [self.note, self.note, self.read]

    def note(self) -> None:
        mark, situation = self.mark(), self.house.situation
        self.post(
            f"/situations/{situation}/noter/",
            {"kind": "note", "text": mark},
            "situation.note:done situation.read:read",
            to=f"/situations/{situation}/",
            mark=mark,
        )

    def read(self) -> None:
        address = f"/situations/{self.house.situation}/personnes/"
        self.ask("GET", address, {200: "situation.read:read"})


class Supervisor(Asker):
    """Shuts somebody out of a file, then lets them in again."""

    def acts(self) -> list[Act]:
        return [self.change_the_exclusion]

    def change_the_exclusion(self) -> None:
        mark = self.mark()
        if ref := self.house.one("SELECT ref FROM access_exclusion LIMIT 1"):
            address, form, deeds = (
                f"/dossiers/exclusions/{ref}/lever/",
                {"reason": mark},
                "access.lift_exclusion:done",
            )
        else:
            address, form, deeds = (
                f"/dossiers/{self.house.file}/acces/exclure/",
                {"excluded": "paul@fanal.invalid", "kind": "relative", "reason": mark},
                "access.exclude:done access.read:read",
            )
        self.post(address, form, deeds, to=f"/dossiers/{self.house.file}/acces/", mark=mark)


class Rescuer(Asker):
    """Breaks the glass of one file after the other, on an emergency."""

    children: queue.SimpleQueue[dict[str, Any]]

    def acts(self) -> list[Act]:
        return [self.break_the_glass]

    def break_the_glass(self) -> None:
        try:
            child = self.children.get(timeout=0.05)
        except queue.Empty:
            return
        mark = self.mark()
        form = {key: child[key] for key in ("given_names", "family_name", "birth_date")}
        self.post(
            "/dossiers/acces-urgent/",
            form | {"danger": "Danger inventé.", "reason": mark, "hours": "2"},
            "access.break_glass:done",
            to="/dossiers/",
            mark=mark,
        )


class Stranger(Asker):
    """The same work for another authority: the house answers that nothing is there."""

    def acts(self) -> list[Act]:
        return [self.look, self.write]

    def look(self) -> None:
        address = f"/situations/{self.house.situation}/"
        self.ask("GET", address, {404: "protect.situations.views.show.fil:refused"})

    def write(self) -> None:
        address = f"/situations/{self.house.situation}/noter/"
        self.ask("GET", address, {404: "protect.situations.views.entries.write:refused"})


class Visitor(Asker):
    """Signs in, signs out, and again."""

    def acts(self) -> list[Act]:
        return [self.leave]

    def leave(self) -> None:
        self.post("/deconnexion/", {}, "session.close:done", to="/connexion/")
        # Cut, it is closed or not: another one is opened all the same.
        self.cookie = ""
