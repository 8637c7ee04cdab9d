"""What the CRIP will read, word for word, with what is missing before it may leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fanal.detect.concerns.terms import Exploitation
from fanal.ground.people.terms import Sex
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import find_commune
from fanal.helpline.contacts.definition import read_form
from fanal.helpline.contacts.mapping import NO_COMMUNE, Signed, concern_data
from fanal.helpline.contacts.models import Transmission
from fanal.helpline.contacts.use_cases import NotReady, digest_of, ready_of

Rows = list[tuple[str, str]]
YES_NO = {True: "oui", False: "non", "yes": "oui", "no": "non"}


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Preview:
    """``missing``: field of the record and what to write. Nothing is missing: it may leave."""

    parts: list[Part]
    missing: list[tuple[str, str]]
    urgent: tuple[str, ...] = ()
    authority: ChildWelfareAuthority | None = None
    digest: str = ""

    @property
    def ready(self) -> bool:
        return self.authority is not None


def preview_of(found: Transmission, *, now: datetime) -> Preview:
    """From the record as it stands; what has left is read from what was kept of it."""
    data = concern_data(
        found.contact.content,
        form=read_form(found.contact.form_version),
        group=found.group,
        external_ref=found.external_ref,
        signed=Signed(found.author, found.contact.organisation),
        now=now,
    )
    try:
        ready = ready_of(found, now=now)
    except NotReady as refusal:
        return Preview(parts_of(data), refusal.missing)
    return Preview(
        parts_of(data), [], ready.urgent, ready.commune.authority, digest_of(ready.content)
    )


def parts_of(data: Mapping[str, Any]) -> list[Part]:
    """A concern of schema 1 as it reads."""
    minor = data.get("minor") or {}
    return [
        Part("Danger", _danger(data)),
        Part("L’enfant", _child(minor, data.get("commune"))),
        Part(
            "Autres enfants du même toit",
            [(_name(one), _other(one)) for one in data.get("other_minors") or []],
        ),
        Part("Les faits", [("Ce qui a été dit", str(data.get("facts") or ""))]),
        Part("Qui sait", list(_known(data))),
        Part("Qui transmet", _author(data.get("author") or {})),
    ]


def _danger(data: Mapping[str, Any]) -> Rows:
    exploitation = dict(Exploitation.choices).get(data.get("exploitation") or "", "")
    return [
        ("Danger en ce moment", _yes(data.get("immediate_danger"))),
        ("Introuvable en ce moment", _yes(data.get("missing_now"))),
        ("Exploitation sexuelle", str(exploitation)),
    ]


def _child(minor: Mapping[str, Any], commune: Any) -> Rows:
    return [
        ("Prénom", str(minor.get("given_names") or "")),
        ("Nom de famille", str(minor.get("family_name") or "")),
        ("Âge estimé", _age(minor)),
        ("Sexe", _sex(minor)),
        ("Commune", _commune(commune)),
        ("Adresse", str(minor.get("address") or "")),
        ("Établissement", str(minor.get("school") or "")),
    ]


def _other(one: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (_age(one), _sex(one), str(one.get("tie") or ""))))


def _known(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    informed = data.get("parents_informed") or {}
    yield "L’enfant le sait", _yes(data.get("child_informed"))
    yield "Les parents le savent", _yes(informed.get("value"))
    if informed.get("reason"):
        yield "Pourquoi ils ne le savent pas", str(informed["reason"])
    for holder in data.get("holders") or []:
        said = [str(holder.get(key) or "") for key in ("name", "tie", "contact")]
        yield "Parent ou tuteur", ", ".join(filter(None, said))


def _author(author: Mapping[str, Any]) -> Rows:
    return [
        ("Nom", str(author.get("name") or "")),
        ("Fonction", str(author.get("function") or "")),
        ("Où joindre", str(author.get("contact") or "")),
    ]


def _name(one: Mapping[str, Any]) -> str:
    words = (str(one.get("given_names") or ""), str(one.get("family_name") or ""))
    return " ".join(filter(None, words)) or "Sans nom connu"


def _age(one: Mapping[str, Any]) -> str:
    age = one.get("age_estimate")
    return "" if age is None else f"{age} an{'s' if age > 1 else ''}"


def _sex(one: Mapping[str, Any]) -> str:
    return str(dict(Sex.choices).get(one.get("sex") or "", ""))


def _commune(code: Any) -> str:
    if not code or code == NO_COMMUNE:
        return ""
    return find_commune(str(code)).label


def _yes(answer: Any) -> str:
    return YES_NO.get(answer, "")
