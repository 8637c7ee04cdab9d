"""What each address is about: the table ``routes.csv``, for every proof that fills addresses."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

from doors import addresses, holes, methods, rows_by_state
from fanal.ground.access.middleware import is_open
from fanal.ground.access.terms import RIGHTS
from fanal.ground.agents.models import Posting
from fanal.ground.agents.terms import Role
from rows import as_owner

HERE = Path(__file__).parent
# Which lines of ``policy.csv`` speak of a thing; of all others the lines of the files do.
FAMILIES = {
    "personal": (
        "notifications.Notification", "concerns.Draft", "concerns.Submission",
        "agents.SavedFilter", "agents.AgentSession",
    ),
    "request": ("rights.RightsRequest", "retention.Hold"),
    "opening": ("access.DisclosureRecord", "access.BreakGlass", "access.Exclusion"),
    "team": ("agents.Agent", "agents.Absence", "situations.HandOver"),
    "pair": ("agents.TwoPersonRequest",),
    "report": ("reports.Report",),
    "place": ("spaces.Service", "spaces.Amendment"),
    "alert": ("watch.LodgingAlert",),
    "booking": ("referrals.Booking", "referrals.Participation", "referrals.Opening"),
    "conversation": (
        "chats.Conversation", "chats.Phrase", "chats.ChatHours", "shifts.Shift", "shifts.Debrief",
        "calls.Call", "calls.CallBack", "letters.Letter", "blocks.Block",
        "exchange.Question", "exchange.PublicAnswer",
    ),
    "contact": ("contacts.Contact", "contacts.Transmission"),
}  # fmt: skip
FAMILY = {label: family for family, labels in FAMILIES.items() for label in labels}
# Addresses of other packages whose parameter is no thing of ours.
NO_THING = ("allauth.",)


@dataclass(frozen=True, slots=True)
class Door:
    """A guarded address, and the models that fill its holes, in order."""

    route: str
    view: Callable[..., Any]
    about: tuple[str, ...]

    @property
    def name(self) -> str:
        return name_of(self.view)

    @property
    def tried(self) -> tuple[str, ...]:
        """A GET and a POST, when the view takes them."""
        known = methods(self.view) or ("GET", "POST")
        return tuple(method for method in ("GET", "POST") if method in known)

    @property
    def thing(self) -> str:
        """The family of the policy table."""
        if not self.about:
            return ""
        family = FAMILY.get(self.about[0], "file")
        of_accounts = self.name.startswith("portal.accounts.") and family in ("file", "team")
        return "account" if of_accounts else family


def has_right(door: Door, role: Role) -> bool:
    """Whether a role may come in at all, whatever it finds there."""
    rights = getattr(door.view, "rights", None)
    return rights is None or bool(RIGHTS[role] & set(rights))


def name_of(view: Callable[..., Any]) -> str:
    return f"{view.__module__.removeprefix('fanal.')}.{view.__name__}"


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    with (HERE / "routes.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["view"], tuple(row["about"].split())) for row in csv.DictReader(file))


def about(view: Callable[..., Any]) -> tuple[str, ...]:
    """The models of the first line that fits; nothing when none does."""
    name = name_of(view)
    return next((models for pattern, models in _rows() if fnmatchcase(name, pattern)), ())


@cache
def doors() -> tuple[Door, ...]:
    return tuple(_doors())


def _doors() -> Iterator[Door]:
    for route, view in addresses():
        if is_open(view) or view.__module__.startswith(NO_THING):
            continue
        kinds = [kind for kind in holes(route) if kind == "uuid"]
        yield Door(route, view, about(view)[: len(kinds)] if kinds else ())


def unclassified() -> list[str]:
    """For each address that no line fits, the line to write."""
    known = {model._meta.label for model in apps.get_models()}
    missing = []
    for door in doors():
        wanted = [kind for kind in holes(door.route) if kind == "uuid"]
        if len(door.about) != len(wanted) or not set(door.about) <= known:
            missing.append(
                f"{door.route}: add to tests/walls/routes.csv the line "
                f"« {door.name},{' '.join(['room.Model'] * len(wanted))} »"
            )
    return missing


def model(label: str) -> type[Model]:
    found: type[Model] = apps.get_model(label)
    return found


def authority_of(row: Any) -> str | None:
    """That of the file on which a row hangs, or its own; None when it has none."""
    if hasattr(row, "case_file"):
        found: str = row.case_file.authority_id
        return found
    return getattr(row, "authority_id", None)


def things(label: str) -> list[Any]:
    """
    All the rows of a kind, the newest of each state first.

    Of agents, those who follow, then those who were invited and have not come in.
    """
    with as_owner():
        rows: list[Any] = rows_by_state(model(label), using="default")
        if label == "agents.Agent":
            follow = set(Posting.objects.filter(role=Role.REFERENT).values_list("agent", flat=True))
            followers = [row for row in rows if row.is_demonstration and row.pk in follow]
            return followers + [row for row in rows if not row.is_active and row.is_demonstration]
        if label == "agents.AgentSession":  # not the one that asks
            return [row for row in rows if row.agent and row.agent.is_demonstration]
        return rows


def refs_of(row: Any, about: tuple[str, ...]) -> tuple[str, ...]:
    """The references that fill an address: the thing's own, after that of what it hangs on."""
    if len(about) == 1:
        return (str(row.ref),)
    with as_owner():
        parent = getattr(row, str(model(about[0])._meta.model_name))
    return (str(parent.ref), str(row.ref))


@cache
def policy() -> dict[tuple[str, str], dict[str, str]]:
    with (HERE / "policy.csv").open(encoding="utf-8", newline="") as file:
        return {(row["thing"], row["role"]): row for row in csv.DictReader(file)}


def expected(thing: str, role: str, scope: str) -> str:
    """``may`` or ``no``, as the table says; the family of files is said once."""
    row = policy().get((thing, role)) or policy()[thing, "*"]
    return expected("file", role, scope) if row[scope] == "as file" else row[scope]
