"""From what an author has typed in five steps to a concern of schema 1, and its errors back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms

from fanal.detect.concerns.forms.author import (
    DangerStep,
    FactsStep,
    KnowsStep,
    MinorStep,
)
from fanal.detect.concerns.home import (
    UnreadableAge,
    age_of,
    other_minor_of,
    rows_of,
    unreadable_ages,
)
from fanal.detect.concerns.models import Draft
from fanal.detect.concerns.schema import ConcernInput, InvalidConcern, parse_concern
from fanal.ground.errors import Refusal
from fanal.ground.shell.lenient import LenientForm
from fanal.ground.shell.words import exact_day, initials
from fanal.ground.territory.models import Commune
from fanal.ground.territory.queries import find_commune
from fanal.ground.territory.typed import commune_typed

STEPS: dict[str, tuple[str, type[LenientForm]]] = {
    "danger": ("Danger ?", DangerStep),
    "jeune": ("Le jeune", MinorStep),
    "faits": ("Ce que vous avez vu", FactsStep),
    "informes": ("Qui sait", KnowsStep),
}
LAST = "envoyer"
NAMES = [*STEPS, LAST]
LABELS = [*(label for label, _ in STEPS.values()), "Envoyer"]

# Where each error of the schema is mended.
_PLACES = {
    "immediate_danger": ("danger", "immediate_danger"),
    "missing_now": ("danger", "missing_now"),
    "minor.given_names": ("jeune", "given_names"),
    "minor.family_name": ("jeune", "family_name"),
    "minor.birth_date": ("jeune", "birth_date"),
    "minor.age_estimate": ("jeune", "age_estimate"),
    "minor.sex": ("jeune", "sex"),
    "minor.address": ("jeune", "address"),
    "minor.school": ("jeune", "school"),
    "commune": ("jeune", "commune"),
    "facts": ("faits", "facts"),
    "received_at": ("faits", "facts"),
    "exploitation": ("faits", "exploitation"),
    "indicators": ("faits", "facts"),
    "child_informed": ("informes", "child_informed"),
    "parents_informed": ("informes", "parents_informed"),
    "parents_informed.value": ("informes", "parents_informed"),
    "parents_informed.reason": ("informes", "parents_reason"),
    "holders": ("informes", "holders"),
    "other_minors": ("informes", "other_minors"),
    "author": ("informes", "author_name"),
    "author.kind": ("informes", "author_kind"),
    "author.name": ("informes", "author_name"),
    "author.function": ("informes", "author_function"),
    "author.contact": ("informes", "author_contact"),
}


# What the screen says where the schema speaks of keys and codes.
_SENTENCES = {
    "immediate_danger": "Dites si le jeune est en danger en ce moment.",
    "missing_now": "Dites si l'on sait où il est.",
    "birth_date": "Donnez une date de naissance, ou un âge estimé.",
    "sex": "Choisissez une réponse, « non précisé » si vous ne savez pas.",
    "facts": "Écrivez ce que vous avez vu ou entendu.",
    "exploitation": "Dites si une exploitation sexuelle est évoquée.",
    "child_informed": "Dites si le jeune sait que vous transmettez.",
    "parents_informed": "Dites si les parents sont informés.",
    "author_name": "Écrivez votre nom.",
    "author_contact": "Dites où vous joindre.",
}
_UNSAID = ("Ce champ est obligatoire", "Valeur inconnue", "Ce champ est vide")


def reference(draft_ref: UUID) -> str:
    """The name under which a draft is sent: sent twice, it is one concern."""
    return f"fanal:{draft_ref}"


def concern_of(draft: Draft, *, now: datetime) -> tuple[ConcernInput, Commune]:
    """
    The concern that the draft is, ready to send.

    Raises:
        InvalidConcern: with its errors by field of the schema.
    """
    typed = draft.content
    commune, refused = None, ""
    try:
        commune = commune_typed(str(typed.get("commune", "")))
    except Refusal as refusal:
        refused = refusal.message
    data = schema_data(typed, reference(draft.ref), commune, now)
    mend = {"commune": [refused]} if refused else {}
    if faults := unreadable_ages(typed.get("other_minors")):
        mend["other_minors"] = faults
    try:
        content = parse_concern(data, now=now, find_commune=find_commune)
    except InvalidConcern as invalid:
        invalid.errors.update(mend)
        raise
    if commune is None or mend:
        raise InvalidConcern(mend)
    return content, commune


def schema_data(
    typed: dict[str, Any], external_ref: str, commune: Commune | None, now: datetime
) -> dict[str, Any]:
    """Put typed answers in the shape of schema 1; what is missing stays missing."""
    return _filled(
        {
            "external_ref": external_ref,
            # The legal period runs from the reception, which is this very moment.
            "received_at": now.isoformat(),
            "commune": commune.code if commune else "00000",
            "author": _filled(
                {
                    "kind": typed.get("author_kind"),
                    "name": typed.get("author_name"),
                    "function": typed.get("author_function") or "",
                    "contact": typed.get("author_contact"),
                }
            ),
            "minor": _filled(
                {
                    "given_names": typed.get("given_names"),
                    "family_name": typed.get("family_name"),
                    "birth_date": typed.get("birth_date"),
                    "age_estimate": typed.get("age_estimate"),
                    "sex": typed.get("sex"),
                    "address": typed.get("address"),
                    "school": typed.get("school"),
                }
            ),
            "facts": typed.get("facts"),
            "immediate_danger": _yes(typed.get("immediate_danger")),
            "missing_now": _yes(typed.get("missing_now")),
            "child_informed": _yes(typed.get("child_informed")),
            "parents_informed": _filled(
                {"value": typed.get("parents_informed"), "reason": typed.get("parents_reason")}
            ),
            "exploitation": typed.get("exploitation"),
            "indicators": typed.get("indicators") or [],
            "holders": [
                _filled(dict(zip(("name", "tie", "contact"), parts, strict=False)))
                for parts in rows_of(typed.get("holders"))
            ],
            "other_minors": [_other(parts) for parts in rows_of(typed.get("other_minors"))],
        }
    )


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in data.items() if value not in (None, "") or key == "function"
    }


def _yes(answer: Any) -> bool | None:
    return {"yes": True, "no": False}.get(str(answer))


def _other(parts: list[str]) -> dict[str, Any]:
    """« Tom Inventé ; 9 ans ; frère » as another minor of the home."""
    name, age, tie = other_minor_of(parts)
    given, _, family = name.partition(" ")
    try:
        years = age_of(age)
    except UnreadableAge:
        years = None
    return _filled(
        {
            "given_names": given,
            "family_name": family.strip(),
            "age_estimate": years,
            "tie": tie,
        }
    )


def errors_by_step(refusal: InvalidConcern) -> dict[str, dict[str, list[str]]]:
    """The schema's errors, sorted by the step and the field where the author mends them."""
    sorted_out: dict[str, dict[str, list[str]]] = {}
    for path, messages in refusal.errors.items():
        step, name = _PLACES.get(path) or _PLACES.get(path.split(".", 1)[0]) or ("faits", "facts")
        told = sorted_out.setdefault(step, {}).setdefault(name, [])
        for message in messages:
            sentence = _sentence(name, message)
            if sentence not in told:
                told.append(sentence)
    return sorted_out


