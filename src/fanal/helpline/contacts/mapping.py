"""
From a record to the information préoccupante that the CRIP reads: one sibling group of it.

Neither the conversation nor the caller's name: who called is said to whoever evaluates alone, and
named only when they agreed to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fanal.detect.concerns.home import rows_of
from fanal.detect.concerns.schema import ConcernInput, InvalidConcern, parse_concern
from fanal.detect.concerns.use_cases import is_urgent
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.errors import Refusal
from fanal.ground.territory.models import Commune
from fanal.ground.territory.queries import find_commune
from fanal.ground.territory.typed import commune_typed
from fanal.helpline.contacts.content import Child, groups_of
from fanal.helpline.contacts.definition import FormWritten
from fanal.helpline.contacts.words import of_group, said

Data = dict[str, Any]
NO_COMMUNE = "00000"
NAME, LINES = 200, 500


@dataclass(frozen=True, slots=True)
class Signed:
    """Who transmits: the listener who wrote, and where the helpline is joined."""

    author: Agent
    organisation: Organisation

    @property
    def contact(self) -> str:
        return f"{self.organisation.name}, {self.organisation.phone or '119'}"


@dataclass(frozen=True, slots=True)
class Ready:
    """What can leave: as the CRIP reads it, to which commune, and why it does not wait."""

    content: ConcernInput
    commune: Commune
    urgent: tuple[str, ...]


class NotReady(Refusal):
    """``missing``: what to write before it may leave, each with the field where it is written."""

    message = "Il manque encore des réponses pour transmettre."

    def __init__(self, missing: list[tuple[str, str]]) -> None:
        super().__init__()
        self.missing = missing


def concern_of(
    content: Mapping[str, Any],
    *,
    form: FormWritten,
    group: int,
    external_ref: str,
    signed: Signed,
    now: datetime,
) -> Ready:
    """
    The concern that a sibling group of a record is, ready to send.

    Raises:
        NotReady: with what is missing, in French.
    """
    children = groups_of(content).get(group, [])
    commune, refused = _commune(content, children)
    data = concern_data(
        content, form=form, group=group, external_ref=external_ref, signed=signed, now=now
    )
    errors: dict[str, list[str]] = {}
    try:
        parsed = parse_concern(data, now=now, find_commune=find_commune)
    except InvalidConcern as invalid:
        errors = dict(invalid.errors)
    if refused:
        errors["commune"] = [refused]
    if errors or commune is None:
        raise NotReady(list(_missing(errors, children)))
    return Ready(parsed, commune, tuple(_why_now(parsed, commune)))


def concern_data(
    content: Mapping[str, Any],
    *,
    form: FormWritten,
    group: int,
    external_ref: str,
    signed: Signed,
    now: datetime,
) -> Data:
    """Answers in the shape of schema 1; what is missing stays missing."""
    children = groups_of(content).get(group, [])
    first, others = children[:1], children[1:]
    commune, _ = _commune(content, children)
    return _filled(
        {
            "external_ref": external_ref,
            # The legal period runs from the reception, which is this very moment.
            "received_at": now.isoformat(),
            "commune": commune.code if commune else NO_COMMUNE,
            "author": _author(content, form, signed),
            "minor": _minor(first[0], content) if first else {},
            "facts": _facts(content, children),
            "immediate_danger": _yes(content.get("immediate_danger")),
            "missing_now": _yes(content.get("missing_now")),
            "child_informed": _yes(content.get("child_informed")),
            "parents_informed": _filled(
                {
                    "value": content.get("parents_informed"),
                    "reason": content.get("parents_reason"),
                }
            ),
            "exploitation": content.get("exploitation"),
            "holders": [
                _filled(dict(zip(("name", "tie", "contact"), parts, strict=False)))
                for parts in rows_of(content.get("holders"))
            ],
            "other_minors": [_other(child) for child in others],
        }
    )


def _author(content: Mapping[str, Any], form: FormWritten, signed: Signed) -> Data:
    """The informant is shown to whoever evaluates, and to nobody who only follows."""
    function = signed.author.function or "Écoutant du 119"
    caller = _choice(content, form, "caller_kind")
    contact = signed.contact
    if content.get("caller_named") == "yes":
        named = [str(content.get(key) or "").strip() for key in ("caller_name", "caller_contact")]
        if any(named):
            contact = f"{contact}\nPersonne qui a appelé : {', '.join(filter(None, named))}"
    return {
        "kind": "helpline",
        "name": signed.author.name[:NAME],
        "function": (f"{function} (contact : {caller.lower()})" if caller else function)[:NAME],
        "contact": contact[:LINES],
    }


def _minor(child: Child, content: Mapping[str, Any]) -> Data:
    return _filled(
        {
            "given_names": child.given_names,
            "family_name": child.family_name,
            "age_estimate": child.age,
            "sex": child.sex,
            "address": content.get("address"),
            "school": content.get("school"),
        }
    )


def _other(child: Child) -> Data:
    return _filled(
        {
            "given_names": child.given_names,
            "family_name": child.family_name,
            "age_estimate": child.age,
            "sex": child.sex,
            "tie": child.tie,
        }
    )


def _facts(content: Mapping[str, Any], children: list[Child]) -> str:
    """What was said, what is said of each child of the group, and the dangers in our words."""
    parts = [str(content.get("facts") or "").strip()]
    for number, child in enumerate(children, start=1):
        if child.situation:
            parts.append(f"{child.full_name or f'Enfant {number}'} : {child.situation}")
    codes = [code for key in ("dangers", "consequences") for code in content.get(key) or []]
    for group, label in (("danger", "Dangers évoqués"), ("consequence", "Conséquences")):
        if found := of_group(codes, group):
            parts.append(f"{label} : {', '.join(said(code).lower() for code in found)}.")
    # The words alone are no facts.
    told = parts[0] or any(child.situation for child in children)
    return "\n\n".join(filter(None, parts)) if told else ""


def _commune(content: Mapping[str, Any], children: list[Child]) -> tuple[Commune | None, str]:
    """Where the group lives: what is said of its first child, or else of all."""
    own = next((child.commune for child in children if child.commune), "")
    try:
        return commune_typed(own or str(content.get("commune") or "")), ""
    except Refusal as refusal:
        return None, refusal.message


def _why_now(content: ConcernInput, commune: Commune) -> Iterator[str]:
    """Why it leaves before it is read: its own facts, in words."""
    if content.immediate_danger:
        yield "danger en ce moment"
    if content.missing_now:
        yield "enfant introuvable"
    # The rule of the concern, whose minor is the first child of the record.
    if is_urgent(content.model_copy(update={"missing_now": False}), commune.authority):
        yield "moins de 15 ans"


def _choice(content: Mapping[str, Any], form: FormWritten, key: str) -> str:
    given = content.get(key)
    if given in (None, "", "unknown"):
        return ""
    for _, field in form.fields():
        if field.key == key:
            return dict(field.choices).get(str(given), "")
    return ""


def _yes(answer: Any) -> bool | None:
    return {"yes": True, "no": False}.get(str(answer))


def _filled(data: Data) -> Data:
    return {key: value for key, value in data.items() if value not in (None, "")}


# What to do, where the schema speaks of keys: the field of the record, then the sentence.
_TO_MEND = {
    "minor.family_name": ("given_names", "Écrivez un prénom ou un nom, même incertain."),
    "minor.birth_date": ("age", "Écrivez l’âge de l’enfant, même estimé."),
    "minor.given_names": ("given_names", ""),
    "minor.age_estimate": ("age", ""),
    "minor.sex": ("sex", "Choisissez une réponse, « non précisé » si vous ne savez pas."),
    "minor.address": ("address", ""),
    "minor.school": ("school", ""),
    "commune": ("commune", ""),
    "facts": ("facts", "Écrivez ce qui a été dit ou vu."),
    "immediate_danger": ("immediate_danger", "Dites si l’enfant est en danger en ce moment."),
    "missing_now": ("missing_now", "Dites si l’on sait où est l’enfant."),
    "child_informed": ("child_informed", "Dites si l’enfant sait que l’on transmet."),
    "parents_informed": ("parents_informed", "Dites si les parents sont informés."),
    "parents_informed.value": ("parents_informed", "Dites si les parents sont informés."),
    "parents_informed.reason": ("parents_reason", "Dites pourquoi ils ne le sont pas."),
    "exploitation": ("exploitation", "Dites si une exploitation sexuelle est évoquée."),
}
_UNSAID = ("Ce champ est obligatoire", "Valeur inconnue", "Ce champ est vide", "Indiquez", "Dites")
NO_CHILD = ("given_names", "Écrivez au moins un enfant : un prénom ou un nom, et un âge.")


def _missing(errors: Mapping[str, list[str]], children: list[Child]) -> Iterator[tuple[str, str]]:
    """Each thing to write once: the field of the record, and what to do."""
    if not children:
        yield NO_CHILD
    for path, messages in errors.items():
        if path.startswith("minor") and not children:
            continue
        field, sentence = _TO_MEND.get(path, (_field(path), ""))
        for message in messages[:1]:
            unsaid = message.startswith(_UNSAID) and sentence
            yield field, sentence if unsaid else message


def _field(path: str) -> str:
    start = path.split(".", 1)[0]
    return {"other_minors": "given_names", "author": "caller_contact"}.get(start, start)


def every_group(content: Mapping[str, Any]) -> list[int]:
    """The groups that may leave; one when no child is written yet."""
    return list(groups_of(content)) or [1]


def whose(children: list[Child]) -> str:
    """Whom a group is, for whoever has the record open."""
    return ", ".join(child.full_name or "sans nom" for child in children) or "aucun enfant écrit"