def _sentence(name: str, message: str) -> str:
    """What to do, in the words of the screen rather than in those of the schema."""
    unsaid = message.startswith(_UNSAID) or "age_estimate" in message
    return _SENTENCES.get(name, message) if unsaid else message


@dataclass(frozen=True, slots=True)
class ToMend:
    """One thing to mend before sending: where, and what to do."""

    label: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Part:
    """One step as it reads once written, and what it still lacks."""

    step: str
    label: str
    rows: list[tuple[str, str]]
    to_mend: list[ToMend]


def reread(draft: Draft, refusal: InvalidConcern | None = None) -> list[Part]:
    """All that is written, step by step, with what is to mend beside it."""
    errors = errors_by_step(refusal) if refusal else {}
    parts = []
    for name, (label, form_class) in STEPS.items():
        form = form_class(initial=draft.content)
        mend = [
            ToMend(str(form.fields[field].label), text, _anchor(form, field))
            for field, texts in errors.get(name, {}).items()
            for text in texts
        ]
        parts.append(Part(name, label, list(_rows_of(form)), mend))
    return parts


def _anchor(form: LenientForm, field: str) -> str:
    return str(form[field].first_control)  # type: ignore[attr-defined]


def _rows_of(form: LenientForm) -> Iterator[tuple[str, str]]:
    """Each answer in words; the grid is read apart, fact by fact."""
    for name, field in form.fields.items():
        value = form.initial.get(name)
        if isinstance(field, forms.ChoiceField):
            value = _chosen(field, value)
        elif isinstance(value, date):
            value = exact_day(value)
        yield str(field.label), "" if value is None else str(value)


def _chosen(field: forms.ChoiceField, value: Any) -> str:
    labels = {key: str(label) for key, label in field.choices}  # type: ignore[union-attr, misc]
    return labels.get(value, "")


def name_of(draft: Draft) -> str:
    """Initials are enough to know which draft it is."""
    names = (draft.content.get("given_names"), draft.content.get("family_name"))
    return initials(" ".join(str(name) for name in names if name))


def step_to_resume(draft: Draft) -> str:
    """The first step of which nothing is written; the last one when all have begun."""
    written = draft.content
    for name, (_, form_class) in STEPS.items():
        # The author's own name is there from the start.
        fields = [one for one in form_class.base_fields if not one.startswith("author_")]
        if not any(written.get(field) for field in fields):
            return name
    return LAST
